import { Crumb } from '../../../platform/page/document.tsx'
import { type Job, payTypes } from '../../job/job.ts'
import { categories } from '../../people/worker.ts'
import type { Fields, Rejected } from '../form-fields.ts'
import { link } from '../links.ts'
import { Choice, type Forms, PageForm, ProseField, TextField, Trouble, YenField } from '../parts/form-parts.tsx'
import { Page, type Reader } from '../parts/layout.tsx'
import { jobsStyles } from '../styles.ts'

export interface DraftView {
  readonly reader: Reader
  readonly forms: Forms
  readonly rejected: Rejected | undefined
  /** The job that is edited; undefined for a new one. */
  readonly job: Job | undefined
}

/** The day in Japan, as a field for dates has it. */
const dayOf = (at: Job['closesAt']): string =>
  at === null ? '' : new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Tokyo' }).format(at)

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
  const { locale, t } = reader
  const form = forms('post', job ? fieldsOf(job) : { headcount: '1' })
  const title = job ? t('job.draft.editTitle') : t('job.draft.title')
  return (
    <Page
      styles={jobsStyles}
      reader={reader}
      title={`${rejected ? reader.t('form.titlePrefix') : ''}${title}`}
      current="hiring"
    >
      <main id="main" class="wrap">
        <Crumb href={job ? link(locale, `/jobs/${job.id}`) : link(locale, '/hiring')}>
          {job ? job.title : reader.t('market.tabs.hiring')}
        </Crumb>
        <div class="head">
          <div>
            <h1>{title}</h1>
            <p class="lead">{t('job.draft.lead')}</p>
          </div>
        </div>
        <div class="stack">
          <Trouble reader={reader} rejected={rejected} />
          <div class="cols">
            <div class="card">
              <PageForm form={form}>
                <TextField form={form} name="title" label={t('job.draft.name')} hint={t('job.draft.nameHint')} />
                <ProseField
                  form={form}
                  name="body"
                  label={t('job.draft.body')}
                  hint={t('job.draft.bodyHint')}
                  rows={12}
                />
                <Choice
                  form={form}
                  name="category"
                  label={t('job.draft.category')}
                  options={categories.map((value) => ({ value, label: reader.t(`market.category.${value}`) }))}
                />
                <Choice
                  form={form}
                  name="payType"
                  label={t('job.draft.payType')}
                  options={payTypes.map((value) => ({ value, label: t(`job.payTypes.${value}`) }))}
                />
                <YenField form={form} name="payAmount" label={t('job.draft.payAmount')} hint={t('job.draft.payHint')} />
                <div class="side-by-side">
                  <TextField
                    form={form}
                    name="closesAt"
                    label={t('job.draft.closesAt')}
                    hint={t('job.draft.closesHint')}
                    type="date"
                    optional
                  />
                  <TextField
                    form={form}
                    name="headcount"
                    label={t('job.draft.headcount')}
                    hint={t('job.draft.headcountHint')}
                    type="count"
                  />
                </div>
                <div class="btns">
                  <button class="btn s primary" type="submit">
                    {job ? t('job.draft.save') : t('job.draft.send')}
                  </button>
                </div>
              </PageForm>
            </div>
            <section class="card flow plain-words" aria-labelledby="checked">
              <h2 id="checked">{t('job.draft.checked')}</h2>
              <ol class="small points">
                {t.list('job.draft.checkedText').map((text) => (
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
