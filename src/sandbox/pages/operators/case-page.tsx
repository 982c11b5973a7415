import { fail, ok } from '../../../kernel/result.ts'
import { momentText } from '../../../platform/page/dates.ts'
import { Crumb } from '../../../platform/page/document.tsx'
import { Icon } from '../../../platform/page/icon.tsx'
import type { Kind } from '../../detector/judge/kinds.ts'
import type { Thresholds } from '../../detector/judge/prevalence.ts'
import { waitingCopies } from '../../flows/decide-copies.ts'
import { judgedPost, REPORTS_SHOWN } from '../../flows/show-case.ts'
import { showWorker } from '../../flows/show-worker.ts'
import { countApplicants } from '../../job/application/store.ts'
import { readHistories } from '../../job/client-history/store.ts'
import { unknownClient } from '../../job/quality.ts'
import { findJob, jobsOfClient } from '../../job/store.ts'
import { appealsOf, decisionsConcerning, decisionsOf, standingMeasures } from '../../moderation/decision/store.ts'
import { countReportsOf, firstReports, type RecordedReport } from '../../moderation/report/store.ts'
import { casesAbout, eventsOf, findCase } from '../../moderation/store.ts'
import { findClient } from '../../people/store.ts'
import type { Outcome } from '../../problem.ts'
import type { SandboxWorld } from '../../sandbox-world.ts'
import type { Rejected } from '../form-fields.ts'
import { JobStateChip } from '../jobs/job-parts.tsx'
import { link } from '../links.ts'
import { Trouble } from '../parts/form-parts.tsx'
import { Page, type Reader } from '../parts/layout.tsx'
import { operatorsStyles, queueKeysScript } from '../styles.ts'
import { CasePanel, type PanelView } from './case-panel.tsx'
import {
  CaseChips,
  type CaseDetails,
  type Concerned,
  causeIn,
  lineOf,
  loadQueue,
  QueueEntry,
  QueueKeys,
  type ReportShown,
  titleIn,
} from './case-parts.tsx'
import { CaseEvents, Evidence, PersonCard, Reports, SentAnyway } from './case-records.tsx'
import { JobText, Repeats, RewrittenPost, Suspicion } from './job-text.tsx'

const BESIDE = 12
const PAST_DECISIONS = 10
const MOST_POSTS = 200

function shownReport({
  report: { reporter, id, reason, detail, at, muted, outcome },
  record: { upheld, rejected },
}: RecordedReport): ReportShown {
  return {
    id,
    reason,
    detail,
    at,
    muted,
    outcome,
    role: reporter.startsWith('cli_') ? 'client' : 'worker',
    upheld,
    judged: upheld + rejected,
  }
}

async function readConcerned(world: SandboxWorld, person: string | null): Promise<Concerned | undefined> {
  if (person === null) return undefined
  const client = await findClient(world.db, person)
  if (client) {
    const [histories, posts] = await Promise.all([
      readHistories(world.db, [person]),
      jobsOfClient(world.db, { client: person, before: undefined, limit: MOST_POSTS }),
    ])
    return { kind: 'client', client, history: histories.get(person) ?? unknownClient, posts: posts.length }
  }
  const profile = await showWorker(world, person, undefined)
  return profile.ok
    ? { kind: 'worker', worker: profile.value.listing.worker, badges: profile.value.listing.badges }
    : undefined
}

/** Everything about a case that an operator decides by. */
export async function loadCase(world: SandboxWorld, id: string): Promise<Outcome<CaseDetails>> {
  const { db } = world
  const known = await findCase(db, id)
  if (!known) return fail({ code: 'not-found' })
  const [line, job, events, reports, reportCount, decisions, appeals, others] = await Promise.all([
    lineOf(world, known),
    known.kind === 'job' ? findJob(db, known.ref) : undefined,
    eventsOf(db, id),
    firstReports(db, id, REPORTS_SHOWN),
    countReportsOf(db, id),
    decisionsOf(db, id),
    appealsOf(db, id),
    casesAbout(db, known.kind, known.ref),
  ])
  const past =
    known.person === null
      ? []
      : await decisionsConcerning(db, known.person, { before: undefined, limit: PAST_DECISIONS })
  const { lines } = await loadQueue(world, {
    statuses: ['open', 'escalated'],
    kind: undefined,
    after: '',
    limit: BESIDE,
  })
  return ok({
    ...{ line, known, job, events, decisions, appeals },
    judged: await judgedPost(world, known, job),
    copies: known.status === 'closed' ? 0 : (await waitingCopies(world, known)).length,
    applicants: job ? await countApplicants(db, job.id) : 0,
    reports: reports.map(shownReport),
    reportCount,
    lasts: known.decision !== null && (await standingMeasures(db, known.decision)).length > 0,
    concerned: await readConcerned(world, known.person),
    past: past.filter(({ subject }) => subject !== id),
    others: others.filter((other) => other.id !== id),
    beside: lines,
  })
}

