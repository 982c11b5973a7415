import type { Instant } from '../../kernel/instant.ts'
import type { Statement } from '../../world/database.ts'
import { type Contract, clientAlias } from '../escrow/contract.ts'
import type { ContractEvent } from '../escrow/contract-event.ts'
import { evolve, type Remark, type StoredEvent, toStored } from '../escrow/evolve.ts'
import {
  type Entry,
  owedBy,
  type Posting,
  postingsOf,
  providerAnswer,
  settlementOf,
  type Transfer,
} from '../escrow/ledger.ts'
import {
  demandThat,
  insertContract,
  insertEntries,
  insertEvents,
  insertTransfer,
  isLostRace,
  resolveTransfers,
  updateContract,
} from '../escrow/store.ts'
import { isAgreed, isFirstAgreed } from '../escrow/work/store.ts'
import { hasNotWithdrawn, markHired } from '../job/application/store.ts'
import { notify } from '../notification/store.ts'
import type { Announcement } from '../outbox/announcement.ts'
import { announce } from '../outbox/store.ts'
import { recounting } from '../review/reveal/store.ts'
import type { SandboxWorld } from '../sandbox-world.ts'
import { hireStatements } from './note-hire.ts'

export interface ContractStep {
  /** Undefined for the first one. */
  readonly before: Contract | undefined
  readonly events: readonly ContractEvent[]
  /** A person's id, or `system`. */
  readonly actor: string
  readonly at: Instant
  readonly remark: Remark
  /** Statements behind the contract's row that fail the step where it may not be taken. */
  readonly demands?: readonly Statement[] | undefined
}

interface Planned {
  readonly after: Contract
  readonly stored: readonly StoredEvent[]
}

/** What aliases are made from: a secret of the marketplace that lasts as long as its keys. */
const secretOf = ({ settings }: SandboxWorld): string => String(settings.keys.service.d)

/** The name of a client in the marketplace's own figures. */
export const nameInFigures = (world: SandboxWorld, client: string): Promise<string> =>
  clientAlias(secretOf(world), { client, audience: 'figures' })

/** The name of a client to the plugin. */
export const nameToPlugin = (world: SandboxWorld, client: string): Promise<string> =>
  clientAlias(secretOf(world), { client, audience: world.settings.pluginOrigin })

function plan({ before, events, actor, at, remark }: ContractStep): Planned {
  let after = before
  const stored: StoredEvent[] = []
  for (const [nth, event] of events.entries()) {
    const seq = (after?.version ?? 0) + 1
    after = evolve(after, event, { seq, at })
    // the last event carries the request, so that the contract after it is the answer
    const { request, fingerprint, ...rest } = remark
    stored.push(toStored(event, { contract: after.id, seq, actor, at }, nth === events.length - 1 ? remark : rest))
  }
  if (after === undefined) throw new Error('a step without events')
  return { after, stored }
}

/** The lines of transactions, each with the ids it gets in the books. */
export const entriesFor = (
  world: SandboxWorld,
  postings: readonly Posting[],
  on: { readonly contract: string; readonly at: Instant },
): Entry[] =>
  postings.flatMap(({ kind, lines, transfer }) => {
    const transaction = world.newId('txn')
    return lines.map((line) => ({ id: world.newId('ent'), transaction, ...on, kind, transfer, ...line }))
  })

/** Transfers that begin with a step. What is owed goes the way it came: slowly where it came by bank. */
function transfersOf(world: SandboxWorld, after: Contract, { events, at }: ContractStep): Transfer[] {
  const begun = {
    contract: after.id,
    state: 'pending',
    attempt: 1,
    retryOf: null,
    createdAt: at,
    resolvedAt: null,
  } as const
  const payments = events.flatMap((event) =>
    event.type === 'payment-started'
      ? [
          {
            ...begun,
            id: event.transfer,
            kind: 'payment' as const,
            party: after.client,
            amount: event.amount,
            method: event.method,
          },
        ]
      : [],
  )
  const method = after.payment?.method === 'bank-transfer' ? 'bank-transfer' : 'card'
  const owed = events.flatMap((event) => owedBy(after, event))
  return [...payments, ...owed.map((transfer) => ({ ...begun, ...transfer, id: world.newId('trf'), method }) as const)]
}

function resolutionsOf(
  begun: readonly Transfer[],
  events: readonly ContractEvent[],
): { readonly succeeded: string[]; readonly failed: string[] } {
  const outgoing = begun.filter(({ kind }) => kind !== 'payment')
  const of = (outcome: 'succeeded' | 'failed', ...types: readonly ContractEvent['type'][]) => [
    ...events.flatMap((event) => ('transfer' in event && types.includes(event.type) ? [event.transfer] : [])),
    ...outgoing.filter(({ method }) => providerAnswer(method) === outcome).map(({ id }) => id),
  ]
  return { succeeded: of('succeeded', 'funded', 'late-payment-returned'), failed: of('failed', 'payment-failed') }
}

