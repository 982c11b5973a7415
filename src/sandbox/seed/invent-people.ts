import { type Duration, days, type Instant, instant, minus, parseRfc3339, plus } from '../../kernel/instant.ts'
import { type Random, randomFrom, type Seed } from '../../kernel/random.ts'
import { skillPhrases } from '../people/skills.data.ts'
import type { Category, Worker } from '../people/worker.ts'
import {
  type Axis,
  axes,
  normsOf,
  type Review,
  type ReviewNorms,
  type ReviewTotals,
  reviewScore,
  totalsOfPast,
} from '../review/totals.ts'
import { ICC1 } from '../search/quality.ts'
import { inventedNames } from './names.data.ts'
import { commentPhrases } from './phrases.data.ts'

const PEOPLE = 300
/** Share of people without any review. */
const NEWCOMERS = 0.4
const MOST_REVIEWS = 60
/** Centre and spread of single reviews on the 1..5 scale, before rounding and the ceiling at 5. */
const CENTRE = 4.1
const SPREAD = 0.58
/** Disagreement of the five axes within one review, on the same scale. */
const AXIS_SPREAD = 0.45
/** Spread of a worker's reviews around their true quality, less what the axes and the rounding to whole stars add. */
const REVIEW_SPREAD = Math.sqrt(SPREAD ** 2 * (1 - ICC1) - (AXIS_SPREAD ** 2 + 1 / 12) / axes.length)
/** The history ends here, whatever the clock says: the same seed gives the same people for ever. */
export const HISTORY_ENDS = parseRfc3339('2026-11-01T00:00:00Z') as Instant

export interface InventedPeople {
  readonly workers: readonly Worker[]
  readonly reviews: readonly Review[]
  readonly totals: readonly ReviewTotals[]
  readonly norms: ReviewNorms
}

/** A standard normal draw. Box & Muller 1958. */
function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.unit())) * Math.cos(2 * Math.PI * random.unit())
}

const pick = <T>(random: Random, from: readonly T[]): T => from[random.below(from.length)] as T

function inventCategories(random: Random): readonly Category[] {
  const draw = random.unit()
  if (draw < 0.45) return ['business-admin']
  return draw < 0.85 ? ['web-writer'] : ['business-admin', 'web-writer']
}

function inventWorker(random: Random, nth: number, named: { name: string; reading: string }): Worker {
  const offered = inventCategories(random)
  const skills = random.shuffle(offered.flatMap((category) => random.shuffle(skillPhrases[category]).slice(0, 2)))
  const english = skills.map((skill) => skill.en).join(', ')
  return {
    id: `wrk_${String(nth).padStart(3, '0')}`,
    ...named,
    categories: offered,
    skillsJa: skills.map((skill) => skill.ja).join('、'),
    skillsEn: english.charAt(0).toUpperCase() + english.slice(1),
    hourlyRate: 1_200 + 100 * random.below(17),
    joinedAt: minus(HISTORY_ENDS, days(20 + random.below(900))),
    lastSeenAt: HISTORY_ENDS,
    standing: 'good',
    standingVersion: 1,
    erasedAt: null,
  }
}

const star = (value: number): number => Math.min(5, Math.max(1, Math.round(value)))

function inventReview(random: Random, of: { worker: Worker; nth: number; level: number; clients: number }): Review {
  const level = of.level + normal(random) * REVIEW_SPREAD
  const stars = Object.fromEntries(axes.map((axis) => [axis, star(level + normal(random) * AXIS_SPREAD)])) as Record<
    Axis,
    number
  >
  const score = reviewScore(stars)
  const comment = pick(random, commentPhrases[score >= 4.2 ? 'good' : score >= 3.2 ? 'fair' : 'poor'])
  const since = HISTORY_ENDS - of.worker.joinedAt
  return {
    id: `rev_${of.worker.id.slice(4)}_${String(of.nth + 1).padStart(2, '0')}`,
    worker: of.worker.id,
    client: `cli_${of.worker.id.slice(4)}_${random.below(of.clients) + 1}`,
    at: instant(of.worker.joinedAt + since * random.unit()),
    ...stars,
    commentJa: comment.ja,
    commentEn: comment.en,
  }
}

/** Reviews of one worker: most have few, some have many; true quality differs between workers by √ICC₁ of the spread. */
function inventHistory(random: Random, worker: Worker): Review[] {
  const count = 1 + Math.floor(MOST_REVIEWS * random.unit() ** 2.2)
  const level = CENTRE + normal(random) * SPREAD * Math.sqrt(ICC1)
  const clients = Math.max(1, Math.ceil(count * (0.5 + random.unit() / 2)))
  return Array.from({ length: count }, (_, nth) => inventReview(random, { worker, nth, level, clients }))
}

/** The people of the sandbox. The same seed gives the same people and reviews. */
export function inventPeople(seed: Seed): InventedPeople {
  const random = randomFrom(seed)
  const names = random.shuffle(inventedNames).slice(0, PEOPLE)
  const workers = names.map((named, at) => inventWorker(random, at + 1, named))
  const newcomers = new Set(random.shuffle(workers.map((worker) => worker.id)).slice(0, PEOPLE * NEWCOMERS))
  const histories = workers.filter((worker) => !newcomers.has(worker.id)).map((worker) => inventHistory(random, worker))
  const reviews = histories.flat()
  return { workers, reviews, totals: histories.map(totalsOfPast), norms: normsOf(reviews) }
}

/** The same people, so much later. */
export const movedBy = (later: Duration, people: InventedPeople): InventedPeople => ({
  ...people,
  workers: people.workers.map((worker) => ({ ...worker, joinedAt: plus(worker.joinedAt, later) })),
  reviews: people.reviews.map((review) => ({ ...review, at: plus(review.at, later) })),
})
