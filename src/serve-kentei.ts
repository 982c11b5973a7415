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
import { bindDoor, closeDoor } from './node/listen.ts'
import { Metrics } from './node/metrics.ts'
import { compileOnce } from './node/open-compiler.ts'
import { openKentei } from './node/open-plugin.ts'
import { Probes } from './node/readiness.ts'
import { openOrExplain, report } from './node/run-until-stopped.ts'
import { openWatchDoor } from './node/watch-door.ts'
import { type LogLine, logLine, requestLine } from './platform/log-line.ts'
import { type Tending, tendService, watchDestinations } from './tend-service.ts'
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

/**
 * Runs Kentei alone, for a marketplace that is somewhere else. `root` is the folder of the repository: of the build and of the
 * migrations. @throws a `StartError` of one line for what keeps it from starting.
 */
export async function serveKentei(root: string, settings: ServiceSettings): Promise<Service> {
  const { environment, listen, proxyHops, examsFolder, remoteDatabase, metricsListen, log } = settings
  const write = writerOf(log)
  const [metrics, probes] = [new Metrics(), new Probes()]
  const probe = (url: string) => probes.answer(url)
  const place = { host: listen.host, origin: environment.KENTEI_ORIGIN, proxyHops, probe }
  const door = await bindDoor(listen.port, 'KENTEI_LISTEN', place)
  const told = async () => {
    const { type, text } = await metrics.text()
    return new Response(text, { headers: { 'content-type': type } })
  }
  const watchDoor =
    metricsListen && (await openWatchDoor(metricsListen, (path) => (path === '/metrics' ? told() : probe(path))))
  const dataFolder = await openDataFolder(settings.dataFolder)
  const exams = await compileOnce(examsFolder, join(root, 'dist'))
  const destinations = watchDestinations(() => instant(Date.now()), write)
  const { world, forgetDeleted, isOfThisRelease, close } = await openOrExplain(
    remoteDatabase ? 'the database at LIBSQL_URL' : `the data in ${dataFolder}`,
    () =>
      openKentei({
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
      }),
  )
  for (const { bank, files } of exams) await publishIfNew(world, bank, files)
  const clock = () => performance.now()
  const app = createApp({
    openWorld: () => world,
    queueClock: clock,
    watch: {
      clock,
      answered: (answered) => {
        metrics.answered(answered)
        if (log === 'info') write(requestLine(answered))
      },
    },
    logFailure: write,
  })
  door.open((request, bindings) => app.fetch(request, bindings))
  const tending = tendService(world, forgetDeleted)
  show({ metrics, probes }, world, { tending, dataFolder, isOfThisRelease })
  write(logLine('service-started', undefined))
  return {
    exams: exams.map(({ bank }) => bank.exam.id),
    notes: (await publicExams(world)).map(({ exam, ...warning }) => `${exam}: ${sayWarning(warning)}`),
    close: async () => {
      write(logLine('service-stopping', undefined))
      probes.stop()
      await closeDoor(door, PATIENCE_MS)
      await Promise.all([tending.stop(), destinations.stop()])
      await close()
      await watchDoor?.close()
      write(logLine('service-stopped', undefined))
    },
  }
}
