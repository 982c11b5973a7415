import { dayText } from '../../../platform/page/dates.ts'
import { Icon } from '../../../platform/page/icon.tsx'
import { Note } from '../../../platform/page/state.tsx'
import type { ContractReviews } from '../../flows/show-reviews.ts'
import {
  axesOf,
  longestText,
  meanStars,
  otherSide,
  type ReviewSide,
  replyClosesAt,
  reviewSides,
  safeAnswers,
  starsOf,
} from '../../review/review.ts'
import type { ReviewEntry } from '../../review/store.ts'
import { ScoreList } from '../parts/axes.tsx'
import { Choice, type FormState, type Forms, PageForm, ProseField } from '../parts/form-parts.tsx'
import type { Reader } from '../parts/layout.tsx'
import { type ContractDetails, type Names, namesIn } from './contract-details.ts'
import { AroundTime } from './headline.tsx'
import { againAnswers, stars } from './read-step.ts'

interface ReviewsView {
  readonly reader: Reader
  readonly details: ContractDetails
  readonly forms: Forms
}

const AxisQuestions = ({ reader, form, side }: { reader: Reader; form: FormState; side: ReviewSide }) => {
  const { t } = reader
  const options = stars.map((star) => ({ value: star, label: t('reviews.star', { stars: Number(star) }) }))
  return (
    <div class="axes-asked">
      <p class="scale-ends tiny" aria-hidden="true">
        <span>{t('reviews.starMeaning.lowest')}</span>
        <span>{t('reviews.starMeaning.highest')}</span>
      </p>
      {axesOf[side].map((axis) => (
        <Choice
          form={form}
          name={axis}
          label={t(`reviews.axis.${axis}`)}
          hint={t.find(`reviews.asks.${side}.${axis}`)}
          options={options}
          scale
        />
      ))}
    </div>
  )
}

function HiddenQuestions({ reader, form }: { reader: Reader; form: FormState }) {
  const { t } = reader
  return (
    <section class="hidden-part flow" aria-labelledby="hidden-part">
      <h3 id="hidden-part">
        <Icon name="shield" />
        {t('reviews.hiddenPart')}
      </h3>
      <ul class="small">
        {t.list('reviews.hiddenPartText').map((text) => (
          <li>{text}</li>
        ))}
      </ul>
      <Choice
        form={form}
        name="again"
        label={t('reviews.again')}
        hint={t('reviews.againHint')}
        options={againAnswers.map((value) => ({ value, label: value }))}
        scale
      />
      <Choice
        form={form}
        name="safe"
        label={t('reviews.safe')}
        options={safeAnswers.map((value) => ({ value, label: t(`reviews.safeAnswers.${value}`) }))}
      />
      <ProseField form={form} name="note" label={t('reviews.note')} rows={3} optional />
    </section>
  )
}

function ReviewForm({ reader, details, forms, side }: ReviewsView & { side: ReviewSide }) {
  const { t } = reader
  const form = forms('review')
  const { window, sides } = details.reviews
  return (
    <>
      <p class="small">{sides[otherSide(side)].written ? t('reviews.otherWaits') : t('reviews.rules')}</p>
      {window && <AroundTime reader={reader} sentence="reviews.until" at={window.closesAt} />}
      <PageForm form={form}>
        <h3>{t('reviews.openPart')}</h3>
        <p class="tiny">{t('reviews.openPartText')}</p>
        <AxisQuestions reader={reader} form={form} side={side} />
        <ProseField
          form={form}
          name="comment"
          label={t('reviews.comment')}
          hint={t('reviews.commentHint', { most: longestText })}
          optional
        />
        <HiddenQuestions reader={reader} form={form} />
        <p class="tiny">{t('reviews.sendText')}</p>
        <div class="btns">
          <button class="btn s primary" type="submit">
            {t('reviews.send')}
          </button>
        </div>
      </PageForm>
    </>
  )
}

