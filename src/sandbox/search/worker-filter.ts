import type { Instant } from '../../kernel/instant.ts'
import { type BadgeClaim, statusAt } from '../evidence/evidence.ts'

export const reviewBands = ['none', 'few', 'many'] as const
export type ReviewBand = (typeof reviewBands)[number]

/** What a reader narrows the search by. Nothing is narrowed by what is left out. */
export interface WorkerFilter {
  /** What was typed; all words have to be found in name or skills. */
  readonly words: string
  /** Only those who hold a valid certificate of any exam. */
  readonly certified: boolean
  /** Empty means all. */
  readonly bands: readonly ReviewBand[]
  /** Yen per hour, both ends in it. */
  readonly rateMin?: number | undefined
  readonly rateMax?: number | undefined
}

export const noFilter: WorkerFilter = { words: '', certified: false, bands: [] }

const MANY = 10

/** Of those who match otherwise, how many each condition would leave. */
export interface FacetCounts {
  readonly certified: number
  readonly bands: Readonly<Record<ReviewBand, number>>
}

export const bandOf = (reviews: number): ReviewBand => (reviews === 0 ? 'none' : reviews < MANY ? 'few' : 'many')

/** What a filter looks at besides the words. */
export interface Filtered {
  readonly reviewCount: number
  readonly badges: readonly BadgeClaim[]
  readonly hourlyRate: number
}

/** In which order people are shown: as ranked, the best reviews, the lowest rate or the newest first. */
export const sorts = ['ranked', 'reviews', 'rate', 'newest'] as const
export type Sort = (typeof sorts)[number]

/** Whether a filter lets everybody through, but for the words. */
export const isOpen = ({ certified, bands, rateMin, rateMax }: WorkerFilter): boolean =>
  !certified && bands.length === 0 && rateMin === undefined && rateMax === undefined

export const isCertified = ({ badges }: Pick<Filtered, 'badges'>, now: Instant): boolean =>
  badges.some((badge) => statusAt(badge, now) === 'active')

/** Whether a worker is what was asked for, but for the words. */
export function passes(worker: Filtered, filter: WorkerFilter, now: Instant): boolean {
  const { reviewCount, hourlyRate } = worker
  if (hourlyRate < (filter.rateMin ?? 0) || hourlyRate > (filter.rateMax ?? Number.POSITIVE_INFINITY)) return false
  if (filter.bands.length > 0 && !filter.bands.includes(bandOf(reviewCount))) return false
  return !filter.certified || isCertified(worker, now)
}
