import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { createApp } from './app.ts'
import type { Service, ServiceSettings } from './cli/start-service.ts'
import { USES } from './credential/key-life.ts'
import { signingKey } from './credential/keys.ts'
import { publicExams, sayWarning } from './flows/judge-bank.ts'
import { keyRingOf } from './flows/key-ring.ts'
import { publishIfNew } from './flows/publish-exam.ts'
import { readServiceState, type ServiceState } from './flows/read-service-state.ts'
import { instant } from './kernel/instant.ts'
import { openDataFolder } from './node/data-folder.ts'
import { damaged, held, keysLost, newer, openOrExplainDatabase } from './node/explain-database.ts'
import { bindDoor, closeDoor, type Door } from './node/listen.ts'
import { Metrics } from './node/metrics.ts'
import { compileOnce } from './node/open-compiler.ts'
import { type KenteiPlace, openKentei } from './node/open-plugin.ts'
import { Probes } from './node/readiness.ts'
import { report } from './node/run-until-stopped.ts'
import { openWatchDoor } from './node/watch-door.ts'
import type { Answered } from './platform/http/observe.ts'
import { type LogLine, logLine, requestLine } from './platform/log-line.ts'
import { type Tending, tendService, watchDestinations } from './tend-service.ts'
import { holdFolder } from './world/embedded/hold-folder.ts'
import type { World } from './world/world.ts'

/** How long requests under way may take to end. */
const PATIENCE_MS = 10_000
/** Whoever reads the metrics more often reads the same of the database. */
const STATE_KEPT_MS = 5_000

const RANKS = { error: 0, warn: 1, info: 2 } as const

/** Writes lines of a level and of those that matter more, a JSON object each. */
const writerOf =
  (level: keyof typeof RANKS) =>
  (line: LogLine | object): void => {
    const { level: of = 'info' } = line as Partial<LogLine>
    if (RANKS[of] <= RANKS[level]) process.stderr.write(`${JSON.stringify(line)}\n`)
  }

/** What lies in the database, asked for every few seconds at most; undefined while it cannot be read. */
function rememberedState(world: World): () => Promise<ServiceState | undefined> {
  let kept: { readonly at: number; readonly state: Promise<ServiceState | undefined> } | undefined
  return () => {
    const at = performance.now()
    if (!kept || at - kept.at > STATE_KEPT_MS) kept = { at, state: readServiceState(world).catch(() => undefined) }
    return kept.state
  }
}

/** The files of a data folder by which others know the service. */
const [DATABASE, KEYS] = ['kentei.db', 'keys.json']

/** What was opened, the first at the beginning. */
type Opened = (() => unknown)[]

/** Opens the data folder for this service alone. @throws a `StartError` where it is not whole, or another service has it. */
async function holdDataFolder(path: string, isDatabaseElsewhere: boolean, opened: Opened) {
  const folder = await openDataFolder(path)
  const letGo = await holdFolder(folder)
  if (!letGo) throw held(folder)
  opened.push(letGo)
  const [database, keys] = [join(folder, DATABASE), join(folder, KEYS)]
  // keys that were made anew would tell everybody that what the lost ones signed is false
  if (!isDatabaseElsewhere && existsSync(database) && !existsSync(keys)) throw keysLost(keys)
  return { folder, what: isDatabaseElsewhere ? 'the database at LIBSQL_URL' : database }
}

/** Opens the world over a database that is sound and of this release. @throws a `StartError` of one line. */
async function openSoundKentei(what: string, place: KenteiPlace) {
  const opened = await openOrExplainDatabase(what, () => openKentei(place))
  try {
    if (!(await openOrExplainDatabase(what, opened.isSound))) throw damaged(what)
    if (!(await openOrExplainDatabase(what, opened.isOfThisRelease))) throw newer(what)
    return opened
  } catch (problem) {
    await opened.close()
    throw problem
  }
}

/** What a service has begun. */
interface Begun {
  readonly tending: Tending
  readonly dataFolder: string
  readonly isOfThisRelease: () => Promise<boolean>
}

