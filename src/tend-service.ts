import { openLanes } from './flows/drain-outbox.ts'
import { reconcile } from './flows/reconcile.ts'
import { sweepAtOnce } from './flows/sweep.ts'
import { type Repetition, repeat, report, reportAbout } from './node/run-until-stopped.ts'
import type { World } from './world/world.ts'

const SWEPT_EVERY_MS = 1_000
const DELIVERED_EVERY_MS = 500
const RECONCILED_EVERY_MS = 5_000
/** How long deleted data may still lie in the log beside the database. */
const FORGET_EVERY_MS = 60_000

/** Does what Kentei does by itself: closes what ran out, sends what waits, asks what was missed, forgets what was deleted. */
export function tendService(world: World, forgetDeleted: () => Promise<unknown>): Repetition {
  const refused = new Set<string>()
  const sweep = () =>
    sweepAtOnce(world, (event, about, error) => {
      // such a token stays as it is, and is tried again every second
      if (event === 'token-not-signed-anew' && refused.has(about)) return
      if (event === 'token-not-signed-anew') refused.add(about)
      reportAbout(event, about, error)
    })
  const stopping = new AbortController()
  const underWay = new Set<Promise<unknown>>()
  // whoever waits for a slow destination's answers must not keep the others' messages waiting
  const deliver = async () => {
    for (const lane of await openLanes(world, { signal: stopping.signal })) {
      const ended = lane.ended.catch(report).finally(() => underWay.delete(ended))
      underWay.add(ended)
    }
  }
  const repetitions = [
    repeat(SWEPT_EVERY_MS, sweep, report),
    repeat(DELIVERED_EVERY_MS, deliver, report),
    repeat(RECONCILED_EVERY_MS, () => reconcile(world), report),
    repeat(FORGET_EVERY_MS, forgetDeleted, report),
  ]
  return {
    stop: async () => {
      stopping.abort()
      await Promise.all(repetitions.map((repetition) => repetition.stop()))
      await Promise.all(underWay)
    },
  }
}
