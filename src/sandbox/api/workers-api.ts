import { Hono } from 'hono'
import * as z from 'zod'
import { type Instant, toRfc3339 } from '../../kernel/instant.ts'
import { ok } from '../../kernel/result.ts'
import { type ShownBadge, type Signal, statusAt } from '../evidence/evidence.ts'
import { type RowEntry, searchWorkers } from '../flows/show-market.ts'
import { type Profile, showWorker } from '../flows/show-worker.ts'
import type { Introduction } from '../people/introduction/introduction.ts'
import { bitOf, dayParts, weekdays } from '../people/introduction/introduction.ts'
import { categories } from '../people/worker.ts'
import type { ShownReview } from '../review/review.ts'
import { type Axis, axes, axesIn, meanScore, type ReviewTotals } from '../review/totals.ts'
import type { SandboxEnv } from '../sandbox-world.ts'
import type { Listing, Place } from '../search/market.ts'
import type { PlaceDraw } from '../search/newcomers/open-places.ts'
import { certificateBoost } from '../search/quality.ts'
import { noFilter } from '../search/worker-filter.ts'
import { readPerson } from './doors.ts'
import { call, serving, told } from './serve.ts'
import { foundWorker, worker } from './worker-answers.ts'

const category = z.preprocess((value) => (value === '' ? undefined : value), z.enum(categories).optional())
const yesNo = z
  .enum(['1', 'true', '0', 'false', ''])
  .transform((said) => said === '1' || said === 'true')
  .default(false)
const rate = z.coerce.number().int().min(0).max(1_000_000).optional()

export const listWorkers = call({
  tag: 'Workers',
  security: 'none',
  method: 'get',
  path: '/api/workers',
  summary: 'The order of a category, with reasons',
  query: z.object({
    category,
    q: z.string().max(100).default(''),
    certified: yesNo,
    /** Only those without reviews. */
    newcomer: yesNo,
    rateMin: rate,
    rateMax: rate,
    /** Position behind which the answer begins. */
    after: z.coerce.number().int().min(0).max(100_000_000).optional(),
    /** The `drawId` of the first page, so that the next ones are of the same search. */
    draw: z.string().max(60).optional(),
    limit: z.coerce.number().int().min(1).max(500).default(50),
  }),
  success: [
    200,
    '{total, workers, next, arm, drawId, row}; `next` is the `after` of the next page, null on the last. `row`: the newcomers who stand beside the first ten, after the sixth, each with `draw`: {group, propensity, poolSize, ratio}; `arm` is `held-out` where certificates do not count, for comparison; give `drawId` back as `draw` when paging',
  ],
  answer: z.object({
    total: z.int(),
    workers: z.array(foundWorker),
    next: z.int().nullable(),
    arm: z.string(),
    drawId: z.string().nullable(),
    row: z.array(foundWorker),
  }),
  refusals: ['malformed'],
})

export const readWorker = call({
  tag: 'Workers',
  security: 'none',
  method: 'get',
  path: '/api/workers/{id}',
  summary: 'One worker',
  query: z.object({ category }),
  success: [
    200,
    'The worker; `introduction` is what they tell of themselves, null of somebody suspended; `samples` are pieces of their own work, read by an operator and checked by no exam: [{category, title, text}]',
  ],
  answer: worker,
  refusals: ['malformed', 'not-found', 'worker-erased'],
})

export const workersCalls = [listWorkers, readWorker] as const

/** What anybody may read: the order of the search and one worker. */
export function workersApi(): Hono<SandboxEnv> {
  const api = new Hono<SandboxEnv>()
  const serve = serving(api)

  // who is signed in gets the same row all day
  api.use('/api/workers', readPerson)
  serve(listWorkers, async ({ query }, c) => {
    const now = c.get('world').now()
    const { category, certified, newcomer, rateMin, rateMax, after, limit, draw } = query
    const bands = newcomer ? (['none'] as const) : []
    const filter = { ...noFilter, words: query.q, certified, bands, rateMin, rateMax }
    const person = c.get('person')?.id
    const found = await searchWorkers(c.get('world'), { category, filter, after, limit, draw, person })
    return ok({
      total: found.total,
      workers: found.places.map((place) => describePlace(place, now)),
      next: found.next ?? null,
      arm: found.arm,
      drawId: found.drawId ?? draw ?? null,
      row: found.row.map((entry) => describePlace(entry, now)),
    })
  })

  serve(readWorker, async ({ path, query }, c) => {
    const now = c.get('world').now()
    return told(await showWorker(c.get('world'), path.id, query.category), (profile) => {
      const { listing, place, quality, category, reasons } = profile
      const entry = describePlace(
        place ?? { candidate: { ...listing, quality }, position: 0, reasons, draw: undefined },
        now,
      )
      return { ...entry, position: place?.position ?? null, category, ...describeDetails(listing, profile) }
    })
  })
  return api
}

