import { fail, ok } from '../../../kernel/result.ts'
import type { ShownBadge } from '../../evidence/evidence.ts'
import { showWorker } from '../../flows/show-worker.ts'
import { countApplicants } from '../../job/application/store.ts'
import { readHistories } from '../../job/client-history/store.ts'
import type { Job } from '../../job/job.ts'
import { type ClientFigures, unknownClient } from '../../job/quality.ts'
import { findJob, jobsOfClient } from '../../job/store.ts'
import type { Case } from '../../moderation/case.ts'
import type { CaseEvent } from '../../moderation/case-event.ts'
import {
  type Appeal,
  appealsOf,
  type Decision,
  decisionsConcerning,
  decisionsOf,
  standingMeasures,
} from '../../moderation/decision/store.ts'
import { type Report, readReporter, reportsOf } from '../../moderation/report/store.ts'
import { casesAbout, eventsOf, findCase } from '../../moderation/store.ts'
import type { Client } from '../../people/person.ts'
import { findClient } from '../../people/store.ts'
import type { Worker } from '../../people/worker.ts'
import type { Outcome } from '../../problem.ts'
import type { SandboxWorld } from '../../sandbox-world.ts'
import { lineOf, loadQueue, type QueueLine } from './load-queue.ts'

const BESIDE = 12
const PAST_DECISIONS = 10
const MOST_POSTS = 200

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
  readonly applicants: number
  readonly events: readonly CaseEvent[]
  readonly reports: readonly ReportShown[]
  readonly decisions: readonly Decision[]
  readonly appeals: readonly Appeal[]
  /** Whether the decision that stands still does something. */
  readonly lasts: boolean
  readonly concerned: Concerned | undefined
  /** Decisions about the same person in other cases, the newest first. */
  readonly past: readonly Decision[]
  readonly others: readonly Case[]
  /** What else waits. */
  readonly beside: readonly QueueLine[]
}

async function shownReport(
  world: SandboxWorld,
  { reporter, id, reason, detail, at, muted, outcome }: Report,
): Promise<ReportShown> {
  const { upheld, rejected } = await readReporter(world.db, reporter)
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
  const [line, job, events, reports, decisions, appeals, others] = await Promise.all([
    lineOf(world, known),
    known.kind === 'job' ? findJob(db, known.ref) : undefined,
    eventsOf(db, id),
    reportsOf(db, id),
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
    applicants: job ? await countApplicants(db, job.id) : 0,
    reports: await Promise.all(reports.map((report) => shownReport(world, report))),
    lasts: known.decision !== null && (await standingMeasures(db, known.decision)).length > 0,
    concerned: await readConcerned(world, known.person),
    past: past.filter(({ subject }) => subject !== id),
    others: others.filter((other) => other.id !== id),
    beside: lines,
  })
}
