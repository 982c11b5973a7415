import type { Instant } from '../../../kernel/instant.ts'
import { Chip } from '../../../platform/page/state.tsx'
import { kindTexts } from '../../detector/judge/kind-texts.ts'
import { type Kind, kinds } from '../../detector/judge/kinds.ts'
import type { ShownBadge } from '../../evidence/evidence.ts'
import { judgedPost } from '../../flows/show-case.ts'
import type { Job } from '../../job/job.ts'
import type { ClientFigures } from '../../job/quality.ts'
import { findJob } from '../../job/store.ts'
import type { Case, CaseStatus } from '../../moderation/case.ts'
import type { CaseEvent } from '../../moderation/case-event.ts'
import type { SubjectKind } from '../../moderation/decision/actions.ts'
import type { Appeal, Decision } from '../../moderation/decision/store.ts'
import type { Label } from '../../moderation/label/store.ts'
import { priorityOf, type ReportReason } from '../../moderation/report/priority.ts'
import { firstReports, type Report } from '../../moderation/report/store.ts'
import { type QueuePlace, readQueue } from '../../moderation/store.ts'
import type { Client } from '../../people/person.ts'
import { staff } from '../../people/staff.data.ts'
import { findClient, findWorker } from '../../people/store.ts'
import type { Worker } from '../../people/worker.ts'
import type { SandboxWorld } from '../../sandbox-world.ts'
import { link } from '../links.ts'
import type { Reader } from '../parts/layout.tsx'
import { textsOf } from '../texts.ts'

/** What a case seems to be about, in the one respect that matters most. */
type Cause =
  | { readonly type: 'kind'; readonly kind: Kind }
  | { readonly type: 'reason'; readonly reason: ReportReason }
  | { readonly type: 'policy' }
  | { readonly type: 'sent' }
  | { readonly type: 'unreadable' }
  | { readonly type: 'noticed' }

/** A case as a line of the queue. */
export interface QueueLine {
  readonly known: Case
  readonly cause: Cause
  /** What the job is called, or whom it concerns, in both languages; undefined for what is gone. */
  readonly title: { readonly ja: string; readonly en: string } | undefined
}

/** What a report has to be of for the detector's opinion to say less than its reason. */
const UNLIKELY = 0.3

/** Of what repeats an earlier case that of the case, else what the detector finds likeliest. */
const likeliestKind = ({ assessment }: Pick<Job, 'assessment'>): Kind =>
  (assessment.precedent?.how === 'alike' ? undefined : assessment.precedent?.kinds[0]) ??
  kinds.toSorted((a, b) => assessment.probability[b] - assessment.probability[a])[0] ??
  'off-platform-contact'

async function causeOf(
  world: SandboxWorld,
  known: Case,
  { job, judged }: { readonly job: Job | undefined; readonly judged: Label | undefined },
): Promise<Cause> {
  if (known.policy !== null) return { type: 'policy' }
  const [found] = judged?.kinds ?? []
  if (found) return { type: 'kind', kind: found }
  const kind = job && likeliestKind(job)
  const assessment = job?.assessment
  const suspected = assessment && (assessment.precedent || assessment.reasons.some((reason) => reason.kind === kind))
  if (job && kind && (suspected || job.assessment.probability[kind] >= UNLIKELY)) return { type: 'kind', kind }
  if (known.openedBy === 'detector' && known.kind !== 'job') return { type: 'sent' }
  if (assessment?.unreadable) return { type: 'unreadable' }
  const [first] = await firstReports(world.db, known.id, 1)
  return first ? { type: 'reason', reason: first.report.reason } : { type: 'noticed' }
}

/** A person as both languages call them. */
async function namesOf(world: SandboxWorld, id: string): Promise<QueueLine['title']> {
  const person = id.startsWith('cli_') ? await findClient(world.db, id) : await findWorker(world.db, id)
  return person && person.name !== '' ? { ja: person.name, en: person.reading } : undefined
}

