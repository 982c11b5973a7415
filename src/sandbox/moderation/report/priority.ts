import type { Instant } from '../../../kernel/instant.ts'
import { type Kind, kinds } from '../../detector/judge/kinds.ts'

const named = kinds.filter((kind) => kind !== 'other')
/** Why somebody reports a post: the detector's kinds, and what no detector looks for; last what is none of these. */
export const reportReasons = [...named, 'discrimination-or-harassment', 'illegal', 'copyright', 'other'] as const
export type ReportReason = (typeof reportReasons)[number]

/**
 * How much harm is done while nobody looks, in thousandths of the worst. Money, accounts and names that are gone do not
 * come back; a vague complaint still has to be read.
 */
const severity: Readonly<Record<ReportReason, number>> = {
  'off-platform-contact': 700,
  'upfront-fee': 900,
  'account-trade': 800,
  'identity-lending': 1_000,
  'multi-level-marketing': 700,
  'disguised-survey': 700,
  'work-before-escrow': 700,
  'proxy-purchase': 900,
  'paid-reviews': 500,
  'info-product': 600,
  'crime-recruiting': 1_000,
  'academic-proxy': 500,
  'investment-solicitation': 900,
  'information-purchase': 800,
  other: 300,
  'discrimination-or-harassment': 900,
  illegal: 1_000,
  copyright: 500,
}

/** 0..1000. */
const severityOf = (reason: ReportReason): number => severity[reason]

const severityOfKind = (kind: Kind): number => severity[kind]

/** What became of a person's reports, and whether an operator has said how to treat them. */
export interface Reporter {
  readonly id: string
  /** Reports on which a measure was taken, and reports that a person found to be none. */
  readonly upheld: number
  readonly rejected: number
  /** `by-record`: as the record says. */
  readonly muting: 'by-record' | 'muted' | 'heard'
  readonly mutedBy: string | null
  readonly mutedAt: Instant | null
  readonly muteNote: string | null
}

type TrackRecord = Pick<Reporter, 'upheld' | 'rejected'>

/** Beta(1, 1): somebody unknown is right as often as wrong. */
const PRIOR = 1

const JUDGED_ENOUGH = 5
/** With five judged reports: none upheld. */
const TOO_LOW = 0.2

/** Share of reports that are upheld, as the mean of Beta(1 + upheld, 1 + rejected); 0..1, both excluded. */
export const accuracyOf = ({ upheld, rejected }: TrackRecord): number =>
  (upheld + PRIOR) / (upheld + rejected + 2 * PRIOR)

/** Whether reports of this person are kept without effect: an operator says so, or at least five were judged and hardly any was upheld. */
export function isMuted(reporter: TrackRecord & Pick<Reporter, 'muting'>): boolean {
  if (reporter.muting !== 'by-record') return reporter.muting === 'muted'
  return reporter.upheld + reporter.rejected >= JUDGED_ENOUGH && accuracyOf(reporter) < TOO_LOW
}

/**
 * Urgency is what speaks for a breach, added up in points: a thousand is a certain breach of the worst kind. Points are
 * whole numbers, so that the sum is the same in whatever order reports come, here and in the database.
 */

/** Where the priority is half of its range. */
const HALF_AT = 1_000
const POINTS_OF_THE_WORST = 1_000
/** The detector has read the whole text; and a post that it holds keeps somebody waiting. */
const DETECTOR_WEIGHT = 2

/** What other sources count for: they have looked into it already, or a person has decided the same before. */
export const pointsOf = {
  alleged: 1_200,
  repeated: 1_200,
  sentAnyway: 500,
  noticed: 1_500,
  flagged: 600,
  appealed: 1_000,
} as const

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
