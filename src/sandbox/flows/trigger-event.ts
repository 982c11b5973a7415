import type { marketplaceEventTypes } from '../../contract/events.ts'
import { fail, ok } from '../../kernel/result.ts'
import { messagesAbout } from '../../platform/outbox/history/store.ts'
import { type AnnouncedEvent, eventOf } from '../outbox/announcement.ts'
import { staff } from '../people/staff.data.ts'
import { anyWorker, findPerson } from '../people/store.ts'
import type { Category, Worker } from '../people/worker.ts'
import type { Outcome } from '../problem.ts'
import type { SandboxWorld } from '../sandbox-world.ts'
import { appealDecision } from './appeal-decision.ts'
import { changeStanding, eraseWorker, requireWorker } from './change-standing.ts'
import { decideSubject } from './decide-subject.ts'
import { judgeAppeal } from './judge-appeal.ts'
import { alleged } from './open-case.ts'
import { finishWork, hireForSomething, reviewEachOther } from './play-contract.ts'
import { triedCase } from './played.data.ts'
import { takeContractStep } from './take-contract-step.ts'

export type TriggeredType = (typeof marketplaceEventTypes)[number]

export interface Triggered {
  /** The event as it waits to be sent; without an id only where it concerns nobody who could be found. */
  readonly event: { readonly id?: string; readonly type: TriggeredType }
  /** Whom it happened to. */
  readonly worker: string
  /** Ids of what was made or changed on the way: contracts, reviews, cases, decisions, appeals, workers. */
  readonly did: readonly string[]
}

type Did = Outcome<readonly string[]>

const [judge, secondJudge] = staff
  .filter((person) => person.role === 'operator')
  .map(({ id, name }) => ({ id, name, role: 'operator' as const }))

const categoryOf = ({ categories }: Worker): Category => categories[0] ?? 'business-admin'

async function form(world: SandboxWorld, worker: Worker): Promise<Did> {
  const hired = await hireForSomething(world, worker.id, categoryOf(worker))
  return hired.ok ? ok([hired.value.id]) : hired
}

async function release(world: SandboxWorld, worker: Worker): Promise<Did> {
  const hired = await hireForSomething(world, worker.id, categoryOf(worker))
  const paid = hired.ok ? await finishWork(world, hired.value.id) : hired
  return paid.ok ? ok([paid.value.id]) : paid
}

/** The client calls it off before the work has begun. */
async function refund(world: SandboxWorld, worker: Worker): Promise<Did> {
  const hired = await hireForSomething(world, worker.id, categoryOf(worker))
  if (!hired.ok) return hired
  const client = await findPerson(world.db, hired.value.client)
  if (!client) return fail({ code: 'not-found' })
  const cancelled = await takeContractStep(world, { contract: hired.value.id, person: client, act: { type: 'cancel' } })
  return cancelled.ok ? ok([cancelled.value.id]) : cancelled
}

async function reveal(world: SandboxWorld, worker: Worker): Promise<Did> {
  const hired = await hireForSomething(world, worker.id, categoryOf(worker))
  const paid = hired.ok ? await finishWork(world, hired.value.id) : hired
  if (!paid.ok) return paid
  const reviews = await reviewEachOther(world, paid.value)
  return reviews.ok ? ok([paid.value.id, ...reviews.value]) : reviews
}

async function announceStanding(world: SandboxWorld, { id, standing }: Worker): Promise<Did> {
  const changed = await changeStanding(world, id, standing)
  return changed.ok ? ok([id]) : changed
}

async function erase(world: SandboxWorld, { id }: Worker): Promise<Did> {
  const erased = await eraseWorker(world, id)
  return erased.ok ? ok([id]) : erased
}

const openCase = (world: SandboxWorld, { id }: Worker) =>
  alleged(world, {
    subject: { type: 'worker', id, worker: id },
    policy: 'A case for trying out the connection',
    automated: false,
    evidence: { note: 'made by the demonstration' },
  })

/** A case about the worker that ends without a measure. */
async function decideCase(world: SandboxWorld, worker: Worker): Promise<Did> {
  const opened = await openCase(world, worker)
  if (!opened.ok || !judge) return opened.ok ? fail({ code: 'internal' }) : opened
  const verdict = { action: 'no-action', kinds: [], duration: null, facts: triedCase.cleared, ground: 'terms' } as const
  const decided = await decideSubject(world, judge, opened.value.case, verdict)
  return decided.ok ? ok([opened.value.case, decided.value.decision]) : decided
}

/** A restriction that the worker appeals against and another operator takes back: nothing of it stays. */
async function decideAppeal(world: SandboxWorld, worker: Worker): Promise<Did> {
  const opened = await openCase(world, worker)
  if (!opened.ok || !judge || !secondJudge) return opened.ok ? fail({ code: 'internal' }) : opened
  const verdict = {
    action: 'restrict',
    kinds: [],
    duration: { years: 0, months: 0, days: 1 },
    facts: triedCase.facts,
    rule: triedCase.rule,
    ground: 'terms',
  } as const
  const decided = await decideSubject(world, judge, opened.value.case, verdict)
  if (!decided.ok) return decided
  const person = { id: worker.id, role: 'worker', name: worker.name } as const
  const appealed = await appealDecision(world, person, decided.value.decision, triedCase.appeal)
  const judged = appealed.ok
    ? await judgeAppeal(world, secondJudge, appealed.value.appeal, { outcome: 'reverse', reasons: triedCase.reversal })
    : appealed
  return judged.ok ? ok([opened.value.case, decided.value.decision, judged.value.appeal]) : judged
}

const acts: Readonly<Record<TriggeredType, (world: SandboxWorld, worker: Worker) => Promise<Did>>> = {
  'worker.standing_changed': announceStanding,
  'worker.deleted': erase,
  'contract.formed': form,
  'escrow.released': release,
  'escrow.refunded': refund,
  'review.revealed': reveal,
  'moderation.case_decided': decideCase,
  'moderation.appeal_decided': decideAppeal,
}

/** Whom it happens to if nobody is named: the first of the seed; for an erasure the last, who is missed least. */
async function anybody(world: SandboxWorld, event: TriggeredType): Promise<Outcome<Worker>> {
  const chosen = await anyWorker(world.db, event === 'worker.deleted' ? 'last' : 'first')
  return chosen ? ok(chosen) : fail({ code: 'not-found' })
}

/** Whether an event is about something of these ids, or about nothing but its worker. */
const isAbout = ({ data }: AnnouncedEvent, did: readonly string[]): boolean => {
  const ids = [data.contract, data.case].filter((id) => id !== undefined)
  return ids.length === 0 || ids.some((id) => did.includes(id))
}

/** Brings an event about as people would: through the same acts, with all that they announce on the way. */
export async function triggerEvent(
  world: SandboxWorld,
  { event, worker: id }: { readonly event: TriggeredType; readonly worker?: string | undefined },
): Promise<Outcome<Triggered>> {
  const worker = id === undefined ? await anybody(world, event) : await requireWorker(world, id)
  if (!worker.ok) return worker
  const did = await acts[event](world, worker.value)
  if (!did.ok) return did
  const announced = (await messagesAbout(world.db, worker.value.id))
    .map(eventOf)
    .findLast((one) => one.type === event && isAbout(one, did.value))
  return ok({
    event: { ...(announced ? { id: announced.id } : {}), type: event },
    worker: worker.value.id,
    did: did.value,
  })
}
