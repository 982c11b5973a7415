import { type Instant, toRfc3339 } from '../../kernel/instant.ts'
import { type ShownBadge, type Signal, statusAt } from '../evidence/evidence.ts'
import type { ShownReview } from '../review/review.ts'
import { axes, meanScore, type ReviewTotals } from '../review/totals.ts'
import type { Listing, Place } from '../search/market.ts'
import { certificateBoost } from '../search/quality.ts'

const describeBadge = (badge: ShownBadge, now: Instant) => ({
  credential: badge.credential,
  exam: badge.exam,
  level: badge.level,
  title: badge.title,
  status: statusAt(badge, now),
  issuedAt: toRfc3339(badge.issuedAt),
  validUntil: toRfc3339(badge.validUntil),
  version: badge.version,
  url: badge.url,
  image: badge.image,
})

/** An entry of the search, as JSON. */
export const describePlace = ({ candidate, position, reasons, trial }: Place, now: Instant) => ({
  id: candidate.id,
  name: candidate.worker.name,
  position,
  quality: candidate.quality,
  reasons: trial
    ? reasons.map((reason) => (reason.code === 'exploration' ? { ...reason, propensity: trial.propensity } : reason))
    : reasons,
  badges: candidate.badges.map((badge) => describeBadge(badge, now)),
})

const averages = (totals: ReviewTotals) => Object.fromEntries(axes.map((axis) => [axis, totals[axis] / totals.count]))

const describeReview = (review: ShownReview) => ({
  id: review.id,
  at: toRfc3339(review.at),
  ...Object.fromEntries(axes.map((axis) => [axis, review[axis]])),
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

/** What is known of one worker beyond a search entry. */
export function describeDetails(
  listing: Listing,
  known: { readonly reviews: readonly ShownReview[]; readonly signals: readonly Signal[] },
) {
  const { worker, totals, reviews, prior } = listing
  return {
    categories: worker.categories,
    skills: { ja: worker.skillsJa, en: worker.skillsEn },
    hourlyRate: worker.hourlyRate,
    standing: { status: worker.standing, version: worker.standingVersion },
    reviews: {
      count: reviews.n,
      clients: totals?.clients ?? 0,
      mean: meanScore(totals) ?? null,
      standardisedMean: reviews.n === 0 ? null : reviews.mean,
      axes: totals ? averages(totals) : null,
      latest: known.reviews.map(describeReview),
    },
    boost: prior ? certificateBoost(prior, reviews.n) : 0,
    signals: known.signals.map((signal) => describeSignal(signal, prior?.exam === signal.exam)),
  }
}
