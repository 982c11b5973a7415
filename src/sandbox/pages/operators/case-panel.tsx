import { momentText } from '../../../platform/page/dates.ts'
import { Icon } from '../../../platform/page/icon.tsx'
import { Note } from '../../../platform/page/state.tsx'
import { appealUntil, isMeasure } from '../../moderation/decision/actions.ts'
import { AroundTime } from '../contracts/headline.tsx'
import { Moment } from '../contracts/records.tsx'
import { link } from '../links.ts'
import { type FormState, type Forms, PageForm, ProseField } from '../parts/form-parts.tsx'
import type { Reader } from '../parts/layout.tsx'
import { Statement } from '../parts/statement.tsx'
import type { CaseDetails } from './case-parts.tsx'
import { claimantOf, operatorName } from './case-parts.tsx'
import { DecisionForm, DecisionPreview, JudgementForm, type Preview, suggested } from './decision-form.tsx'

export interface PanelView {
  readonly reader: Reader
  readonly details: CaseDetails
  readonly forms: Forms
  readonly preview: Preview | undefined
}

const NoteStep = ({ form, title, text, label }: { form: FormState; title: string; text: string; label: string }) => (
  <details class="fold" open={form.rejected !== undefined}>
    <summary>
      <span>{title}</span>
      <Icon name="right" small turning />
    </summary>
    <PageForm form={form}>
      <p class="small">{text}</p>
      <ProseField form={form} name="note" label={label} rows={2} />
      <div class="btns">
        <button class="btn s outline" type="submit">
          {title}
        </button>
      </div>
    </PageForm>
  </details>
)

/** What can be done with a case besides deciding it. */
function Others({ reader, details, forms }: PanelView) {
  const { t } = reader
  const { known, job } = details
  const waited = known.alleged || known.decision !== null || job?.state === 'held'
  return (
    <div class="folds">
      {known.status === 'open' && (
        <NoteStep
          form={forms('escalate')}
          title={t('case.escalate')}
          text={t('case.escalateText')}
          label={t('case.escalateNote')}
        />
      )}
      {!waited && (
        <NoteStep
          form={forms('close')}
          title={t('case.close')}
          text={t('case.closeText')}
          label={t('case.closeNote')}
        />
      )}
    </div>
  )
}

/** Taking a case, or that somebody has. */
function Claim({ reader, details, forms }: PanelView) {
  const { t } = reader
  return (
    <PageForm form={forms('claim')}>
      <p class="small">{t('case.claimText')}</p>
      <div class="btns">
        <button class="btn s primary" type="submit">
          {t('case.claim')}
        </button>
      </div>
      {details.known.status === 'escalated' && <p class="tiny">{t('case.statuses.escalated')}</p>}
    </PageForm>
  )
}

const Taken = ({ reader, details, forms }: PanelView) => {
  const { t } = reader
  return (
    <div class="taken">
      {details.known.claimedUntil !== null && (
        <AroundTime reader={reader} sentence="case.claimedUntil" at={details.known.claimedUntil} />
      )}
      <PageForm form={forms('release')} className="one-button">
        <button class="btn s ghost" type="submit">
          {t('case.release')}
        </button>
      </PageForm>
    </div>
  )
}

/** What the person concerned says against the decision, and the form for whoever may judge it. */
function Appeals(view: PanelView) {
  const { reader, details, forms } = view
  const { t } = reader
  const { known, appeals } = details
  if (appeals.length === 0) return null
  const judging = known.status !== 'closed' && known.appeal !== null
  const own = known.decidedBy === reader.person?.id
  const mine = claimantOf(known, reader) === reader.person?.id
  return (
    <section class="card flow" aria-labelledby="appeal">
      <div class="card-head">
        <h2 id="appeal">{t('case.appealTitle')}</h2>
        <small>{t('case.appealText')}</small>
      </div>
      {appeals.map((appeal) => (
        <div class="flow">
          <p class="tiny">
            <Moment reader={reader} at={appeal.at} />
          </p>
          <blockquote class="typed">{appeal.text}</blockquote>
          {appeal.outcome !== null && (
            <>
              <p class="state ok">
                <Icon name="check" small />
                {t(`case.judgedAs.${appeal.outcome}`)}
              </p>
              <p class="tiny">
                {appeal.decidedAt !== null &&
                  t('case.decidedBy', {
                    operator: operatorName(appeal.decidedBy),
                    moment: momentText(reader.locale, appeal.decidedAt, reader.now),
                  })}
              </p>
              <blockquote class="typed">{appeal.reasons}</blockquote>
            </>
          )}
        </div>
      ))}
      {judging && own && (
        <Note tone="wait" icon="lock">
          <p>{t('case.samePerson')}</p>
        </Note>
      )}
      {judging && !own && claimantOf(known, reader) === undefined && <Claim {...view} />}
      {judging && !own && mine && (
        <>
          <h3 id="decision-title">{t('case.judgeTitle')}</h3>
          <Taken {...view} />
          <JudgementForm reader={reader} details={details} form={forms('judge')} />
        </>
      )}
    </section>
  )
}

