import { answerFromBank, answerTask } from './cli/answer-paper.ts'
import { expireCredentials } from './flows/change-credential-status.ts'
import { closeOverdueAttempts } from './flows/close-overdue-attempts.ts'
import { drainOutbox } from './flows/drain-outbox.ts'
import { drawnTasks } from './flows/read-sat-tasks.ts'
import { reconcile } from './flows/reconcile.ts'
import { remindHolders } from './flows/remind-holders.ts'
import type { PresentedItem, PresentedResponse } from './form/form.ts'
import type { Bank } from './item/bank.ts'
import type { AppOptions } from './open-doors.ts'
import { drainSandbox } from './sandbox/flows/drain-sandbox.ts'
import type { JoinedPair, Pair, PairPlace, PaperItem } from './sandbox/pair.ts'
import type { SandboxWorld } from './sandbox/sandbox-world.ts'
import type { World } from './world/world.ts'

/** Where the plugin takes events. */
const EVENTS = '/webhooks/marketplace'
/** Rounds of messages after which something must be wrong. */
const MOST_ROUNDS = 2_000

type App = { request(url: string, init: RequestInit): Response | Promise<Response> }

/** How the two services answer: with all their doors, or with those that somebody knocks at. */
export interface PairDoors {
  readonly plugin: (of: AppOptions) => App
  readonly market: (openMarket: () => SandboxWorld) => App
}

/** What two joined services are. */
interface Joined {
  readonly market: SandboxWorld
  readonly world: World
  readonly banks: readonly Bank[]
  readonly doors: PairDoors
}

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

/** What is due in the plugin by itself. */
async function sweepPlugin(world: World): Promise<void> {
  await closeOverdueAttempts(world)
  await expireCredentials(world)
  await remindHolders(world)
}

/** Lets both tell each other what they have to, until there is nothing more. */
async function exchangeMessages(market: Pair['market'], world: World): Promise<void> {
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const sent = (await drainSandbox(market)).delivered + (await drainOutbox(world)).delivered
    if (sent === 0) return
  }
  throw new Error('the messages between the two do not come to an end')
}

/** Puts both services on the wire between them, and gives the means to act in them. */
export function joinServices(wire: Wire, { market, world, banks, doors }: Joined): JoinedPair {
  const failures: string[] = []
  const plugin = doors.plugin({ openWorld: () => world, logFailure: (line) => failures.push(JSON.stringify(line)) })
  const sandbox = doors.market(() => market)
  wire.apps.set(wire.plugin, plugin).set(wire.market, sandbox)
  let last: { attempt: string; tasks: Awaited<ReturnType<typeof drawnTasks>> } = { attempt: '', tasks: new Map() }
  const bankOf = new Map(banks.map((bank) => [bank.exam.id, bank]))
  const deliver = async () => {
    await exchangeMessages(market, world)
    if (failures.length > 0) throw new Error(failures[0])
  }
  const tend = async () => {
    await sweepPlugin(world)
    await deliver()
  }
  return {
    market,
    callMarket: async (path, init) => sandbox.request(`${wire.market}${path}`, init),
    callPlugin: async (path, init) => plugin.request(`${wire.plugin}${path}`, init),
    deliver,
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