export async function lineOf(world: SandboxWorld, known: Case): Promise<QueueLine> {
  const job = known.kind === 'job' ? await findJob(world.db, known.ref) : undefined
  const judged = await judgedPost(world, known, job)
  const called = judged ?? job
  const title = called
    ? { ja: called.title, en: called.title }
    : known.person === null
      ? undefined
      : await namesOf(world, known.person)
  // of words that were not judged the detector's opinion is none of them
  const cause = await causeOf(world, known, { job: judged ? undefined : job, judged })
  return { known, cause, title }
}

export interface QueuePart {
  readonly lines: readonly QueueLine[]
  /** Where the rest begins. */
  readonly next: string | undefined
}

const writePlace = ({ points, openedAt, id }: QueuePlace): string => `${points}.${openedAt}.${id}`

/** The place that a link of the queue names; undefined where it names none. */
function readPlace(text: string): QueuePlace | undefined {
  const [, points, openedAt, id] = /^(\d{1,9})\.(\d{1,15})\.([\w-]{1,128})$/.exec(text) ?? []
  return id === undefined ? undefined : { points: Number(points), openedAt: Number(openedAt) as Instant, id }
}

/** A part of the queue, the most urgent first. */
export async function loadQueue(
  world: SandboxWorld,
  query: {
    readonly statuses: readonly CaseStatus[]
    readonly kind: SubjectKind | undefined
    readonly after: string
    readonly limit: number
  },
): Promise<QueuePart> {
  const { statuses, kind, after, limit } = query
  const read = await readQueue(world.db, { statuses, kind, after: readPlace(after), limit: limit + 1 })
  const cases = read.slice(0, limit)
  const last = read.length > limit ? cases.at(-1) : undefined
  return { lines: await Promise.all(cases.map((known) => lineOf(world, known))), next: last && writePlace(last) }
}

/** A report without who made it: in what quality, and how often that person was right before. */
export interface ReportShown extends Pick<Report, 'id' | 'reason' | 'detail' | 'at' | 'muted' | 'outcome'> {
  readonly role: 'worker' | 'client'
  readonly upheld: number
  readonly judged: number
}

/** What is known of whoever is concerned. */
export type Concerned =
  | { readonly kind: 'client'; readonly client: Client; readonly history: ClientFigures; readonly posts: number }
  | { readonly kind: 'worker'; readonly worker: Worker; readonly badges: readonly ShownBadge[] }

export interface CaseDetails {
  readonly line: QueueLine
  readonly known: Case
  readonly job: Job | undefined
  /** The post as it was decided about, where it was rewritten since. */
  readonly judged: Label | undefined
  readonly applicants: number
  readonly events: readonly CaseEvent[]
  /** The first of them. */
  readonly reports: readonly ReportShown[]
  readonly reportCount: number
  readonly decisions: readonly Decision[]
  readonly appeals: readonly Appeal[]
  /** Whether the decision that stands still does something. */
  readonly lasts: boolean
  readonly concerned: Concerned | undefined
  /** Decisions about the same person in other cases, the newest first. */
  readonly past: readonly Decision[]
  readonly others: readonly Case[]
  /** Cases that wait about word-for-word the same post. */
  readonly copies: number
  /** What else waits. */
  readonly beside: readonly QueueLine[]
}

/** What an operator is called; the id where they are not of the staff any more. */
export const operatorName = (id: string | null): string => staff.find((person) => person.id === id)?.name ?? id ?? ''

/** What a case seems to be about, in words. */
export function causeIn({ locale }: Pick<Reader, 'locale'>, cause: Cause): string {
  switch (cause.type) {
    case 'kind':
      return kindTexts[cause.kind].title[locale]
    case 'reason':
      return textsOf(locale)(`job.reportReasons.${cause.reason}`)
    case 'policy':
      return textsOf(locale)('case.suspicion')
    case 'sent':
      return textsOf(locale)('case.sent.title')
    case 'unreadable':
      return textsOf(locale)('case.unreadable')
    case 'noticed':
      return textsOf(locale)('case.noticed')
  }
}

