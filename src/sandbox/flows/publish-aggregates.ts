import { toRfc3339 } from '../../kernel/instant.ts'
import { batchesOf, clearDue, dueWorkers, insertBatch, pooledAnswers } from '../review/hidden/store.ts'
import { blur, nextBatch } from '../review/hidden-batch.ts'
import type { SandboxWorld } from '../sandbox-world.ts'

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
