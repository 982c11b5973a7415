import { appealUntil, isMeasure } from '../../moderation/decision/actions.ts'
import { AroundTime } from '../contracts/headline.tsx'
import { Moment } from '../contracts/records.tsx'
import type { Fields } from '../form-fields.ts'
import { link } from '../links.ts'
import { type FormState, type Forms, PageForm, ProseField } from '../parts/form-parts.tsx'
import { Icon } from '../parts/icon.tsx'
import type { Reader } from '../parts/layout.tsx'
import { Statement } from '../parts/statement.tsx'
import { caseTexts } from '../texts/case-texts.ts'
import { figureTexts } from '../texts/figure-texts.ts'
import { DecisionForm, DecisionPreview, JudgementForm, type Preview } from './decision-form.tsx'
import type { CaseDetails } from './load-case.ts'
import { claimantOf, operatorName } from './queue-parts.tsx'

export interface PanelView {
  readonly reader: Reader
  readonly details: CaseDetails
  readonly forms: Forms
  readonly preview: Preview | undefined
  /** What stands in the decision's form before anybody types. */
  readonly draft: Fields
}

const NoteStep = ({ form, title, text, label }: { form: FormState; title: string; text: string; label: string }) => (
  <details class="fold" open={form.rejected !== undefined}>
    <summary>
      <span>{title}</span>
      <Icon name="next" className="small turning" />
    </summary>
    <PageForm form={form}>
      <p class="small-text">{text}</p>
      <ProseField form={form} name="note" label={label} rows={2} />
      <div class="buttons">
        <button class="button outline" type="submit">
          {title}
        </button>
      </div>
    </PageForm>
  </details>
)

/** What can be done with a case besides deciding it. */
function Others({ reader, details, forms }: PanelView) {
  const t = caseTexts[reader.locale]
  const { known, job } = details
  const waited = known.alleged || known.decision !== null || job?.state === 'held'
  return (
    <div class="folds">
      {known.status === 'open' && <NoteStep form={forms('escalate')} title={t.escalate} text={t.escalateText} label={t.escalateNote} />}
      {!waited && <NoteStep form={forms('close')} title={t.close} text={t.closeText} label={t.closeNote} />}
    </div>
  )
}

/** Taking a case, or that somebody has. */
function Claim({ reader, details, forms }: PanelView) {
  const t = caseTexts[reader.locale]
  return (
    <PageForm form={forms('claim')}>
      <p class="small-text">{t.claimText}</p>
      <div class="buttons">
        <button class="button primary" type="submit">
          {t.claim}
        </button>
      </div>
      {details.known.status === 'escalated' && <p class="tiny">{t.statuses.escalated}</p>}
    </PageForm>
  )
}

const Taken = ({ reader, details, forms }: PanelView) => {
  const t = caseTexts[reader.locale]
  return (
    <div class="taken">
      {details.known.claimedUntil !== null && <AroundTime reader={reader} sentence={t.claimedUntil} at={details.known.claimedUntil} />}
      <PageForm form={forms('release')} className="one-button">
        <button class="button ghost" type="submit">
          {t.release}
        </button>
      </PageForm>
    </div>
  )
}

/** What the person concerned says against the decision, and the form for whoever may judge it. */
function Appeals(view: PanelView) {
  const { reader, details, forms } = view
  const t = caseTexts[reader.locale]
  const { known, appeals } = details
  if (appeals.length === 0) return null
  const judging = known.status !== 'closed' && known.appeal !== null
  const own = known.decidedBy === reader.person?.id
  const mine = claimantOf(known, reader) === reader.person?.id
  return (
    <section class="card flow" aria-labelledby="appeal">
      <div class="card-head">
        <h2 id="appeal">{t.appealTitle}</h2>
        <small>{t.appealText}</small>
      </div>
      {appeals.map((appeal) => (
        <div class="flow">
          <p class="tiny">
            <Moment reader={reader} at={appeal.at} />
          </p>
          <blockquote class="typed">{appeal.text}</blockquote>
          {appeal.outcome !== null && (
            <>
              <p class="state good">
                <Icon name="check" className="small" />
                {t.judgedAs[appeal.outcome]}
              </p>
              <p class="tiny">{appeal.decidedAt !== null && t.decidedBy(figureTexts[reader.locale].moment(appeal.decidedAt, reader.now), operatorName(appeal.decidedBy))}</p>
              <blockquote class="typed">{appeal.reasons}</blockquote>
            </>
          )}
        </div>
      ))}
      {judging && own && (
        <div class="note waiting">
          <Icon name="lock" />
          <p>{t.samePerson}</p>
        </div>
      )}
      {judging && !own && claimantOf(known, reader) === undefined && <Claim {...view} />}
      {judging && !own && mine && (
        <>
          <h3 id="decision-title">{t.judgeTitle}</h3>
          <Taken {...view} />
          <JudgementForm reader={reader} details={details} form={forms('judge')} />
        </>
      )}
    </section>
  )
}