/** How long something has been waiting, in words. */
export function waitIn({ locale, now }: Pick<Reader, 'locale' | 'now'>, since: number): string {
  const minutes = Math.max(0, Math.floor((now - since) / 60_000))
  return textsOf(locale)('case.length', { days: Math.floor(minutes / 1_440), hours: Math.floor(minutes / 60), minutes })
}

export const titleIn = (
  { locale }: Pick<Reader, 'locale'>,
  { title, known }: Pick<QueueLine, 'title' | 'known'>,
): string => title?.[locale] ?? (known.person === null ? known.ref : textsOf(locale)('case.gone'))

const isClaimed = ({ claimedBy, claimedUntil }: Case, { now }: Pick<Reader, 'now'>): boolean =>
  claimedBy !== null && claimedUntil !== null && claimedUntil > now

/** Who has a case now; undefined when nobody has. */
export const claimantOf = (known: Case, reader: Pick<Reader, 'now'>): string | undefined =>
  isClaimed(known, reader) ? (known.claimedBy ?? undefined) : undefined

/** How a case stands, as chips of icon and word. */
export function CaseChips({ reader, known }: { reader: Reader; known: Case }) {
  const { t } = reader
  const claimant = claimantOf(known, reader)
  return (
    <>
      {known.status !== 'open' && (
        <Chip tone={known.status === 'closed' ? 'off' : 'wait'} icon={known.status === 'closed' ? 'check' : 'right'}>
          {known.appeal !== null && known.status === 'escalated'
            ? t('case.appealed')
            : t(`case.statuses.${known.status}`)}
        </Chip>
      )}
      {claimant !== undefined && (
        <Chip tone={claimant === reader.person?.id ? 'act' : undefined} icon="person">
          {claimant === reader.person?.id ? t('case.yours') : t('case.takenBy', { operator: operatorName(claimant) })}
        </Chip>
      )}
    </>
  )
}

/** A meter from 0 to 1 without a style attribute. */
export const Share = ({ share, tint }: { share: number; tint?: string }) => (
  <svg class={`meter ${tint ?? ''}`} aria-hidden="true">
    <rect width={`${(100 * Math.min(1, Math.max(0, share))).toFixed(1)}%`} height="100%" />
  </svg>
)

/** Which keys go through the queue, where a script runs. */
export const QueueKeys = ({ reader, place }: { reader: Reader; place: 'list' | 'case' | 'alone' }) => {
  const { t } = reader
  return (
    <p class="tiny queue-facts keys">
      {place !== 'alone' && (
        <>
          <span>
            <kbd>J</kbd> {t('case.keys.next')}
          </span>
          <span>
            <kbd>K</kbd> {t('case.keys.previous')}
          </span>
        </>
      )}
      <span>
        <kbd>{place === 'list' ? 'Enter' : 'Q'}</kbd>{' '}
        {place === 'list' ? (
          t('case.keys.open')
        ) : (
          <a href={link(reader.locale, '/operators/queue')} data-key="q">
            {t('case.keys.queue')}
          </a>
        )}
      </span>
    </p>
  )
}

/** One case of the queue, as a link to all about it. */
export function QueueEntry({ reader, line, current }: { reader: Reader; line: QueueLine; current?: boolean }) {
  const { t } = reader
  const { known, cause } = line
  return (
    <a
      class="queue-entry"
      href={link(reader.locale, `/operators/subjects/${known.id}`)}
      aria-current={current ? 'page' : undefined}
    >
      <span class="queue-head">
        <b>{causeIn(reader, cause)}</b>
        <span class="queue-priority">
          <span class="unseen">{t('case.priority')}</span> {priorityOf(known.points)}
        </span>
      </span>
      <span class="queue-title">
        {t('case.about', { subject: t('case.subject', { kind: known.kind }), title: titleIn(reader, line) })}
      </span>
      <span class="queue-foot">
        <span>{t('case.reports', { n: known.reports })}</span>
        <span>{waitIn(reader, known.openedAt)}</span>
      </span>
      {(known.status === 'escalated' || claimantOf(known, reader) !== undefined) && (
        <span class="chips">
          <CaseChips reader={reader} known={known} />
        </span>
      )}
    </a>
  )
}
