import { createHash } from 'node:crypto'
import type { Client, InValue, Row } from '@libsql/client'
import { sealOf } from './busy-reason.ts'
import { openClient } from './embedded/client.ts'
import { inProcess } from './embedded/holders.ts'
import { openServerClient, type ServerPlace } from './libsql-server.ts'

/** Where a database is: a file, or a libSQL server. */
export type MovePlace = string | ServerPlace

/** A statement of a change. */
export type Step = { readonly sql: string; readonly args: InValue[] }
const step = (sql: string, args: InValue[] = []): Step => ({ sql, args })

/** What copying needs of an engine. */
export interface Engine {
  all(sql: string, args?: InValue[]): Promise<Row[]>
  /** All or none; nothing is asked of references while it runs. */
  change(steps: readonly Step[]): Promise<void>
  close(): Promise<void>
}

export const engineOf = (client: Pick<Client, 'execute' | 'migrate'> & { close(): unknown }): Engine => ({
  all: async (sql, args = []) => (await client.execute({ sql, args })).rows,
  change: async (steps) => {
    if (steps.length > 0) await client.migrate([...steps])
  },
  close: async () => {
    await client.close()
  },
})

/** How a place is opened. */
type OpenEngine = (place: MovePlace) => Promise<Engine>

const openEngine: OpenEngine = async (place) => {
  const here = inProcess()
  return engineOf(typeof place === 'string' ? openClient(place, () => here) : await openServerClient(place))
}

const CAPTURE = 'moving_rows'
const UNFINISHED = 'moving_here'
/** Says of a source since when its writes wait. */
const WAITING = 'sealed_since'
const OWN = /^(moving|sealed)_/
/** Rows that go in one call. */
const PAGE = 200
/** Rounds that catch up with what was written meanwhile, before writes wait. */
const MOST_ROUNDS = 20
/** So little is left that writes may wait for it. */
const LITTLE = 200

interface Table {
  readonly name: string
  readonly sql: string
  /** Its columns, and `rowid` first where none of them is it. */
  readonly columns: readonly string[]
}

