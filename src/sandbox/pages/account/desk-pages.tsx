import type { Child } from 'hono/jsx'
import { dayText } from '../../../platform/page/dates.ts'
import { Icon } from '../../../platform/page/icon.tsx'
import type { OwnApplication } from '../../flows/apply-to-job.ts'
import type { ShownInvitation } from '../../flows/invite-worker.ts'
import { InvitationChip } from '../jobs/invitations.tsx'
import { ApplicationChip, JobStateChip, payIn } from '../jobs/job-parts.tsx'
import { link } from '../links.ts'
import { type Forms, PageForm } from '../parts/form-parts.tsx'
import { Page, type Reader } from '../parts/layout.tsx'
import { accountStyles } from '../styles.ts'
import { ContractRow, LatestNotices, Money, taskOf } from './account-parts.tsx'
import type { Desk, OwnJob, Paged } from './load-desk.ts'

interface DeskView {
  readonly reader: Reader
  readonly desk: Desk
}

const Task = ({ href, title, text }: { href: string; title: string; text: string }) => (
  <li>
    <a class="task" href={href}>
      <span>
        <b>{title}</b>
        <small>{text}</small>
      </span>
      <Icon name="right" />
    </a>
  </li>
)

/** What waits for the reader, each with the way to it. */
function Tasks({
  reader,
  desk,
  side,
  children,
  none,
}: DeskView & { side: 'client' | 'worker'; children?: Child; none: boolean }) {
  const { locale, t } = reader
  return (
    <section class="card flow tasks" aria-labelledby="todo">
      <h2 id="todo">{t('account.todo')}</h2>
      {none && <p class="small quiet">{t('account.nothingToDo')}</p>}
      <ul>
        {desk.waiting.map((own) => (
          <Task
            href={link(locale, `/contracts/${own.contract.id}`)}
            title={taskOf(reader, own, side)}
            text={own.contract.title}
          />
        ))}
        {children}
        {desk.unreviewed.map(({ contract }) => (
          <Task
            href={`${link(locale, `/contracts/${contract.id}`)}#reviews`}
            title={t('account.writeReview')}
            text={t('account.reviewOf', { title: contract.title })}
          />
        ))}
      </ul>
    </section>
  )
}

function Contracts({ reader, desk, side }: DeskView & { side: 'client' | 'worker' }) {
  const { t } = reader
  return (
    <section class="card flow" aria-labelledby="contracts">
      <h2 id="contracts">{t('account.contracts')}</h2>
      {desk.contracts.length === 0 && <p class="small quiet">{t('account.noContracts')}</p>}
      <ul class="entries">
        {desk.contracts.map((own) => (
          <ContractRow reader={reader} own={own} side={side} />
        ))}
      </ul>
    </section>
  )
}

/** The way on to the older part of a list. */
const Older = ({ reader, href }: { reader: Reader; href: string }) => (
  <p class="btns">
    <a class="btn s ghost" href={href}>
      {reader.t('account.more')}
    </a>
  </p>
)

function Applications({ reader, applications }: { reader: Reader; applications: Paged<OwnApplication> }) {
  const { locale, t } = reader
  return (
    <section class="card flow" aria-labelledby="applications">
      <h2 id="applications">{t('account.applications')}</h2>
      {applications.entries.length === 0 && <p class="small quiet">{t('account.noApplications')}</p>}
      <ul class="entries">
        {applications.entries.map(({ application, job }) => (
          <li>
            <div>
              <a href={link(locale, `/jobs/${job.id}`)}>
                <b>
                  <bdi>{job.title}</bdi>
                </b>
              </a>
              <p class="tiny">
                <span class="unbroken">{payIn(reader, job)}</span>
                <span class="unbroken">{dayText(locale, application.createdAt)}</span>
              </p>
            </div>
            <ApplicationChip reader={reader} state={application.state} />
          </li>
        ))}
      </ul>
      {applications.older && (
        <Older reader={reader} href={`${link(locale, '/work', { after: applications.older })}#applications`} />
      )}
      <a class="btn s outline" href={link(locale, '/jobs')}>
        {t('account.findWork')}
      </a>
    </section>
  )
}

interface InvitationsView {
  readonly reader: Reader
  readonly invitations: readonly ShownInvitation[]
  readonly forms: Forms
}

/** What somebody can answer to an invitation that is open. */
function Answers({ reader, shown, forms }: Omit<InvitationsView, 'invitations'> & { shown: ShownInvitation }) {
  const { locale, t } = reader
  const { invitation, job } = shown
  return (
    <div class="btns">
      <a class="btn s primary" href={`${link(locale, `/jobs/${job.id}`)}#apply-title`}>
        {t('job.applyButton')}
        <span class="unseen"> {job.title}</span>
      </a>
      <PageForm form={forms('decline', {}, `decline-${invitation.id}`)} className="inline">
        <button class="btn s ghost" type="submit" name="invitation" value={invitation.id}>
          {t('job.invite.decline')}
          <span class="unseen"> {job.title}</span>
        </button>
      </PageForm>
    </div>
  )
}

