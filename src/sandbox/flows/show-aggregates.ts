import { ok } from '../../kernel/result.ts'
import type { Outcome } from '../problem.ts'
import { batchesOf } from '../review/hidden/store.ts'
import { combine } from '../review/hidden-batch.ts'
import { reviewVersionsOf, totalsPage } from '../review/store.ts'
import { axes, type ReviewTotals } from '../review/totals.ts'
import type { SandboxWorld } from '../sandbox-world.ts'
import { requireWorker } from './change-standing.ts'

/** What may be known of a worker's reviews in numbers. */
export interface Aggregates {
  readonly worker: string
  readonly revealed: {
    readonly count: number
    readonly clients: number
    /** Means, 1..5; null without reviews. */
    readonly axes: Readonly<Record<string, number>> | null
  }
  /** Null until the answers of five clients have left together. */
  readonly hidden: { readonly n: number; readonly againMean: number; readonly safeShare: number; readonly batches: number; readonly asOf: string } | null
  /** Grows with every change; 0 when nothing has been revealed yet. */
  readonly version: number
}

function revealedOf(totals: ReviewTotals | undefined): Aggregates['revealed'] {
  if (!totals || totals.count === 0) return { count: 0, clients: 0, axes: null }
  return { count: totals.count, clients: totals.clients, axes: Object.fromEntries(axes.map((axis) => [axis, totals[axis] / totals.count])) }
}

function hiddenOf(batches: Awaited<ReturnType<typeof batchesOf>>): Aggregates['hidden'] {
  const all = combine(batches)
  const last = batches.at(-1)
  return all && last ? { ...all, batches: batches.length, asOf: last.month } : null
}

async function describe(world: SandboxWorld, workers: readonly string[], totals: readonly ReviewTotals[]): Promise<Aggregates[]> {
  const [batches, versions] = await Promise.all([batchesOf(world.db, workers), reviewVersionsOf(world.db, workers)])
  return workers.map((worker) => ({
    worker,
    revealed: revealedOf(totals.find((row) => row.worker === worker)),
    hidden: hiddenOf(batches.filter((batch) => batch.worker === worker)),
    version: versions.get(worker) ?? 0,
  }))
}

/** The aggregates of one worker. */
export async function showAggregates(world: SandboxWorld, worker: string): Promise<Outcome<Aggregates>> {
  const known = await requireWorker(world, worker)
  if (!known.ok) return known
  const [found] = await describe(world, [worker], await totalsPage(world.db, { worker, limit: 1 }))
  return ok(found as Aggregates)
}

/** A page of the workers who have aggregates, by id. */
export async function listAggregates(world: SandboxWorld, page: { readonly after?: string | undefined; readonly limit: number }): Promise<Aggregates[]> {
  const totals = await totalsPage(world.db, page)
  return describe(
    world,
    totals.map(({ worker }) => worker),
    totals,
  )
}
