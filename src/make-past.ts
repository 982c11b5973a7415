import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { bankHash } from './authoring/content-hash.ts'
import { proposeExam } from './flows/propose-exam.ts'
import { publishIfNew } from './flows/publish-exam.ts'
import { reconcile } from './flows/reconcile.ts'
import { sweepAtOnce } from './flows/sweep.ts'
import type { Bank } from './item/bank.ts'
import { days, type Instant, minus } from './kernel/instant.ts'
import type { MarketPlace } from './node/open-market.ts'
import { openPlugin, type PluginPlace } from './node/open-plugin.ts'
import { joinedFetch, joinServices, openWire } from './open-pair.ts'
import { openSandboxWorld } from './sandbox/open-sandbox.ts'
import { handInNote } from './sandbox/past/past.data.ts'
import { PAST_DAYS, playPast } from './sandbox/past/play-past.ts'
import { hexSeed, streamOf } from './sandbox/simulation/draw.ts'
import { ownWebhookKey } from './sandbox/trust/plugin-trust.ts'

const SEED = 20_261_128
const AUTHOR = 'aut_demo'

/** Where a demonstration will be, and what it is made of. */
export interface Demonstration {
  readonly market: MarketPlace
  readonly plugin: Omit<PluginPlace, 'now' | 'report' | 'waitsIn'>
  readonly banks: readonly Bank[]
  /** When it opens. */
  readonly opens: Instant
}

/** The next version of an exam, in which its first live item rests. */
function withItemAtRest(bank: Bank): Bank {
  const first = bank.items.findIndex(({ status }) => status === 'live')
  const items = bank.items.map((item, nth) => (nth === first ? { ...item, status: 'dormant' as const } : item))
  const content = { ...bank, exam: { ...bank.exam, version: bank.exam.version + 1 }, items }
  return { ...content, hash: bankHash(content) }
}

/**
 * Makes the data of both services in their folders, with the keys that they will have, by living through a past: people sit
 * exams, trade and are judged by what the services let them do, on a clock that runs up to the opening.
 */
export async function makePast({ market: place, plugin, banks, opens }: Demonstration): Promise<void> {
  const clock = { now: minus(opens, days(PAST_DAYS)) }
  const wire = openWire(plugin.origin, place.origin)
  const joined = joinedFetch(wire)
  let isAway = false
  const fetch: typeof joined = async (url, init) =>
    isAway && new URL(url).origin === plugin.origin ? new Response(null, { status: 503 }) : joined(url, init)
  const { root, ...rest } = place
  await mkdir(place.directory, { recursive: true, mode: 0o700 })
  const waitsIn = 'at-the-end' as const
  const migrations = join(root, 'migrations/sandbox')
  const market = await openSandboxWorld({ ...rest, migrations, now: () => clock.now, fetch, waitsIn })
  const webhookKeys = [ownWebhookKey(market.settings.keys.webhook), ...plugin.webhookKeys]
  const opened = await openPlugin({ ...plugin, webhookKeys, now: market.now, waitsIn })
  const papers = streamOf(SEED, 'papers')
  const world = { ...opened.world, fetch, fetchStranger: fetch, newSeed: () => hexSeed(papers) }
  for (const bank of banks) await publishIfNew(world, bank)
  await reconcile(world)
  const pair = joinServices(wire, { market, world, banks })
  const moveTo = (at: Instant) => {
    clock.now = at
  }
  const setAway = (is: boolean) => {
    isAway = is
  }
  await playPast({ ...pair, moveTo, setAway }, opens)
  const [bank] = banks
  // an author's hand-in waits for somebody's approval
  if (bank) await proposeExam(world, { by: AUTHOR, bank: withItemAtRest(bank), note: handInNote })
  await sweepAtOnce(world, (event, about, error) => {
    throw new Error(`${event} ${about}`, { cause: error })
  })
  await pair.tend()
  await Promise.all([opened.close(), market.close()])
}