/** Lifting what a decision does. */
function Reinstate({ reader, details, forms }: PanelView) {
  const t = caseTexts[reader.locale]
  const { known, lasts } = details
  if (!lasts || known.status !== 'closed' || known.action === null || !isMeasure(known.action)) return null
  const form = forms('reinstate')
  return (
    <div class="folds">
      <details class="fold" open={form.rejected !== undefined}>
        <summary>
          <span>{t.reinstate}</span>
          <Icon name="next" className="small turning" />
        </summary>
        <PageForm form={form}>
          <p class="small-text">{t.reinstateText}</p>
          <ProseField form={form} name="facts" label={t.facts} hint={t.reasonsHint} rows={3} />
          <div class="buttons">
            <button class="button outline" type="submit">
              {t.reinstate}
            </button>
          </div>
        </PageForm>
      </details>
    </div>
  )
}

/** What was decided, each with its statement. */
function Decided(view: PanelView) {
  const { reader, details } = view
  const { locale } = reader
  const t = caseTexts[locale]
  const { known, decisions } = details
  if (decisions.length === 0) return known.status === 'closed' ? <p class="card small-text">{t.closedWithout}</p> : null
  return (
    <section class="card flow" aria-labelledby="decided">
      <h2 id="decided">{t.decidedTitle}</h2>
      {decisions.toReversed().map((decision) => (
        <div class="flow">
          <p class="tiny queue-facts">
            <span>{t.decidedBy(figureTexts[locale].moment(decision.decidedAt, reader.now), operatorName(decision.operator))}</span>
            <a href={link(locale, `/decisions/${decision.id}`)}>{t.previewTitle}</a>
          </p>
          <div class="as-read">
            <Statement reader={reader} statement={decision.statement} />
          </div>
        </div>
      ))}
      {known.final && (
        <p class="state inactive">
          <Icon name="lock" className="small" />
          {t.final}
        </p>
      )}
      {!known.final && known.decidedAt !== null && known.appeal === null && <AroundTime reader={reader} sentence={t.appealableUntil} at={appealUntil(known.decidedAt)} />}
      <Reinstate {...view} />
    </section>
  )
}

/** The decision: to be taken by whoever has taken the case, or being read by somebody else. */
function Deciding(view: PanelView) {
  const { reader, details, forms, preview, draft } = view
  const { locale } = reader
  const t = caseTexts[locale]
  const { known } = details
  if (known.status === 'closed' || known.decision !== null) return null
  const claimant = claimantOf(known, reader)
  if (preview && claimant === reader.person?.id) return <DecisionPreview reader={reader} details={details} preview={preview} forms={forms} />
  return (
    <section class="card flow" aria-labelledby="decision-title">
      <h2 id="decision-title">{t.decide}</h2>
      {claimant === undefined && <Claim {...view} />}
      {claimant !== undefined && claimant !== reader.person?.id && known.claimedUntil !== null && (
        <div class="note waiting">
          <Icon name="lock" />
          <p>{t.claimedByOther(operatorName(claimant), figureTexts[locale].moment(known.claimedUntil, reader.now))}</p>
        </div>
      )}
      {claimant === reader.person?.id && (
        <>
          <Taken {...view} />
          <DecisionForm reader={reader} details={details} form={forms('preview', { ground: 'terms', ...draft }, 'decision')} />
        </>
      )}
      {(claimant === undefined || claimant === reader.person?.id) && <Others {...view} />}
    </section>
  )
}

/** All that is decided about a case, in the order in which it matters now. */
export const CasePanel = (view: PanelView) => (
  <>
    <Appeals {...view} />
    <Deciding {...view} />
    <Decided {...view} />
  </>
)
