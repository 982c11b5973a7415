import { Icon } from '../../../platform/page/icon.tsx'
import { Note } from '../../../platform/page/state.tsx'
import type { Contract } from '../../escrow/contract.ts'
import type { WorklistEntry } from '../../review/hidden/store.ts'
import type { Names } from '../contracts/contract-details.ts'
import type { Rejected } from '../form-fields.ts'
import { link } from '../links.ts'
import { Choice, type Forms, PageForm, ProseField, TextField, Trouble } from '../parts/form-parts.tsx'
import { Page, type Reader } from '../parts/layout.tsx'
import { Pager } from '../parts/pager.tsx'
import { operatorsStyles } from '../styles.ts'
import { ReviewLists } from './blocks-page.tsx'
import { waitIn } from './case-parts.tsx'

/** What contradicts itself about one contract. */
export interface WorklistLine {
  readonly contract: Contract
  readonly names: Names
  readonly entries: readonly WorklistEntry[]
}

export interface WorklistView {
  readonly reader: Reader
  readonly lines: readonly WorklistLine[]
  readonly after: string | undefined
  readonly next: string | undefined
  readonly forms: Forms
  readonly rejected: Rejected | undefined
}

function ReadForm({ reader, line, forms }: { reader: Reader; line: WorklistLine; forms: Forms }) {
  const { t } = reader
  const form = forms('read', {}, `read-${line.contract.id}`)
  return (
    <details class="fold" open={form.rejected !== undefined}>
      <summary>
        <span>{t('operator.worklist.open')}</span>
        <Icon name="lock" small />
      </summary>
      <PageForm form={form}>
        <p class="small">{t('operator.worklist.openText')}</p>
        <input type="hidden" name="contract" value={line.contract.id} />
        <TextField
          form={form}
          name="reason"
          label={t('operator.worklist.reason')}
          hint={t('operator.worklist.reasonHint')}
        />
        <div class="btns">
          <button class="btn s primary" type="submit">
            {t('operator.worklist.read')}
          </button>
        </div>
      </PageForm>
    </details>
  )
}

function DoneForm({ reader, line, forms }: { reader: Reader; line: WorklistLine; forms: Forms }) {
  const { t } = reader
  const form = forms('done', {}, `done-${line.contract.id}`)
  return (
    <details class="fold" open={form.rejected !== undefined}>
      <summary>
        <span>{t('operator.worklist.done')}</span>
        <Icon name="right" small turning />
      </summary>
      <PageForm form={form}>
        <p class="small">{t('operator.worklist.doneText')}</p>
        <input type="hidden" name="contract" value={line.contract.id} />
        <ProseField form={form} name="note" label={t('operator.worklist.doneNote')} rows={2} />
        <div class="btns">
          <button class="btn s outline" type="submit">
            {t('operator.worklist.done')}
          </button>
        </div>
      </PageForm>
    </details>
  )
}

function LookForm({ reader, line, forms }: { reader: Reader; line: WorklistLine; forms: Forms }) {
  const { t } = reader
  const form = forms('look', {}, `look-${line.contract.id}`)
  return (
    <details class="fold" open={form.rejected !== undefined}>
      <summary>
        <span>{t('operator.worklist.look')}</span>
        <Icon name="right" small turning />
      </summary>
      <PageForm form={form}>
        <p class="small">{t('operator.worklist.lookText')}</p>
        <input type="hidden" name="contract" value={line.contract.id} />
        <Choice
          form={form}
          name="whom"
          label={t('operator.worklist.lookWhom')}
          options={(['worker', 'client'] as const).map((value) => ({ value, label: line.names[value] }))}
        />
        <ProseField form={form} name="note" label={t('operator.worklist.lookNote')} rows={2} />
        <div class="btns">
          <button class="btn s outline" type="submit">
            {t('operator.worklist.look')}
          </button>
        </div>
      </PageForm>
    </details>
  )
}

function Row({ reader, line, forms }: { reader: Reader; line: WorklistLine; forms: Forms }) {
  const { t } = reader
  const { contract, names, entries } = line
  return (
    <li class="card flow">
      <div class="card-head">
        <h2>
          <a href={link(reader.locale, `/contracts/${contract.id}`)}>{contract.title}</a>
        </h2>
        <small>{`${names.client} → ${names.worker}`}</small>
      </div>
      <ul class="lines">
        {entries.map((entry) => (
          <li>
            <span class="state wait">
              <Icon name="info" small />
              {t(`operator.worklist.kinds.${entry.kind}`)}
            </span>
            <span class="tiny queue-facts">
              <span>{t(`operator.worklist.by.${entry.side}`)}</span>
              <span>{t('operator.worklist.since', { time: waitIn(reader, entry.openedAt) })}</span>
            </span>
          </li>
        ))}
      </ul>
      <div class="folds">
        <ReadForm reader={reader} line={line} forms={forms} />
        <LookForm reader={reader} line={line} forms={forms} />
        <DoneForm reader={reader} line={line} forms={forms} />
      </div>
    </li>
  )
}

/** Contracts whose hidden answers contradict the stars; not what was answered. */
export function WorklistPage({ reader, lines, after, next, forms, rejected }: WorklistView) {
  const { locale, t } = reader
  return (
    <Page
      styles={operatorsStyles}
      reader={reader}
      title={`${rejected ? reader.t('form.titlePrefix') : ''}${t('operator.worklist.title')}`}
      current="worklist"
    >
      <main id="main" class="wrap narrow">
        <div class="head">
          <div>
            <h1>{t('operator.worklist.title')}</h1>
            <p class="lead">{t('operator.worklist.lead')}</p>
          </div>
          <a class="btn s ghost" href={link(locale, '/operators/audit')}>
            {t('operator.worklist.audit')}
          </a>
        </div>
        <div class="stack">
          <ReviewLists reader={reader} current="worklist" />
          <Trouble reader={reader} rejected={rejected} />
          <Note icon="lock">
            <p>{t('operator.worklist.logged')}</p>
          </Note>
          {lines.length === 0 && <p class="card">{t('operator.worklist.empty')}</p>}
          <ol class="results">
            {lines.map((line) => (
              <Row reader={reader} line={line} forms={forms} />
            ))}
          </ol>
          <Pager reader={reader} path="/operators/reviews" query={{ after }} next={next} />
        </div>
      </main>
    </Page>
  )
}
