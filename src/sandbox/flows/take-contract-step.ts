import { fail, ok } from '../../kernel/result.ts'
import type { Contract } from '../escrow/contract.ts'
import { decide } from '../escrow/decide.ts'
import { rebuild, remarkOf, type StoredEvent } from '../escrow/evolve.ts'
import type { Act, ActorRole } from '../escrow/steps.ts'
import { eventsOf, findContract, findRequestedEvent } from '../escrow/store.ts'
import type { Person } from '../people/person.ts'
import { findClient } from '../people/store.ts'
import type { Outcome } from '../problem.ts'
import type { SandboxWorld } from '../sandbox-world.ts'
import { requireWorker } from './change-standing.ts'
import { commitContract } from './commit-contract.ts'
import { catchUp } from './fire-contract-timers.ts'
import { sendText, type Writing } from './send-text.ts'

/** How often a step is tried again after somebody else was first. */
const TRIES = 5

/** Which request asks for an act, so that it is done once even where its answer was lost. */
export interface ContractRequest {
  /** Person and Idempotency-Key. */
  readonly key: string
  readonly fingerprint: string
}

/** In what quality a person acts on a contract; undefined for strangers. */
export function roleIn(
  contract: Pick<Contract, 'client' | 'worker'>,
  person: Person,
): Exclude<ActorRole, 'system'> | undefined {
  if (person.role === 'operator') return 'operator'
  if (person.id === contract.client) return 'client'
  return person.id === contract.worker ? 'worker' : undefined
}

/** The contract as it was answered to a request that took place before. */
export async function answeredAt(
  world: SandboxWorld,
  event: StoredEvent,
  request: ContractRequest,
): Promise<Outcome<Contract>> {
  if (remarkOf(event).fingerprint !== request.fingerprint) return fail({ code: 'idempotency-mismatch' })
  const contract = rebuild(await eventsOf(world.db, event.contract, event.seq))
  return contract ? ok(contract) : fail({ code: 'not-found' })
}

/** Refuses where the worker is gone or one of the two is suspended: neither may enter into a contract. */
export async function mayEnter(
  world: SandboxWorld,
  { client, worker }: Pick<Contract, 'client' | 'worker'>,
): Promise<Outcome<undefined>> {
  const known = await requireWorker(world, worker)
  if (!known.ok) return known
  const standings = [known.value.standing, (await findClient(world.db, client))?.standing]
  return standings.includes('suspended') ? fail({ code: 'standing', standing: 'suspended' }) : ok(undefined)
}

export interface StepRequest {
  readonly contract: string
  readonly person: Person
  readonly act: Act
  /** Why; an operator has to say. */
  readonly reason?: string | undefined
  readonly request?: ContractRequest | undefined
}

/** One try; undefined when somebody else was first. */
async function tryStep(
  world: SandboxWorld,
  { contract: id, person, act, reason, request }: StepRequest,
): Promise<Outcome<Contract> | undefined> {
  const found = await findContract(world.db, id)
  const role = found && roleIn(found, person)
  if (!found || !role) return fail({ code: 'not-found' })
  const before = request && (await findRequestedEvent(world.db, id, request.key))
  if (before) return answeredAt(world, before, request)
  const standing = (await catchUp(world, id, found))?.contract
  const at = world.now()
  const events = decide(standing, { ...act, by: role, reason }, at)
  // a timer fell due since: it goes first
  if (!events.ok) return events.problem.code === 'window-closed' ? undefined : events
  const allowed = act.type === 'fund' ? await mayEnter(world, found) : ok(undefined)
  if (!allowed.ok) return allowed
  const remark = {
    ...(reason === undefined ? {} : { reason }),
    ...(request ? { request: request.key, fingerprint: request.fingerprint } : {}),
  }
  const after = await commitContract(world, { before: standing, events: events.value, actor: person.id, at, remark })
  return after && ok(after)
}

async function tryAgain(world: SandboxWorld, step: StepRequest): Promise<Outcome<Contract>> {
  for (let tries = 0; tries < TRIES; tries++) {
    const outcome = await tryStep(world, step)
    if (outcome) return outcome
  }
  return fail({ code: 'conflict', detail: 'Others changed this contract at the same time: try again' })
}

/** Takes a step of a contract: judged on what is due by now, and again where somebody else was first. */
export const takeContractStep = (world: SandboxWorld, step: StepRequest): Promise<Outcome<Contract>> =>
  inTurn(world, step.contract, () => tryAgain(world, step))

const queues = new WeakMap<SandboxWorld, Map<string, Promise<unknown>>>()

/**
 * Lets acts on one thing follow each other within this process, in the order in which they came. Correctness does not rest
 * on it, the database sees to that: it spares many who come at once from losing race after race.
 */
async function inTurn<T>(world: SandboxWorld, thing: string, act: () => Promise<T>): Promise<T> {
  const queue = queues.get(world) ?? new Map<string, Promise<unknown>>()
  queues.set(world, queue)
  const turn = (queue.get(thing) ?? Promise.resolve()).then(act, act)
  queue.set(thing, turn)
  try {
    return await turn
  } finally {
    if (queue.get(thing) === turn) queue.delete(thing)
  }
}

/** What a party says to the other one with a step. A dispute is told to whoever decides it, and nothing stands before that. */
const saidWith = ({ act, reason = '' }: StepRequest): Pick<Writing, 'surface' | 'texts'> =>
  act.type === 'deliver'
    ? { surface: 'delivery', texts: [act.note, reason] }
    : { surface: 'note', texts: [act.type === 'request-changes' ? act.note : '', reason] }

/** Takes a step of a contract, once its party has been told where what they say with it looks like contact or payment past the marketplace. */
export const sayStep = (world: SandboxWorld, step: StepRequest, anyway: boolean): Promise<Outcome<Contract>> =>
  step.person.role === 'operator'
    ? takeContractStep(world, step)
    : sendText(world, { ...saidWith(step), person: step.person, anyway }, () => takeContractStep(world, step))
