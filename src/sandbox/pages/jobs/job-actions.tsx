import { dayText } from '../../../platform/page/dates.ts'
import { Icon } from '../../../platform/page/icon.tsx'
import { Note } from '../../../platform/page/state.tsx'
import { isOpen } from '../../job/job.ts'
import { reportReasons } from '../../moderation/report/priority.ts'
import type { Rejected } from '../form-fields.ts'
import { link } from '../links.ts'
import { Choice, type Forms, PageForm, ProseField, YenField } from '../parts/form-parts.tsx'
import type { Reader } from '../parts/layout.tsx'
import type { JobView } from './job-parts.tsx'
import { ApplicationChip, payIn } from './job-parts.tsx'

/** A job's page: who reads it, and which of its forms was not taken. */
export interface JobPageView {
  readonly reader: Reader
  readonly view: JobView
  readonly forms: Forms
  readonly rejected: Rejected | undefined
}

function ApplyForm({ reader, view, forms }: JobPageView) {
  const { t } = reader
  const form = forms('apply')
  return (
    <section class="card flow" aria-labelledby="apply-title">
      <h2 id="apply-title">{t('job.apply')}</h2>
      <p class="small">{t('job.applyText')}</p>
      <PageForm form={form}>
        <ProseField form={form} name="message" label={t('job.message')} hint={t('job.messageHint')} rows={5} />
        <YenField
          form={form}
          name="amount"
          label={t('job.amount')}
          hint={t('job.amountHint', { pay: payIn(reader, view.job) })}
          optional
        />
        <div class="btns">
          <button class="btn s primary" type="submit">
            {t('job.applyButton')}
          </button>
        </div>
      </PageForm>
    </section>
  )
}

function OwnApplication({ reader, view, forms }: JobPageView) {
  const { t } = reader
  const { application } = view
  if (!application) return null
  const form = forms('withdraw')
  return (
    <section class="card flow" aria-labelledby="applied">
      <div class="card-head">
        <h2 id="applied">{t('job.applied')}</h2>
        <ApplicationChip reader={reader} state={application.state} />
      </div>
      <p class="small">{t(`job.appliedText.${application.state}`)}</p>
      {application.message !== '' && <blockquote class="typed">{application.message}</blockquote>}
      {application.state === 'open' && (
        <details class="fold">
          <summary>
            <span>{t('job.withdraw')}</span>
            <Icon name="right" small turning />
          </summary>
          <PageForm form={form}>
            <p class="small">{t('job.withdrawText')}</p>
            <div class="btns">
              <button class="btn s outline" type="submit">
                {t('job.withdraw')}
              </button>
            </div>
          </PageForm>
        </details>
      )}
    </section>
  )
}

/** What a worker can do about the job, or what keeps them from it. */
export function Applying(page: JobPageView) {
  const { reader, view } = page
  const { t } = reader
  if (view.application) return <OwnApplication {...page} />
  if (!isOpen(view.job, reader.now)) return null
  if (!reader.person) {
    return (
      <section class="card flow">
        <p class="small">{t('job.applyText')}</p>
        <a class="btn s primary" href={link(reader.locale, '/sign-in', { next: `/jobs/${view.job.id}` })}>
          {t('job.signInToApply')}
        </a>
      </section>
    )
  }
  if (reader.person.role !== 'worker') return null
  if (view.standing !== 'suspended') return <ApplyForm {...page} />
  return (
    <Note tone="wait" icon="info">
      <p>{t('job.suspended')}</p>
    </Note>
  )
}

/** What the poster can do. */
export function OwnJob({ reader, view, forms }: JobPageView) {
  const { t } = reader
  const { job } = view
  if (reader.person?.id !== job.client) return null
  const editable = job.state === 'published' || job.state === 'queued' || job.state === 'held'
  return (
    <section class="card flow" aria-labelledby="own">
      <h2 id="own">{t('job.own')}</h2>
      <div class="btns">
        {job.state !== 'held' && (
          <a class="btn s primary" href={link(reader.locale, `/hiring/jobs/${job.id}`)}>
            {t('job.seeApplicants')}
          </a>
        )}
        {editable && (
          <a class="btn s outline" href={link(reader.locale, `/jobs/${job.id}/edit`)}>
            {t('job.edit')}
          </a>
        )}
      </div>
      {editable && (
        <details class="fold">
          <summary>
            <span>{t('job.close')}</span>
            <Icon name="right" small turning />
          </summary>
          <PageForm form={forms('close')}>
            <p class="small">{t('job.closeText')}</p>
            <div class="btns">
              <button class="btn s outline" type="submit">
                {t('job.close')}
              </button>
            </div>
          </PageForm>
        </details>
      )}
    </section>
  )
}

/** The way to report the job, or that it was reported. */
export function Reporting({ reader, view, forms }: JobPageView) {
  const { locale, person, t } = reader
  if (!person || person.role === 'operator' || person.id === view.job.client) return null
  if (view.report) {
    return (
      <Note icon="check" title={t('job.reported')}>
        <p>{t('job.reportedText', { day: dayText(locale, view.report.at) })}</p>
      </Note>
    )
  }
  const form = forms('report')
  return (
    <details class="card fold" open={form.rejected !== undefined}>
      <summary>
        <span>{t('job.report')}</span>
        <Icon name="right" small turning />
      </summary>
      <PageForm form={form}>
        <p class="small">{t('job.reportText')}</p>
        <Choice
          form={form}
          name="reason"
          label={t('job.reportReason')}
          options={reportReasons.map((value) => ({ value, label: t(`job.reportReasons.${value}`) }))}
        />
        <ProseField form={form} name="detail" label={t('job.reportDetail')} hint={t('job.reportHint')} optional />
        <div class="btns">
          <button class="btn s outline" type="submit">
            {t('job.reportButton')}
          </button>
        </div>
      </PageForm>
    </details>
  )
}
