// How rare breaches are decides what a suspicion is worth: of a hundred posts that look like one in twenty does, five are
// wrong where every second post is, and sixty where three in a hundred are.

/** Share of posts that break a rule unless an operator says otherwise. */
export const USUAL_PREVALENCE = 0.03
/** What operators may set it to. Below, no threshold that was measured is right often enough; above, a marketplace has other troubles. */
export const LEAST_PREVALENCE = 0.002
export const MOST_PREVALENCE = 0.3

/** A probability that holds at even odds, where another share of all posts is so (Saerens, Latinne and Decaestecker 2002). */
export function atPrevalence(even: number, prevalence: number): number {
  const so = even * prevalence
  return so / (so + (1 - even) * (1 - prevalence))
}

/** The other way round. */
export const atEvenOdds = (probability: number, prevalence: number): number => atPrevalence(probability, 1 - prevalence)

/**
 * Probabilities that any rule is broken from which on a post is queued, or held. `queue` ≤ `hold`.
 */
export interface Thresholds {
  readonly queue: number
  readonly hold: number
}

/** What a threshold does, as posts of held-out authors tell. */
export interface OperatingPoint {
  /** At even odds, 0..1. */
  readonly from: number
  /** Share of posts that break a rule, and of those that do not, at or above it; 0..1. */
  readonly recall: number
  readonly falseAlarms: number
}

/** What to expect where a share of posts breaks a rule. */
export interface Expected {
  /** Posts flagged in a thousand. */
  readonly load: number
  /** Share of the flagged ones that break a rule. 1 where none is flagged. */
  readonly precision: number
  readonly recall: number
}

export function expectedAt({ recall, falseAlarms }: Omit<OperatingPoint, 'from'>, prevalence: number): Expected {
  const right = recall * prevalence
  const flagged = right + falseAlarms * (1 - prevalence)
  return { load: flagged * 1_000, precision: flagged > 0 ? right / flagged : 1, recall }
}

/**
 * How often a flagged post must be right: in the queue nine in twenty, which where every second post breaks a rule are
 * twenty-six in twenty-seven; held, two in three, since it keeps an honest client waiting.
 */
const PRECISION = { queue: 9 / 20, hold: 2 / 3 } as const

const NEVER: OperatingPoint = { from: 1, recall: 0, falseAlarms: 0 }

/** The lowest of rising operating points that is right so often. */
function lowestWith(points: readonly OperatingPoint[], prevalence: number, precision: number): OperatingPoint {
  const enough = points.filter((point) => point.recall > 0 && expectedAt(point, prevalence).precision >= precision)
  return enough[0] ?? NEVER
}

/** The operating points of both bands where a share of posts breaks a rule. */
export function operatingAt(
  points: readonly OperatingPoint[],
  prevalence: number,
): Readonly<Record<keyof Thresholds, OperatingPoint>> {
  const queue = lowestWith(points, prevalence, PRECISION.queue)
  const hold = lowestWith(points, prevalence, PRECISION.hold)
  return { queue, hold: hold.from >= queue.from ? hold : queue }
}

export function thresholdsAt(points: readonly OperatingPoint[], prevalence: number): Thresholds {
  const { queue, hold } = operatingAt(points, prevalence)
  return { queue: atPrevalence(queue.from, prevalence), hold: atPrevalence(hold.from, prevalence) }
}
