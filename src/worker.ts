import type { Hono } from 'hono'
import { getPath } from 'hono/utils/url'
import { instant, milliseconds } from './kernel/instant.ts'
import { openDoors } from './open-doors.ts'
import type { Answered } from './platform/http/observe.ts'
import { edgeRates, memoryRates, type RateStore } from './platform/http/rate-limit.ts'
import { type LogLine, logLine, requestLine, SettingsError, ToldError, workLine } from './platform/log-line.ts'
import { doorAt } from './web/doors/doors.ts'
import type { WebEnv } from './web/web-env.ts'
import { outside } from './world/outside.ts'
import type { Environment, Settings } from './world/settings.ts'
import { type Budget, countdown, type RenderingAssets, type World } from './world/world.ts'

/** Bindings of the Worker: the settings' variables and secrets, and D1 or a libSQL address. */
export interface WorkerBindings extends Environment {
  readonly DB?: D1Database
  readonly LIBSQL_URL?: string
  readonly LIBSQL_AUTH_TOKEN?: string
  /** Statements that a run of the cron trigger may ask, where a plan allows fewer than a thousand. */
  readonly SWEEP_STATEMENTS?: string
  /** `info`: a line for each request too. */
  readonly KENTEI_LOG?: string
}

// Settings are read once per isolate; nothing in them belongs to a request.
const settingsOf = new WeakMap<object, Settings>()

// modules that the build lays beside the bundle; read with the first image, as a Worker starts the faster without them
const rendering: RenderingAssets = {
  glyphs: async () => new Uint8Array((await import('./glyphs.gz')).default),
  rasteriser: async () => (await import('./resvg.wasm')).default,
}

// and so is whether its database began with our migrations
const ours = new WeakSet<object>()

async function refuseOtherMigrations(env: WorkerBindings): Promise<void> {
  if (env.LIBSQL_URL || !env.DB || ours.has(env)) return
  const { isMadeByOthers } = await import('./world/open-edge.ts')
  if (await isMadeByOthers(env.DB))
    throw new ToldError(
      'the D1 database was made by the migrations of another release: bind a new one, and apply the migrations to it',
    )
  ours.add(env)
}

/** What is wrong with a setting is said by name, and may be told. */
function readOrTell(read: () => Settings): Settings {
  try {
    return read()
  } catch (error) {
    throw new SettingsError(`${(error as Error).message} (src/docs/en/operate.md#settings)`)
  }
}

async function openWorld(
  env: WorkerBindings,
  { now, count }: { readonly now?: number; readonly count?: () => void } = {},
): Promise<World> {
  // what a file of the pages does not need is read after it
  const [{ readSettings }, { openEdgeDatabase }] = await Promise.all([
    import('./world/settings.ts'),
    import('./world/open-edge.ts'),
  ])
  await refuseOtherMigrations(env)
  const settings = settingsOf.get(env) ?? readOrTell(() => readSettings(env))
  settingsOf.set(env, settings)
  const place = env.LIBSQL_URL
    ? { url: env.LIBSQL_URL, ...(env.LIBSQL_AUTH_TOKEN ? { authToken: env.LIBSQL_AUTH_TOKEN } : {}) }
    : env.DB
      ? { d1: env.DB }
      : undefined
  if (!place) throw new SettingsError('bind a D1 database as DB, or set LIBSQL_URL')
  return {
    ...outside,
    ...(now === undefined ? {} : { now: () => instant(now) }),
    settings,
    rendering,
    db: await openEdgeDatabase(place, count),
  }
}

const logFailure = (line: LogLine) => console.error(JSON.stringify(line))

// read with the first request of an isolate, like the settings
let logsRequests = false
const watch = {
  clock: () => Date.now(),
  answered: (answered: Answered) => {
    if (logsRequests) console.log(JSON.stringify(requestLine(answered)))
  },
}
const options = {
  openWorld: (bindings: unknown) => openWorld((bindings as { env: WorkerBindings }).env),
  openRates: (bindings: unknown, here: RateStore) =>
    edgeRates((bindings as { env: Readonly<Record<string, unknown>> }).env, here),
  ratesHere: memoryRates(),
  watch,
  logFailure,
}

// an isolate has an app for each door that somebody knocked at, and one for addresses at which there is none
const apps = new Map<unknown, Hono<WebEnv>>()

async function appFor(request: Request): Promise<Hono<WebEnv>> {
  const door = doorAt(getPath(request))
  const open = door && (await door.open())
  const app = apps.get(door) ?? openDoors(options, open ? [open] : [])
  apps.set(door, app)
  return app
}

/** Statements that telling of outages asks, and some to spare. */
const MOST_TO_TELL = 5

/** Writes down who has not taken messages for long. */
async function tellOutages(world: World, budget: Budget): Promise<void> {
  if (budget.left() < MOST_TO_TELL) return
  const [{ oldestPending }, { newsOfAge }] = await Promise.all([
    import('./platform/outbox/history/store.ts'),
    import('./platform/outbox/outage.ts'),
  ])
  const now = world.now()
  for (const { destination, createdAt } of await oldestPending(world.db)) {
    const news = newsOfAge(milliseconds(now - createdAt), now)
    if (news) logFailure(logLine(news, undefined, { destination, seconds: Math.round((now - createdAt) / 1_000) }))
  }
}

/** Statements that one invocation may ask: D1 ends it at a thousand. */
const STATEMENTS = 980
/** Of these, what the request itself may have asked before its messages go out. */
const MOST_PER_REQUEST = 300

export default {
  async fetch(request: Request, env: WorkerBindings, context: ExecutionContext): Promise<Response> {
    // the edge sets this header itself and overwrites a client's
    const clientAddress = request.headers.get('cf-connecting-ip') ?? ''
    logsRequests = env.KENTEI_LOG === 'info'
    const app = await appFor(request)
    const response = await app.fetch(request, { env, clientAddress }, context)
    // a pass or an event leaves messages behind, and answers to them leave others: they need not wait for the next cron
    if (request.method === 'POST') {
      const budget = countdown(STATEMENTS - MOST_PER_REQUEST)
      const drained = openWorld(env, { count: () => budget.spend(1) }).then(async (world) => {
        const { drainOutbox } = await import('./flows/drain-outbox.ts')
        await drainOutbox(world, { rounds: 10, budget })
      })
      context.waitUntil(drained.catch((error) => logFailure(workLine(error))))
    }
    return response
  },
  async scheduled(controller: ScheduledController, env: WorkerBindings): Promise<void> {
    const budget = countdown(Number(env.SWEEP_STATEMENTS ?? STATEMENTS))
    const world = await openWorld(env, {
      now: Math.max(controller.scheduledTime, Date.now()),
      count: () => budget.spend(1),
    })
    try {
      const [{ tellBarredExams }, { sweep }] = await Promise.all([
        import('./flows/judge-bank.ts'),
        import('./flows/sweep.ts'),
      ])
      // a Worker has no start: the first run in an isolate is taken for it
      await tellBarredExams(world, (exam, why) =>
        logFailure(logLine('bank-is-public', new ToldError(why), { about: exam })),
      )
      await sweep(world, (event, about, error) => logFailure(logLine(event, error, { about })), budget)
      await tellOutages(world, budget)
    } catch (error) {
      logFailure(workLine(error))
      // the runtime writes down what it is thrown
      throw new Error('the sweep failed; the line before says where')
    }
  },
}
