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
import { type Paged, Pager } from '../parts/pager.tsx'
import { accountStyles } from '../styles.ts'
import { ContractRow, LatestNotices, Money, taskOf } from './account-parts.tsx'
import type { Desk, OwnJob } from './load-desk.ts'

/** The places of the lists of a desk, as the address has them. */
export interface DeskPlaces {
  readonly contracts?: string | undefined
  readonly invitations?: string | undefined
  /** Of applications. */
  readonly after?: string | undefined
  /** Of jobs. */
  readonly before?: string | undefined
}

interface DeskView {
  readonly reader: Reader
  readonly desk: Desk
  readonly places: DeskPlaces
}

const deskPlace = (
  reader: Reader,
  side: 'client' | 'worker',
  { contracts, invitations, after, before }: DeskPlaces,
) => ({
  reader,
  path: side === 'worker' ? '/work' : '/hiring',
  query: { contracts, invitations, after, before },
})

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
}: Omit<DeskView, 'places'> & { side: 'client' | 'worker'; children?: Child; none: boolean }) {
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

function Contracts({ reader, desk, places, side }: DeskView & { side: 'client' | 'worker' }) {
  const { t } = reader
  const at = deskPlace(reader, side, places)
  return (
    <section class="card flow" aria-labelledby="contracts">
      <h2 id="contracts">{t('account.contracts')}</h2>
      {desk.contracts.entries.length === 0 && <p class="small quiet">{t('account.noContracts')}</p>}
      <ul class="entries">
        {desk.contracts.entries.map((own) => (
          <ContractRow reader={reader} own={own} side={side} />
        ))}
      </ul>
      <Pager {...at} place="contracts" next={desk.contracts.next} list="contracts" />
    </section>
  )
}

function Applications({
  reader,
  applications,
  places,
}: Omit<DeskView, 'desk'> & { applications: Paged<OwnApplication> }) {
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
      <Pager {...deskPlace(reader, 'worker', places)} place="after" next={applications.next} list="applications" />
      <a class="btn s outline" href={link(locale, '/jobs')}>
        {t('account.findWork')}
      </a>
    </section>
  )
}

interface InvitationsView {
  readonly reader: Reader
  readonly places: DeskPlaces
  readonly invitations: Paged<ShownInvitation>
  readonly forms: Forms
}

/** What somebody can answer to an invitation that is open. */
function Answers({ reader, shown, forms }: Pick<InvitationsView, 'reader' | 'forms'> & { shown: ShownInvitation }) {
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

function Invitations({ reader, places, invitations, forms }: InvitationsView) {
  const { locale, t } = reader
  if (invitations.entries.length === 0 && !places.invitations) return null
  return (
    <section class="card flow" aria-labelledby="invitations">
      <h2 id="invitations">{t('account.invitations')}</h2>
      <p class="small">{t('account.invitationsText')}</p>
      <ul class="entries">
        {invitations.entries.map((shown) => (
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
      <Pager {...deskPlace(reader, 'worker', places)} place="invitations" next={invitations.next} list="invitations" />
    </section>
  )
}

/** A worker's desk. */
export function WorkPage({
  reader,
  desk,
  applications,
  places,
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
            <Invitations {...{ reader, places, invitations, forms }} />
            <Contracts {...{ reader, desk, places }} side="worker" />
            <Applications {...{ reader, applications, places }} />
          </div>
          <div class="stack plain-words">
            <Money reader={reader} money={desk.money} side="worker" />
            <LatestNotices reader={reader} notices={desk.notices} />
          </div>
        </div>
      </main>
    </Page>
  )
}

function Jobs({ reader, jobs, places }: Omit<DeskView, 'desk'> & { jobs: Paged<OwnJob> }) {
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
      <Pager {...deskPlace(reader, 'client', places)} place="before" next={jobs.next} list="jobs" />
    </section>
  )
}

/** A client's desk. */
export function HiringPage({ reader, desk, places, jobs }: DeskView & { jobs: Paged<OwnJob> }) {
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
            <Contracts {...{ reader, desk, places }} side="client" />
            <Jobs {...{ reader, jobs, places }} />
          </div>
          <div class="stack plain-words">
            <Money reader={reader} money={desk.money} side="client" />
            <LatestNotices reader={reader} notices={desk.notices} />
          </div>
        </div>
      </main>
    </Page>
  )
}
