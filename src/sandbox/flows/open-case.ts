import { fail, ok } from '../../kernel/result.ts'
import type { Statement } from '../../world/database.ts'
import type { Assessment } from '../detector/judge/detector.ts'
import { holderOf } from '../evidence/store.ts'
import { findJob } from '../job/store.ts'
import type { Case } from '../moderation/case.ts'
import { type CaseSignal, detection, type Subject } from '../moderation/case-event.ts'
import { pointsOf } from '../moderation/report/priority.ts'
import { findAllegedCase, findGatheringCase, openSubject } from '../moderation/store.ts'
import { notify } from '../notification/store.ts'
import type { Person } from '../people/person.ts'
import { findClient } from '../people/store.ts'
import { malformed, type Outcome } from '../problem.ts'
import type { SandboxWorld } from '../sandbox-world.ts'
import { requireWorker } from './change-standing.ts'

/** Statements that put a job which the detector queued or held before an operator, for the batch in which it is posted; whoever posted a held one is told. */
export function putBeforeOperator(
  world: SandboxWorld,
  job: { readonly id: string; readonly client: string },
  assessment: Assessment,
): Statement[] {
  const now = world.now()
  const told =
    assessment.band === 'hold'
      ? [{ id: world.newId('ntf'), person: job.client, notice: { kind: 'post-held', job: job.id } } as const]
      : []
  return [
    ...openSubject(world.db, { id: world.newId('cas'), signal: detection(job, assessment), actor: 'detector', now }),
    ...notify(world.db, told, now),
  ]
}

export interface Opened {
  /** False when the case was open already. */
  readonly created: boolean
  readonly case: string
  readonly status: Case['status']
  readonly version: number
}

/** Opens a case, or adds to the one that is open. */
async function signal(
  world: SandboxWorld,
  actor: string,
  news: CaseSignal,
  before: readonly Statement[] = [],
): Promise<Outcome<Opened>> {
  const id = world.newId('cas')
  const opening = openSubject(world.db, { id, signal: news, actor, now: world.now() })
  const [first, ...rest] = [...before, ...opening]
  await world.db.batch([first as Statement, ...rest])
  // it may be judged before it is read
  const known = await findGatheringCase(world.db, news.data.kind, news.data.ref)
  return known
    ? ok({ created: known.id === id, case: known.id, status: known.status, version: known.version })
    : fail({ code: 'conflict', detail: 'The case was decided meanwhile; try again' })
}

/** What the plugin says. */
export interface Allegation {
  readonly subject: {
    readonly type: 'credential' | 'attempt' | 'worker'
    readonly id: string
    readonly worker?: string | undefined
  }
  readonly policy: string
  readonly automated: boolean
  readonly evidence: unknown
  /** Idempotency-Key and digest of the request, so that it is heard once even where its answer was lost. */
  readonly request?: string | undefined
}

/** Whom an allegation concerns: the worker named, or the one who shows the certificate; null when nobody knows. */
async function concerned(
  world: SandboxWorld,
  { type, id, worker }: Allegation['subject'],
): Promise<Outcome<string | null>> {
  const shown = type === 'credential' ? await holderOf(world.db, id) : undefined
  const named = type === 'worker' ? id : (worker ?? shown)
  if (shown !== undefined && named !== shown)
    return malformed([{ path: 'subject.worker', message: 'Another worker shows this credential' }])
  if (named === undefined) return ok(null)
  const known = await requireWorker(world, named)
  return known.ok ? ok(named) : known
}

/** Takes a case of the plugin: suspected cheating. */
export async function alleged(
  world: SandboxWorld,
  { subject, policy, automated, evidence, request }: Allegation,
): Promise<Outcome<Opened>> {
  const heard = request === undefined ? undefined : await findAllegedCase(world.db, subject.type, subject.id, request)
  if (heard) return ok({ created: false, case: heard.id, status: heard.status, version: heard.version })
  const person = await concerned(world, subject)
  if (!person.ok) return person
  const about = { kind: subject.type, ref: subject.id, person: person.value }
  return signal(world, 'plugin', {
    type: 'alleged',
    data: {
      ...about,
      points: pointsOf.alleged,
      policy,
      automated,
      evidence,
      ...(request === undefined ? {} : { request }),
    },
  })
}

async function personOf(
  world: SandboxWorld,
  kind: 'job' | 'client' | 'worker',
  ref: string,
): Promise<Outcome<Subject>> {
  if (kind === 'worker') {
    const worker = await requireWorker(world, ref)
    return worker.ok ? ok({ kind, ref, person: ref }) : worker
  }
  const person = kind === 'job' ? (await findJob(world.db, ref))?.client : (await findClient(world.db, ref))?.id
  return person === undefined ? fail({ code: 'not-found' }) : ok({ kind, ref, person })
}

export interface Look {
  readonly kind: 'job' | 'client' | 'worker'
  readonly ref: string
  readonly note: string
  /** Whether answers in the reviews' worklist gave the occasion. */
  readonly source: 'operator' | 'review-worklist'
}

/** An operator looks into something on their own initiative, or because of what reviews say. `before` goes into the same batch. */
export async function lookInto(
  world: SandboxWorld,
  operator: Person,
  { kind, ref, note, source }: Look,
  before: readonly Statement[] = [],
): Promise<Outcome<Opened>> {
  const subject = await personOf(world, kind, ref)
  if (!subject.ok) return subject
  const type = source === 'review-worklist' ? 'flagged' : 'noticed'
  return signal(world, operator.id, { type, data: { ...subject.value, points: pointsOf[type], note } }, before)
}
