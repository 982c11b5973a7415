import type { ReviewAggregates } from '../../contract/marketplace.ts'
import { ok } from '../../kernel/result.ts'
import type { Outcome } from '../problem.ts'
import { batchesOf } from '../review/hidden/store.ts'
import { combine } from '../review/hidden-batch.ts'
import { reviewVersionsOf, totalsPage } from '../review/store.ts'
import { type Axis, axes, type ReviewTotals } from '../review/totals.ts'
import type { SandboxWorld } from '../sandbox-world.ts'
import { requireWorker } from './change-standing.ts'

function revealedOf(totals: ReviewTotals | undefined): ReviewAggregates['revealed'] {
  if (!totals || totals.count === 0) return { count: 0, clients: 0, axes: null }
  const means = Object.fromEntries(axes.map((axis) => [axis, totals[axis] / totals.count])) as Record<Axis, number>
  return { count: totals.count, clients: totals.clients, axes: means }
}

function hiddenOf(batches: Awaited<ReturnType<typeof batchesOf>>): ReviewAggregates['hidden'] {
  const all = combine(batches)
  const last = batches.at(-1)
  return all && last ? { ...all, batches: batches.length, asOf: last.month } : null
}

async function describe(
  world: SandboxWorld,
  workers: readonly string[],
  totals: readonly ReviewTotals[],
): Promise<ReviewAggregates[]> {
  const [batches, versions] = await Promise.all([batchesOf(world.db, workers), reviewVersionsOf(world.db, workers)])
  return workers.map((worker) => ({
    worker,
    revealed: revealedOf(totals.find((row) => row.worker === worker)),
    hidden: hiddenOf(batches.filter((batch) => batch.worker === worker)),
    version: versions.get(worker) ?? 0,
  }))
}

/** The aggregates of one worker. */
export async function showAggregates(world: SandboxWorld, worker: string): Promise<Outcome<ReviewAggregates>> {
  const known = await requireWorker(world, worker)
  if (!known.ok) return known
  const [found] = await describe(world, [worker], await totalsPage(world.db, { worker, limit: 1 }))
  return ok(found as ReviewAggregates)
}

/** A page of the workers who have aggregates, by id. */
export async function listAggregates(
  world: SandboxWorld,
  page: { readonly after?: string | undefined; readonly limit: number },
): Promise<ReviewAggregates[]> {
  const totals = await totalsPage(world.db, page)
  return describe(
    world,
    totals.map(({ worker }) => worker),
    totals,
  )
}
