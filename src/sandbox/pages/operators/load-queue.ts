import type { Instant } from '../../../kernel/instant.ts'
import { type Kind, kinds } from '../../detector/judge/kinds.ts'
import type { Job } from '../../job/job.ts'
import { findJob } from '../../job/store.ts'
import type { Case, CaseStatus } from '../../moderation/case.ts'
import type { SubjectKind } from '../../moderation/decision/actions.ts'
import type { ReportReason } from '../../moderation/report/priority.ts'
import { reportsOf } from '../../moderation/report/store.ts'
import { type QueuePlace, readQueue } from '../../moderation/store.ts'
import { findClient, findWorker } from '../../people/store.ts'
import type { SandboxWorld } from '../../sandbox-world.ts'

/** What a case seems to be about, in the one respect that matters most. */
export type Cause =
  | { readonly type: 'kind'; readonly kind: Kind; readonly probability: number }
  | { readonly type: 'reason'; readonly reason: ReportReason }
  | { readonly type: 'policy'; readonly policy: string }
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

export const likeliestKind = ({ assessment }: Pick<Job, 'assessment'>): Kind =>
  kinds.toSorted((a, b) => assessment.probability[b] - assessment.probability[a])[0] ?? 'off-platform-contact'

async function causeOf(world: SandboxWorld, known: Case, job: Job | undefined): Promise<Cause> {
  if (known.policy !== null) return { type: 'policy', policy: known.policy }
  const kind = job && likeliestKind(job)
  if (job && kind && job.assessment.probability[kind] >= UNLIKELY)
    return { type: 'kind', kind, probability: job.assessment.probability[kind] }
  const [first] = await reportsOf(world.db, known.id)
  return first ? { type: 'reason', reason: first.reason } : { type: 'noticed' }
}

/** A person as both languages call them. */
export async function namesOf(world: SandboxWorld, id: string): Promise<QueueLine['title']> {
  const person = id.startsWith('cli_') ? await findClient(world.db, id) : await findWorker(world.db, id)
  return person && person.name !== '' ? { ja: person.name, en: person.reading } : undefined
}

export async function lineOf(world: SandboxWorld, known: Case): Promise<QueueLine> {
  const job = known.kind === 'job' ? await findJob(world.db, known.ref) : undefined
  const title = job
    ? { ja: job.title, en: job.title }
    : known.person === null
      ? undefined
      : await namesOf(world, known.person)
  return { known, cause: await causeOf(world, known, job), title }
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
