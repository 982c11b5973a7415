import type { Instant } from '../../kernel/instant.ts'
import { type BadgeClaim, statusAt } from '../evidence/evidence.ts'
import { timesOf, type WorkingTime, workingTimes } from '../people/introduction/introduction.ts'
import { skillBits, skillIds } from '../people/skill.ts'
import { type Category, categories } from '../people/worker.ts'
import type { Listing } from './market.ts'

export const reviewBands = ['none', 'few', 'many'] as const
export type ReviewBand = (typeof reviewBands)[number]

/** What a reader ticks, in groups: of one group any has to hold, of several groups each. */
export interface Ticked {
  /** Holders of a valid certificate of one of these exams. */
  readonly exams: readonly Category[]
  readonly bands: readonly ReviewBand[]
  readonly times: readonly WorkingTime[]
  /** Ids of known skills. */
  readonly skills: readonly string[]
}

export type FacetGroup = keyof Ticked

/** What can be ticked. */
export const facetOptions = {
  exams: categories,
  bands: reviewBands,
  times: workingTimes,
  skills: skillIds,
} as const satisfies Readonly<Record<FacetGroup, readonly string[]>>

export const facetGroups = Object.keys(facetOptions) as readonly FacetGroup[]

/** What a reader narrows the search by. Nothing is narrowed by what is left out. */
export interface WorkerFilter extends Ticked {
  /** What was typed; all words have to be found in name or skills. */
  readonly words: string
  /** Only those who hold a valid certificate of any exam. */
  readonly certified: boolean
  /** Yen per hour, both ends in it. */
  readonly rateMin?: number | undefined
  readonly rateMax?: number | undefined
}

export const noFilter: WorkerFilter = { words: '', certified: false, exams: [], bands: [], times: [], skills: [] }

const MANY = 10

/** Of those who match otherwise, how many each option of a group would leave. */
export type FacetCounts = Readonly<Record<FacetGroup, Readonly<Record<string, number>>>>

const bandOf = (reviews: number): ReviewBand => (reviews === 0 ? 'none' : reviews < MANY ? 'few' : 'many')

/** What a filter looks at besides the words. */
export interface Filtered {
  readonly reviewCount: number
  readonly badges: readonly BadgeClaim[]
  readonly hourlyRate: number
  /** Parts of days on which they work, a bit each. */
  readonly week: number
  /** Known skills that they name, a bit each. */
  readonly skills: number
}

/** A listing as a filter looks at it. */
export const filteredOf = ({ worker, reviewCount, badges, introduction }: Listing): Filtered => ({
  reviewCount,
  badges,
  hourlyRate: worker.hourlyRate,
  week: introduction?.week ?? 0,
  skills: skillBits(worker),
})

/** In which order people are shown: as ranked, the best reviews, the lowest rate or the newest first. */
export const sorts = ['ranked', 'reviews', 'rate', 'newest'] as const
export type Sort = (typeof sorts)[number]

/** Whether a filter lets everybody through, but for the words. */
export const isOpen = (filter: WorkerFilter): boolean =>
  !filter.certified &&
  facetGroups.every((group) => filter[group].length === 0) &&
  filter.rateMin === undefined &&
  filter.rateMax === undefined

export const isCertified = ({ badges }: Pick<Filtered, 'badges'>, now: Instant): boolean =>
  badges.some((badge) => statusAt(badge, now) === 'active')

/** What of a group holds of somebody. */
export function optionsOf(of: Filtered, now: Instant): Readonly<Record<FacetGroup, readonly string[]>> {
  const active = of.badges.filter((badge) => statusAt(badge, now) === 'active').map(({ exam }) => exam)
  return {
    exams: active.length === 0 ? active : categories.filter((exam) => active.includes(exam)),
    bands: [bandOf(of.reviewCount)],
    times: timesOf(of.week),
    skills: of.skills === 0 ? [] : skillIds.filter((_, nth) => (of.skills >>> nth) & 1),
  }
}

/** Whether a worker is what was asked for, but for the words. */
export function passes(worker: Filtered, filter: WorkerFilter, now: Instant): boolean {
  const { hourlyRate } = worker
  if (hourlyRate < (filter.rateMin ?? 0) || hourlyRate > (filter.rateMax ?? Number.POSITIVE_INFINITY)) return false
  if (filter.certified && !isCertified(worker, now)) return false
  const held = optionsOf(worker, now)
  return facetGroups.every((group) => {
    const asked: readonly string[] = filter[group]
    return asked.length === 0 || asked.some((option) => held[group].includes(option))
  })
}