function Invitations({ reader, invitations, forms }: InvitationsView) {
  const { locale, t } = reader
  if (invitations.length === 0) return null
  return (
    <section class="card flow" aria-labelledby="invitations">
      <h2 id="invitations">{t('account.invitations')}</h2>
      <p class="small">{t('account.invitationsText')}</p>
      <ul class="entries">
        {invitations.map((shown) => (
          <li>
            <div>
              <a href={link(locale, `/jobs/${shown.job.id}`)}>
                <b>
                  <bdi>{shown.job.title}</bdi>
                </b>
              </a>
              <p class="tiny">
                <bdi>{shown.clientName}</bdi>
                <span class="unbroken">{payIn(reader, shown.job)}</span>
                <span class="unbroken">{dayText(locale, shown.invitation.createdAt)}</span>
              </p>
              {shown.invitation.state === 'open' && <Answers reader={reader} shown={shown} forms={forms} />}
            </div>
            <InvitationChip reader={reader} state={shown.invitation.state} />
          </li>
        ))}
      </ul>
    </section>
  )
}

/** A worker's desk. */
export function WorkPage({
  reader,
  desk,
  applications,
  invitations,
  forms,
}: DeskView & InvitationsView & { applications: Paged<OwnApplication> }) {
  const { t } = reader
  return (
    <Page styles={accountStyles} reader={reader} title={reader.t('market.tabs.work')} current="work">
      <main id="main" class="wrap">
        <div class="head">
          <div>
            <h1>{reader.t('market.tabs.work')}</h1>
            <p class="lead">{t('account.workLead')}</p>
          </div>
        </div>
        <div class="cols">
          <div class="stack">
            <Tasks
              reader={reader}
              desk={desk}
              side="worker"
              none={desk.waiting.length + desk.unreviewed.length === 0}
            />
            <Invitations reader={reader} invitations={invitations} forms={forms} />
            <Contracts reader={reader} desk={desk} side="worker" />
            <Applications reader={reader} applications={applications} />
          </div>
          <div class="stack plain-words">
            <Money reader={reader} contracts={desk.contracts.map(({ contract }) => contract)} side="worker" />
            <LatestNotices reader={reader} notices={desk.notices} />
          </div>
        </div>
      </main>
    </Page>
  )
}

function Jobs({ reader, jobs }: { reader: Reader; jobs: Paged<OwnJob> }) {
  const { locale, t } = reader
  return (
    <section class="card flow" aria-labelledby="jobs">
      <h2 id="jobs">{t('account.jobs')}</h2>
      {jobs.entries.length === 0 && <p class="small quiet">{t('account.noJobs')}</p>}
      <ul class="entries">
        {jobs.entries.map(({ job, waiting }) => (
          <li>
            <div>
              <a href={link(locale, `/jobs/${job.id}`)}>
                <b>
                  <bdi>{job.title}</bdi>
                </b>
              </a>
              <p class="tiny">
                <span class="unbroken">{payIn(reader, job)}</span>
                <span class="unbroken">{t('job.heads', { n: job.headcount, hired: job.hired })}</span>
                <a href={link(locale, `/hiring/jobs/${job.id}`)}>
                  {t('account.applicants')} <b>{t('job.applicants', { n: waiting })}</b>
                  <span class="unseen"> {job.title}</span>
                </a>
              </p>
            </div>
            <JobStateChip reader={reader} job={job} />
          </li>
        ))}
      </ul>
      {jobs.older && <Older reader={reader} href={`${link(locale, '/hiring', { before: jobs.older })}#jobs`} />}
    </section>
  )
}

/** A client's desk. */
export function HiringPage({ reader, desk, jobs }: DeskView & { jobs: Paged<OwnJob> }) {
  const { locale, t } = reader
  const answers = jobs.entries.filter(({ open, waiting }) => open && waiting > 0)
  return (
    <Page styles={accountStyles} reader={reader} title={reader.t('market.tabs.hiring')} current="hiring">
      <main id="main" class="wrap">
        <div class="head">
          <div>
            <h1>{reader.t('market.tabs.hiring')}</h1>
            <p class="lead">{t('account.hiringLead')}</p>
          </div>
          <a class="btn s primary" href={link(locale, '/jobs/new')}>
            {reader.t('job.post')}
          </a>
        </div>
        <div class="cols">
          <div class="stack">
            <Tasks
              reader={reader}
              desk={desk}
              side="client"
              none={desk.waiting.length + desk.unreviewed.length + answers.length === 0}
            >
              {answers.map(({ job, waiting }) => (
                <Task
                  href={link(locale, `/hiring/jobs/${job.id}`)}
                  title={t('account.applicantsWaiting')}
                  text={t('account.applicantsFor', { n: waiting, title: job.title })}
                />
              ))}
            </Tasks>
            <Contracts reader={reader} desk={desk} side="client" />
            <Jobs reader={reader} jobs={jobs} />
          </div>
          <div class="stack plain-words">
            <Money reader={reader} contracts={desk.contracts.map(({ contract }) => contract)} side="client" />
            <LatestNotices reader={reader} notices={desk.notices} />
          </div>
        </div>
      </main>
    </Page>
  )
}
