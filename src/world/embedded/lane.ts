import { type Connection, failureOf, isBusy } from './connection.ts'
import { type Act, BUSY, clock, type Failure, type Reply, type Role, type Rows } from './messages.ts'

export interface WaitingAct {
  readonly number: number
  readonly deadline: number
  readonly act: Act
}

/** Acts that share a transaction, and with it one wait for the disk. */
const MOST_TOGETHER = 64
/** After this long what is done is committed, however many wait: it wants its answer. */
const TOGETHER_MS = 5
/** How long to wait before another process's lock is tried again; short at first, as SQLite itself does it. */
const LOCK_DELAYS_MS = [1, 2, 5, 10, 15, 20, 25]
const LONGEST_LOCK_DELAY_MS = 50

const TOO_LATE: Failure = { code: BUSY, message: 'the database was locked or busy for too long' }

type Outcome =
  | { readonly type: 'done'; readonly rows: readonly Rows[] }
  | { readonly type: 'failed'; readonly failure: Failure }

/** What waits for one connection, in the order in which it came. Acts that write share a transaction, yet each of them succeeds or fails by itself. */
export class Lane {
  readonly #number: number
  readonly #role: Role
  readonly #connection: Connection
  readonly #begun: BigInt64Array
  #waiting: WaitingAct[] = []
  #refusedByLock = 0
  /** When to go on (see `clock`): later than now while a lock is waited for, never while nothing waits. */
  readyAt = Number.POSITIVE_INFINITY

  constructor(of: { number: number; role: Role; connection: Connection; begun: BigInt64Array }) {
    this.#number = of.number
    this.#role = of.role
    this.#connection = of.connection
    this.#begun = of.begun
  }

  add(act: WaitingAct): void {
    if (this.#waiting.length === 0) this.readyAt = 0
    this.#waiting.push(act)
  }

  close(): void {
    this.#connection.close()
  }

  /** Does what comes next, or refuses what comes too late. @returns its replies, none while a lock is waited for. */
  work(): Reply[] {
    const now = clock()
    const late = this.#waiting.findIndex(({ deadline }) => deadline > now)
    if (late !== 0)
      return this.#settle(
        Array.from({ length: late < 0 ? this.#waiting.length : late }, () => ({ type: 'failed', failure: TOO_LATE })),
      )
    const before = Atomics.load(this.#begun, 0)
    try {
      const replies = this.#settle(this.#doNext())
      this.#refusedByLock = 0
      return replies
    } catch (error) {
      if (!isBusy(error)) throw error
      Atomics.store(this.#begun, 0, before)
      this.readyAt = clock() + (LOCK_DELAYS_MS[this.#refusedByLock] ?? LONGEST_LOCK_DELAY_MS)
      this.#refusedByLock += 1
      return []
    }
  }

  /** Takes the first ones out of the lane, one for each outcome. */
  #settle(outcomes: readonly Outcome[]): Reply[] {
    const settled = this.#waiting.splice(0, outcomes.length)
    this.readyAt = this.#waiting.length > 0 ? 0 : Number.POSITIVE_INFINITY
    return settled.map(({ number }, i) => ({ connection: this.#number, number, ...(outcomes[i] as Outcome) }))
  }

  /** @throws a busy error: nothing happened, and it is tried again. */
  #doNext(): Outcome[] {
    const first = this.#waiting.slice(0, MOST_TOGETHER)
    const end = first.findIndex(({ act }) => act.kind !== 'transaction')
    const shareable = end < 0 ? first : first.slice(0, end)
    if (this.#role === 'reads' || shareable.length === 0) return this.#oneByOne(first)
    return this.#together(shareable) ?? this.#oneByOne(shareable)
  }

  /** Tells the process that acts up to this one can no longer be taken back. */
  #begin(act: WaitingAct | undefined): void {
    Atomics.store(this.#begun, 0, BigInt(act?.number ?? 0))
  }

  /** Does acts in one transaction. @returns nothing where the transaction could not be committed, and nothing happened. @throws a busy error. */
  #together(acts: readonly WaitingAct[]): Outcome[] | undefined {
    const end = clock() + TOGETHER_MS
    const outcomes: Outcome[] = []
    this.#begin(acts.at(-1))
    try {
      this.#connection.begin()
    } catch (error) {
      if (isBusy(error)) throw error
      return undefined
    }
    try {
      for (const { act } of acts) {
        outcomes.push(this.#inside(act))
        // some failures, as of a full disk, end the transaction of all
        if (!this.#connection.inTransaction) return undefined
        if (clock() > end) break
      }
      this.#connection.commit()
      return outcomes
    } catch (error) {
      this.#connection.renewAfter(error)
      return undefined
    }
  }

  #inside(act: Act): Outcome {
    try {
      return { type: 'done', rows: this.#connection.runInside(act) }
    } catch (error) {
      return { type: 'failed', failure: failureOf(error) }
    }
  }

  /** Does acts each by itself. @throws a busy error, when it is the first that cannot begin. */
  #oneByOne(acts: readonly WaitingAct[]): Outcome[] {
    const end = clock() + TOGETHER_MS
    const outcomes: Outcome[] = []
    for (const waiting of acts) {
      this.#begin(waiting)
      try {
        outcomes.push({ type: 'done', rows: this.#connection.runAlone(waiting.act) })
      } catch (error) {
        if (isBusy(error) && outcomes.length === 0) throw error
        if (isBusy(error)) break
        outcomes.push({ type: 'failed', failure: failureOf(error) })
      }
      if (clock() > end) break
    }
    return outcomes
  }
}
