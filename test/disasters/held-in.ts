import { createHash } from 'node:crypto'
import { Connection } from '../../src/world/embedded/connection.ts'

/** Of a move itself, and of SQLite. */
const OWN =
  "name like 'moving\\_%' escape '\\' or name like 'sealed\\_%' escape '\\' or name like 'sqlite\\_%' escape '\\'"

const inText = (_: string, value: unknown) =>
  value instanceof ArrayBuffer ? Buffer.from(value).toString('hex') : value

/** What a database file holds: a digest of each table, of its schema and of the numbers that it has given. */
export type Held = ReadonlyMap<string, string>

export function heldIn(file: string): Held {
  const looker = new Connection(file, 'reads')
  try {
    const ask = (sql: string) =>
      looker.runAlone({ kind: 'transaction', statements: [{ sql, args: [] }] })[0]?.cells ?? []
    const digest = (sql: string) =>
      createHash('sha256')
        .update(JSON.stringify(ask(sql), inText))
        .digest('hex')
    const tables = ask(`select name from sqlite_master where type = 'table' and not (${OWN}) order by name`)
    return new Map([
      ['its schema', digest(`select type, name, sql from sqlite_master where not (${OWN}) order by type, name`)],
      ['its numbers', digest(`select name, seq from sqlite_sequence where not (${OWN}) order by name`)],
      ...tables.map(([name]) => [String(name), digest(`select rowid, * from "${name}" order by rowid`)] as const),
    ])
  } finally {
    looker.close()
  }
}

/** What differs between two of them. */
export const differing = (one: Held, other: Held): string[] =>
  [...new Set([...one.keys(), ...other.keys()])].filter((name) => one.get(name) !== other.get(name))
