import { fileURLToPath } from 'node:url'
import { type SQL, sql } from 'drizzle-orm'
import { BaseSQLiteDatabase, SQLiteDialect } from 'drizzle-orm/sqlite-core'

/** A statement that a function of `src/` had a database prepare. */
export interface Made {
  readonly text: string
  /** `src/attempt/store.ts findAttempt`. */
  readonly maker: string
}

export interface Recorded {
  /** By the handle of the database. */
  readonly statements: Map<object, Map<string, Made>>
  /** Functions that began to build a statement, and those that called them. */
  readonly makers: Set<string>
}

const root = fileURLToPath(new URL('../..', import.meta.url))
const DEEP_ENOUGH = 12

/** Where a frame's file lies from here, if below `src/`: asked at every statement of every test. */
const ownFiles = new Map<string | null, string | undefined>()
function ownFile(named: string | null): string | undefined {
  if (ownFiles.has(named)) return ownFiles.get(named)
  const file = (named ?? '').replace(/^file:\/\//, '').split('?')[0] as string
  const own = file.startsWith(`${root}src/`) ? file.slice(root.length) : undefined
  ownFiles.set(named, own)
  return own
}

/** The functions of `src/` that are at work, the innermost first. */
function makersAtWork(): string[] {
  const { prepareStackTrace, stackTraceLimit } = Error
  Error.stackTraceLimit = DEEP_ENOUGH
  // the raw frames: looking up where a line was before it was compiled takes longer than the statement
  Error.prepareStackTrace = (_, frames) => frames
  const frames = new Error().stack as unknown as NodeJS.CallSite[]
  Object.assign(Error, { prepareStackTrace, stackTraceLimit })
  return frames.flatMap((frame) => {
    const file = ownFile(frame.getFileName() ?? null)
    return file === undefined ? [] : [`${file} ${frame.getFunctionName() ?? '?'}`]
  })
}

const fileOf = (maker: string): string => maker.split(' ')[0] as string

interface Tagged {
  readonly maker: string
  readonly handle: object
}

/**
 * Records every statement that `src/` has drizzle write from here on, on whatever driver: a query builder is made with a
 * dialect that knows who made it, and each statement is written by its dialect.
 */
export function recordStatements(): Recorded {
  const recorded: Recorded = { statements: new Map(), makers: new Set() }
  const keep = ({ handle, maker }: Tagged, text: string) => {
    const own = recorded.statements.get(handle) ?? new Map<string, Made>()
    recorded.statements.set(handle, own.set(text, { text, maker }))
  }
  const tag = (handle: object): Tagged | undefined => {
    const atWork = makersAtWork()
    const [innermost] = atWork
    if (innermost === undefined) return undefined
    const own = atWork.filter((one) => fileOf(one) === fileOf(innermost))
    for (const one of atWork) recorded.makers.add(one)
    return { maker: own.find((one) => !one.endsWith(' ?')) ?? innermost, handle }
  }
  // biome-ignore lint/suspicious/noExplicitAny: drizzle's own methods, handed through as they are
  type Method = (this: any, ...args: any[]) => any
  const database = BaseSQLiteDatabase.prototype as unknown as Record<string, Method>
  for (const name of ['select', 'selectDistinct', 'insert', 'update', 'delete']) {
    const build = database[name] as Method
    database[name] = function (...args) {
      const made = tag(this.dialect)
      if (!made) return build.apply(this, args)
      return build.apply(
        Object.create(this, { dialect: { value: Object.assign(Object.create(this.dialect), { made }) } }),
        args,
      )
    }
  }
  for (const name of ['run', 'all', 'get', 'values']) {
    const run = database[name] as Method
    database[name] = function (query: SQL | string) {
      const made = tag(this.dialect)
      if (made) keep(made, this.dialect.sqlToQuery(typeof query === 'string' ? sql.raw(query) : query).sql)
      return run.call(this, query)
    }
  }
  const write = SQLiteDialect.prototype.sqlToQuery
  SQLiteDialect.prototype.sqlToQuery = function (this: SQLiteDialect & { made?: Tagged }, ...args) {
    const query = write.apply(this, args)
    if (this.made) keep(this.made, query.sql)
    return query
  }
  return recorded
}
