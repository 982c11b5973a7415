import { toRfc3339 } from '../../kernel/instant.ts'
import { fail, ok } from '../../kernel/result.ts'
import type { Person } from '../people/person.ts'
import type { Outcome } from '../problem.ts'
import { replyClosesAt } from '../review/review.ts'
import { findReview, insertReply, type ReviewEntry } from '../review/store.ts'
import type { SandboxWorld } from '../sandbox-world.ts'

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
