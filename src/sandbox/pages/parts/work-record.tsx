import { milliseconds } from '../../../kernel/instant.ts'
import { dayText } from '../../../platform/page/dates.ts'
import { Chip } from '../../../platform/page/state.tsx'
import { Terms } from '../../../platform/page/terms.tsx'
import { amountBucket } from '../../escrow/paid-work.ts'
import type { ConcludedWork, Profile, WorkRecord } from '../../flows/show-worker.ts'
import { axesOf, reviewClosesAt, reviewSides, type ShownReview } from '../../review/review.ts'
import { reviewScore } from '../../review/totals.ts'
import { calledIn } from '../contracts/contract-details.ts'
import { Said } from '../contracts/reviews.tsx'
import { leftText, yenText } from '../figures.ts'
import { link } from '../links.ts'
import { AxisList, ScoreList } from './axes.tsx'
import type { Reader } from './layout.tsx'
import { type Paged, Pager } from './pager.tsx'
import { axisMeans, Score } from './person-card.tsx'

type Named = { readonly name: string; readonly reading: string }

const stages = ['agreed', 'funded', 'delivered', 'paid'] as const

/** A range of yen such as `5000-19999`; the last one has no end. */
function rangeIn({ locale, t }: Reader, bucket: string): string {
  const [from = '', to = ''] = bucket.split('-')
  return to === ''
    ? t('work.rangeFrom', { from: yenText(locale, Number(from)) })
    : t('work.range', { from: yenText(locale, Number(from)), to: yenText(locale, Number(to)) })
}

/** How far a worker's contracts came, from the agreement to the payment. */
export function EscrowFlow({ reader, figures }: { reader: Reader; figures: WorkRecord['figures'] }) {
  const { t } = reader
  const others: readonly (readonly [string, string])[] = [
    [t('work.clients'), t('work.people', { n: figures.clients })],
    [t('work.refunded'), t('work.contracts', { n: figures.refunded })],
    [t('work.running'), t('work.contracts', { n: figures.running })],
    ...(figures.median === undefined
      ? []
      : [[t('work.median'), rangeIn(reader, amountBucket(figures.median))] as const]),
  ]
  return (
    <section class="card flow" aria-labelledby="escrow">
      <h2 id="escrow">{t('work.title')}</h2>
      <dl class="stages">
        {stages.map((stage) => (
          <div>
            <dt>{t(`work.stages.${stage}`)}</dt>
            <dd>{t('work.contracts', { n: figures[stage] })}</dd>
          </div>
        ))}
      </dl>
      <Terms className="stage-facts" terms={others} />
    </section>
  )
}

/** What became of the reviews of a contract: both sides side by side, how long they can be written, or that nobody did. */
function BothSides({ reader, work, worker }: { reader: Reader; work: ConcludedWork; worker: Named }) {
  const { locale } = reader
  if (work.revealedAt === null) return null
  if (work.reviews.length === 0) return <p class="small quiet">{reader.t('work.noReviews')}</p>
  const names = { client: calledIn(locale, work.client ?? undefined), worker: calledIn(locale, worker) }
  return (
    <div class="review-grid">
      {reviewSides.flatMap((side) =>
        work.reviews
          .filter(({ review }) => review.side === side)
          .map((entry) => <Said reader={reader} entry={entry} names={names} />),
      )}
    </div>
  )
}

function Work({ reader, work, worker }: { reader: Reader; work: ConcludedWork; worker: Named }) {
  const { locale, now, t } = reader
  const closesAt = reviewClosesAt(work.settledAt)
  return (
    <li class="work">
      <div class="card-head">
        <h3>{work.title ?? t('work.workOf', { category: t(`market.category.${work.category}`) })}</h3>
        <small class="unbroken">{dayText(locale, work.settledAt)}</small>
      </div>
      <div class="chips">
        <Chip tone="ok" icon="check">
          {t('work.paid')}
        </Chip>
        <Chip icon="lock">{t('work.viaEscrow')}</Chip>
        <span class="chip">{rangeIn(reader, amountBucket(work.amount))}</span>
        {work.client && <a href={link(locale, `/clients/${work.client.id}`)}>{calledIn(locale, work.client)}</a>}
        {work.revealedAt === null && closesAt > now && (
          <Chip tone="wait" icon="clock">
            {t('work.reviewsWait', { left: leftText(locale, milliseconds(closesAt - now)) })}
          </Chip>
        )}
      </div>
      <BothSides reader={reader} work={work} worker={worker} />
    </li>
  )
}

/** The newest contracts of a worker that came to their end, with what both sides said. */
export function Concluded({
  reader,
  concluded,
  worker,
}: {
  reader: Reader
  concluded: WorkRecord['concluded']
  worker: Named
}) {
  const { t } = reader
  if (concluded.length === 0) return null
  return (
    <section class="card flow" aria-labelledby="concluded">
      <div class="card-head">
        <h2 id="concluded">{t('work.concluded')}</h2>
        <small>{t('work.concludedText')}</small>
      </div>
      <ol class="works">
        {concluded.map((work) => (
          <Work reader={reader} work={work} worker={worker} />
        ))}
      </ol>
    </section>
  )
}

interface ReviewsView {
  readonly reader: Reader
  readonly profile: Profile
  readonly work: WorkRecord
  /** Reviews that do not stand beside their contract, and the place in the address from which they are shown. */
  readonly said: Paged<ShownReview> & { readonly place: string | undefined }
}

const ReviewSaid = ({ reader, review, worker }: { reader: Reader; review: ShownReview; worker: string }) => (
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

/** How clients judge the worker on the five axes, and beside it how the worker judges clients. */
function BothMeans({ reader, profile, work }: Omit<ReviewsView, 'said'>) {
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

/** What clients said of a worker: the means on both sides, and the reviews that do not stand beside their contract, the latest first. */
export function WorkerReviews({ reader, profile, work, said }: ReviewsView) {
  const { t } = reader
  const { totals, reviewCount } = profile.listing
  return (
    <section class="card flow" aria-labelledby="reviews">
      <div class="card-head">
        <h2 id="reviews">{t('market.profile.reviewsTitle', { n: reviewCount })}</h2>
        {totals && <small>{t('market.person.clients', { n: totals.clients })}</small>}
      </div>
      <Score t={t} totals={totals} of={t('market.profile.ofClients')} />
      <BothMeans {...{ reader, profile, work }} />
      {said.entries.length > 0 && (
        <>
          <h3 id="said">{t('market.profile.latest')}</h3>
          <div class="review-grid">
            {said.entries.map((review) => (
              <ReviewSaid reader={reader} review={review} worker={calledIn(reader.locale, profile.listing.worker)} />
            ))}
          </div>
          <Pager
            reader={reader}
            path={`/workers/${profile.listing.worker.id}`}
            query={{ category: profile.category, reviews: said.place }}
            place="reviews"
            next={said.next}
            list="said"
          />
        </>
      )}
    </section>
  )
}
