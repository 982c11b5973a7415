import { isOverdue } from '../attempt/attempt.ts'
import { seenKeysUntil, writeSeenKeys } from '../attempt/seen-keys/store.ts'
import { findOpenAttempt } from '../attempt/store.ts'
import type { Bank } from '../item/bank.ts'
import { latestBank } from '../item/store.ts'
import { days, minus, plusPeriod } from '../kernel/instant.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { World } from '../world/world.ts'

/** How long one look stands for those that follow it. */
const A_LOOK = days(1)

/**
 * Writes down that a person sees the keys of these banks; only then may they be shown. What was seen counts from the last
 * look, which costs a write for each version and day. Who is sitting the exam sees no keys of it until the attempt is over: closing it would let a click throw a paper
 * away, and marking it would let its sitter read on.
 */
export async function showKeys(world: World, worker: string, banks: readonly Bank[]): Promise<Result<undefined>> {
  const now = world.now()
  for (const { exam, hash } of banks) {
    const seen = { worker, exam: exam.id, bankHash: hash }
    const until = await seenKeysUntil(world.db, seen)
    const isFresh = until !== undefined && until > now && until >= plusPeriod(minus(now, A_LOOK), exam.validFor)
    const isKept = isFresh || (await writeSeenKeys(world.db, { ...seen, until: plusPeriod(now, exam.validFor), now }))
    const open = await findOpenAttempt(world.db, worker, exam.id)
    if (open && !isOverdue(open, now)) return fail({ code: 'attempt-open', deadline: open.deadline })
    if (!isKept) return fail({ code: 'conflict', detail: 'an attempt ended while its keys were asked for' })
  }
  return ok(undefined)
}

/** The live version of an exam, keys included, for a person of staff. */
export async function openLiveBank(world: World, worker: string, exam: string): Promise<Result<Bank>> {
  const bank = await latestBank(world.db, exam)
  if (!bank) return fail({ code: 'not-found' })
  const shown = await showKeys(world, worker, [bank])
  return shown.ok ? ok(bank) : shown
}