/** Lets machines see how the service stands. */
function show(
  { metrics, probes }: { readonly metrics: Metrics; readonly probes: Probes },
  world: World,
  { tending, dataFolder, isOfThisRelease }: Begun,
): void {
  metrics.watch({
    state: rememberedState(world),
    now: world.now,
    keys: () => world.settings.keys,
    sweptAt: tending.sweptAt,
    dataFolder,
  })
  probes.begin({
    isOfThisRelease,
    hasKeys: async () => {
      const ring = await keyRingOf(world)
      return USES.every((use) => signingKey(ring, use) !== undefined)
    },
    sweptAt: tending.sweptAt,
    now: world.now,
  })
}

/** Binds the doors before anything is written: the public one, and the one for those who watch. */
async function bindDoors(
  { environment, listen, proxyHops, metricsListen }: ServiceSettings,
  { metrics, probes }: { readonly metrics: Metrics; readonly probes: Probes },
  opened: Opened,
): Promise<Door> {
  const probe = (url: string) => probes.answer(url)
  const told = async () => {
    const { type, text } = await metrics.text()
    return new Response(text, { headers: { 'content-type': type } })
  }
  if (metricsListen) {
    const watchDoor = await openWatchDoor(metricsListen, (path) => (path === '/metrics' ? told() : probe(path)))
    opened.push(() => watchDoor.close())
  }
  const place = { host: listen.host, origin: environment.KENTEI_ORIGIN, proxyHops, probe }
  const door = await bindDoor(listen.port, 'KENTEI_LISTEN', place)
  opened.push(() => closeDoor(door, 0))
  return door
}

/** Opens everything, and tells `opened` how it is closed. */
async function begin(root: string, settings: ServiceSettings, opened: Opened): Promise<Service> {
  const { environment, remoteDatabase, log } = settings
  const write = writerOf(log)
  const seen = { metrics: new Metrics(), probes: new Probes() }
  const { metrics, probes } = seen
  const door = await bindDoors(settings, seen, opened)
  const isElsewhere = remoteDatabase !== undefined
  const { folder: dataFolder, what } = await holdDataFolder(settings.dataFolder, isElsewhere, opened)
  const exams = await compileOnce(settings.examsFolder, join(root, 'dist'))
  const destinations = watchDestinations(() => instant(Date.now()), write)
  opened.push(destinations.stop)
  const { world, forgetDeleted, isOfThisRelease, close } = await openSoundKentei(what, {
    dataFolder,
    migrationsFolder: join(root, 'migrations'),
    buildFolder: join(root, 'dist'),
    environment,
    remoteDatabase,
    report,
    timed: metrics.timed,
    note: (fact) => {
      metrics.note(fact)
      destinations.note(fact)
    },
  })
  opened.push(close)
  for (const { bank, files } of exams) await publishIfNew(world, bank, files)
  const clock = () => performance.now()
  const answered = (one: Answered) => {
    metrics.answered(one)
    if (log === 'info') write(requestLine(one))
  }
  const app = createApp({ openWorld: () => world, queueClock: clock, watch: { clock, answered }, logFailure: write })
  door.open((request, bindings) => app.fetch(request, bindings))
  const tending = tendService(world, forgetDeleted)
  // nothing is tended any more while the database closes
  opened.push(tending.stop)
  show(seen, world, { tending, dataFolder, isOfThisRelease })
  write(logLine('service-started', undefined))
  return {
    exams: exams.map(({ bank }) => bank.exam.id),
    notes: (await publicExams(world)).map(({ exam, ...warning }) => `${exam}: ${sayWarning(warning)}`),
    close: async () => {
      write(logLine('service-stopping', undefined))
      probes.stop()
      await closeDoor(door, PATIENCE_MS)
      await closeAll(opened)
      write(logLine('service-stopped', undefined))
    },
  }
}

async function closeAll(opened: Opened): Promise<void> {
  for (const close of opened.toReversed()) await close()
}

/**
 * Runs Kentei alone, for a marketplace that is somewhere else. `root` is the folder of the repository: of the build and of the
 * migrations. @throws a `StartError` of one line for what keeps it from starting; nothing is open then.
 */
export async function serveKentei(root: string, settings: ServiceSettings): Promise<Service> {
  const opened: Opened = []
  try {
    return await begin(root, settings, opened)
  } catch (problem) {
    await closeAll(opened)
    throw problem
  }
}
