import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { proposeExam } from './flows/propose-exam.ts'
import { publishIfNew } from './flows/publish-exam.ts'
import { reconcile } from './flows/reconcile.ts'
import { sweepAtOnce } from './flows/sweep.ts'
import type { Bank } from './item/bank.ts'
import { lintNotes } from './item/publishing/store.ts'
import { itemsIn, withItem } from './item/source/items-in-file.ts'
import { STATUS_WORDS } from './item/source/status-words.data.ts'
import { joinedFetch, joinServices, openWire, type PairDoors } from './join-pair.ts'
import { days, type Instant, minus } from './kernel/instant.ts'
import type { MarketPlace } from './node/open-market.ts'
import { openPlugin, type PluginPlace } from './node/open-plugin.ts'
import { openDoors } from './open-doors.ts'
import { apis } from './sandbox/api/apis.ts'
import { openMarketDoors } from './sandbox/open-market-doors.ts'
import { openSandboxWorld } from './sandbox/open-sandbox.ts'
import { handInNote } from './sandbox/past/past.data.ts'
import { PAST_DAYS, playPast } from './sandbox/past/play-past.ts'
import { problemResponse } from './sandbox/problem-response.ts'
import { hexSeed, streamOf } from './sandbox/simulation/draw.ts'
import { ownWebhookKey } from './sandbox/trust/plugin-trust.ts'
import { candidateApi } from './web/api/candidate-api.ts'
import { marketplaceApi } from './web/api/marketplace-api.ts'
import { sessionApi } from './web/api/session-api.ts'
import { staffApi } from './web/api/staff-api.ts'
import { issuerRoutes } from './web/public/issuer-routes.ts'
import type { BankCompiler, CompiledFiles, ExamFile, World } from './world/world.ts'

const SEED = 20_261_128
const AUTHOR = 'aut_demo'

/** The doors for programs, at which the people of the past knock as well; nobody looks at a page. */
const doors: PairDoors = {
  plugin: (of) => openDoors(of, [() => [sessionApi(), candidateApi(), marketplaceApi(), staffApi(), issuerRoutes()]]),
  market: (openMarket) =>
    openMarketDoors(openMarket, { routes: apis, refusePeople: (_, problem) => problemResponse(problem) }),
}

/** Where a demonstration will be, and what it is made of. */
export interface Demonstration {
  readonly market: MarketPlace
  readonly plugin: Omit<PluginPlace, 'now' | 'report' | 'waitsIn'>
  readonly banks: readonly Bank[]
  /** The files of the first of them, for the hand-in that waits. */
  readonly source: readonly ExamFile[]
  /** When it opens. */
  readonly opens: Instant
  /** Compiles the hand-in, beside everything else. */
  readonly compile: BankCompiler
}

/** The files of an exam's next version, in which its first live item rests. */
function withItemAtRest({ items }: Bank, files: readonly ExamFile[]): ExamFile[] {
  const id = items.find(({ status }) => status === 'live')?.id ?? ''
  return files.map(({ path, content }) => {
    if (typeof content !== 'string') return { path, content }
    if (path === 'exam.md')
      return { path, content: content.replace(/^version: (\d+)$/m, (_, version) => `version: ${Number(version) + 1}`) }
    const item = itemsIn(content).find((one) => one.id === id)
    const rests = STATUS_WORDS.dormant[path.endsWith('.en.md') ? 'en' : 'ja']
    return { path, content: item ? withItem(content, id, item.text.replace(/^`.*`$/m, `$& \`${rests}\``)) : content }
  })
}

/** An author's hand-in, which waits for somebody's approval. */
async function handIn(world: World, files: readonly ExamFile[], compiled: CompiledFiles): Promise<void> {
  if (!compiled.bank) throw new Error('the hand-in of the demonstration does not compile')
  const lint = lintNotes(compiled.findings)
  await proposeExam(world, { by: AUTHOR, bank: compiled.bank as Bank, note: handInNote, lint, files })
}

/**
 * Makes the data of both services in their folders, with the keys that they will have, by living through a past: people sit
 * exams, trade and are judged by what the services let them do, on a clock that runs up to the opening.
 */
export async function makePast({ market: place, plugin, banks, source, opens, compile }: Demonstration): Promise<void> {
  const [bank] = banks
  const files = bank ? withItemAtRest(bank, source) : []
  const compiled = bank && compile(files, { bank: true })
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
  const pair = joinServices(wire, { market, world, banks, doors })
  const moveTo = (at: Instant) => {
    clock.now = at
  }
  const setAway = (is: boolean) => {
    isAway = is
  }
  await playPast({ ...pair, moveTo, setAway }, opens)
  if (compiled) await handIn(world, files, await compiled)
  await sweepAtOnce(world, (event, about, error) => {
    throw new Error(`${event} ${about}`, { cause: error })
  })
  await pair.tend()
  await Promise.all([opened.close(), market.close()])
}
