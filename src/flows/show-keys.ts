import { hasSeenKeys, insertSeenKeys } from '../attempt/seen-keys/store.ts'
import { findOpenAttempt } from '../attempt/store.ts'
import type { Bank } from '../item/bank.ts'
import { latestBank } from '../item/store.ts'
import { plusPeriod } from '../kernel/instant.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { World } from '../world/world.ts'

/**
 * Writes down that a person sees the keys of these banks; only then may they be shown. It costs a write once for each
 * version. Who is sitting the exam sees no keys of it until the attempt is over: closing it would let a click throw a paper
 * away, and marking it would let its sitter read on.
 */
export async function showKeys(world: World, worker: string, banks: readonly Bank[]): Promise<Result<undefined>> {
  const now = world.now()
  for (const { exam, hash } of banks) {
    const seen = { worker, exam: exam.id, bankHash: hash }
    if (await hasSeenKeys(world.db, seen)) continue
    if (await insertSeenKeys(world.db, { ...seen, until: plusPeriod(now, exam.validFor), now })) continue
    const sitting = await findOpenAttempt(world.db, worker, exam.id)
    // without one, the same was written down by another request
    if (sitting) return fail({ code: 'attempt-open', deadline: sitting.deadline })
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
