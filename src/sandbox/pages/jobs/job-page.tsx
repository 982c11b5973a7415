import { dayText } from '../../../platform/page/dates.ts'
import { Crumb } from '../../../platform/page/document.tsx'
import { Terms } from '../../../platform/page/terms.tsx'
import { link } from '../links.ts'
import { Trouble } from '../parts/form-parts.tsx'
import { Page, type Reader } from '../parts/layout.tsx'
import { Avatar } from '../parts/seal.tsx'
import { jobsStyles } from '../styles.ts'
import { Applying, type JobPageView, OwnJob, Reporting } from './job-actions.tsx'
import { JobBanner } from './job-banner.tsx'
import { historyIn, JobReasons, JobStateChip, payIn } from './job-parts.tsx'
import type { JobView } from './load-job.ts'

function Facts({ reader, view }: { reader: Reader; view: JobView }) {
  const { locale, t } = reader
  const { job, applicants } = view
  const facts = [
    [t('job.payFact'), payIn(reader, job)],
    [t('job.closesFact'), job.closesAt === null ? t('job.noClosing') : dayText(locale, job.closesAt)],
    [t('job.headsFact'), t('job.heads', { n: job.headcount, hired: job.hired })],
    [t('job.applicantsFact'), t('job.applicants', { n: applicants })],
    [t('job.categoryFact'), reader.t(`market.category.${job.category}`)],
    ...(job.state === 'held' ? [] : [[t('job.postedFact'), dayText(locale, job.publishedAt)] as const]),
  ] as const
  return (
    <section class="card flow" aria-labelledby="facts">
      <h2 id="facts">{t('job.facts')}</h2>
      <Terms className="kv stacked" terms={facts} />
    </section>
  )
}

function ClientCard({ reader, view }: { reader: Reader; view: JobView }) {
  const { locale, t } = reader
  const { client, history, job, clientName } = view
  return (
    <section class="card flow" aria-labelledby="client">
      <h2 id="client">{t('job.client')}</h2>
      <p class="by">
        <Avatar id={job.client} name={clientName} />
        <span>
          <b>
            <bdi lang="ja">{clientName}</bdi>
          </b>
          {client && <small>{locale === 'en' ? `${client.reading}. ${client.aboutEn}` : client.aboutJa}</small>}
        </span>
      </p>
      <ul class="small points">
        {historyIn(reader, history).map((text) => (
          <li>{text}</li>
        ))}
      </ul>
      <a class="btn s outline full" href={link(locale, `/clients/${job.client}`)}>
        {t('job.clientLink')}
      </a>
    </section>
  )
}

/** One job. */
export function JobPage(page: JobPageView) {
  const { reader, view, rejected } = page
  const { locale, t } = reader
  const { job } = view
  return (
    <Page
      styles={jobsStyles}
      reader={reader}
      title={`${rejected ? reader.t('form.titlePrefix') : ''}${job.title}`}
      current="jobs"
    >
      <main id="main" class="wrap">
        <Crumb href={link(locale, '/jobs', { category: job.category })}>{t('job.back')}</Crumb>
        <div class="head">
          <div>
            <h1>
              <bdi>{job.title}</bdi>
            </h1>
            <p class="chips job-chips">
              <JobStateChip reader={reader} job={job} />
              <span class="chip">{payIn(reader, job)}</span>
            </p>
          </div>
        </div>
        <div class="stack">
          <Trouble reader={reader} rejected={rejected} />
          <JobBanner reader={reader} view={view} />
          <div class="cols">
            <div class="stack">
              <OwnJob {...page} />
              <section class="card flow" aria-labelledby="content">
                <h2 id="content">{t('job.content')}</h2>
                <p class="written">{job.body}</p>
              </section>
              <Applying {...page} />
              {view.score !== undefined && (
                <section class="card flow" aria-labelledby="why">
                  <h2 id="why">{t('job.why')}</h2>
                  <JobReasons reader={reader} reasons={view.reasons} />
                </section>
              )}
              <Reporting {...page} />
            </div>
            <div class="stack plain-words">
              <Facts reader={reader} view={view} />
              <ClientCard reader={reader} view={view} />
            </div>
          </div>
        </div>
      </main>
    </Page>
  )
}
