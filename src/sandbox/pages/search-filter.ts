import type { Instant } from '../../kernel/instant.ts'
import { statusAt } from '../evidence/evidence.ts'
import type { Place } from '../search/market.ts'

export const reviewBands = ['none', 'few', 'many'] as const
export type ReviewBand = (typeof reviewBands)[number]

/** What a reader narrows the search by. */
export interface SearchFilter {
  readonly words: string
  readonly certified: boolean
  /** Empty means all. */
  readonly bands: readonly ReviewBand[]
}

const bandOf = (reviews: number): ReviewBand => (reviews === 0 ? 'none' : reviews < 10 ? 'few' : 'many')

/** Full-width and half-width, capital and small letters are the same to a reader. */
const plain = (text: string): string => text.normalize('NFKC').toLowerCase()

function matches({ candidate }: Place, filter: SearchFilter, now: Instant): boolean {
  const { worker, badges, reviews } = candidate
  if (filter.certified && !badges.some((badge) => statusAt(badge, now) === 'active')) return false
  if (filter.bands.length > 0 && !filter.bands.includes(bandOf(reviews.n))) return false
  const text = plain(`${worker.name} ${worker.reading} ${worker.skillsJa} ${worker.skillsEn}`)
  return plain(filter.words)
    .split(/\s+/)
    .every((word) => text.includes(word))
}

/** Leaves out who does not match. The order stays as it is, and everybody keeps their place in the whole. */
export const filterPlaces = (places: readonly Place[], filter: SearchFilter, now: Instant): Place[] => places.filter((place) => matches(place, filter, now))
