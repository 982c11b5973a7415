import type { Instant } from '../../kernel/instant.ts'
import { fail, ok } from '../../kernel/result.ts'
import { readHistories } from '../job/client-history/store.ts'
import { findGatheringCase } from '../moderation/store.ts'
import { type Allowance, allowances, footingOf, type LimitedAct, secondsUntilAllowed } from '../people/allowance.ts'
import type { Client } from '../people/person.ts'
import type { Outcome } from '../problem.ts'
import type { SandboxWorld } from '../sandbox-world.ts'

/** Whether what somebody sent after a warning waits for an operator. */
export const isInDoubt = async ({ db }: SandboxWorld, kind: 'client' | 'worker', person: string): Promise<boolean> =>
  (await findGatheringCase(db, kind, person))?.automated === true

/** What a client may do by now, by how long they are here and what became of their contracts. */
export async function allowanceOf(
  world: SandboxWorld,
  { id, joinedAt, standing }: Client,
  act: Exclude<LimitedAct, 'apply'>,
): Promise<Allowance> {
  const [histories, inDoubt] = await Promise.all([readHistories(world.db, [id]), isInDoubt(world, 'client', id)])
  const paid = histories.get(id)?.paid ?? 0
  return allowances[act][footingOf({ joinedAt, standing, paid, inDoubt }, world.now())]
}

/** Refuses an act of which there were as many as an account may do, with when to try again. */
export function refuseBeyond(acts: readonly Instant[], allowance: Allowance, now: Instant): Outcome<undefined> {
  const retryAfterSeconds = secondsUntilAllowed(acts, allowance, now)
  return retryAfterSeconds === undefined ? ok(undefined) : fail({ code: 'rate-limited', retryAfterSeconds })
}
