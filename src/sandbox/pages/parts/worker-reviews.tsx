import { dayText } from '../../../platform/page/dates.ts'
import type { Profile, WorkRecord } from '../../flows/show-worker.ts'
import { axesOf, type ShownReview } from '../../review/review.ts'
import { reviewScore } from '../../review/totals.ts'
import { calledIn } from '../contracts/contract-details.ts'
import { link } from '../links.ts'
import { AxisList, ScoreList } from './axes.tsx'
import type { Reader } from './layout.tsx'
import { axisMeans, Score } from './person-card.tsx'

interface ReviewsView {
  readonly reader: Reader
  readonly profile: Profile
  readonly work: WorkRecord
}

const Said = ({ reader, review, worker }: { reader: Reader; review: ShownReview; worker: string }) => (
  <article class="review">
    <h3>
      <span>
        {review.clientName === null ? (
          reader.t('market.profile.fromClient')
        ) : (
          <a href={link(reader.locale, `/clients/${review.client}`)}>{review.clientName}</a>
        )}
        <span class="unbroken when">{dayText(reader.locale, review.at)}</span>
      </span>
      <b>{reviewScore(review).toFixed(1)}</b>
    </h3>
    <AxisList t={reader.t} scores={review} compact />
    <p class="written">
      {(reader.locale === 'en' ? review.commentEn : review.commentJa) || reader.t('reviews.noComment')}
    </p>
    {review.reply && (
      <div class="reply">
        <h4>{reader.t('reviews.replyFrom', { name: worker })}</h4>
        <p class="written">{review.reply.text}</p>
      </div>
    )}
  </article>
)

const LATEST_SHOWN = 6

/** How clients judge the worker on the five axes, and beside it how the worker judges clients. */
function BothMeans({ reader, profile, work }: ReviewsView) {
  const { t, locale } = reader
  const { totals, worker } = profile.listing
  const { given } = work
  if (!totals) return null
  if (given.n === 0) return <AxisList t={t} scores={axisMeans(totals)} />
  return (
    <div class="both-means">
      <div>
        <h3>{reader.t('work.byClients')}</h3>
        <AxisList t={t} scores={axisMeans(totals)} />
      </div>
      <div>
        <h3>{reader.t('work.byWorker', { name: calledIn(locale, worker) })}</h3>
        <ScoreList
          scores={axesOf.worker.map((axis) => ({ name: reader.t(`reviews.axis.${axis}`), score: given.means[axis] }))}
        />
      </div>
    </div>
  )
}

/** What clients said of a worker: the means on both sides, and the latest reviews that do not stand beside their contract. */
export function WorkerReviews({ reader, profile, work }: ReviewsView) {
  const { t } = reader
  const { totals, reviewCount } = profile.listing
  // those of the contracts below stand there, beside what the worker said
  const below = new Set(work.concluded.flatMap((one) => one.reviews.map(({ review }) => review.id)))
  const latest = profile.reviews.filter(({ id }) => !below.has(id)).slice(0, LATEST_SHOWN)
  return (
    <section class="card flow" aria-labelledby="reviews">
      <div class="card-head">
        <h2 id="reviews">{t('market.profile.reviewsTitle', { n: reviewCount })}</h2>
        {totals && <small>{t('market.person.clients', { n: totals.clients })}</small>}
      </div>
      <Score t={t} totals={totals} of={t('market.profile.ofClients')} />
      <BothMeans {...{ reader, profile, work }} />
      {latest.length > 0 && (
        <>
          <h3>{t('market.profile.latest')}</h3>
          <div class="review-grid">
            {latest.map((review) => (
              <Said reader={reader} review={review} worker={calledIn(reader.locale, profile.listing.worker)} />
            ))}
          </div>
        </>
      )}
    </section>
  )
}
