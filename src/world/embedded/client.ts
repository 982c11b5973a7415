import type { Client, InArgs, InStatement, InValue, ResultSet, Row } from '@libsql/client'
import { Connection, failureOf } from './connection.ts'
import { errorOf, HeldConnection } from './held-connection.ts'
import type { Holder } from './holders.ts'
import type { Act, Role, Rows, SqlStatement, Value } from './messages.ts'

function toValue(value: InValue | undefined): Value {
  if (value === undefined) throw new TypeError('undefined cannot be stored')
  if (typeof value === 'number' && !Number.isFinite(value)) throw new RangeError('only finite numbers can be stored')
  if (typeof value === 'boolean') return value ? 1 : 0
  return value instanceof Date ? value.getTime() : value
}

const toStatement = (sql: string, args: InArgs | undefined): SqlStatement => ({
  sql,
  args: Array.isArray(args)
    ? args.map(toValue)
    : Object.fromEntries(
        Object.entries(args ?? {}).map(([name, value]) => [name.replace(/^[:@$]/, ''), toValue(value)]),
      ),
})

const fromInput = (input: InStatement | readonly [string, InArgs?]): SqlStatement => {
  if (typeof input === 'string') return toStatement(input, [])
  return Array.isArray(input)
    ? toStatement(input[0], input[1] ?? [])
    : toStatement((input as { sql: string }).sql, (input as { args?: InArgs }).args ?? [])
}

const READS = /^\s*select\b/i
const WRITES = /^\s*(?:insert|update|delete|replace|with)\b/i

const actOf = (statements: readonly SqlStatement[]): Act => ({
  kind: statements.length > 1 || statements.every(({ sql }) => WRITES.test(sql)) ? 'transaction' : 'bare',
  statements,
})

/** What drizzle and its migrator call of libSQL's client. There are no interactive transactions. */
export type EmbeddedClient = Pick<Client, 'execute' | 'batch' | 'migrate'> & { close(): Promise<void> }

/** Told how long an act took, with the waiting before it. */
export type Timed = (role: Role, milliseconds: number) => void

/**
 * A client of an embedded database with two connections: one that writes, and one that only reads, which
 * neither a lock of another process nor a long write holds up. A read sees every write that was answered before it was asked for.
 */
export function openClient(
  file: string,
  findHolder: (role: Role) => Holder,
  { timed }: { readonly timed?: Timed | undefined } = {},
): EmbeddedClient {
  const connections = {
    writes: new HeldConnection(file, 'writes', findHolder),
    reads: new HeldConnection(file, 'reads', findHolder),
  }
  const run = async (statements: readonly SqlStatement[]) => {
    const role = statements.every(({ sql }) => READS.test(sql)) ? 'reads' : 'writes'
    const begun = performance.now()
    try {
      return (await connections[role].do(actOf(statements))).map(resultSet)
    } finally {
      timed?.(role, performance.now() - begun)
    }
  }
  const execute = async (input: InStatement, args?: InArgs) => {
    const [result] = await run([typeof input === 'string' ? toStatement(input, args ?? []) : fromInput(input)])
    return result
  }
  return {
    execute: execute as Client['execute'],
    batch: async (inputs) => run(inputs.map(fromInput)),
    migrate: async (inputs) =>
      (await connections.writes.do({ kind: 'migrate', statements: inputs.map(fromInput) })).map(resultSet),
    close: async () => {
      await Promise.all([connections.reads.close(), connections.writes.close()])
    },
  }
}

/** Nothing lies on the disk before the end, nobody else looks into the file, and all of it stays in memory. */
const WHILE_ALONE = ['synchronous = OFF', 'journal_mode = MEMORY', 'locking_mode = EXCLUSIVE', 'cache_size = -65536']
/** With the last of these everything is written to the disk. */
const FROM_THEN_ON = ['locking_mode = NORMAL', 'synchronous = FULL', 'journal_mode = WAL']
/** Whoever lives through much at once asks for many things. */
const MOST_PREPARED_ALONE = 1_024

/**
 * A client of a process that is alone with a file: one connection of its own, on which everything since the migrations is one
 * transaction, that ends when it is closed.
 */
export function openAlone(file: string): EmbeddedClient {
  const connection = new Connection(file, 'writes', MOST_PREPARED_ALONE)
  const pragmas = (all: readonly string[]) => {
    for (const pragma of all) connection.runInside({ kind: 'bare', statements: [toStatement(`PRAGMA ${pragma}`, [])] })
  }
  const run = async (statements: readonly SqlStatement[], kind: Act['kind'] = 'transaction') => {
    try {
      const act = { kind, statements }
      return (kind === 'migrate' ? connection.runAlone(act) : connection.runInside(act)).map(resultSet)
    } catch (error) {
      throw errorOf(failureOf(error), statements.length > 1)
    }
  }
  const execute = async (input: InStatement, args?: InArgs) => {
    const [result] = await run([typeof input === 'string' ? toStatement(input, args ?? []) : fromInput(input)])
    return result
  }
  pragmas(WHILE_ALONE)
  return {
    execute: execute as Client['execute'],
    batch: async (inputs) => run(inputs.map(fromInput)),
    migrate: async (inputs) => {
      const results = await run(inputs.map(fromInput), 'migrate')
      connection.begin()
      return results
    },
    close: async () => {
      if (connection.inTransaction) connection.commit()
      pragmas(FROM_THEN_ON)
      connection.close()
    },
  }
}

/** A row as libSQL's client gives it: a list of cells that also have the names of their columns. */
class NamedRow {
  readonly #cells: readonly Value[];
  [column: string]: unknown

  constructor(columns: readonly string[], cells: readonly Value[]) {
    this.#cells = cells
    // of columns of one name the first counts
    for (let i = columns.length - 1; i >= 0; i -= 1) this[columns[i] as string] = cells[i]
    NamedRow.#widen(cells.length)
  }

  get length(): number {
    return this.#cells.length
  }

  static #width = 0

  // cells by number stand on the prototype, so that only names are seen as the row's own
  static #widen(width: number): void {
    for (; NamedRow.#width < width; NamedRow.#width += 1) {
      const place = NamedRow.#width
      Object.defineProperty(NamedRow.prototype, place, {
        get(this: NamedRow) {
          return this.#cells[place]
        },
      })
    }
  }
}

/** What libSQL's client answers. */
function resultSet({ columns, cells, changes }: Rows): ResultSet {
  const rows = cells.map((row) => new NamedRow(columns, row) as unknown as Row)
  return {
    columns: [...columns],
    columnTypes: columns.map(() => ''),
    rows,
    rowsAffected: changes,
    lastInsertRowid: undefined,
    toJSON: () => ({ columns, rows: cells }),
  }
}
