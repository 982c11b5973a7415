import Sqlite from 'libsql'
import { type Act, BUSY, type Failure, type Role, type Rows, type SqlStatement, type Value } from './messages.ts'

// an acknowledged answer survives a power cut: FULL
const PRAGMAS = {
  writes: ['journal_mode = WAL', 'synchronous = FULL', 'foreign_keys = ON', 'secure_delete = ON'],
  reads: ['query_only = ON'],
} as const satisfies Record<Role, readonly string[]>

const MOST_PREPARED = 128

/** What went wrong in an act, in the shape that crosses threads. */
class ActError extends Error {
  readonly failure: Failure
  constructor(failure: Failure) {
    super(failure.message)
    this.failure = failure
  }
}

/** The failure that an error stands for. */
export function failureOf(error: unknown): Failure {
  if (error instanceof ActError) return error.failure
  if (!(error instanceof Error)) return { message: String(error) }
  const { code, rawCode } = error as { code?: string; rawCode?: number }
  if (rawCode === undefined) return { message: error.message, ...(typeof code === 'string' ? { code } : {}) }
  // an extended code begins with its base: SQLITE_CONSTRAINT_PRIMARYKEY
  return { message: error.message, code: code?.split('_').slice(0, 2).join('_'), extendedCode: code, rawCode }
}

export const isBusy = (error: unknown): boolean => failureOf(error).code === BUSY
const isOfTheStatement = (error: unknown): boolean =>
  ['SQLITE_CONSTRAINT', 'SQLITE_ERROR'].includes(failureOf(error).code ?? '')

const SAFE = BigInt(Number.MAX_SAFE_INTEGER)

function fromSqlite(value: unknown): Value {
  if (typeof value === 'bigint') {
    if (value > SAFE || value < -SAFE) throw new RangeError('a stored integer is too large for a JavaScript number')
    return Number(value)
  }
  if (value instanceof Uint8Array) return new Uint8Array(value).buffer
  return value as Value
}

/** A statement with what is known of it: asking SQLite for that each time takes as long as a small statement does. */
interface Prepared {
  readonly statement: Sqlite.Statement
  readonly isReader: boolean
  columns: readonly string[]
}

const columnsOf = (statement: Sqlite.Statement): string[] => statement.columns().map(({ name }) => name)

function preparedOf(statement: Sqlite.Statement): Prepared {
  const isReader = statement.reader
  if (isReader) statement.raw(true).safeIntegers(true)
  return { statement, isReader, columns: isReader ? columnsOf(statement) : [] }
}

/** One connection to a database file, in the thread that may wait for the disk. It is opened when it is first needed, and anew after a failure. */
export class Connection {
  readonly #file: string
  readonly #role: Role
  #opened: Sqlite.Database | undefined
  readonly #mostPrepared: number
  #prepared = new Map<string, Prepared>()

  constructor(file: string, role: Role, mostPrepared = MOST_PREPARED) {
    this.#file = file
    this.#role = role
    this.#mostPrepared = mostPrepared
  }

  /** @throws a busy error while another process keeps the file locked. */
  #open(): Sqlite.Database {
    if (this.#opened) return this.#opened
    // no waiting in SQLite: it would hold up every other database of the thread
    const database = new Sqlite(this.#file, { timeout: 0 })
    try {
      for (const pragma of PRAGMAS[this.#role]) database.exec(`PRAGMA ${pragma}`)
    } catch (error) {
      database.close()
      throw error
    }
    this.#opened = database
    return database
  }

  close(): void {
    this.#prepared = new Map()
    this.#opened?.close()
    this.#opened = undefined
  }

  /** @throws a busy error when another connection writes. @NOTE `exec` leaves nothing behind then; a prepared statement would stay open, and nothing be committed any more. */
  begin(): void {
    this.#open().exec(this.#role === 'writes' ? 'BEGIN IMMEDIATE' : 'BEGIN')
  }

  /** Makes everything since `begin` last. */
  commit(): void {
    this.#open().exec('COMMIT')
  }

  /** Gives up what was begun. @NOTE before closing: a closed connection lives on while its statements do, and so would its lock. */
  rollBack(): void {
    if (this.inTransaction) this.#open().exec('ROLLBACK')
  }

  /** Whether the transaction that was begun still stands: some failures end it. */
  get inTransaction(): boolean {
    return this.#opened?.inTransaction ?? false
  }

  #prepare(sql: string): Prepared {
    const known = this.#prepared.get(sql)
    this.#prepared.delete(sql)
    const prepared = known ?? preparedOf(this.#open().prepare(sql))
    this.#prepared.set(sql, prepared)
    if (this.#prepared.size > this.#mostPrepared) this.#prepared.delete(this.#prepared.keys().next().value as string)
    return prepared
  }

  #run({ sql, args }: SqlStatement): Rows {
    const prepared = this.#prepare(sql)
    const { statement, isReader } = prepared
    const bound = args as unknown[]
    try {
      if (!isReader) return { columns: [], cells: [], changes: statement.run(bound).changes }
      const rows = statement.all(bound) as unknown[][]
      // after a migration of another process a star may stand for more
      if (rows[0] && rows[0].length !== prepared.columns.length) prepared.columns = columnsOf(statement)
      return { columns: prepared.columns, cells: rows.map((row) => row.map(fromSqlite)), changes: 0 }
    } catch (error) {
      this.#prepared.delete(sql)
      throw error
    }
  }

  /** Runs statements one after the other. @throws the failure of the first that fails, with its place. */
  #runAll(statements: readonly SqlStatement[]): Rows[] {
    return statements.map((statement, place) => {
      try {
        if (place > 0 && !this.inTransaction) throw new Error('the transaction has been rolled back')
        return this.#run(statement)
      } catch (error) {
        throw new ActError({ ...failureOf(error), statement: place })
      }
    })
  }

  /** Runs an act inside the transaction that was begun; one that fails leaves nothing of itself behind. */
  runInside({ statements }: Act): Rows[] {
    const [only] = statements
    // a lone statement undoes itself
    if (only && statements.length === 1) return [this.#run(only)]
    this.#open().exec('SAVEPOINT act')
    try {
      return this.#runAll(statements)
    } catch (error) {
      if (this.inTransaction) this.#open().exec('ROLLBACK TO act')
      throw error
    } finally {
      if (this.inTransaction) this.#open().exec('RELEASE act')
    }
  }

  /** Runs an act by itself, from beginning to end. */
  runAlone(act: Act): Rows[] {
    try {
      if (act.kind === 'bare') return act.statements.map((statement) => this.#run(statement))
      if (act.kind === 'migrate') this.#open().exec('PRAGMA foreign_keys = OFF')
      try {
        this.begin()
        const rows = this.#runAll(act.statements)
        this.commit()
        return rows
      } finally {
        this.rollBack()
        if (act.kind === 'migrate') this.#open().exec('PRAGMA foreign_keys = ON')
      }
    } catch (error) {
      this.renewAfter(error)
      throw error
    }
  }

  /** Opens the connection anew after a failure that may have left a statement open: nothing would be committed after it. */
  renewAfter(error: unknown): void {
    if (!isOfTheStatement(error)) this.close()
  }
}
