import type { ContractReviews } from '../../flows/show-reviews.ts'
import { safeAnswers } from '../../review/contradiction.ts'
import { axesOf, longestText, meanStars, otherSide, type ReviewSide, replyClosesAt, reviewSides, starsOf } from '../../review/review.ts'
import type { ReviewEntry } from '../../review/store.ts'
import { ScoreList } from '../parts/axes.tsx'
import { Choice, type FormState, type Forms, PageForm, ProseField } from '../parts/form-parts.tsx'
import { Icon } from '../parts/icon.tsx'
import type { Reader } from '../parts/layout.tsx'
import type { Names } from '../texts/contract-texts.ts'
import { figureTexts } from '../texts/figure-texts.ts'
import { reviewTexts } from '../texts/review-texts.ts'
import { AroundTime } from './headline.tsx'
import { type ContractDetails, namesIn } from './load-contract.ts'
import { againAnswers, stars } from './read-review.ts'

interface ReviewsView {
  readonly reader: Reader
  readonly details: ContractDetails
  readonly forms: Forms
}

const AxisQuestions = ({ reader, form, side }: { reader: Reader; form: FormState; side: ReviewSide }) => {
  const t = reviewTexts[reader.locale]
  const options = stars.map((star) => ({ value: star, label: t.star(Number(star)) }))
  return (
    <div class="axes-asked">
      <p class="scale-ends tiny" aria-hidden="true">
        <span>{t.starMeaning.lowest}</span>
        <span>{t.starMeaning.highest}</span>
      </p>
      {axesOf[side].map((axis) => (
        <Choice form={form} name={axis} label={t.axis[axis]} hint={t.asks[side][axis]} options={options} scale />
      ))}
    </div>
  )
}

function HiddenQuestions({ reader, form }: { reader: Reader; form: FormState }) {
  const t = reviewTexts[reader.locale]
  return (
    <section class="hidden-part flow" aria-labelledby="hidden-part">
      <h3 id="hidden-part">
        <Icon name="shield" />
        {t.hiddenPart}
      </h3>
      <ul class="small-text">
        {t.hiddenPartText.map((text) => (
          <li>{text}</li>
        ))}
      </ul>
      <Choice form={form} name="again" label={t.again} hint={t.againHint} options={againAnswers.map((value) => ({ value, label: value }))} scale />
      <Choice form={form} name="safe" label={t.safe} options={safeAnswers.map((value) => ({ value, label: t.safeAnswers[value] }))} />
      <ProseField form={form} name="note" label={t.note} rows={3} optional />
    </section>
  )
}

function ReviewForm({ reader, details, forms, side }: ReviewsView & { side: ReviewSide }) {
  const t = reviewTexts[reader.locale]
  const form = forms('review')
  const { window, sides } = details.reviews
  return (
    <>
      <p class="small-text">{sides[otherSide(side)].written ? t.otherWaits : t.rules}</p>
      {window && <AroundTime reader={reader} sentence={t.until} at={window.closesAt} />}
      <PageForm form={form}>
        <h3>{t.openPart}</h3>
        <p class="tiny">{t.openPartText}</p>
        <AxisQuestions reader={reader} form={form} side={side} />
        <ProseField form={form} name="comment" label={t.comment} hint={t.commentHint(longestText)} optional />
        <HiddenQuestions reader={reader} form={form} />
        <p class="tiny">{t.sendText}</p>
        <div class="buttons">
          <button class="button primary" type="submit">
            {t.send}
          </button>
        </div>
      </PageForm>
    </>
  )
}

function ReplyForm({ reader, forms, entry }: { reader: Reader; forms: Forms; entry: ReviewEntry }) {
  const t = reviewTexts[reader.locale]
  const form = forms('reply', {}, 'reply')
  const closesAt = entry.revealedAt === null ? undefined : replyClosesAt(entry.revealedAt)
  return (
    <details class="fold" open={form.rejected !== undefined}>
      <summary>
        <span>{t.reply}</span>
        <Icon name="next" className="small turning" />
      </summary>
      <PageForm form={form}>
        <input type="hidden" name="review" value={entry.review.id} />
        <p class="small-text">{t.replyText}</p>
        {closesAt !== undefined && <AroundTime reader={reader} sentence={t.replyUntil} at={closesAt} />}
        <ProseField form={form} name="text" label={t.replyLabel} hint={t.replyHint} />
        <div class="buttons">
          <button class="button outline" type="submit">
            {t.replyButton}
          </button>
        </div>
      </PageForm>
    </details>
  )
}

