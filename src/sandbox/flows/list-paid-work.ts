import { ok } from '../../kernel/result.ts'
import type { Contract } from '../escrow/contract.ts'
import { writeCursor } from '../escrow/paid-work.ts'
import type { SkillContext } from '../escrow/skill-context.ts'
import { paidWorkOf } from '../escrow/store.ts'
import type { Outcome } from '../problem.ts'
import { reviewedAmong } from '../review/store.ts'
import type { SandboxWorld } from '../sandbox-world.ts'
import { requireWorker } from './change-standing.ts'
import { nameToPlugin } from './commit-contract.ts'
import { fireContractTimers } from './fire-contract-timers.ts'
import { cursorOf } from './read-contracts.ts'

export interface PaidWork {
  readonly contract: Contract
  /** The client's pairwise name. */
  readonly client: string
  readonly context: SkillContext | null
  /** Whether a review of the worker by the client has been revealed. */
  readonly reviewed: boolean
}

/** Work of a worker that was paid, in the order in which it settled, one page. */
export async function listPaidWork(
  world: SandboxWorld,
  query: { readonly worker: string; readonly after?: string | undefined; readonly limit: number },
): Promise<Outcome<{ readonly work: readonly PaidWork[]; readonly next: string | null }>> {
  const after = cursorOf(query.after)
  if (!after.ok) return after
  const worker = await requireWorker(world, query.worker)
  if (!worker.ok) return worker
  // what is due settles at its own time, which would come before a place that was given out
  await fireContractTimers(world)
  const found = await paidWorkOf(world.db, { worker: query.worker, after: after.value, limit: query.limit + 1 })
  const page = found.slice(0, query.limit)
  const last = found.length > query.limit ? page.at(-1)?.contract : undefined
  const reviewed = await reviewedAmong(
    world.db,
    page.map(({ contract }) => contract.id),
  )
  const work = await Promise.all(
    page.map(async ({ contract, context }) => ({
      contract,
      context,
      reviewed: reviewed.has(contract.id),
      client: await nameToPlugin(world, contract.client),
    })),
  )
  return ok({ work, next: last?.settledAt ? writeCursor({ at: last.settledAt, id: last.id }) : null })
}
