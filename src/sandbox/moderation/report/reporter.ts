import type { Instant } from '../../../kernel/instant.ts'

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

export type TrackRecord = Pick<Reporter, 'upheld' | 'rejected'>

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
