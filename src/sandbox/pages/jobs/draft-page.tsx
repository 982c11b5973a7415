import * as z from 'zod'
import type { Instant } from '../../../kernel/instant.ts'
import { ok } from '../../../kernel/result.ts'
import { parseInput } from '../../../platform/http/parse-input.ts'
import { Crumb } from '../../../platform/page/document.tsx'
import { type Draft, type Job, payTypes } from '../../job/job.ts'
import { reportReasons } from '../../moderation/report/priority.ts'
import { categories } from '../../people/worker.ts'
import { malformed, type Outcome, type SandboxProblem } from '../../problem.ts'
import {
  choice,
  count,
  dayTyped,
  type Fields,
  line,
  maybeDay,
  maybeProse,
  maybeYen,
  prose,
  type Rejected,
  visible,
  yen,
} from '../form-fields.ts'
import { link } from '../links.ts'
import { Checks, Choice, type Forms, PageForm, ProseField, TextField, Trouble, YenField } from '../parts/form-parts.tsx'
import { Page, type Reader } from '../parts/layout.tsx'
import { jobsStyles } from '../styles.ts'

export interface DraftView {
  readonly reader: Reader
  readonly forms: Forms
  readonly rejected: Rejected | undefined
  /** The job that is edited; undefined for a new one. */
  readonly job: Job | undefined
}

/** What stands in the form of a job that is edited. */
const fieldsOf = (job: Job): Fields => ({
  title: job.title,
  body: job.body,
  category: job.category,
  payType: job.payType,
  payAmount: String(job.payAmount),
  closesAt: dayTyped(job.closesAt),
  headcount: String(job.headcount),
  'welcomes-newcomers': job.welcomesNewcomers ? '1' : '',
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
                <Checks
                  form={form}
                  name="welcomes"
                  label={t('job.draft.welcomes')}
                  hint={t('job.draft.welcomesHint')}
                  options={[{ value: 'newcomers', label: t('job.welcomesNewcomers') }]}
                  optional
                />
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

const MOST_YEN = 10_000_000

const draftForm = z.object({
  title: visible(line(100), 3),
  body: visible(prose(5_000), 10),
  category: choice(categories),
  payType: choice(payTypes),
  payAmount: yen(1, MOST_YEN),
  closesAt: maybeDay,
  headcount: count(1, 100),
  'welcomes-newcomers': z.literal('1').optional().catch(undefined),
})

/** Reads the form of a job. A day that is over is refused here, where its field is. */
export function readDraft(fields: Fields, now: Instant): Outcome<Draft> {
  const read = parseInput(draftForm, fields)
  const day = maybeDay.safeParse(fields.closesAt).data
  const past = day !== undefined && day <= now ? [{ path: 'closesAt', message: 'past' }] : []
  if (!read.ok)
    return read.problem.code === 'malformed' && past.length > 0 ? malformed([...read.problem.issues, ...past]) : read
  if (past.length > 0) return malformed(past)
  const { payType, payAmount, closesAt = null, 'welcomes-newcomers': welcomes, ...rest } = read.value
  return ok({
    ...rest,
    pay: { type: payType, amount: payAmount },
    closesAt,
    welcomesNewcomers: welcomes === '1',
  })
}

export const applicationForm = z.object({ message: visible(prose(2_000), 1), amount: maybeYen(1, MOST_YEN) })

export const reportForm = z.object({ reason: choice(reportReasons), detail: maybeProse(2_000) })

/** What a posting flow says of the day, in the form's words. */
export const inFormWords = (problem: SandboxProblem): SandboxProblem =>
  problem.code === 'malformed'
    ? {
        ...problem,
        issues: problem.issues.map((issue) => (issue.path === 'closesAt' ? { ...issue, message: 'far' } : issue)),
      }
    : problem
