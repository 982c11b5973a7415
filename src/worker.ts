import type { Hono } from 'hono'
import { getPath } from 'hono/utils/url'
import { type Duration, instant, milliseconds, plus } from './kernel/instant.ts'
import { type AppOptions, openDoors } from './open-doors.ts'
import { misdirected } from './platform/http/own-host.ts'
import { problemDocument, sharedProblems } from './platform/http/problem-document.ts'
import { edgeRates, memoryRates } from './platform/http/rate-limit.ts'
import { type LogLine, logLine, requestLine, SettingsError, ToldError, workLine } from './platform/log-line.ts'
import type { Sweeps } from './platform/outbox/outage.ts'
import { doorAt } from './web/doors/doors.ts'
import type { WebEnv } from './web/web-env.ts'
import { type EdgeTenant, turnBefore, turnOf } from './world/edge-tenants.ts'
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
  /** Names of the marketplaces that it serves, where they are several. */
  readonly KENTEI_TENANTS?: string
}

type Tenant = EdgeTenant<WorkerBindings>

// read once per isolate, like the settings
const tenantsOf = new WeakMap<object, ReadonlyMap<string, Tenant>>()

/** The tenants of the Worker by their hosts; the only one by none. */
async function tenantsIn(env: WorkerBindings): Promise<ReadonlyMap<string, Tenant>> {
  const known = tenantsOf.get(env)
  if (known) return known
  const { KENTEI_TENANTS: names } = env
  const read = names
    ? await import('./world/edge-tenants.ts').then(({ readEdgeTenants }) =>
        readOrTell(() => readEdgeTenants<WorkerBindings>(names, env as never), 'tenants.md#edge'),
      )
    : new Map([['', { bindings: env }]])
  tenantsOf.set(env, read)
  return read
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

const recognised = new WeakSet<object>()

/** Without the secret that made tombstones, people who were erased would be taken for new ones. */
async function refuseLostSecret(env: WorkerBindings, db: World['db'], settings: Settings): Promise<void> {
  if (recognised.has(env)) return
  const { recogniseSecrets } = await import('./flows/recognise-secrets.ts')
  // a database that does not answer tells nothing, and whoever needs it finds that out
  const known = await recogniseSecrets(db, settings.tombstoneSecrets).catch(() => undefined)
  if (known === false)
    throw new SettingsError(
      'KENTEI_ERASURE_SECRET: the database knows none of these: put back the one that was there (src/docs/en/records.md#erasure)',
    )
  if (known) recognised.add(env)
}

/** What is wrong with a setting is said by name, and may be told. */
function readOrTell<Read>(read: () => Read, chapter = 'operate.md#settings'): Read {
  try {
    return read()
  } catch (error) {
    throw new SettingsError(`${(error as Error).message} (src/docs/en/${chapter})`)
  }
}

async function openWorld(
  env: WorkerBindings,
  { ahead = milliseconds(0), count }: { readonly ahead?: Duration; readonly count?: () => void } = {},
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
  const db = await openEdgeDatabase(place, count)
  await refuseLostSecret(env, db, settings)
  const now = () => plus(outside.now(), ahead)
  return {
    ...outside,
    now,
    settings,
    rendering,
    db,
    ...(settings.archiveBucket
      ? // read where there is one alone
        { archive: (await import('./platform/bucket.ts')).openBucket(settings.archiveBucket, { ...outside, now }) }
      : {}),
  }
}

/** Writes a line, with whose it is. */
const logOf =
  ({ name }: Tenant) =>
  (line: LogLine): void =>
    console.error(JSON.stringify(name === undefined ? line : { ...line, tenant: name }))

// read with the first request of an isolate, like the settings
let logsRequests = false

/** What a request carries with it: the bindings of its tenant, and those of the Worker. */
interface Carried {
  readonly env: WorkerBindings
  readonly worker: Readonly<Record<string, unknown>>
}

const optionsOf = (tenant: Tenant): AppOptions => ({
  openWorld: (carried) => openWorld((carried as Carried).env),
  openRates: (carried, here) => edgeRates((carried as Carried).worker, here, tenant.name),
  ratesHere: memoryRates(),
  watch: {
    clock: () => Date.now(),
    answered: (answered) => {
      if (logsRequests)
        console.log(JSON.stringify({ ...requestLine(answered), ...(tenant.name ? { tenant: tenant.name } : {}) }))
    },
  },
  logFailure: logOf(tenant),
})

interface Apps {
  readonly options: AppOptions
  /** One for each door that somebody knocked at, and one for addresses at which there is none. */
  readonly byDoor: Map<unknown, Hono<WebEnv>>
}

// an app remembers what it was told, and counts who comes: each tenant has its own
const appsOf = new WeakMap<Tenant, Apps>()

async function appFor(request: Request, tenant: Tenant): Promise<Hono<WebEnv>> {
  const apps = appsOf.get(tenant) ?? { options: optionsOf(tenant), byDoor: new Map() }
  appsOf.set(tenant, apps)
  const door = doorAt(getPath(request))
  const open = door && (await door.open())
  const app = apps.byDoor.get(door) ?? openDoors(apps.options, open ? [open] : [])
  apps.byDoor.set(door, app)
  return app
}

/** Whose request it is: of the only tenant, by whatever host, else of the one that has this host. @returns a refusal otherwise. */
async function tenantOf(request: Request, env: WorkerBindings): Promise<Tenant | Response> {
  try {
    const tenants = await tenantsIn(env)
    return tenants.get('') ?? tenants.get(new URL(request.url).host) ?? misdirected()
  } catch (error) {
    logOf({ bindings: env })(logLine('settings-wrong', error))
    return problemDocument({ code: 'internal' }, sharedProblems.internal)
  }
}

/** Statements that telling of outages asks, and some to spare. */
const MOST_TO_TELL = 5

/** Writes down who has not taken messages for long. */
async function tellOutages(
  world: World,
  sweeps: Sweeps,
  budget: Budget,
  write: (line: LogLine) => void,
): Promise<void> {
  if (budget.left() < MOST_TO_TELL) return
  const [{ givenUp, oldestPending }, { isTimeToTell, newsOfAge }] = await Promise.all([
    import('./platform/outbox/history/store.ts'),
    import('./platform/outbox/outage.ts'),
  ])
  const now = world.now()
  for (const { destination, since } of await oldestPending(world.db)) {
    const news = newsOfAge(since, sweeps)
    if (news) write(logLine(news, undefined, { destination, seconds: Math.round((now - since) / 1_000) }))
  }
  // nothing may be pending at a destination that has been gone for days
  if (!isTimeToTell(sweeps)) return
  const [{ readDatabaseShare }, { ALARMS }] = await Promise.all([
    import('./flows/read-database-share.ts'),
    import('./flows/read-alarms.ts'),
  ])
  if (((await readDatabaseShare(world)) ?? 0) > ALARMS.database.over)
    write(logLine('database-nearly-full', new ToldError('KENTEI_DATABASE_LIMIT (src/docs/en/records.md#limit)')))
  for (const { destination, messages, createdAt } of await givenUp(world.db)) {
    const seconds = Math.round((now - createdAt) / 1_000)
    write(logLine('messages-given-up', undefined, { destination, messages, seconds }))
  }
}

/** Statements that one invocation may ask: D1 ends it at a thousand. */
const STATEMENTS = 980
/** Of these, what the request itself may have asked before its messages go out. */
const MOST_PER_REQUEST = 300

const A_MINUTE = 60_000

/** Tenants that a run of the cron trigger tends at most; others have theirs in the next minutes. */
const MOST_TENDED = 4

/** Does what a tenant's service does by itself. @throws when that failed, and was written down. */
async function tend(tenant: Tenant, sweeps: Sweeps, statements: number): Promise<void> {
  const write = logOf(tenant)
  const budget = countdown(statements)
  // the clock of a run goes on: a lease that begins late in a long one must not have ended before
  const ahead = milliseconds(Math.max(0, sweeps.at - Date.now()))
  try {
    const world = await openWorld(tenant.bindings, { ahead, count: () => budget.spend(1) })
    const [{ tellBarredExams }, { sweep }] = await Promise.all([
      import('./flows/judge-bank.ts'),
      import('./flows/sweep.ts'),
    ])
    // a Worker has no start: the first run in an isolate is taken for it
    await tellBarredExams(world, (exam, why) => write(logLine('bank-is-public', new ToldError(why), { about: exam })))
    await sweep(world, (event, about, error) => write(logLine(event, error, { about })), budget)
    await tellOutages(world, sweeps, budget, write)
  } catch (error) {
    write(workLine(error))
    // the runtime writes down what it is thrown
    throw new Error('the sweep failed; the line before says where')
  }
}

export default {
  async fetch(request: Request, env: WorkerBindings, context: ExecutionContext): Promise<Response> {
    const tenant = await tenantOf(request, env)
    if (tenant instanceof Response) return tenant
    // the edge sets this header itself and overwrites a client's
    const clientAddress = request.headers.get('cf-connecting-ip') ?? ''
    logsRequests = env.KENTEI_LOG === 'info'
    const app = await appFor(request, tenant)
    const response = await app.fetch(request, { env: tenant.bindings, worker: env, clientAddress }, context)
    // a pass or an event leaves messages behind, and answers to them leave others: they need not wait for the next cron
    if (request.method === 'POST') {
      const budget = countdown(STATEMENTS - MOST_PER_REQUEST)
      const drained = openWorld(tenant.bindings, { count: () => budget.spend(1) }).then(async (world) => {
        const { drainOutbox } = await import('./flows/drain-outbox.ts')
        await drainOutbox(world, { rounds: 10, budget })
      })
      context.waitUntil(drained.catch((error) => logOf(tenant)(workLine(error))))
    }
    return response
  },
  async scheduled(controller: ScheduledController, env: WorkerBindings): Promise<void> {
    const tenants = [...(await tenantsIn(env)).values()]
    const minute = Math.floor(controller.scheduledTime / A_MINUTE)
    const turn = turnOf(tenants, MOST_TENDED, minute)
    const share = Math.floor(Number(env.SWEEP_STATEMENTS ?? STATEMENTS) / turn.length)
    const sweepsOf = (tenant: Tenant): Sweeps => ({
      at: instant(controller.scheduledTime),
      before: instant(
        controller.scheduledTime - A_MINUTE * (minute - turnBefore(tenants, MOST_TENDED, minute, tenant)),
      ),
    })
    // side by side: one whose database does not answer keeps nobody waiting
    const ended = await Promise.allSettled(turn.map((tenant) => tend(tenant, sweepsOf(tenant), share)))
    const failed = ended.find(({ status }) => status === 'rejected')
    if (failed) throw (failed as PromiseRejectedResult).reason
  },
}