/** Lifting what a decision does. */
function Reinstate({ reader, details, forms }: PanelView) {
  const { t } = reader
  const { known, lasts } = details
  if (!lasts || known.status !== 'closed' || known.action === null || !isMeasure(known.action)) return null
  const form = forms('reinstate')
  return (
    <div class="folds">
      <details class="fold" open={form.rejected !== undefined}>
        <summary>
          <span>{t('case.reinstate')}</span>
          <Icon name="right" small turning />
        </summary>
        <PageForm form={form}>
          <p class="small">{t('case.reinstateText')}</p>
          <ProseField form={form} name="facts" label={t('case.facts')} hint={t('case.reasonsHint')} rows={3} />
          <div class="btns">
            <button class="btn s outline" type="submit">
              {t('case.reinstate')}
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
  const { locale, t } = reader
  const { known, decisions } = details
  if (decisions.length === 0)
    return known.status === 'closed' ? <p class="card small">{t('case.closedWithout')}</p> : null
  return (
    <section class="card flow" aria-labelledby="decided">
      <h2 id="decided">{t('case.decidedTitle')}</h2>
      {decisions.toReversed().map((decision) => (
        <div class="flow">
          <p class="tiny queue-facts">
            <span>
              {t('case.decidedBy', {
                operator: operatorName(decision.operator),
                moment: momentText(locale, decision.decidedAt, reader.now),
              })}
            </span>
            <a href={link(locale, `/decisions/${decision.id}`)}>{t('case.previewTitle')}</a>
          </p>
          <div class="as-read">
            <Statement reader={reader} statement={decision.statement} />
          </div>
        </div>
      ))}
      {known.final && (
        <p class="state off">
          <Icon name="lock" small />
          {t('case.final')}
        </p>
      )}
      {!known.final && known.decidedAt !== null && known.appeal === null && (
        <AroundTime reader={reader} sentence="case.appealableUntil" at={appealUntil(known.decidedAt)} />
      )}
      <Reinstate {...view} />
    </section>
  )
}

/** The decision: to be taken by whoever has taken the case, or being read by somebody else. */
function Deciding(view: PanelView) {
  const { reader, details, forms, preview } = view
  const { locale, t } = reader
  const { known } = details
  if (known.status === 'closed' || known.decision !== null) return null
  const claimant = claimantOf(known, reader)
  const mine = claimant === reader.person?.id
  const deciding = (
    <section class="card flow" aria-labelledby="decision-title">
      <h2 id="decision-title">{t('case.decide')}</h2>
      {claimant === undefined && <Claim {...view} />}
      {claimant !== undefined && claimant !== reader.person?.id && known.claimedUntil !== null && (
        <Note tone="wait" icon="lock">
          <p>
            {t('case.claimedByOther', {
              operator: operatorName(claimant),
              moment: momentText(locale, known.claimedUntil, reader.now),
            })}
          </p>
        </Note>
      )}
      {mine && (
        <>
          <Taken {...view} />
          <DecisionForm
            reader={reader}
            details={details}
            form={forms('preview', preview?.fields ?? { ground: 'terms', ...suggested(details) }, 'decision')}
          />
        </>
      )}
      {(claimant === undefined || mine) && <Others {...view} />}
    </section>
  )
  if (!preview || !mine) return deciding
  return (
    <div class="case-columns">
      {deciding}
      <DecisionPreview reader={reader} details={details} preview={preview} forms={forms} />
    </div>
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