const describeBadge = (badge: ShownBadge, now: Instant) => ({
  credential: badge.credential,
  exam: badge.exam,
  level: badge.level,
  title: badge.title,
  ...(badge.parts ? { parts: badge.parts } : {}),
  status: statusAt(badge, now),
  issuedAt: toRfc3339(badge.issuedAt),
  validUntil: toRfc3339(badge.validUntil),
  version: badge.version,
  url: badge.url,
  image: badge.image,
})

const describeDraw = (draw: PlaceDraw | RowEntry['draw']) => ({
  group: draw.group,
  propensity: draw.propensity,
  poolSize: draw.poolSize,
  ...('ratio' in draw ? { ratio: draw.ratio } : {}),
})

/** An entry of the search, as JSON; `draw` tells how a place by lot was drawn. */
export const describePlace = ({ candidate, position, reasons, draw }: Place | RowEntry, now: Instant) => ({
  id: candidate.id,
  name: candidate.worker.name,
  position,
  quality: candidate.quality,
  reasons,
  badges: candidate.badges.map((badge) => describeBadge(badge, now)),
  ...(draw ? { draw: describeDraw(draw) } : {}),
})

const averages = (totals: ReviewTotals) =>
  axesIn(Object.fromEntries(axes.map((axis) => [axis, totals[axis] / totals.count])) as Record<Axis, number>)

const describeReview = (review: ShownReview) => ({
  id: review.id,
  at: toRfc3339(review.at),
  ...axesIn(review),
  comment: { ja: review.commentJa, en: review.commentEn },
  reply: review.reply && { text: review.reply.text, at: toRfc3339(review.reply.at) },
})

const describeSignal = (signal: Signal, counted: boolean) => ({
  exam: signal.exam,
  version: signal.version,
  withdrawn: signal.withdrawn,
  counted,
  ...(signal.withdrawn
    ? {}
    : {
        priorMean: signal.priorMean,
        equivalentReviews: signal.equivalentReviews,
        validUntil: toRfc3339(signal.validUntil),
        explanation: { ja: signal.explanationJa, en: signal.explanationEn },
      }),
})

/** What somebody tells of themselves; nothing of it is checked. */
const describeIntroduction = (told: Introduction) => ({
  headline: { ja: told.headlineJa, en: told.headlineEn },
  about: { ja: told.aboutJa, en: told.aboutEn },
  times: weekdays.flatMap((day) =>
    dayParts.filter((part) => (told.week & bitOf(day, part)) !== 0).map((part) => `${day}-${part}`),
  ),
  hoursPerWeek: told.hoursPerWeek,
  startsAt: told.startsAt && toRfc3339(told.startsAt),
  replyHours: told.replyHours,
  fixedPrice: told.fixedPrice,
  smallest: { ja: told.smallestJa, en: told.smallestEn },
  declines: { ja: told.declinesJa, en: told.declinesEn },
})

/** What is known of one worker beyond a search entry. */
function describeDetails(listing: Listing, known: Pick<Profile, 'reviews' | 'signals' | 'samples'>) {
  const { worker, totals, reviewCount, reviews, prior } = listing
  return {
    categories: worker.categories,
    skills: { ja: worker.skillsJa, en: worker.skillsEn },
    hourlyRate: worker.hourlyRate,
    introduction: listing.introduction ? describeIntroduction(listing.introduction) : null,
    standing: { status: worker.standing, version: worker.standingVersion },
    reviews: {
      count: reviewCount,
      weight: reviews.n,
      clients: totals?.clients ?? 0,
      mean: meanScore(totals) ?? null,
      standardisedMean: reviewCount === 0 ? null : reviews.mean,
      axes: totals ? averages(totals) : null,
      latest: known.reviews.map(describeReview),
    },
    samples: known.samples.map(({ category, title, text }) => ({ category, title, text })),
    boost: prior ? certificateBoost(prior, reviews.n) : 0,
    signals: known.signals.map((signal) => describeSignal(signal, prior?.exam === signal.exam)),
  }
}
