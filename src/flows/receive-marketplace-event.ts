import { eventIds, type MarketplaceEvent } from '../contract/events.ts'
import { credentialsOfWorker } from '../credential/store.ts'
import { latestBank } from '../item/store.ts'
import { days, parseRfc3339, plus } from '../kernel/instant.ts'
import { ok, type Result } from '../kernel/result.ts'
import {
  countEventStatement,
  countOnceStatements,
  hiredNotes,
  noteOnceStatement,
  wasReceived,
} from '../marketplace/events/store.ts'
import { findWorker } from '../marketplace/store.ts'
import { expedite } from '../platform/outbox/store.ts'
import { bareNews, mergeContractsStatement } from '../ranking/store.ts'
import { isUniqueViolation, type Statement } from '../world/database.ts'
import type { World } from '../world/world.ts'
import { ask, enqueueUnlessWaiting, MARKETPLACE, type Question } from './address-messages.ts'
import { emptyingArchive, eraseStatements } from './erase-worker.ts'
import { freezeMissing, freezeStatements } from './freeze-skill-context.ts'

/**
 * Takes an event whose signature has been verified. Each id is applied once, in the batch that notes it. Events are thin:
 * what changed is asked for, so that lost or reordered events do no harm. Only that a contract was formed, and when, and
 * that it was reviewed is taken from the event itself: neither ever becomes untrue.
 */
export async function receiveMarketplaceEvent(
  world: World,
  event: MarketplaceEvent,
): Promise<Result<{ readonly applied: boolean }>> {
  const now = world.now()
  if (await wasReceived(world.db, event.id)) return ok({ applied: false })
  const { worker, ...ids } = eventIds.parse(event.data)
  const apply = async () =>
    world.db.batch([
      noteOnceStatement(world.db, event, now),
      ...(worker === undefined ? [] : await consequences(world, event, { ...ids, worker })),
    ])
  try {
    await (event.type === 'worker.deleted' && worker !== undefined ? emptyingArchive(world, worker, apply) : apply())
  } catch (error) {
    if (isUniqueViolation(error)) return ok({ applied: false })
    throw error
  }
  // a case may have ended between the look at the certificates and the batch
  if (event.type === 'contract.formed' && worker !== undefined) await freezeMissing(world, worker)
  await expedite(world.db, MARKETPLACE, now)
  return ok({ applied: true })
}

interface Ids {
  readonly worker: string
  readonly contract?: string | undefined
  readonly exam?: string | undefined
  readonly case?: string | undefined
}

async function consequences(world: World, event: MarketplaceEvent, ids: Ids): Promise<Statement[]> {
  const { worker, contract, exam } = ids
  switch (event.type) {
    case 'worker.standing_changed':
      // of somebody who never came, or was erased, nothing is asked
      return [questions(world, worker, [{ kind: 'read-standing' }])]
    case 'worker.deleted':
      return eraseStatements(world, worker)
    case 'contract.formed':
      return formed(world, event.timestamp, ids)
    case 'escrow.released':
    case 'escrow.refunded':
      // money that goes back takes the review that came with it out of the aggregates
      return (await isHolder(world, worker))
        ? [questions(world, worker, [{ kind: 'read-contracts' }, { kind: 'read-reviews' }])]
        : []
    case 'review.revealed':
      if (!(await isHolder(world, worker))) return []
      return [
        ...(contract === undefined
          ? []
          : [mergeContractsStatement(world.db, worker, [{ ...bareNews(contract, exam), reviewed: true }])]),
        questions(world, worker, [{ kind: 'read-reviews' }]),
      ]
    case 'moderation.case_decided':
    case 'moderation.appeal_decided':
      return ids.case !== undefined && (await isHolder(world, worker))
        ? [questions(world, worker, [{ kind: 'read-case', case: ids.case }])]
        : []
    case 'exam.opened':
      return exam !== undefined && (await latestBank(world.db, exam))
        ? [countEventStatement(world.db, { exam, event: event.type, at: world.now() })]
        : []
    case 'worker.first_hired':
      return exam === undefined ? [] : firstHired(world, event.timestamp, { worker, exam })
    default:
      return event.type satisfies never
  }
}

const questions = (world: World, worker: string, asked: readonly Question[]): Statement =>
  enqueueUnlessWaiting(world, ask(world, worker, asked), world.now())

/** Evidence is gathered about holders of certificates only. */
const isHolder = async (world: World, worker: string): Promise<boolean> =>
  (await credentialsOfWorker(world.db, worker)).length > 0

async function formed(world: World, timestamp: string, { worker, contract, exam }: Ids): Promise<Statement[]> {
  const formedAt = parseRfc3339(timestamp)
  const known = await findWorker(world.db, worker)
  if (contract === undefined || formedAt === undefined || !known || known.erasedAt !== undefined) return []
  const note = mergeContractsStatement(world.db, worker, [{ ...bareNews(contract, exam), formedAt }])
  return exam === undefined ? [note] : [note, ...(await freezeStatements(world, { worker, contract, exam, formedAt }))]
}

/** A first job within so many days of the pass is counted as one that the certificate had a part in. */
const HIRED_WITHIN = days(30)

/** Counts the first job of somebody who passed not long before, once a person and exam however often it is told. */
async function firstHired(
  world: World,
  timestamp: string,
  { worker, exam }: { readonly worker: string; readonly exam: string },
): Promise<Statement[]> {
  const at = parseRfc3339(timestamp)
  const passed = (await credentialsOfWorker(world.db, worker)).some(
    ({ exam: of, issuedAt }) => at !== undefined && of === exam && issuedAt <= at && at < plus(issuedAt, HIRED_WITHIN),
  )
  if (!passed) return []
  const once = { id: `${hiredNotes(worker)}${exam}`, worker }
  return countOnceStatements(world.db, { exam, event: 'worker.first_hired', at: world.now() }, once)
}
