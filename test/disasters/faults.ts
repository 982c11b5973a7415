import type { Random } from '../../src/kernel/random.ts'

/** Everything that may go wrong. A call names which of it can happen to it. */
export const FAULTS = [
  // it never arrives, or what it did is never heard of
  'fails-before',
  'fails-after',
  // whoever asked dies at this very call, before or after it took effect
  'crash-before',
  'crash-after',
  // long enough for others to come first; longer than anybody waits
  'delay',
  'late',
  // arrives twice
  'duplicate',
  // of the database: somebody else holds it, or there is no room left
  'lock',
  'full',
  // answers out of an older copy
  'stale',
  // of the marketplace: it refuses, or answers with what is no answer, before or after it did what was asked
  'refused',
  'garbage-before',
  'garbage-after',
  // says that it did it, and did not
  'false-success',
] as const
export type Fault = (typeof FAULTS)[number]

/** How often each is drawn, at most, of a thousand calls. */
const MOST_IN_THOUSAND: Readonly<Record<Fault, number>> = {
  'fails-before': 25,
  'fails-after': 25,
  'crash-before': 3,
  'crash-after': 3,
  delay: 120,
  late: 12,
  duplicate: 120,
  lock: 25,
  full: 4,
  stale: 500,
  refused: 60,
  'garbage-before': 40,
  'garbage-after': 40,
  'false-success': 60,
}
/** Of some seeds a fault is no part at all: several at once hide each other. */
const SHARES = [0, 0, 0.2, 0.5, 1]

/** Calls of a kind that are hit more often, so many in each seed, and how much more often. */
const SELDOM = 12
const SELDOM_IS_HIT = 2.5

/** How often what happened to which call. */
export type Injected = Map<string, Map<string, number>>

export function count(injected: Injected, call: string, fault: string, times = 1): void {
  const row = injected.get(call) ?? new Map<string, number>()
  injected.set(call, row)
  row.set(fault, (row.get(fault) ?? 0) + times)
}

/** What goes wrong in a seed: how often, which the seed decides, and until it is told to be calm. */
export class Weather {
  readonly injected: Injected = new Map()
  isCalm = false
  readonly #random: Random
  readonly #rates: Readonly<Record<Fault, number>>

  constructor(random: Random) {
    this.#random = random
    const rates = FAULTS.map((fault) => {
      const share = SHARES[random.below(SHARES.length)] as number
      return [fault, (share * MOST_IN_THOUSAND[fault]) / 1_000]
    })
    this.#rates = Object.fromEntries(rates) as Record<Fault, number>
  }

  /** What happens to a call, if anything does. */
  draw(call: string, possible: readonly Fault[]): Fault | undefined {
    count(this.injected, call, 'calls')
    if (this.isCalm) return undefined
    // what a seed does often would otherwise be all that anything happens to
    const known = this.injected.get(call)?.get('calls') ?? 0
    const lot = this.#random.unit() / (known <= SELDOM ? SELDOM_IS_HIT : 1)
    let sum = 0
    for (const fault of possible) {
      sum += this.#rates[fault]
      if (lot >= sum) continue
      count(this.injected, call, fault)
      return fault
    }
    return undefined
  }
}
