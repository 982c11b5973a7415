import { createHash } from 'node:crypto'
import { type Random, randomFrom } from '../../src/kernel/random.ts'

/** Whoever waits for something, and may die before it comes. */
export interface Owner {
  readonly name: string
  isAlive: boolean
  /** Until when nothing reaches it, and it does nothing: its machine stands still. */
  frozenUntil?: number
}

interface Due {
  readonly at: number
  /** Decides among what is due at once. */
  readonly lot: number
  readonly owner: Owner
  readonly what: string
  release(): unknown
}

const before = (a: Due, b: Due) => a.at < b.at || (a.at === b.at && a.lot < b.lot)

/** Until nothing runs any more that waits for nobody. */
const untilQuiet = () => new Promise<void>((resolve) => setImmediate(resolve))

/**
 * Virtual time, and everything that somebody waits for: one thing after the other is let go, in an order that the seed
 * decides, each when all that the one before it set going has come to rest. What two runs of a seed do is therefore the same.
 */
export class Scheduler {
  /** Milliseconds since 1970 that have passed here, by a clock that nobody sets. */
  now: number
  readonly random: Random
  steps = 0
  readonly #due: Due[] = []
  readonly #hash = createHash('sha256')
  readonly #tell: ((line: string) => void) | undefined

  constructor(of: {
    readonly seed: string
    readonly begin: number
    readonly tell?: ((line: string) => void) | undefined
  }) {
    this.random = randomFrom(of.seed)
    this.now = of.begin
    this.#tell = of.tell
  }

  /** Writes a line of the trace: what may not differ when a seed is run again. */
  note(who: string, what: string): void {
    const line = `${String(this.steps).padStart(6)} ${new Date(this.now).toISOString().slice(5, 23)} ${who}: ${what}`
    this.#hash.update(`${line}\n`)
    this.#tell?.(line)
  }

  /** Digest of the trace. */
  digest(): string {
    return this.#hash.copy().digest('hex').slice(0, 16)
  }

  /** Does something for somebody after a while, and gives what comes of it; never, if they die before. */
  after<T>(owner: Owner, what: string, milliseconds: number, act: () => T | Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const release = async () => {
        try {
          resolve(await act())
        } catch (error) {
          reject(error as Error)
        }
      }
      const at = this.now + Math.max(0, Math.round(milliseconds))
      this.#insert({ at, lot: this.random.below(2 ** 30), owner, what, release })
    })
  }

  sleep(owner: Owner, milliseconds: number): Promise<void> {
    return this.after(owner, '', milliseconds, () => {})
  }

  #insert(due: Due): void {
    let [from, to] = [0, this.#due.length]
    while (from < to) {
      const middle = (from + to) >> 1
      if (before(this.#due[middle] as Due, due)) from = middle + 1
      else to = middle
    }
    this.#due.splice(from, 0, due)
  }

  /** Lets things happen until an undertaking has ended. @throws what it throws, or where nothing is left that it could wait for. */
  async run<T>(undertaking: Promise<T>, mostSteps = 400_000): Promise<T> {
    let isOver = false
    const end = () => {
      isOver = true
    }
    undertaking.then(end, end)
    for (;;) {
      await untilQuiet()
      if (isOver) return undertaking
      const next = this.#due.shift()
      if (!next) throw new Error('somebody waits for something that never comes')
      if (!next.owner.isAlive) continue
      const { frozenUntil = 0 } = next.owner
      if (frozenUntil > Math.max(this.now, next.at)) {
        this.#insert({ ...next, at: frozenUntil })
        continue
      }
      this.now = Math.max(this.now, next.at)
      this.steps += 1
      if (this.steps > mostSteps) throw new Error(`no end after ${mostSteps} steps`)
      if (next.what !== '') this.note(next.owner.name, next.what)
      await next.release()
    }
  }
}
