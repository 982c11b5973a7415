import { link } from '../links.ts'
import { Trouble } from '../parts/form-parts.tsx'
import { Icon } from '../parts/icon.tsx'
import { Page, type Reader } from '../parts/layout.tsx'
import { Avatar } from '../parts/seal.tsx'
import { jobsStyles } from '../styles.ts'
import { figureTexts } from '../texts/figure-texts.ts'
import { formTexts } from '../texts/form-texts.ts'
import { jobTexts } from '../texts/job-texts.ts'
import { Applying, type JobPageView, OwnJob, Reporting } from './job-actions.tsx'
import { JobBanner } from './job-banner.tsx'
import { historyIn, JobReasons, JobStateChip, payIn } from './job-parts.tsx'
import type { JobView } from './load-job.ts'

function Facts({ reader, view }: { reader: Reader; view: JobView }) {
  const { locale } = reader
  const t = jobTexts[locale]
  const { day } = figureTexts[locale]
  const { job, applicants } = view
  const facts = [
    [t.payFact, payIn(reader, job)],
    [t.closesFact, job.closesAt === null ? t.noClosing : day(job.closesAt)],
    [t.headsFact, t.heads(job.headcount, job.hired)],
    [t.applicantsFact, t.applicants(applicants)],
    [t.categoryFact, reader.t.category[job.category]],
    ...(job.state === 'held' ? [] : [[t.postedFact, day(job.publishedAt)] as const]),
  ] as const
  return (
    <section class="card flow" aria-labelledby="facts">
      <h2 id="facts">{t.facts}</h2>
      <dl class="facts stacked">
        {facts.map(([name, value]) => (
          <div>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

function ClientCard({ reader, view }: { reader: Reader; view: JobView }) {
  const { locale } = reader
  const t = jobTexts[locale]
  const { client, history, job, clientName } = view
  return (
    <section class="card flow" aria-labelledby="client">
      <h2 id="client">{t.client}</h2>
      <p class="by">
        <Avatar id={job.client} name={clientName} />
        <span>
          <b>
            <bdi lang="ja">{clientName}</bdi>
          </b>
          {client && <small>{locale === 'en' ? `${client.reading}. ${client.aboutEn}` : client.aboutJa}</small>}
        </span>
      </p>
      <ul class="small-text points">
        {historyIn(reader, history).map((text) => (
          <li>{text}</li>
        ))}
      </ul>
      <a class="button outline full" href={link(locale, `/clients/${job.client}`)}>
        {t.clientLink}
      </a>
    </section>
  )
}

/** One job. */
export function JobPage(page: JobPageView) {
  const { reader, view, rejected } = page
  const { locale } = reader
  const t = jobTexts[locale]
  const { job } = view
  return (
    <Page styles={jobsStyles} reader={reader} title={`${rejected ? formTexts[locale].titlePrefix : ''}${job.title}`} current="jobs">
      <main id="main" class="wrap">
        <p class="crumb">
          <a href={link(locale, '/jobs', { category: job.category })}>
            <Icon name="back" className="small" />
            {t.back}
          </a>
        </p>
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
          <div class="columns">
            <div class="stack">
              <OwnJob {...page} />
              <section class="card flow" aria-labelledby="content">
                <h2 id="content">{t.content}</h2>
                <p class="written">{job.body}</p>
              </section>
              <Applying {...page} />
              {view.score !== undefined && (
                <section class="card flow" aria-labelledby="why">
                  <h2 id="why">{t.why}</h2>
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
