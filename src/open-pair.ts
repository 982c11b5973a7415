import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { createApp } from './app.ts'
import { answerFromBank, answerTask } from './cli/answer-paper.ts'
import { expireCredentials } from './flows/change-credential-status.ts'
import { closeOverdueAttempts } from './flows/close-overdue-attempts.ts'
import { drainOutbox } from './flows/drain-outbox.ts'
import { publishExam } from './flows/publish-exam.ts'
import { drawnTasks } from './flows/read-sat-tasks.ts'
import { reconcile } from './flows/reconcile.ts'
import { remindHolders } from './flows/remind-holders.ts'
import type { PresentedItem, PresentedResponse } from './form/form.ts'
import type { Bank } from './item/bank.ts'
import { parseRfc3339 } from './kernel/instant.ts'
import { compileExams } from './node/compile-exams.ts'
import { openPlugin } from './node/open-plugin.ts'
import { createSandbox } from './sandbox/app.tsx'
import { drainSandbox } from './sandbox/flows/drain-sandbox.ts'
import { openSandboxWorld } from './sandbox/open-sandbox.ts'
import type { JoinedPair, Pair, PairPlace, PaperItem } from './sandbox/pair.ts'
import { operatorIds } from './sandbox/people/staff.data.ts'
import type { SandboxWorld } from './sandbox/sandbox-world.ts'
import { ownWebhookKey } from './sandbox/trust/plugin-trust.ts'
import type { World } from './world/world.ts'

const PLUGIN = 'https://kentei.example'
const MARKET = 'https://market.example'
/** Where the plugin takes events. */
const EVENTS = '/webhooks/marketplace'
/** Rounds of messages after which something must be wrong. */
const MOST_ROUNDS = 2_000

type App = { request(url: string, init: RequestInit): Response | Promise<Response> }

/** The two services as they find each other in this process: by their origins. */
interface Wire {
  readonly plugin: string
  readonly market: string
  readonly apps: Map<string, App>
}

export const openWire = (plugin: string, market: string): Wire => ({ plugin, market, apps: new Map() })

/** A fetch that finds both services in this process, and shows every call. */
export function joinedFetch(
  { plugin, apps }: Wire,
  { watch, losesEvent }: Partial<Pick<PairPlace, 'watch' | 'losesEvent'>> = {},
) {
  return async (url: string, init: RequestInit): Promise<Response> => {
    const { origin, pathname, search } = new URL(url)
    const app = apps.get(origin)
    if (!app) throw new Error(`nobody is at ${origin}`)
    const { signal: _signal, ...rest } = init
    if (pathname === EVENTS && losesEvent?.()) return Response.json({})
    const response = await app.request(url, rest)
    if (!watch) return response
    const received = await response.clone().text()
    watch({
      to: origin === plugin ? 'plugin' : 'marketplace',
      method: init.method ?? 'GET',
      path: pathname + search,
      sent: String(init.body ?? ''),
      status: response.status,
      received,
    })
    return response
  }
}

/** A response that earns nothing: another choice where there is one, else none. */
function spoil(item: PresentedItem, right: PresentedResponse): PresentedResponse {
  if (right === null || !('choice' in right)) return null
  const other = item.options?.find(({ ref }) => ref !== right.choice)
  return other ? { choice: other.ref } : null
}

async function tendPlugin(world: World): Promise<number> {
  await closeOverdueAttempts(world)
  await expireCredentials(world)
  await remindHolders(world)
  const { delivered } = await drainOutbox(world)
  return delivered
}

/** Lets both tell each other what they have to, until there is nothing more. */
async function exchangeMessages(market: Pair['market'], world: World): Promise<void> {
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const sent = (await drainSandbox(market)).delivered + (await tendPlugin(world))
    if (sent === 0) return
  }
  throw new Error('the messages between the two do not come to an end')
}

/** Puts both services on the wire between them, and gives the means to act in them. */
export function joinServices(
  wire: Wire,
  { market, world, banks }: { readonly market: SandboxWorld; readonly world: World; readonly banks: readonly Bank[] },
): JoinedPair {
  const failures: string[] = []
  const plugin = createApp({ openWorld: () => world, logFailure: (line) => failures.push(JSON.stringify(line)) })
  const sandbox = createSandbox(() => market)
  wire.apps.set(wire.plugin, plugin).set(wire.market, sandbox)
  let last: { attempt: string; tasks: Awaited<ReturnType<typeof drawnTasks>> } = { attempt: '', tasks: new Map() }
  const bankOf = new Map(banks.map((bank) => [bank.exam.id, bank]))
  const tend = async () => {
    await exchangeMessages(market, world)
    if (failures.length > 0) throw new Error(failures[0])
  }
  return {
    market,
    callMarket: async (path, init) => sandbox.request(`${wire.market}${path}`, init),
    callPlugin: async (path, init) => plugin.request(`${wire.plugin}${path}`, init),
    tend,
    reconcile: async () => {
      for (let round = await reconcile(world); round.workers > 0; round = await reconcile(world)) await tend()
    },
    answer: (exam, item: PaperItem, right) => {
      const bank = bankOf.get(exam)
      const known = bank ? answerFromBank(item as PresentedItem, bank) : null
      return right ? known : spoil(item as PresentedItem, known)
    },
    work: async (attempt, ref, right) => {
      if (attempt !== last.attempt) last = { attempt, tasks: await drawnTasks(world.db, attempt) }
      const task = last.tasks.get(ref)
      if (!task) throw new Error(`${attempt} has no task ${ref}`)
      return { entries: answerTask(task, right) }
    },
  }
}

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
  return { ...joinServices(wire, { market, world, banks }), pluginFiles, close }
}
