import { requestOf } from '../contract/call.ts'
import { readWorkerNoticed, type WorkerNoticed, workerNoticed } from '../contract/marketplace.ts'
import { signingKey } from '../credential/keys.ts'
import { days, type Instant, milliseconds, minutes, plus } from '../kernel/instant.ts'
import { callMarketplace } from '../marketplace/call-marketplace.ts'
import type { World } from '../world/world.ts'
import { keyRingOf } from './key-ring.ts'

/** The candidate's page waits for it, and is whole without it. */
const WITHIN = milliseconds(700)
/** A marketplace that did not answer is not asked again for so long, whoever reads. */
const QUIET_FOR = minutes(1)
/** Priority is for the first days after a pass: nothing is asked about older ones. */
const ASKED_FOR = days(8)

// by the settings of a service, as long as they live
const quietUntil = new WeakMap<object, Instant>()

/** How the marketplace shows somebody on first pages in the days after a pass. */
export type Priority = Extract<WorkerNoticed, { readonly state: 'priority' }>

/** Whether somebody who passed is shown on first pages with priority now; undefined also where the marketplace does not say, or not at once. */
export async function readPriority(
  world: World,
  of: { readonly worker: string; readonly exam: string; readonly passedAt: Instant },
): Promise<Priority | undefined> {
  const { worker, exam, passedAt } = of
  const now = world.now()
  if (now >= plus(passedAt, ASKED_FOR)) return undefined
  const quiet = quietUntil.get(world.settings)
  // a clock that was set back makes nothing last longer
  if (quiet && quiet > now && quiet <= plus(now, QUIET_FOR)) return undefined
  const key = signingKey(await keyRingOf(world), 'service')
  if (!key) return undefined
  const request = requestOf(readWorkerNoticed, { path: { worker }, query: { exam } })
  const reply = await callMarketplace(
    world,
    key,
    { ...request, idempotencyKey: world.newUuid(), within: WITHIN },
    now,
  ).catch(() => undefined)
  const told = reply?.status === 200 ? workerNoticed.safeParse(reply.body) : undefined
  if (!told?.success) quietUntil.set(world.settings, plus(now, QUIET_FOR))
  return told?.success && told.data.state === 'priority' ? told.data : undefined
}