/** A review with what the reviewed person said to it. */
export function Said({ reader, entry, names }: { reader: Reader; entry: ReviewEntry; names: Names }) {
  const t = reviewTexts[reader.locale]
  const { review, reply } = entry
  const scores = starsOf(review)
  const other = otherSide(review.side)
  return (
    <article class="review">
      <h3>
        <span>{t.from(names[review.side], names[other])}</span>
        <b>{meanStars(scores).toFixed(1)}</b>
      </h3>
      <ScoreList compact scores={axesOf[review.side].map((axis) => ({ name: t.axis[axis], score: scores[axis] }))} />
      <p class={review.comment === '' ? 'quiet' : 'written'}>{review.comment || t.noComment}</p>
      {reply && (
        <div class="reply">
          <h4>{t.replyFrom(names[other])}</h4>
          <p class="written">{reply.text}</p>
        </div>
      )}
    </article>
  )
}

const mayReply = (entry: ReviewEntry, own: ReviewSide | null, now: Reader['now']): boolean =>
  own !== null && entry.review.side !== own && entry.reply === null && entry.revealedAt !== null && now < replyClosesAt(entry.revealedAt)

function Written({ reader, details, forms }: ReviewsView) {
  const t = reviewTexts[reader.locale]
  const { sides, own, revealedAt } = details.reviews
  const names = namesIn(reader.locale, details)
  return (
    <div class="review-grid">
      {reviewSides.map((side) => {
        const { written, entry } = sides[side]
        if (entry) {
          return (
            <div class="stack tight">
              <Said reader={reader} entry={entry} names={names} />
              {mayReply(entry, own, reader.now) && <ReplyForm reader={reader} forms={forms} entry={entry} />}
            </div>
          )
        }
        return (
          <article class="review empty">
            <h3>{t.from(names[side], names[otherSide(side)])}</h3>
            <p class="quiet">{written || revealedAt === null ? t.hiddenFromYou : t.neverWritten}</p>
          </article>
        )
      })}
    </div>
  )
}

function Waiting({ reader, reviews }: { reader: Reader; reviews: ContractReviews }) {
  const t = reviewTexts[reader.locale]
  return (
    <div class="note waiting">
      <Icon name="clock" />
      <div>
        <p>
          <b>{t.waiting}</b>
        </p>
        {reviews.window && <AroundTime reader={reader} sentence={t.waitingText} at={reviews.window.closesAt} />}
      </div>
    </div>
  )
}

/** Whether this side can write a review now. */
export const mayReview = ({ own, window, sides }: ContractReviews, now: Reader['now']): boolean => own !== null && window !== null && !sides[own].written && now < window.closesAt

/** What the two said of each other, or may say. */
export function Reviews(view: ReviewsView) {
  const { reader, details } = view
  const t = reviewTexts[reader.locale]
  const { reviews } = details
  const { own, window, revealedAt, sides } = reviews
  if (!window) return null
  const writing = own !== null && mayReview(reviews, reader.now)
  const some = sides.client.entry !== null || sides.worker.entry !== null
  return (
    <section class="card flow" id="reviews" aria-labelledby="reviews-title">
      <div class="card-head">
        <h2 id="reviews-title">{t.title}</h2>
        {revealedAt !== null && <small>{t.revealed(figureTexts[reader.locale].day(revealedAt))}</small>}
      </div>
      {writing && <ReviewForm {...view} side={own} />}
      {own !== null && sides[own].written && revealedAt === null && <Waiting reader={reader} reviews={reviews} />}
      {own !== null && !writing && !sides[own].written && <p class="quiet small-text">{t.missed}</p>}
      {some && <Written {...view} />}
      {own === null && <p class="tiny">{t.forOperators}</p>}
    </section>
  )
}
