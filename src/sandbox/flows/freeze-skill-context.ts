import { fail, ok } from '../../kernel/result.ts'
import { type SkillContext, whyItDidNotStand } from '../escrow/skill-context.ts'
import { findContract, freezeContext } from '../escrow/store.ts'
import { findBadge } from '../evidence/store.ts'
import { malformed, type Outcome } from '../problem.ts'
import { recountFirstReviews } from '../review/first/store.ts'
import type { SandboxWorld } from '../sandbox-world.ts'

/** Freezes for good which certificate stood when a contract was formed. The first one stands; the same again changes nothing. */
export async function freezeSkillContext(
  world: SandboxWorld,
  contractId: string,
  credential: string,
): Promise<Outcome<SkillContext & { readonly applied: boolean }>> {
  const contract = await findContract(world.db, contractId)
  if (!contract) return fail({ code: 'not-found' })
  if (contract.fundedAt === null)
    return fail({ code: 'wrong-state', state: contract.status, detail: 'This contract was not formed' })
  const badge = await findBadge(world.db, contract.worker, credential)
  const why = whyItDidNotStand(badge, { category: contract.category, formedAt: contract.fundedAt })
  if (why !== undefined) return malformed([{ path: 'credential', message: why }])
  const { context, applied } = await freezeContext(world.db, {
    contract: contractId,
    credential,
    frozenAt: world.now(),
  })
  // a plugin that was away for long tells it when the work is reviewed already
  if (applied) await world.db.batch(recountFirstReviews(world.db, contract.worker))
  return context.credential === credential
    ? ok({ ...context, applied })
    : fail({ code: 'already-done', detail: 'Another certificate is frozen for this contract' })
}
