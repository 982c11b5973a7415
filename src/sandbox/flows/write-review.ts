import { type Instant, toRfc3339 } from '../../kernel/instant.ts'
import { fail, ok } from '../../kernel/result.ts'
import type { Statement } from '../../world/database.ts'
import type { Contract } from '../escrow/contract.ts'
import { findContract } from '../escrow/store.ts'
import type { Person } from '../people/person.ts'
import type { Outcome } from '../problem.ts'
import { insertContradiction, insertHidden } from '../review/hidden/store.ts'
import { revealing } from '../review/reveal/store.ts'
import {
  contradiction,
  type HiddenAnswers,
  otherSide,
  type ReviewSide,
  replyClosesAt,
  reviewWindow,
  type Stars,
  type WrittenReview,
} from '../review/review.ts'
import { findReview, insertReply, insertReview, openPair, type ReviewEntry, reviewBy } from '../review/store.ts'
import type { SandboxWorld } from '../sandbox-world.ts'

/** What somebody says of the other side of a contract. */
export interface ReviewDraft {
  readonly stars: Stars
  readonly comment: string
  readonly hidden: HiddenAnswers
}

/** Which side of a contract somebody is on; undefined for everybody else. */
export function sideOf(
  contract: Pick<Contract, 'client' | 'worker'>,
  person: Pick<Person, 'id'>,
): ReviewSide | undefined {
  if (person.id === contract.client) return 'client'
  return person.id === contract.worker ? 'worker' : undefined
}

interface Writing {
  readonly contract: Contract
  readonly side: ReviewSide
  readonly closesAt: Instant
  readonly draft: ReviewDraft
  readonly requestKey: string | null
}

const tooLate = (closesAt: Instant) =>
  fail({
    code: 'window-closed' as const,
    detail: 'Reviews are taken for 30 days from the settlement',
    closedAt: toRfc3339(closesAt),
  })

function reviewOf(world: SandboxWorld, { contract, side, draft }: Writing): WrittenReview {
  const { skill = null, request = null, quality = 0, schedule = 0, communication = 0, partnership = 0 } = draft.stars
  return {
    id: world.newId('rev'),
    contract: contract.id,
    side,
    author: contract[side],
    subject: contract[otherSide(side)],
    ...{ skill, request, quality, schedule, communication, partnership },
    comment: draft.comment,
    writtenAt: world.now(),
  }
}

/** The review with all that depends on it, and the revealing of the pair if it makes two: one batch, in which the first of equal reviews wins. */
async function write(world: SandboxWorld, writing: Writing): Promise<string | undefined> {
  const { contract, draft, closesAt } = writing
  const { id, worker, client, category } = contract
  const review = reviewOf(world, writing)
  const of = { review: review.id, contract: id, side: review.side }
  const found = contradiction(draft)
  const statements: [Statement, ...Statement[]] = [
    openPair(world.db, { contract: id, worker, client, category, closesAt }),
    insertReview(world.db, { ...review, requestKey: writing.requestKey }),
    insertHidden(world.db, of, draft.hidden),
    ...(found ? [insertContradiction(world.db, of, { ...found, now: review.writtenAt })] : []),
    ...revealing(world.db, { contract: id, worker, event: world.newId('evt'), now: review.writtenAt }),
  ]
  const [, written] = (await world.db.batch(statements)) as [unknown, { id: string }[], ...unknown[]]
  return written[0]?.id
}

/**
 * One side reviews the other: once, for good. Nobody but the two of the contract learns whether there is such a
 * contract. A repeated request, told by its key, finds the review that it wrote.
 */
export async function writeReview(
  world: SandboxWorld,
  of: {
    readonly contract: string
    readonly person: Person
    readonly draft: ReviewDraft
    readonly requestKey: string | null
  },
): Promise<Outcome<ReviewEntry>> {
  const contract = await findContract(world.db, of.contract)
  const side = contract && sideOf(contract, of.person)
  if (!contract || !side) return fail({ code: 'not-found' })
  const before = await reviewBy(world.db, contract.id, side)
  if (before) return alreadyWritten(before, of.requestKey)
  const window = reviewWindow(contract)
  if (!window)
    return fail({
      code: 'wrong-state',
      state: contract.status,
      detail: 'Both sides review each other once the work is paid or decided and nothing is held any more',
    })
  if (world.now() >= window.closesAt) return tooLate(window.closesAt)
  const written = await write(world, {
    contract,
    side,
    closesAt: window.closesAt,
    draft: of.draft,
    requestKey: of.requestKey,
  })
  const entry = await reviewBy(world.db, contract.id, side)
  // the window ended between the question and the writing
  if (!entry) return tooLate(window.closesAt)
  return entry.review.id === written ? ok(entry) : alreadyWritten(entry, of.requestKey)
}

function alreadyWritten(entry: ReviewEntry, requestKey: string | null): Outcome<ReviewEntry> {
  if (requestKey !== null && entry.review.requestKey === requestKey) return ok(entry)
  return fail({ code: 'already-done', detail: 'You have reviewed this contract; a review is not changed any more' })
}

/** The reviewed person answers a revealed review: once, in public, within 30 days of its revealing. */
export async function replyToReview(
  world: SandboxWorld,
  of: { readonly review: string; readonly person: Person; readonly text: string; readonly requestKey: string | null },
): Promise<Outcome<ReviewEntry>> {
  const found = await findReview(world.db, of.review)
  if (!found || found.revealedAt === null) return fail({ code: 'not-found' })
  if (found.review.subject !== of.person.id) return fail({ code: 'forbidden' })
  if (found.reply) return alreadySaid(found, of.requestKey)
  const closesAt = replyClosesAt(found.revealedAt)
  if (world.now() >= closesAt)
    return fail({
      code: 'window-closed',
      detail: 'A review can be answered for 30 days',
      closedAt: toRfc3339(closesAt),
    })
  const { review, text, requestKey } = of
  const written = await insertReply(world.db, { review, text, requestKey, at: world.now() })
  const entry = (await findReview(world.db, review)) ?? found
  return written ? ok(entry) : alreadySaid(entry, requestKey)
}

function alreadySaid(entry: ReviewEntry, requestKey: string | null): Outcome<ReviewEntry> {
  if (requestKey !== null && entry.reply?.requestKey === requestKey) return ok(entry)
  return fail({ code: 'already-done', detail: 'You have answered this review' })
}