export interface CasePageView extends PanelView {
  readonly rejected: Rejected | undefined
  /** The kind whose words are marked. */
  readonly kind: Kind | undefined
  readonly thresholds: Thresholds | undefined
}

/** What else waits: beside the case, or folded away on a phone. */
function Beside({ reader, details }: Pick<CasePageView, 'reader' | 'details'>) {
  const { t } = reader
  const entries = details.beside.map((line) => (
    <li>
      <QueueEntry reader={reader} line={line} current={line.known.id === details.known.id} />
    </li>
  ))
  return (
    <details class="card queue-list filters">
      <summary>
        <span>{t('case.queue')}</span>
        <Icon name="narrow" small />
      </summary>
      <p class="queue-list-title">
        <a href={link(reader.locale, '/operators/queue')}>{t('case.queue')}</a>
      </p>
      <ol>{entries}</ol>
    </details>
  )
}

function Head({ reader, details }: { reader: Reader; details: CasePageView['details'] }) {
  const { t } = reader
  const { line, known, job } = details
  return (
    <div class="head">
      <div>
        <p class="tiny queue-facts">
          <span>{t('case.subject', { kind: known.kind })}</span>
          <span>{t(`case.openers.${known.openedBy}`)}</span>
          <span>{momentText(reader.locale, known.openedAt, reader.now)}</span>
        </p>
        <h1>{causeIn(reader, line.cause)}</h1>
        <p class="lead">{titleIn(reader, line)}</p>
      </div>
      <div class="chips">
        <CaseChips reader={reader} known={known} />
        {job && <JobStateChip reader={reader} job={job} />}
      </div>
    </div>
  )
}

/** The case after this one in the queue and the one before. Behind a case that waits no more the queue begins. */
function Turns({ reader, details }: Pick<CasePageView, 'reader' | 'details'>) {
  const { locale, t } = reader
  const at = details.beside.findIndex(({ known }) => known.id === details.known.id)
  const [before, after] = [details.beside[at - 1], details.beside[at + 1]]
  const to = (id: string) => link(locale, `/operators/subjects/${id}`)
  return (
    <nav class="turns" aria-label={t('case.keys.label')}>
      <p class="btns">
        {before && (
          <a class="btn s ghost" href={to(before.known.id)} data-key="k">
            <Icon name="left" small />
            {t('case.keys.previous')}
          </a>
        )}
        {after && (
          <a class="btn s ghost" href={to(after.known.id)} data-key="j">
            {t('case.keys.next')}
            <Icon name="right" small />
          </a>
        )}
      </p>
      <QueueKeys reader={reader} place="case" />
    </nav>
  )
}

/** One case: what it is about, who says what, and the decision. */
export function CasePage(view: CasePageView) {
  const { reader, details, rejected, kind, thresholds } = view
  const { locale, t } = reader
  const { known, job, judged, line } = details
  const reason = job?.assessment.reasons.find((one) => one.kind === kind) ?? job?.assessment.reasons[0]
  return (
    <Page
      styles={operatorsStyles}
      script={queueKeysScript}
      reader={reader}
      title={`${rejected ? reader.t('form.titlePrefix') : ''}${causeIn(reader, line.cause)}`}
      current={known.appeal !== null && known.status !== 'closed' ? 'appeals' : 'queue'}
    >
      <main id="main" class="wrap">
        <Crumb href={link(locale, '/operators/queue')}>{t('case.back')}</Crumb>
        <Turns {...view} />
        <div class="case">
          <Beside {...view} />
          <div class="stack">
            <Head reader={reader} details={details} />
            <Trouble reader={reader} rejected={rejected} />
            {job && judged && <RewrittenPost reader={reader} job={job} judged={judged} />}
            {job && !judged && (
              <div class="case-columns">
                <JobText reader={reader} job={job} reason={reason} />
                <Suspicion
                  reader={reader}
                  assessment={job.assessment}
                  thresholds={thresholds}
                  path={`/operators/subjects/${known.id}`}
                  chosen={reason?.kind}
                />
              </div>
            )}
            {job?.assessment.precedent && !judged && (
              <Repeats reader={reader} job={job} precedent={job.assessment.precedent} />
            )}
            <SentAnyway reader={reader} events={details.events} />
            <Evidence reader={reader} events={details.events} />
            <div class="halves">
              <Reports {...view} />
              <PersonCard {...view} />
            </div>
            <CasePanel {...view} />
            <CaseEvents reader={reader} details={details} />
          </div>
        </div>
      </main>
    </Page>
  )
}
