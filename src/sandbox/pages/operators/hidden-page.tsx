import { Crumb } from '../../../platform/page/document.tsx'
import { Note } from '../../../platform/page/state.tsx'
import type { Contract } from '../../escrow/contract.ts'
import type { SideView } from '../../flows/show-reviews.ts'
import { type HiddenAnswers, meanStars, type ReviewSide, reviewSides, starsOf } from '../../review/review.ts'
import type { Names } from '../contracts/contract-details.ts'
import { link } from '../links.ts'
import { Page, type Reader } from '../parts/layout.tsx'
import { operatorsStyles } from '../styles.ts'
import { textsOf } from '../texts.ts'

export interface HiddenView {
  readonly reader: Reader
  readonly contract: Contract
  readonly names: Names
  /** Number of the reading in the log. */
  readonly audit: string
  readonly answers: readonly (HiddenAnswers & { readonly side: ReviewSide })[]
  readonly sides: Readonly<Record<ReviewSide, SideView>>
}

function Side({ view, side }: { view: HiddenView; side: ReviewSide }) {
  const { locale } = view.reader
  const t = textsOf(locale)
  const hidden = view.answers.find((answer) => answer.side === side)
  const { entry } = view.sides[side]
  return (
    <section class="card flow" aria-labelledby={side}>
      <div class="card-head">
        <h2 id={side}>{t(`operator.hidden.of.${side}`)}</h2>
        <small>{view.names[side]}</small>
      </div>
      {hidden ? (
        <dl class="kv">
          <div>
            <dt>{t('operator.hidden.again')}</dt>
            <dd>
              <b>{t('operator.hidden.againOf', { again: hidden.again })}</b>
            </dd>
          </div>
          <div>
            <dt>{t('operator.hidden.safe')}</dt>
            <dd>
              <b>{textsOf(locale)(`reviews.safeAnswers.${hidden.safe}`)}</b>
            </dd>
          </div>
          <div>
            <dt>{t('operator.hidden.note')}</dt>
            <dd class="written">{hidden.note || t('operator.hidden.noNote')}</dd>
          </div>
        </dl>
      ) : (
        <p class="small quiet">{t('operator.hidden.none')}</p>
      )}
      <h3>{t('operator.hidden.visible')}</h3>
      {entry ? (
        <div class="flow">
          <p class="small">{t('operator.hidden.mean', { stars: meanStars(starsOf(entry.review)).toFixed(1) })}</p>
          {entry.review.comment !== '' && <blockquote class="typed">{entry.review.comment}</blockquote>}
        </div>
      ) : (
        <p class="small quiet">{t('operator.hidden.notWritten')}</p>
      )}
    </section>
  )
}

/** What both sides of a contract said in confidence, to an operator whose reading was written down. */
export function HiddenPage(view: HiddenView) {
  const { reader, contract, audit } = view
  const { locale, t } = reader
  return (
    <Page styles={operatorsStyles} reader={reader} title={t('operator.hidden.title')} current="worklist">
      <main id="main" class="wrap narrow">
        <Crumb href={link(locale, '/operators/reviews')}>{t('operator.hidden.back')}</Crumb>
        <div class="head">
          <div>
            <h1>{t('operator.hidden.title')}</h1>
            <p class="lead">{contract.title}</p>
          </div>
        </div>
        <div class="stack">
          <Note tone="wait" icon="lock" role="status">
            <p>
              <b>{t('operator.hidden.logged')}</b> <span class="tiny">{t('operator.hidden.loggedAs', { audit })}</span>
            </p>
            <p>{t('operator.hidden.rule')}</p>
          </Note>
          <div class="halves">
            {reviewSides.map((side) => (
              <Side view={view} side={side} />
            ))}
          </div>
        </div>
      </main>
    </Page>
  )
}