function moneyStatements(world: SandboxWorld, planned: Planned, step: ContractStep): Statement[] {
  const { db } = world
  const { events, at } = step
  const begun = transfersOf(world, planned.after, step)
  const { succeeded, failed } = resolutionsOf(begun, events)
  const paidOut = begun.filter(({ id }) => succeeded.includes(id)).flatMap(settlementOf)
  const postings = [...events.flatMap((event) => postingsOf(planned.after, event)), ...paidOut]
  return [
    ...begun.map((transfer) => insertTransfer(db, transfer)),
    ...(succeeded.length > 0 ? [resolveTransfers(db, succeeded, { state: 'succeeded', at })] : []),
    ...(failed.length > 0 ? [resolveTransfers(db, failed, { state: 'failed', at })] : []),
    ...insertEntries(db, entriesFor(world, postings, { contract: planned.after.id, at })),
  ]
}

/** What the plugin is told of an event: ids only. */
function newsOf(event: ContractEvent): Announcement['type'][] {
  const out = (released: number, refunded: number): Announcement['type'][] => [
    ...(released > 0 ? (['escrow.released'] as const) : []),
    ...(refunded > 0 ? (['escrow.refunded'] as const) : []),
  ]
  switch (event.type) {
    case 'funded':
      return ['contract.formed']
    case 'released':
      return out(event.gross, 0)
    case 'cancelled':
      return out(0, event.refund)
    case 'decided':
      return out(event.share.gross, event.refund)
    case 'corrected':
      return event.to === 'worker' ? out(event.amount, 0) : out(0, event.amount)
    default:
      return []
  }
}

/** Whether a worker is hired by a step: money that nobody asked for hires nobody. */
const becomesAgreed = (before: Contract | undefined, after: Contract): boolean =>
  isAgreed(after) && !(before && isAgreed(before))

async function newsStatements(
  world: SandboxWorld,
  { after, stored }: Planned,
  { before, events, at }: ContractStep,
): Promise<Statement[]> {
  const news = events.flatMap((event, nth) =>
    newsOf(event).map((type) => ({ type, version: stored[nth]?.seq ?? after.version })),
  )
  const isHired = becomesAgreed(before, after)
  if (news.length === 0 && !isHired) return []
  const data = { contract: after.id, exam: after.category, client: await nameToPlugin(world, after.client) }
  const tell = (type: Announcement['type'], version: number) =>
    ({ id: world.newId('evt'), type, worker: after.worker, version, now: at }) as const
  const hired = { ...tell('worker.first_hired', after.version), data }
  return [
    ...news.map(({ type, version }) => announce(world.db, { ...tell(type, version), data })),
    ...(isHired ? [announce(world.db, hired, isFirstAgreed(after))] : []),
  ]
}

const movesMoney = (before: Contract | undefined, after: Contract): boolean =>
  after.released !== (before?.released ?? 0) || after.refunded !== (before?.refunded ?? 0)

/** Money that comes for what a worker took on by applying: it needs that they have not withdrawn by then. */
const stillWanted = (world: SandboxWorld, { before, events }: ContractStep): Statement[] =>
  before && before.job !== null && before.takenOnAt !== null && events.some(({ type }) => type === 'funded')
    ? [demandThat(world.db, before.id, hasNotWithdrawn(before.job, before.worker))]
    : []

/** What a hire says about the searches in which the client saw the worker, or might have. */
const outcomesOf = async (world: SandboxWorld, { after }: Planned, { at }: ContractStep): Promise<Statement[]> =>
  hireStatements(world, {
    reader: await nameInFigures(world, after.client),
    worker: after.worker,
    contract: after.id,
    category: after.category,
    at,
  })

/**
 * Writes a step of a contract, with all that follows from it, in one batch.
 * @returns the contract after it; undefined when somebody else was first, and then nothing was written.
 */
export async function commitContract(world: SandboxWorld, step: ContractStep): Promise<Contract | undefined> {
  const { db } = world
  const planned = plan(step)
  const { after, stored } = planned
  const log = insertEvents(db, stored)
  const [first, second]: [Statement, Statement] = step.before
    ? [log, updateContract(db, after)]
    : [insertContract(db, after, step.remark.request ?? null), log]
  const news = await newsStatements(world, planned, step)
  const isFunded = step.events.some(({ type }) => type === 'funded')
  const told = { kind: 'contract-funded', contract: after.id } as const
  const hired = [
    ...(isFunded ? notify(db, [{ id: world.newId('ntf'), person: after.worker, notice: told }], step.at) : []),
    ...(isFunded && after.job !== null ? markHired(db, { job: after.job, worker: after.worker, now: step.at }) : []),
    ...(becomesAgreed(step.before, after) ? await outcomesOf(world, planned, step) : []),
  ]
  const consequences = movesMoney(step.before, after)
    ? afterMoney(world, { contract: after.id, worker: after.worker })
    : []
  try {
    await db.batch([
      first,
      second,
      ...(step.demands ?? []),
      ...stillWanted(world, step),
      ...moneyStatements(world, planned, step),
      ...news,
      ...hired,
      ...consequences,
    ])
    return after
  } catch (error) {
    if (isLostRace(error)) return undefined
    throw error
  }
}

/** What else changes when money of a contract has moved; goes into that batch, behind the contract's row. */
export const afterMoney = (
  world: Pick<SandboxWorld, 'db'>,
  of: { readonly contract: string; readonly worker: string },
): Statement[] => recounting(world.db, of)
