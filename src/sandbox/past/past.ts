import { type Duration, days, type Instant, instant, minus, plus } from '../../kernel/instant.ts'
import type { Random } from '../../kernel/random.ts'
import { longestWait, RETRY_WAITS } from '../../platform/outbox/delivery.ts'
import { consultBook } from '../flows/consult-book.ts'
import { tendMarket } from '../flows/run-timers.ts'
import type { JoinedPair } from '../pair.ts'
import type { Person } from '../people/person.ts'
import { findPerson } from '../people/store.ts'
import type { Outcome } from '../problem.ts'
import type { SandboxWorld } from '../sandbox-world.ts'
import { streamOf } from '../simulation/draw.ts'

/** Both services, with a clock that is moved by hand. */
export interface PastPair extends JoinedPair {
  moveTo(at: Instant): void
  /** While it is away, the exam centre takes no message. */
  setAway(isAway: boolean): void
}

type Act = () => Promise<unknown>

const SEED = 20_261_128
/** What waits is delivered, and what is due done, once in so long. */
const TENDED_EVERY = days(3)

/** What people did before the demonstration opens: acts by their time, each through what the product lets people do. */
export class Past {
  readonly pair: PastPair
  readonly market: SandboxWorld
  /** When the demonstration opens. */
  readonly opens: Instant
  private readonly acts: { readonly at: Instant; readonly act: Act }[] = []
  private readonly streams = new Map<string, Random>()
  private readonly people = new Map<string, Person>()
  private tendedAt: Instant
  private turns = 0

  constructor(pair: PastPair, opens: Instant) {
    this.pair = pair
    this.market = pair.market
    this.opens = opens
    this.tendedAt = pair.market.now()
  }

  /** The draws for a purpose; the same for ever. */
  draws(purpose: string): Random {
    const known = this.streams.get(purpose) ?? streamOf(SEED, purpose)
    this.streams.set(purpose, known)
    return known
  }

  /** One after the other, over and over. */
  inTurn<T>(among: readonly T[]): T {
    this.turns += 1
    return among[this.turns % among.length] as T
  }

  /** Puts an act so long before the opening. Acts of one time come in the order in which they were put there. */
  ago(before: Duration, act: Act): void {
    // whole milliseconds, as every time is
    this.acts.push({ at: instant(minus(this.opens, before)), act })
  }

  /** Lets time pass within an act. */
  wait(duration: Duration): void {
    this.pair.moveTo(plus(this.market.now(), duration))
  }

  async person(id: string): Promise<Person> {
    const person = this.people.get(id) ?? (await findPerson(this.market.db, id))
    if (!person) throw new Error(`${id} is not there`)
    this.people.set(id, person)
    return person
  }

  /** Delivers all that waits. */
  deliver(): Promise<void> {
    return this.pair.deliver()
  }

  /** The exam centre is away for so many tries of what an act has to tell it. */
  async whileAway(tries: number, act: Act): Promise<void> {
    await this.deliver()
    await act()
    this.pair.setAway(true)
    for (const wait of RETRY_WAITS.slice(0, tries)) {
      this.wait(longestWait(wait))
      await this.deliver()
    }
    this.pair.setAway(false)
  }

  /** Does what is due, and delivers all that waits. */
  async tend(): Promise<void> {
    await tendMarket(this.market)
    await this.pair.tend()
    this.tendedAt = this.market.now()
  }

  /** Lives through everything, up to the opening. */
  async play(): Promise<void> {
    const inOrder = this.acts.toSorted((one, other) => one.at - other.at)
    for (const { at, act } of inOrder) {
      // an act may have taken its time
      if (at > this.market.now()) this.pair.moveTo(at)
      if (this.market.now() - this.tendedAt >= TENDED_EVERY) await this.tend()
      await act()
    }
    this.pair.moveTo(this.opens)
    await this.tend()
    await consultBook(this.market)
  }
}

/** The value of an act that the script counts on. @throws where the product refused it: then the script is wrong. */
export function done<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value
  throw new Error(`the past could not be played: ${JSON.stringify(outcome.problem)}`)
}
