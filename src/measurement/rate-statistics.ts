import type { ItemStatistics } from './item-analysis.ts'

export type FacilityRating = 'very-easy' | 'easy' | 'middling' | 'hard' | 'very-hard'
export type DiscriminationRating = 'unknown' | 'reversed' | 'weak' | 'fair' | 'good' | 'strong'

/**
 * How hard an item is, in words. Four options tell most about people where some 62 % earn the points, halfway between
 * blind picks and all (Lord 1952); `middling` lies around that.
 */
export function rateFacility({ facility: { value } }: Pick<ItemStatistics, 'facility'>): FacilityRating {
  if (value > 0.9) return 'very-easy'
  if (value > 0.75) return 'easy'
  if (value >= 0.45) return 'middling'
  return value >= 0.3 ? 'hard' : 'very-hard'
}

/** How well an item tells people apart, by the four steps of Ebel & Frisbie (1991), ch. 13; unknown while the interval holds both none of it and enough. */
export function rateDiscrimination({ discrimination }: Pick<ItemStatistics, 'discrimination'>): DiscriminationRating {
  if (!discrimination || (discrimination.low < 0 && discrimination.high > 0.2)) return 'unknown'
  const { value } = discrimination
  if (value < 0) return 'reversed'
  if (value < 0.2) return 'weak'
  if (value < 0.3) return 'fair'
  return value < 0.4 ? 'good' : 'strong'
}
