import { revealing } from '../review/reveal/store.ts'
import { overduePairs } from '../review/store.ts'
import type { SandboxWorld } from '../sandbox-world.ts'

const AT_ONCE = 100

/** Reveals what one side wrote when the other has let the window end. Each pair is revealed by one act alone. */
export async function revealTimers(world: SandboxWorld): Promise<number> {
  const now = world.now()
  let revealed = 0
  for (
    let due = await overduePairs(world.db, now, AT_ONCE);
    due.length > 0;
    due = await overduePairs(world.db, now, AT_ONCE)
  ) {
    for (const { contract, worker } of due) {
      const [rows] = (await world.db.batch(
        revealing(world.db, { contract, worker, event: world.newId('evt'), now }),
      )) as [unknown[], ...unknown[]]
      revealed += rows.length
    }
  }
  return revealed
}
