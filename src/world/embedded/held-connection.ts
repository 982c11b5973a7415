import { LibsqlBatchError, LibsqlError } from '@libsql/client'
import type { Holder, Listener } from './holders.ts'
import { type Act, BUSY, clock, type Failure, type Reply, type Role, type Rows } from './messages.ts'

/** Acts that may wait for one connection. */
const MOST_WAITING = 4_000
/** An act that has not begun by then is refused, and never done. */
const PATIENCE_MS = 5_000
/** A thread that the disk holds up refuses nothing: the process does so, this much later. */
const GRACE_MS = 250

interface Due {
  readonly number: number
  readonly deadline: number
  readonly isBatch: boolean
  settle(outcome: readonly Rows[] | Error): void
}

/** What libSQL's client throws for a failure. */
export function errorOf({ message, code, extendedCode, rawCode, statement }: Failure, isBatch: boolean): Error {
  const cause = Object.assign(new Error(message), { code: extendedCode ?? code, rawCode })
  if (code === undefined) return cause
  return isBatch && statement !== undefined
    ? new LibsqlBatchError(message, statement, code, extendedCode, rawCode, cause)
    : new LibsqlError(message, code, extendedCode, rawCode, cause)
}

let connections = 0

/** A connection that is held elsewhere, as by a thread: acts are done there in order, and answered here. */
export class HeldConnection implements Listener {
  readonly #role: Role
  readonly #file: string
  readonly #number: number
  readonly #begun = new BigInt64Array(new SharedArrayBuffer(8))
  readonly #due = new Map<number, Due>()
  readonly #findHolder: (role: Role) => Holder
  #holder: Holder | undefined
  #acts = 0
  #watch: NodeJS.Timeout | undefined
  #closed = false
  #whenIdle: (() => void) | undefined
  #whenClosed: (() => void) | undefined

  /** `findHolder` is asked when the connection is first needed, and again should its thread have ended. */
  constructor(file: string, role: Role, findHolder: (role: Role) => Holder) {
    connections += 1
    this.#findHolder = findHolder
    this.#number = connections
    this.#file = file
    this.#role = role
  }

  #open(): Holder {
    if (this.#holder) return this.#holder
    const holder = this.#findHolder(this.#role)
    holder.listen(this.#number, this)
    holder.send({ type: 'open', connection: this.#number, file: this.#file, role: this.#role, begun: this.#begun })
    this.#holder = holder
    return holder
  }

  /**
   * Has an act done.
   * @throws a `LibsqlError`: `SQLITE_BUSY` when it could not begin in time, or when too many wait (nothing of it happened
   * then, nor will); otherwise what SQLite said.
   */
  do(act: Act): Promise<readonly Rows[]> {
    if (this.#closed) return Promise.reject(new LibsqlError('the database is closed', 'CLIENT_CLOSED'))
    if (this.#due.size >= MOST_WAITING) return Promise.reject(new LibsqlError('too many wait for the database', BUSY))
    return new Promise((resolve, reject) => {
      const holder = this.#open()
      this.#acts += 1
      const [number, deadline] = [this.#acts, clock() + PATIENCE_MS]
      this.#due.set(number, {
        number,
        deadline,
        isBatch: act.statements.length > 1,
        settle: (outcome) => (outcome instanceof Error ? reject(outcome) : resolve(outcome)),
      })
      holder.expect(1)
      holder.send({ type: 'act', connection: this.#number, number, deadline, act })
      this.#watch ??= setInterval(() => this.#refuseLate(), GRACE_MS).unref()
    })
  }

  #settle(number: number, outcome: readonly Rows[] | Failure): void {
    const due = this.#due.get(number)
    // refused meanwhile
    if (!due) return
    this.#due.delete(number)
    this.#holder?.expect(-1)
    due.settle('message' in outcome ? errorOf(outcome, due.isBatch) : outcome)
    if (this.#due.size === 0) this.#whenIdle?.()
  }

  hear(reply: Reply): void {
    if (reply.type === 'closed') this.#whenClosed?.()
    else this.#settle(reply.number, reply.type === 'done' ? reply.rows : reply.failure)
  }

  threadEnded(error: Error): void {
    this.#holder = undefined
    for (const { number } of [...this.#due.values()])
      this.#settle(number, { code: 'DATABASE_THREAD_ENDED', message: error.message })
    this.#whenClosed?.()
  }

  /** Refuses what a thread that hangs has not begun: once it goes on, it will not do it either. */
  #refuseLate(): void {
    if (this.#due.size === 0) {
      clearInterval(this.#watch)
      this.#watch = undefined
    }
    const begun = Atomics.load(this.#begun, 0)
    for (const { number, deadline } of [...this.#due.values()]) {
      if (clock() < deadline + GRACE_MS) return
      if (BigInt(number) > begun) this.#settle(number, { code: BUSY, message: 'the disk did not answer in time' })
    }
  }

  /** Ends when all that was asked for is answered and the file is let go. */
  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    if (this.#due.size > 0) await new Promise<void>((resolve) => (this.#whenIdle = resolve))
    const holder = this.#holder
    if (!holder) return
    holder.expect(1)
    await new Promise<void>((resolve) => {
      this.#whenClosed = resolve
      holder.send({ type: 'close', connection: this.#number })
    })
    holder.expect(-1)
    holder.listen(this.#number, undefined)
  }
}