function ReplyForm({ reader, forms, entry }: { reader: Reader; forms: Forms; entry: ReviewEntry }) {
  const { t } = reader
  const form = forms('reply', {}, 'reply')
  const closesAt = entry.revealedAt === null ? undefined : replyClosesAt(entry.revealedAt)
  return (
    <details class="fold" open={form.rejected !== undefined}>
      <summary>
        <span>{t('reviews.reply')}</span>
        <Icon name="right" small turning />
      </summary>
      <PageForm form={form}>
        <input type="hidden" name="review" value={entry.review.id} />
        <p class="small">{t('reviews.replyText')}</p>
        {closesAt !== undefined && <AroundTime reader={reader} sentence="reviews.replyUntil" at={closesAt} />}
        <ProseField form={form} name="text" label={t('reviews.replyLabel')} hint={t('reviews.replyHint')} />
        <div class="btns">
          <button class="btn s outline" type="submit">
            {t('reviews.replyButton')}
          </button>
        </div>
      </PageForm>
    </details>
  )
}

/** A review with what the reviewed person said to it. */
export function Said({ reader, entry, names }: { reader: Reader; entry: ReviewEntry; names: Names }) {
  const { t } = reader
  const { review, reply } = entry
  const scores = starsOf(review)
  const other = otherSide(review.side)
  return (
    <article class="review">
      <h3>
        <span>{t('reviews.from', { name: names[review.side], about: names[other] })}</span>
        <b>{meanStars(scores).toFixed(1)}</b>
      </h3>
      <ScoreList
        compact
        scores={axesOf[review.side].map((axis) => ({ name: t(`reviews.axis.${axis}`), score: scores[axis] }))}
      />
      <p class={review.comment === '' ? 'quiet' : 'written'}>{review.comment || t('reviews.noComment')}</p>
      {reply && (
        <div class="reply">
          <h4>{t('reviews.replyFrom', { name: names[other] })}</h4>
          <p class="written">{reply.text}</p>
        </div>
      )}
    </article>
  )
}

const mayReply = (entry: ReviewEntry, own: ReviewSide | null, now: Reader['now']): boolean =>
  own !== null &&
  entry.review.side !== own &&
  entry.reply === null &&
  entry.revealedAt !== null &&
  now < replyClosesAt(entry.revealedAt)

function Written({ reader, details, forms }: ReviewsView) {
  const { t } = reader
  const { sides, own, revealedAt } = details.reviews
  const names = namesIn(reader.locale, details)
  return (
    <div class="review-grid">
      {reviewSides.map((side) => {
        const { written, entry } = sides[side]
        if (entry) {
          return (
            <div class="stack s">
              <Said reader={reader} entry={entry} names={names} />
              {mayReply(entry, own, reader.now) && <ReplyForm reader={reader} forms={forms} entry={entry} />}
            </div>
          )
        }
        return (
          <article class="review empty">
            <h3>{t('reviews.from', { name: names[side], about: names[otherSide(side)] })}</h3>
            <p class="quiet">
              {written || revealedAt === null ? t('reviews.hiddenFromYou') : t('reviews.neverWritten')}
            </p>
          </article>
        )
      })}
    </div>
  )
}

function Waiting({ reader, reviews }: { reader: Reader; reviews: ContractReviews }) {
  const { t } = reader
  return (
    <Note tone="wait" icon="clock" title={t('reviews.waiting')}>
      {reviews.window && <AroundTime reader={reader} sentence="reviews.waitingText" at={reviews.window.closesAt} />}
    </Note>
  )
}

/** Whether this side can write a review now. */
export const mayReview = ({ own, window, sides }: ContractReviews, now: Reader['now']): boolean =>
  own !== null && window !== null && !sides[own].written && now < window.closesAt

/** What the two said of each other, or may say. */
export function Reviews(view: ReviewsView) {
  const { reader, details } = view
  const { t } = reader
  const { reviews } = details
  const { own, window, revealedAt, sides } = reviews
  if (!window) return null
  const writing = own !== null && mayReview(reviews, reader.now)
  const some = sides.client.entry !== null || sides.worker.entry !== null
  return (
    <section class="card flow" id="reviews" aria-labelledby="reviews-title">
      <div class="card-head">
        <h2 id="reviews-title">{t('reviews.title')}</h2>
        {revealedAt !== null && <small>{t('reviews.revealed', { day: dayText(reader.locale, revealedAt) })}</small>}
      </div>
      {writing && <ReviewForm {...view} side={own} />}
      {own !== null && sides[own].written && revealedAt === null && <Waiting reader={reader} reviews={reviews} />}
      {own !== null && !writing && !sides[own].written && <p class="quiet small">{t('reviews.missed')}</p>}
      {some && <Written {...view} />}
      {own === null && <p class="tiny">{t('reviews.forOperators')}</p>}
    </section>
  )
}
