import type { Random } from '../../kernel/random.ts'
import { ICC1 } from '../search/quality.ts'
import { between, chance, normal } from './draw.ts'

/** Centre and spread of single reviews on the scale of 1 to 5 stars, before rounding and the ceiling. */
const CENTRE = 4.1
const SPREAD = 0.58
/** Disagreement of the five axes of one review. */
const AXIS_SPREAD = 0.45
const AXES = 5
/** Spread of one review around its worker's quality, less what the axes and the rounding add. */
const REVIEW_SPREAD = Math.sqrt(SPREAD ** 2 * (1 - ICC1) - (AXIS_SPREAD ** 2 + 1 / 12) / AXES)
/** How often stars are kinder than what is said in confidence. */
const POLITE = 0.03
const UNSAFE = 0.03

/** How one piece of work turned out: level of its review in stars, as the reviewer felt it. */
export const drawLevel = (random: Random, quality: number): number =>
  CENTRE + SPREAD * Math.sqrt(ICC1) * quality + REVIEW_SPREAD * normal(random)

const star = (value: number): number => Math.min(5, Math.max(1, Math.round(value)))

/** Stars of one review for these axes. */
export const drawStars = <Axis extends string>(
  random: Random,
  level: number,
  axes: readonly Axis[],
): Record<Axis, number> =>
  Object.fromEntries(axes.map((axis) => [axis, star(level + AXIS_SPREAD * normal(random))])) as Record<Axis, number>

export interface Judgement<Axis extends string> {
  readonly axes: Record<Axis, number>
  readonly again: number
  readonly safe: 'yes' | 'unsure' | 'no'
}

/** What somebody says in public and in confidence of how it went. */
export function drawJudgement<Axis extends string>(
  random: Random,
  level: number,
  axes: readonly Axis[],
): Judgement<Axis> {
  const polite = chance(random, POLITE)
  const again = Math.min(
    10,
    Math.max(0, Math.round(polite ? 1 + random.below(3) : 7.5 + ((level - CENTRE) / SPREAD) * 2 + normal(random))),
  )
  return {
    axes: drawStars(random, polite ? 5 : level, axes),
    again,
    safe: chance(random, UNSAFE) ? (chance(random, 0.5) ? 'unsure' : 'no') : 'yes',
  }
}

/** Whether work was so poor that its client asks for changes, or disputes it. */
export const disappointment = (level: number): number => (CENTRE - level) / SPREAD

/** People who were here before the year have been for so many days at most, and have so many reviews. */
export const LONGEST_HERE_DAYS = 900
const MOST_REVIEWS = 40

/** For how many days somebody has been here. */
export const drawDaysHere = (random: Random): number => between(random, 20, LONGEST_HERE_DAYS)

/** How many reviews they have: one at least, few most often. */
export const drawReviewCount = (random: Random): number => 1 + Math.floor(MOST_REVIEWS * random.unit() ** 2.2)
