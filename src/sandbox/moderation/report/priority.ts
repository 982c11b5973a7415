import { type Kind, kinds } from '../../detector/judge/kinds.ts'
import { type ReportReason, severityOf, severityOfKind } from './reasons.ts'
import { accuracyOf, type TrackRecord } from './reporter.ts'

/**
 * Urgency is what speaks for a breach, added up in points: a thousand is a certain breach of the worst kind. Points are
 * whole numbers, so that the sum is the same in whatever order reports come, here and in the database.
 */

/** Where the priority is half of its range. */
const HALF_AT = 1_000
const POINTS_OF_THE_WORST = 1_000
/** The detector has read the whole text; and a post that it holds keeps somebody waiting. */
const DETECTOR_WEIGHT = 2

/** What other sources count for: they have looked into it already. */
export const pointsOf = { alleged: 1_200, noticed: 1_500, flagged: 600, appealed: 1_000 } as const

/** Points of one person's report: harm of what is reported × how often this person is right. At least 1. */
export const reportPoints = (reason: ReportReason, reporter: TrackRecord): number =>
  Math.max(1, Math.round(severityOf(reason) * accuracyOf(reporter)))

/** Points of the detector's probabilities: the harm that it expects, from the likeliest and worst kind. */
export function detectorPoints(probability: Readonly<Partial<{ [K in Kind]: number }>>): number {
  const worst = Math.max(0, ...kinds.map((kind) => (probability[kind] ?? 0) * severityOfKind(kind)))
  return Math.round(DETECTOR_WEIGHT * Math.min(POINTS_OF_THE_WORST, worst))
}

/**
 * 0..99: 100 · points / (points + 1000). More points never lower it, every further report adds less than the one before,
 * and it stays below 100 whatever the number. One first report of the worst kind gives 33, three give 60, one by somebody
 * who is nearly always right 48.
 */
export const priorityOf = (points: number): number => Math.floor((100 * points) / (points + HALF_AT))
