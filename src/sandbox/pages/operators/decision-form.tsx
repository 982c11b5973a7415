import { Icon } from '../../../platform/page/icon.tsx'
import type { KindReason } from '../../detector/judge/detector.ts'
import { kindTexts } from '../../detector/judge/kind-texts.ts'
import { kinds } from '../../detector/judge/kinds.ts'
import { actions, isMeasure, isOfWriting, isPossible } from '../../moderation/decision/actions.ts'
import type { StatementOfReasons } from '../../moderation/decision/statement.ts'
import type { Fields } from '../form-fields.ts'
import {
  Checks,
  Choice,
  type FormState,
  type Forms,
  PageForm,
  ProseField,
  SelectField,
  typedIn,
} from '../parts/form-parts.tsx'
import type { Reader } from '../parts/layout.tsx'
import { Statement } from '../parts/statement.tsx'
import type { CaseDetails } from './case-parts.tsx'
import { titleIn } from './case-parts.tsx'
import { decisionLengths } from './read-decision.ts'

/** A decision that was typed and is to be checked before it is sent. */
export interface Preview {
  readonly statement: StatementOfReasons
  readonly fields: Fields
}

const lengthOptions = (reader: Reader) =>
  decisionLengths.map((value) => ({ value, label: reader.t(`case.durations.${value}`) }))

const Duration = ({ reader, form }: { reader: Reader; form: FormState }) => {
  const { t } = reader
  return (
    <SelectField
      form={form}
      name="duration"
      label={t('case.duration')}
      hint={t('case.durationHint')}
      options={lengthOptions(reader)}
    />
  )
}

/** What the form says before anybody types: the kinds of the case that is repeated, else the one for which the detector brought the text up. */
export function suggested({ job, events }: CaseDetails): Fields {
  const found = job?.assessment ?? events.findLast((event) => event.type === 'detected')?.data
  if (!found) return {}
  const { precedent, reasons, band } = found
  const [likeliest] = band === 'publish' ? [] : (reasons as readonly KindReason[])
  const ticked = (precedent?.how === 'alike' ? undefined : precedent?.kinds) ?? (likeliest ? [likeliest.kind] : [])
  return {
    ...Object.fromEntries(ticked.map((kind) => [`kinds-${kind}`, '1'])),
    suggested: ticked.join(' '),
  }
}

/** What can be decided about this case, with the rule and the facts. Sends nothing yet. */
export function DecisionForm({ reader, details, form }: { reader: Reader; details: CaseDetails; form: FormState }) {
  const { locale, t } = reader
  const { known, job } = details
  const options = actions
    .filter(
      (action) =>
        action !== 'reinstate' &&
        isPossible(known.kind, action) &&
        !(known.person === null && (action === 'restrict' || action === 'suspend')),
    )
    .map((value) => ({ value, label: t(`case.actions.${value}.label`), about: t(`case.actions.${value}.about`) }))
  return (
    <PageForm form={form} goesTo="preview">
      <input type="hidden" name="version" value={String(known.version)} />
      <input type="hidden" name="suggested" value={typedIn(form, 'suggested')} />
      <Choice form={form} name="action" label={t('case.what')} options={options} />
      <Duration reader={reader} form={form} />
      {isOfWriting(known.kind) && (
        <Checks
          form={form}
          name="kinds"
          label={t('case.whichKinds')}
          hint={t(job ? 'case.whichKindsHint' : 'case.whichKindsOfText')}
          optional
          options={kinds.map((kind) => ({
            value: kind,
            label: kindTexts[kind].title[locale],
            about: kindTexts[kind].rule[locale],
          }))}
        />
      )}
      <ProseField form={form} name="rule" label={t('case.rule')} hint={t('case.ruleHint')} rows={2} optional />
      <SelectField
        form={form}
        name="ground"
        label={t('case.ground')}
        options={[
          { value: 'terms', label: t('case.grounds.terms') },
          { value: 'law', label: t('case.grounds.law') },
        ]}
      />
      <ProseField form={form} name="facts" label={t('case.facts')} hint={t('case.factsHint')} rows={5} />
      <div class="btns">
        <button class="btn s primary" type="submit">
          {t('case.preview')}
        </button>
        <span class="tiny">{t('case.previewText')}</span>
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
export function DecisionPreview({
  reader,
  details,
  preview,
  forms,
}: {
  reader: Reader
  details: CaseDetails
  preview: Preview
  forms: Forms
}) {
  const { t } = reader
  const { statement, fields } = preview
  const other: Reader = { ...reader, locale: reader.locale === 'ja' ? 'en' : 'ja' }
  const name =
    details.concerned && (details.concerned.kind === 'client' ? details.concerned.client : details.concerned.worker)
  const told = name ? (reader.locale === 'en' ? name.reading : name.name) : titleIn(reader, details.line)
  return (
    <section class="card flow preview" aria-labelledby="preview">
      <h2 id="preview">
        <Icon name="page" />
        {t('case.previewTitle')}
      </h2>
      <p class="small">
        {isMeasure(statement.action) || details.known.alleged
          ? t('case.previewLead', { name: told })
          : t('case.nobodyReads')}
      </p>
      <div class="as-read">
        <Statement reader={reader} statement={statement} />
      </div>
      <details class="quiet-fold">
        <summary class="tiny">{t('case.inEnglish')}</summary>
        <div class="as-read" lang={other.locale}>
          <Statement reader={other} statement={statement} />
        </div>
      </details>
      <ul class="ticks ok">
        {details.reports.length > 0 && (
          <li>
            <Icon name="check" />
            <span>{t('case.toReporters')}</span>
          </li>
        )}
        {details.job && (
          <li>
            <Icon name="check" />
            <span>{t('case.toDetector')}</span>
          </li>
        )}
      </ul>
      <div class="btns">
        <PageForm form={forms('decide', {}, 'send')} className="one-button">
          <Carried fields={fields} />
          {details.copies > 0 && (
            <label class="check">
              <input type="checkbox" name="copies" value="1" />
              <span>
                {t('case.copies.label', { n: details.copies })}
                <small>{t('case.copies.about')}</small>
              </span>
            </label>
          )}
          <button class="btn s primary" type="submit">
            {t('case.send')}
          </button>
        </PageForm>
        <a class="btn s outline" href="#decision-title">
          {t('case.mend')}
        </a>
      </div>
    </section>
  )
}

/** What an operator makes of an appeal. */
export function JudgementForm({ reader, details, form }: { reader: Reader; details: CaseDetails; form: FormState }) {
  const { t } = reader
  const { kind } = details.known
  const milder = actions
    .filter((action) => isMeasure(action) && isPossible(kind, action))
    .map((value) => ({ value, label: t(`case.actions.${value}.label`) }))
  return (
    <PageForm form={form}>
      <Choice
        form={form}
        name="outcome"
        label={t('case.what')}
        options={(['uphold', 'reverse', 'modify'] as const).map((value) => ({
          value,
          label: t(`case.outcomes.${value}.label`),
          about: t(`case.outcomes.${value}.about`),
        }))}
      />
      <ProseField form={form} name="reasons" label={t('case.reasons')} hint={t('case.reasonsHint')} rows={4} />
      <div class="side-by-side">
        <SelectField
          form={form}
          name="action"
          label={t('case.milder')}
          hint={t('case.milderHint')}
          options={milder}
          optional
        />
        <SelectField form={form} name="duration" label={t('case.duration')} options={lengthOptions(reader)} optional />
      </div>
      <div class="btns">
        <button class="btn s primary" type="submit">
          {t('case.judge')}
        </button>
      </div>
    </PageForm>
  )
}
