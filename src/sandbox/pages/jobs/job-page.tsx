import { ok } from '../../../kernel/result.ts'
import { dayText } from '../../../platform/page/dates.ts'
import { Crumb } from '../../../platform/page/document.tsx'
import { Terms } from '../../../platform/page/terms.tsx'
import { findOwnInvitation } from '../../flows/invite-worker.ts'
import { reportThatCounts } from '../../flows/report-job.ts'
import { showJob } from '../../flows/show-job.ts'
import { suggestWorkers } from '../../flows/suggest-workers.ts'
import { applicationOf } from '../../job/application/store.ts'
import { type Decision, decisionsOf } from '../../moderation/decision/store.ts'
import { casesAbout } from '../../moderation/store.ts'
import type { Person } from '../../people/person.ts'
import { findClient, findWorker } from '../../people/store.ts'
import type { Outcome } from '../../problem.ts'
import type { SandboxWorld } from '../../sandbox-world.ts'
import { link } from '../links.ts'
import { Trouble } from '../parts/form-parts.tsx'
import { Page, type Reader } from '../parts/layout.tsx'
import { Avatar } from '../parts/seal.tsx'
import { applicantsStyles } from '../styles.ts'
import { Inviting, OwnInvitation } from './invitations.tsx'
import { Applying, type JobPageView, OwnJob, Reporting } from './job-actions.tsx'
import { JobBanner, TakenDown } from './job-banner.tsx'
import { historyIn, JobReasons, JobStateChip, type JobView, payIn, WelcomeChip } from './job-parts.tsx'

/** The last decision about a job that took it down. */
export async function takeDownOf(world: SandboxWorld, job: string): Promise<Decision | undefined> {
  const cases = await casesAbout(world.db, 'job', job)
  const decisions = (await Promise.all(cases.map(({ id }) => decisionsOf(world.db, id)))).flat()
  return decisions
    .toSorted((one, other) => one.decidedAt - other.decidedAt)
    .findLast(({ statement }) => statement.scope.some(({ effect }) => effect === 'take-down'))
}

/** Reads a job for somebody, signed in or not. */
export async function loadJob(world: SandboxWorld, id: string, person: Person | undefined): Promise<Outcome<JobView>> {
  const shown = await showJob(world, id, person)
  if (!shown.ok) return shown
  const { job } = shown.value
  const worker = person?.role === 'worker' ? person.id : undefined
  const [client, application, invitation, suggestions, report, reader, decision] = await Promise.all([
    findClient(world.db, job.client),
    worker === undefined ? undefined : applicationOf(world.db, id, worker),
    worker === undefined ? undefined : findOwnInvitation(world, { job, worker }),
    person?.id === job.client ? suggestWorkers(world, { client: job.client, job: id }) : undefined,
    person === undefined ? undefined : reportThatCounts(world, job, person.id),
    worker === undefined ? undefined : findWorker(world.db, worker),
    job.state === 'taken-down' ? takeDownOf(world, id) : undefined,
  ])
  return ok({
    ...shown.value,
    ...{ client, application, invitation, report, decision },
    suggestions: suggestions?.ok ? suggestions.value : undefined,
    standing: reader?.standing,
  })
}

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
      styles={applicantsStyles}
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
              <WelcomeChip reader={reader} job={job} />
            </p>
          </div>
        </div>
        <div class="stack">
          <Trouble reader={reader} rejected={rejected} />
          <JobBanner reader={reader} view={view} />
          <div class="cols">
            <div class="stack">
              <OwnJob {...page} />
              <Inviting {...page} />
              <section class="card flow" aria-labelledby="content">
                <h2 id="content">{t('job.content')}</h2>
                <p class="written">{job.body}</p>
              </section>
              <OwnInvitation {...page} />
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

/** What is left of a job for those who are not concerned: that it was taken down, and by which rule. */
export function TakenDownPage({
  reader,
  decision,
  until,
}: {
  reader: Reader
  decision: Decision | undefined
  until: number | null
}) {
  const { t } = reader
  return (
    <Page styles={applicantsStyles} reader={reader} title={t('job.banner.takenDown')} current="jobs">
      <main id="main" class="wrap narrow">
        <Crumb href={link(reader.locale, '/jobs')}>{t('job.back')}</Crumb>
        <h1 class="unseen">{t('job.banner.takenDown')}</h1>
        <TakenDown reader={reader} decision={decision} until={until} own={false} job="" />
      </main>
    </Page>
  )
}
