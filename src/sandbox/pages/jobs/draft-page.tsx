import { type Job, payTypes } from '../../job/job.ts'
import { categories } from '../../people/worker.ts'
import type { Fields, Rejected } from '../form-fields.ts'
import { link } from '../links.ts'
import { Choice, type Forms, PageForm, ProseField, TextField, Trouble, YenField } from '../parts/form-parts.tsx'
import { Icon } from '../parts/icon.tsx'
import { Page, type Reader } from '../parts/layout.tsx'
import { jobsStyles } from '../styles.ts'
import { formTexts } from '../texts/form-texts.ts'
import { jobTexts } from '../texts/job-texts.ts'

export interface DraftView {
  readonly reader: Reader
  readonly forms: Forms
  readonly rejected: Rejected | undefined
  /** The job that is edited; undefined for a new one. */
  readonly job: Job | undefined
}

/** The day in Japan, as a field for dates has it. */
const dayOf = (at: Job['closesAt']): string => (at === null ? '' : new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Tokyo' }).format(at))

/** What stands in the form of a job that is edited. */
const fieldsOf = (job: Job): Fields => ({
  title: job.title,
  body: job.body,
  category: job.category,
  payType: job.payType,
  payAmount: String(job.payAmount),
  closesAt: dayOf(job.closesAt),
  headcount: String(job.headcount),
})

/** The form of a job, new or edited. */
export function DraftPage({ reader, forms, rejected, job }: DraftView) {
  const { locale } = reader
  const t = jobTexts[locale]
  const { draft } = t
  const form = forms('post', job ? fieldsOf(job) : { headcount: '1' })
  const title = job ? draft.editTitle : draft.title
  return (
    <Page styles={jobsStyles} reader={reader} title={`${rejected ? formTexts[locale].titlePrefix : ''}${title}`} current="hiring">
      <main id="main" class="wrap">
        <p class="crumb">
          <a href={job ? link(locale, `/jobs/${job.id}`) : link(locale, '/hiring')}>
            <Icon name="back" className="small" />
            {job ? job.title : reader.t.tabs.hiring}
          </a>
        </p>
        <div class="head">
          <div>
            <h1>{title}</h1>
            <p class="lead">{draft.lead}</p>
          </div>
        </div>
        <div class="stack">
          <Trouble reader={reader} rejected={rejected} />
          <div class="columns">
            <div class="card">
              <PageForm form={form}>
                <TextField form={form} name="title" label={draft.name} hint={draft.nameHint} />
                <ProseField form={form} name="body" label={draft.body} hint={draft.bodyHint} rows={12} />
                <Choice form={form} name="category" label={draft.category} options={categories.map((value) => ({ value, label: reader.t.category[value] }))} />
                <Choice form={form} name="payType" label={draft.payType} options={payTypes.map((value) => ({ value, label: t.payTypes[value] }))} />
                <YenField form={form} name="payAmount" label={draft.payAmount} hint={draft.payHint} />
                <div class="side-by-side">
                  <TextField form={form} name="closesAt" label={draft.closesAt} hint={draft.closesHint} type="date" optional />
                  <TextField form={form} name="headcount" label={draft.headcount} hint={draft.headcountHint} type="count" />
                </div>
                <div class="buttons">
                  <button class="button primary" type="submit">
                    {job ? draft.save : draft.send}
                  </button>
                </div>
              </PageForm>
            </div>
            <section class="card flow plain-words" aria-labelledby="checked">
              <h2 id="checked">{draft.checked}</h2>
              <ol class="small-text points">
                {draft.checkedText.map((text) => (
                  <li>{text}</li>
                ))}
              </ol>
            </section>
          </div>
        </div>
      </main>
    </Page>
  )
}
