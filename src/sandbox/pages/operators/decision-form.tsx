import { kinds, kindTexts } from '../../detector/judge/kinds.ts'
import { actions, isMeasure, isPossible } from '../../moderation/decision/actions.ts'
import type { StatementOfReasons } from '../../moderation/decision/statement.ts'
import type { Fields } from '../form-fields.ts'
import { Checks, Choice, type FormState, type Forms, PageForm, ProseField, SelectField } from '../parts/form-parts.tsx'
import { Icon } from '../parts/icon.tsx'
import type { Reader } from '../parts/layout.tsx'
import { Statement } from '../parts/statement.tsx'
import { caseTexts, decisionLengths } from '../texts/case-texts.ts'
import type { CaseDetails } from './load-case.ts'
import { titleIn } from './queue-parts.tsx'

/** A decision that was typed and is to be checked before it is sent. */
export interface Preview {
  readonly statement: StatementOfReasons
  readonly fields: Fields
}

const lengthOptions = (reader: Reader) => decisionLengths.map((value) => ({ value, label: caseTexts[reader.locale].durations[value] }))

const Duration = ({ reader, form }: { reader: Reader; form: FormState }) => {
  const t = caseTexts[reader.locale]
  return <SelectField form={form} name="duration" label={t.duration} hint={t.durationHint} options={lengthOptions(reader)} />
}

/** What can be decided about this case, with the rule and the facts. Sends nothing yet. */
export function DecisionForm({ reader, details, form }: { reader: Reader; details: CaseDetails; form: FormState }) {
  const { locale } = reader
  const t = caseTexts[locale]
  const { known, job } = details
  const options = actions
    .filter((action) => action !== 'reinstate' && isPossible(known.kind, action) && !(known.person === null && (action === 'restrict' || action === 'suspend')))
    .map((value) => ({ value, label: t.actions[value][0], about: t.actions[value][1] }))
  return (
    <PageForm form={form} goesTo="preview">
      <input type="hidden" name="version" value={String(known.version)} />
      <Choice form={form} name="action" label={t.what} options={options} />
      <Duration reader={reader} form={form} />
      {job && (
        <Checks
          form={form}
          name="kinds"
          label={t.whichKinds}
          hint={t.whichKindsHint}
          optional
          options={kinds.map((kind) => ({ value: kind, label: kindTexts[kind].title[locale], about: kindTexts[kind].rule[locale] }))}
        />
      )}
      <ProseField form={form} name="rule" label={t.rule} hint={t.ruleHint} rows={2} optional />
      <SelectField
        form={form}
        name="ground"
        label={t.ground}
        options={[
          { value: 'terms', label: t.grounds.terms },
          { value: 'law', label: t.grounds.law },
        ]}
      />
      <ProseField form={form} name="facts" label={t.facts} hint={t.factsHint} rows={5} />
      <div class="buttons">
        <button class="button primary" type="submit">
          {t.preview}
        </button>
        <span class="tiny">{t.previewText}</span>
      </div>
    </PageForm>
  )
}

/** The fields of a decision, carried on unseen. */
const Carried = ({ fields }: { fields: Fields }) => (
  <>
    {Object.entries(fields)
      .filter(([name]) => name !== 'act' && name !== 'form' && name !== 'once')
      .map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
  </>
)

/** The statement of reasons as whoever is concerned will read it, and what else happens; now it can be sent. */
export function DecisionPreview({ reader, details, preview, forms }: { reader: Reader; details: CaseDetails; preview: Preview; forms: Forms }) {
  const t = caseTexts[reader.locale]
  const { statement, fields } = preview
  const other: Reader = { ...reader, locale: reader.locale === 'ja' ? 'en' : 'ja' }
  const name = details.concerned && (details.concerned.kind === 'client' ? details.concerned.client : details.concerned.worker)
  const told = name ? (reader.locale === 'en' ? name.reading : name.name) : titleIn(reader, details.line)
  return (
    <section class="card flow preview" aria-labelledby="preview">
      <h2 id="preview">
        <Icon name="page" />
        {t.previewTitle}
      </h2>
      <p class="small-text">{isMeasure(statement.action) || details.known.alleged ? t.previewLead(told) : t.nobodyReads}</p>
      <div class="as-read">
        <Statement reader={reader} statement={statement} />
      </div>
      <details class="quiet-fold">
        <summary class="tiny">{t.inEnglish}</summary>
        <div class="as-read" lang={other.locale}>
          <Statement reader={other} statement={statement} />
        </div>
      </details>
      <ul class="ticks">
        {details.reports.length > 0 && (
          <li>
            <Icon name="check" />
            <span>{t.toReporters}</span>
          </li>
        )}
        {details.job && (
          <li>
            <Icon name="check" />
            <span>{t.toDetector}</span>
          </li>
        )}
      </ul>
      <div class="buttons">
        <PageForm form={forms('decide', {}, 'send')} className="one-button">
          <Carried fields={fields} />
          <button class="button primary" type="submit">
            {t.send}
          </button>
        </PageForm>
        <PageForm form={forms('edit', {}, 'mend')} className="one-button" goesTo="decision-title">
          <Carried fields={fields} />
          <button class="button outline" type="submit">
            {t.mend}
          </button>
        </PageForm>
      </div>
    </section>
  )
}

/** What an operator makes of an appeal. */
export function JudgementForm({ reader, details, form }: { reader: Reader; details: CaseDetails; form: FormState }) {
  const t = caseTexts[reader.locale]
  const { kind } = details.known
  const milder = actions.filter((action) => isMeasure(action) && isPossible(kind, action)).map((value) => ({ value, label: t.actions[value][0] }))
  return (
    <PageForm form={form}>
      <Choice form={form} name="outcome" label={t.what} options={(['uphold', 'reverse', 'modify'] as const).map((value) => ({ value, label: t.outcomes[value][0], about: t.outcomes[value][1] }))} />
      <ProseField form={form} name="reasons" label={t.reasons} hint={t.reasonsHint} rows={4} />
      <div class="side-by-side">
        <SelectField form={form} name="action" label={t.milder} hint={t.milderHint} options={milder} optional />
        <SelectField form={form} name="duration" label={t.duration} options={lengthOptions(reader)} optional />
      </div>
      <div class="buttons">
        <button class="button primary" type="submit">
          {t.judge}
        </button>
      </div>
    </PageForm>
  )
}
