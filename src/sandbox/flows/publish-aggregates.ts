import type { ReviewAggregates } from '../../contract/marketplace.ts'
import { toRfc3339 } from '../../kernel/instant.ts'
import { ok } from '../../kernel/result.ts'
import type { Outcome } from '../problem.ts'
import { batchesOf, clearDue, dueWorkers, insertBatch, pooledAnswers } from '../review/hidden/store.ts'
import { blur, combine, nextBatch } from '../review/hidden-batch.ts'
import { reviewVersionsOf, totalsPage } from '../review/store.ts'
import { type Axis, axes, type ReviewTotals } from '../review/totals.ts'
import type { SandboxWorld } from '../sandbox-world.ts'
import { requireWorker } from './change-standing.ts'

const AT_ONCE = 100

/**
 * Publishes every full batch of hidden answers about a worker. Numbers are read before the pool: whoever publishes in
 * between takes the number, and this act then changes nothing.
 */
async function publishFor(world: SandboxWorld, worker: string): Promise<number> {
  for (let published = 0; ; published += 1) {
    const seq = (await batchesOf(world.db, [worker])).length + 1
    const members = nextBatch(await pooledAnswers(world.db, worker))
    if (!members) return published
    const batch = {
      ...blur(members),
      id: world.newId('agg'),
      worker,
      seq,
      month: toRfc3339(world.now()).slice(0, 7),
      members: members.map(({ review }) => review),
    }
    if (!(await insertBatch(world.db, batch))) return published
  }
}

/**
 * Looks at every worker whose reviews have changed. A refund keeps an answer out as long as it is in no batch. A
 * published batch is never changed or taken back: the difference between two publications would be that one answer.
 * With a worker who is erased all of their batches go, and nothing is published to compare them with.
 */
export async function publishTimers(world: SandboxWorld): Promise<number> {
  let published = 0
  const seen = new Set<string>()
  for (
    let due = await dueWorkers(world.db, AT_ONCE);
    due.some(({ worker }) => !seen.has(worker));
    due = await dueWorkers(world.db, AT_ONCE)
  ) {
    for (const mark of due) {
      seen.add(mark.worker)
      published += await publishFor(world, mark.worker)
      await clearDue(world.db, mark)
    }
  }
  return published
}

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