interface Schema {
  readonly tables: readonly Table[]
  readonly indexes: readonly string[]
  readonly triggers: readonly string[]
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`

async function schemaOf(engine: Engine): Promise<Schema> {
  const rows = await engine.all(
    "select type, name, sql from sqlite_master where sql is not null and name not like 'sqlite\\_%' escape '\\'",
  )
  const own = rows.filter(({ name }) => !OWN.test(String(name)))
  const of = (type: string) => own.filter((row) => row.type === type).map((row) => String(row.sql))
  const tables: Table[] = []
  for (const { type, name, sql } of own) {
    if (type !== 'table') continue
    const columns = await engine.all('select name, lower(type) as type, pk from pragma_table_info(?)', [String(name)])
    const keys = columns.filter(({ pk }) => Number(pk) > 0)
    const names = columns.map((column) => String(column.name))
    const isRowid = keys.length === 1 && keys[0]?.type === 'integer'
    tables.push({ name: String(name), sql: String(sql), columns: isRowid ? names : ['rowid', ...names] })
  }
  return { tables, indexes: of('index'), triggers: of('trigger') }
}

const listOf = ({ columns }: Table): string =>
  columns.map((name) => (name === 'rowid' ? name : quoted(name))).join(', ')
const insertOf = (table: Table): string =>
  `insert into ${quoted(table.name)} (${listOf(table)}) values (${table.columns.map(() => '?').join(', ')})`

const valuesOf = ({ columns }: Table, row: Row): InValue[] => columns.map((_, at) => row[at + 1] as InValue)

/** A page of a table in the order of its rows; each begins with its place. */
const pageOf = (engine: Engine, table: Table, after: number): Promise<Row[]> =>
  engine.all(
    `select rowid as place, ${listOf(table)} from ${quoted(table.name)} where rowid > ? order by rowid limit ${PAGE}`,
    [after],
  )

async function* pagesOf(engine: Engine, table: Table): AsyncGenerator<Row[]> {
  let after = Number.MIN_SAFE_INTEGER
  for (;;) {
    const page = await pageOf(engine, table, after)
    if (page.length > 0) yield page
    if (page.length < PAGE) return
    after = Number(page.at(-1)?.[0])
  }
}

const inText = (value: unknown): unknown =>
  value instanceof ArrayBuffer ? { bytes: Buffer.from(value).toString('base64') } : value

/** What a table holds: how many rows, and a digest of them in their order. */
export interface TableSum {
  readonly table: string
  readonly rows: number
  readonly sha256: string
}

async function sumOf(engine: Engine, table: Table): Promise<TableSum> {
  const hash = createHash('sha256')
  let rows = 0
  for await (const page of pagesOf(engine, table)) {
    rows += page.length
    for (const row of page) hash.update(`${JSON.stringify(valuesOf(table, row).map(inText))}\n`)
  }
  return { table: table.name, rows, sha256: hash.digest('hex') }
}

/** Triggers that note which rows change. */
const captureSteps = ({ name }: Table): Step[] => {
  const note = (row: string) => `insert into ${CAPTURE} (of, place) values ('${name}', ${row}.rowid);`
  const at = (event: string, body: string) =>
    step(`create trigger "moving_${name}_${event}" after ${event} on ${quoted(name)} begin ${body} end`)
  return [at('insert', note('new')), at('update', note('old') + note('new')), at('delete', note('old'))]
}

/** Triggers that refuse every write. */
const sealSteps = ({ name }: Table, since: number): Step[] =>
  ['insert', 'update', 'delete'].map((event) =>
    step(
      `create trigger "sealed_${name}_${event}" before ${event} on ${quoted(name)} begin select raise(abort, '${sealOf(since)}'); end`,
    ),
  )

/** Takes away what an earlier try left in a source, and makes further changes with that. */
async function letGo(source: Engine, further: readonly Step[] = []): Promise<void> {
  const rows = await source.all(
    "select type, name from sqlite_master where name like 'moving\\_%' escape '\\' or name like 'sealed\\_%' escape '\\'",
  )
  const triggers = rows.filter(({ type }) => type === 'trigger')
  const tables = rows.filter(({ type }) => type === 'table')
  await source.change([
    ...triggers.map(({ name }) => step(`drop trigger ${quoted(String(name))}`)),
    ...tables.map(({ name }) => step(`drop table ${quoted(String(name))}`)),
    ...further,
  ])
}

/** Since when writes wait for a move that was killed; undefined where they do not. */
async function waitingSince(source: Engine): Promise<number | undefined> {
  const [noted] = await source.all("select name from sqlite_master where type = 'table' and name = ?", [WAITING])
  const [since] = noted ? await source.all(`select at from ${WAITING}`) : []
  return since && Number(since.at)
}

/**
 * Lets writes go on that wait for a move which was killed, with what `givenUp` says to change with that. Whoever calls it knows
 * that no move is under way, and that the place is still named the database. @returns whether any waited.
 */
export async function endBrokenMove(
  place: MovePlace,
  givenUp: Move['givenUp'],
  open: OpenEngine = openEngine,
): Promise<boolean> {
  const source = await open(place)
  try {
    const since = await waitingSince(source)
    if (since === undefined) return false
    await letGo(source, await givenUp(since))
    return true
  } finally {
    await source.close()
  }
}

/** Why a database cannot be moved, in a word and what it is about. */
export class MoveError extends Error {
  readonly reason: 'held' | 'ended' | 'occupied' | 'empty' | 'slow' | 'differs'

  constructor(reason: MoveError['reason'], what: string) {
    super(what)
    this.reason = reason
  }
}

/** Makes room at the target. @throws a `MoveError` where something lies there that no earlier try left. */
async function clear(target: Engine): Promise<void> {
  const rows = await target.all(
    "select name from sqlite_master where type = 'table' and name not like 'sqlite\\_%' escape '\\'",
  )
  const names = rows.map(({ name }) => String(name))
  if (names.length > 0 && !names.includes(UNFINISHED)) throw new MoveError('occupied', names[0] ?? '')
  await target.change([
    ...names.filter((name) => name !== UNFINISHED).map((name) => step(`drop table ${quoted(name)}`)),
    ...(names.includes(UNFINISHED) ? [] : [step(`create table ${UNFINISHED} (id integer primary key)`)]),
  ])
}

interface Both {
  readonly source: Engine
  readonly target: Engine
  readonly tables: readonly Table[]
}

/** Copies the rows that changed since they were copied. @returns how many were noted. */
async function catchUp({ source, target, tables }: Both): Promise<number> {
  const noted = await source.all(`select id, of, place from ${CAPTURE} order by id limit ${10 * PAGE}`)
  const last = noted.at(-1)?.id
  if (last === undefined) return 0
  for (const table of tables) {
    const places = [...new Set(noted.filter(({ of }) => of === table.name).map(({ place }) => Number(place)))]
    for (let at = 0; at < places.length; at += PAGE) {
      const some = JSON.stringify(places.slice(at, at + PAGE))
      const inSome = 'rowid in (select value from json_each(?))'
      const rows = await source.all(
        `select rowid as place, ${listOf(table)} from ${quoted(table.name)} where ${inSome}`,
        [some],
      )
      await target.change([
        step(`delete from ${quoted(table.name)} where ${inSome}`, [some]),
        ...rows.map((row) => step(insertOf(table), valuesOf(table, row))),
      ])
    }
  }
  await source.change([step(`delete from ${CAPTURE} where id <= ?`, [last as InValue])])
  return noted.length
}

/** Whether a database refuses every write: since it was moved away, or while it is being moved. */
export async function sealOn(place: MovePlace): Promise<'none' | 'waiting' | 'moved'> {
  const engine = await openEngine(place)
  try {
    const sql = "select name from sqlite_master where type = 'trigger' and name like 'sealed\\_%' escape '\\' limit 1"
    if ((await engine.all(sql)).length === 0) return 'none'
    return (await waitingSince(engine)) === undefined ? 'moved' : 'waiting'
  } finally {
    await engine.close()
  }
}

/** What moving a database came to. */
export interface Moved {
  readonly tables: readonly TableSum[]
  /** When writes began to wait, in milliseconds since 1970. */
  readonly sealedAt: number
}

export interface Move {
  readonly from: MovePlace
  readonly to: MovePlace
  readonly now: () => number
  /** How long writes may wait for the copy, in milliseconds. */
  readonly patience: number
  /** Called while nobody writes anywhere, with what the target still needs. */
  readonly prepare: (moved: Moved) => Promise<void>
  /** Names the target the database: until it has, the source is. */
  readonly settle: () => Promise<void>
  /** Called where it failed while writes wait, or an earlier one was killed then. @returns what is changed in the source with that which lets them go on. */
  readonly givenUp: (sealedAt: number) => Promise<readonly Step[]>
  /** Ends the move, as long as the target is not named the database. */
  readonly signal: AbortSignal
  readonly open?: OpenEngine
}

/**
 * Copies a database to another engine while it is written to, then lets writes wait, compares both by the digests of their
 * tables, and has `settle` name the target the database. What fails or is broken off before that leaves the source the
 * database: the next try begins anew. The source refuses every write for good after it. @throws a `MoveError`.
 */
export async function moveDatabase({ from, to, givenUp, open = openEngine, ...rest }: Move): Promise<Moved> {
  const [source, target] = [await open(from), await open(to)]
  let sealedAt: number | undefined
  try {
    // of one that was killed while writes waited
    sealedAt = await waitingSince(source)
    await letGo(source, sealedAt === undefined ? [] : await givenUp(sealedAt))
    sealedAt = undefined
    const { tables, indexes, triggers } = await schemaOf(source)
    if (tables.length === 0) throw new MoveError('empty', typeof from === 'string' ? from : from.url)
    await clear(target)
    const both: Both = { source, target, tables }
    await source.change([
      step(`create table ${CAPTURE} (id integer primary key autoincrement, of text not null, place integer not null)`),
      ...tables.flatMap(captureSteps),
    ])
    // what triggers would do, the rows have done already: they come last
    await target.change([...tables.map(({ sql }) => sql), ...indexes].map((sql) => step(sql)))
    for (const table of tables)
      for await (const page of pagesOf(source, table)) {
        rest.signal.throwIfAborted()
        await target.change([
          step(`delete from ${quoted(table.name)} where rowid between ? and ?`, [
            page[0]?.[0] as InValue,
            page.at(-1)?.[0] as InValue,
          ]),
          ...page.map((row) => step(insertOf(table), valuesOf(table, row))),
        ])
      }
    for (let round = 0; round < MOST_ROUNDS && (await catchUp(both)) > LITTLE; round += 1);
    sealedAt = rest.now()
    return await sealAndSettle(both, triggers, { ...rest, sealedAt })
  } catch (problem) {
    // where it is settled, it is settled
    if (problem instanceof SettledError) throw problem
    // where that fails, writes go on waiting until the time can be given back: the next try does, or whoever serves it
    await (sealedAt === undefined ? Promise.resolve([]) : givenUp(sealedAt))
      .then((back) => letGo(source, back))
      .catch(() => {})
    throw problem
  } finally {
    await Promise.all([source.close(), target.close()])
  }
}

/** What fails once the target is the database; the source stays sealed. */
class SettledError extends Error {}

async function sealAndSettle(
  both: Both,
  triggers: readonly string[],
  {
    now,
    patience,
    prepare,
    settle,
    signal,
    sealedAt,
  }: Omit<Move, 'from' | 'to' | 'givenUp' | 'open'> & { readonly sealedAt: number },
): Promise<Moved> {
  const { source, target, tables } = both
  await source.change([
    ...tables.flatMap((table) => sealSteps(table, sealedAt)),
    step(`create table ${WAITING} (at integer not null)`),
    step(`insert into ${WAITING} (at) values (?)`, [sealedAt]),
  ])
  const inTime = () => {
    signal.throwIfAborted()
    if (now() - sealedAt > patience) throw new MoveError('slow', `${patience / 1_000} s`)
  }
  for (let round = 0; round < MOST_ROUNDS && (await catchUp(both)) > 0; round += 1) inTime()
  const sums: TableSum[] = []
  for (const table of tables) {
    inTime()
    const [there, here] = await Promise.all([sumOf(source, table), sumOf(target, table)])
    if (there.sha256 !== here.sha256) throw new MoveError('differs', table.name)
    sums.push(there)
  }
  const sequences = await source.all('select name, seq from sqlite_sequence where name <> ?', [CAPTURE])
  await target.change([
    step('delete from sqlite_sequence'),
    ...sequences.map(({ name, seq }) =>
      step('insert into sqlite_sequence (name, seq) values (?, ?)', [name as InValue, seq as InValue]),
    ),
    ...triggers.map((sql) => step(sql)),
  ])
  inTime()
  const moved = { tables: sums, sealedAt }
  await prepare(moved)
  inTime()
  await target.change([step(`drop table ${UNFINISHED}`)])
  await settle()
  try {
    const captures = await source.all(
      "select name from sqlite_master where type = 'trigger' and name like 'moving\\_%' escape '\\'",
    )
    await source.change([
      ...captures.map(({ name }) => step(`drop trigger ${quoted(String(name))}`)),
      step(`drop table ${CAPTURE}`),
      step(`drop table ${WAITING}`),
    ])
  } catch (problem) {
    throw new SettledError(problem instanceof Error ? problem.message : String(problem))
  }
  return moved
}
