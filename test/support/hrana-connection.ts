import Database from 'libsql'

/** Hrana's values: 64-bit integers travel as text, blobs as base64. */
type Value =
  | { type: 'null' }
  | { type: 'integer'; value: string }
  | { type: 'float'; value: number }
  | { type: 'text'; value: string }
  | { type: 'blob'; base64: string }

interface Statement {
  readonly sql?: string
  readonly sql_id?: number
  readonly args?: readonly Value[]
  readonly named_args?: readonly { readonly name: string; readonly value: Value }[]
  readonly want_rows?: boolean
}

type Condition =
  | { readonly type: 'ok' | 'error'; readonly step: number }
  | { readonly type: 'not'; readonly cond: Condition }
  | { readonly type: 'and' | 'or'; readonly conds: readonly Condition[] }
  | { readonly type: 'is_autocommit' }

interface Step {
  readonly stmt: Statement
  readonly condition?: Condition
}

/** The requests of a pipeline that this double understands. */
export type HranaRequest =
  | { readonly type: 'execute'; readonly stmt: Statement }
  | { readonly type: 'batch'; readonly batch: { readonly steps: readonly Step[] } }
  | { readonly type: 'sequence' | 'store_sql'; readonly sql?: string; readonly sql_id?: number }
  | { readonly type: 'close_sql'; readonly sql_id: number }
  | { readonly type: 'get_autocommit' | 'close' }

export interface HranaError {
  readonly message: string
  readonly code: string
}

function encode(value: unknown): Value {
  if (value === null || value === undefined) return { type: 'null' }
  if (typeof value === 'bigint') return { type: 'integer', value: value.toString() }
  if (typeof value === 'number') return { type: 'float', value }
  if (typeof value === 'string') return { type: 'text', value }
  return {
    type: 'blob',
    base64: Buffer.from(value as Uint8Array)
      .toString('base64')
      .replace(/=+$/, ''),
  }
}

function decode(value: Value): unknown {
  switch (value.type) {
    case 'null':
      return null
    case 'integer':
      return BigInt(value.value)
    case 'float':
    case 'text':
      return value.value
    case 'blob':
      return Buffer.from(value.base64, 'base64')
    default:
      return value satisfies never
  }
}

export function describeError(error: unknown): HranaError {
  const code = String((error as { code?: unknown }).code ?? 'UNKNOWN')
  return { code, message: `${code}: ${error instanceof Error ? error.message : String(error)}` }
}

/** One SQLite connection, as a Hrana stream drives it. */
export class HranaConnection {
  readonly #db: Database.Database
  readonly #texts = new Map<number, string>()

  constructor(path: string) {
    this.#db = new Database(path, { timeout: 0 })
    for (const pragma of ['journal_mode = wal', 'synchronous = normal', 'foreign_keys = on']) this.#db.pragma(pragma)
  }

  get inTransaction(): boolean {
    return this.#db.inTransaction
  }

  /** Whether a request can be answered while another stream holds a transaction. */
  onlyReads(request: HranaRequest): boolean {
    return (
      request.type !== 'batch' &&
      request.type !== 'sequence' &&
      (request.type !== 'execute' || /^\s*select\b/i.test(this.#textOf(request.stmt)))
    )
  }

  /** @throws what SQLite throws, but for the steps of a batch, whose errors are part of its result. */
  handle(request: HranaRequest): unknown {
    switch (request.type) {
      case 'execute':
        return { type: 'execute', result: this.#run(request.stmt) }
      case 'batch':
        return { type: 'batch', result: this.#runSteps(request.batch.steps) }
      case 'sequence':
        this.#db.exec(this.#textOf(request))
        return { type: 'sequence' }
      case 'store_sql':
        this.#texts.set(request.sql_id ?? 0, request.sql ?? '')
        return { type: 'store_sql' }
      case 'close_sql':
        this.#texts.delete(request.sql_id)
        return { type: 'close_sql' }
      case 'get_autocommit':
        return { type: 'get_autocommit', is_autocommit: !this.inTransaction }
      case 'close':
        return { type: 'close' }
      default:
        throw new Error(`unknown request ${JSON.stringify(request satisfies never)}`)
    }
  }

  /** Makes the connection fit for the next stream. */
  reset(): void {
    if (this.inTransaction) this.#db.exec('rollback')
    this.#texts.clear()
  }

  close(): void {
    this.#db.close()
  }

  #textOf({ sql, sql_id }: { readonly sql?: string; readonly sql_id?: number }): string {
    const text = sql ?? this.#texts.get(sql_id ?? -1)
    if (text === undefined) throw Object.assign(new Error('no such SQL text'), { code: 'SQL_NOT_FOUND' })
    return text
  }

  #run(statement: Statement) {
    const prepared = this.#db.prepare(this.#textOf(statement)).safeIntegers(true)
    const args = statement.named_args?.length
      ? Object.fromEntries(statement.named_args.map(({ name, value }) => [name.replace(/^[:@$]/, ''), decode(value)]))
      : (statement.args ?? []).map(decode)
    if (!prepared.reader) {
      const { changes, lastInsertRowid } = prepared.run(args)
      return { cols: [], rows: [], affected_row_count: Number(changes), last_insert_rowid: String(lastInsertRowid) }
    }
    const rows = prepared.raw(true).all(args) as unknown[][]
    const cols = prepared.columns().map(({ name, type }) => ({ name, decltype: type }))
    // what RETURNING changed is not counted: nobody may judge success by counts
    return {
      cols,
      rows: statement.want_rows === false ? [] : rows.map((row) => Array.from(row, encode)),
      affected_row_count: 0,
      last_insert_rowid: null,
    }
  }

  #runSteps(steps: readonly Step[]) {
    const results: unknown[] = []
    const errors: (HranaError | null)[] = []
    for (const [i, { stmt, condition }] of steps.entries()) {
      results[i] = null
      errors[i] = null
      if (condition && !this.#holds(condition, results, errors)) continue
      try {
        results[i] = this.#run(stmt)
      } catch (error) {
        errors[i] = describeError(error)
      }
    }
    return { step_results: results, step_errors: errors }
  }

  #holds(condition: Condition, results: readonly unknown[], errors: readonly unknown[]): boolean {
    switch (condition.type) {
      case 'ok':
        return results[condition.step] !== null && results[condition.step] !== undefined
      case 'error':
        return errors[condition.step] !== null && errors[condition.step] !== undefined
      case 'not':
        return !this.#holds(condition.cond, results, errors)
      case 'and':
        return condition.conds.every((other) => this.#holds(other, results, errors))
      case 'or':
        return condition.conds.some((other) => this.#holds(other, results, errors))
      case 'is_autocommit':
        return !this.inTransaction
      default:
        return condition satisfies never
    }
  }
}
