import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { createApp } from './app.ts'
import { publishExam } from './flows/publish-exam.ts'
import { reconcile } from './flows/reconcile.ts'
import type { Bank } from './item/bank.ts'
import { joinedFetch, joinServices, openWire, type PairDoors } from './join-pair.ts'
import { parseRfc3339 } from './kernel/instant.ts'
import { compileExams } from './node/compile-exams.ts'
import { openPlugin } from './node/open-plugin.ts'
import { createSandbox } from './sandbox/app.ts'
import { openSandboxWorld } from './sandbox/open-sandbox.ts'
import type { Pair, PairPlace } from './sandbox/pair.ts'
import { operatorIds } from './sandbox/people/staff.data.ts'
import { ownWebhookKey } from './sandbox/trust/plugin-trust.ts'
import type { World } from './world/world.ts'

const PLUGIN = 'https://kentei.example'
const MARKET = 'https://market.example'

/** Both services whole. */
const doors: PairDoors = { plugin: createApp, market: createSandbox }

/** Opens both worlds over databases below a folder. The plugin goes by the marketplace's clock. */
async function openWorlds({ directory, root, startsAt, detect, nextSeed }: PairPlace, fetch: World['fetch']) {
  const start = parseRfc3339(startsAt)
  if (start === undefined) throw new Error(`${startsAt} is no time`)
  const folders = { plugin: join(directory, 'plugin'), market: join(directory, 'market') }
  for (const folder of Object.values(folders)) await mkdir(folder, { recursive: true })
  const origins = { origin: MARKET, pluginOrigin: PLUGIN, pluginSharesClock: true, waitsIn: 'process' as const }
  const market = await openSandboxWorld({
    directory: folders.market,
    ...origins,
    migrations: join(root, 'migrations/sandbox'),
    now: () => start,
    fetch,
    detect,
  })
  const { world, close } = await openPlugin({
    dataFolder: folders.plugin,
    migrationsFolder: join(root, 'migrations'),
    buildFolder: join(root, 'dist'),
    origin: PLUGIN,
    marketplaceOrigin: MARKET,
    webhookKeys: [ownWebhookKey(market.settings.keys.webhook)],
    operators: operatorIds,
    demoBank: 'allowed',
    subscriberUrl: `${MARKET}/webhooks/kentei`,
    now: market.now,
    waitsIn: 'process',
  })
  const pluginFiles = ['kentei.db', 'kentei.db-wal'].map((name) => join(folders.plugin, name))
  const closeBoth = async () => {
    await Promise.all([close(), market.close()])
  }
  return {
    market,
    world: { ...world, fetch, fetchStranger: fetch, newSeed: () => nextSeed() } satisfies World,
    pluginFiles,
    close: closeBoth,
  }
}

const compiledIn = async (folder: string): Promise<readonly Bank[]> =>
  (await compileExams(folder)).map(({ bank }) => bank)

/**
 * Opens a marketplace without people and a plugin with the exams of `root`, in this process and on one clock.
 * @param banksIn the banks of a folder of exams, compiled unless told otherwise
 */
export async function openPair(place: PairPlace, banksIn = compiledIn): Promise<Pair> {
  const wire = openWire(PLUGIN, MARKET)
  const { market, world, pluginFiles, close } = await openWorlds(place, joinedFetch(wire, place))
  const banks = await banksIn(join(place.root, 'exams'))
  for (const bank of banks) await publishExam(world, bank)
  // from here on a night's round is due a day after the one before
  await reconcile(world)
  return { ...joinServices(wire, { market, world, banks, doors }), pluginFiles, close }
}
