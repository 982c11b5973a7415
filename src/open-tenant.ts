import { join } from 'node:path'
import { createApp } from './app.ts'
import type { TenantSettings } from './cli/start-service.ts'
import { USES } from './credential/key-life.ts'
import { signingKey } from './credential/keys.ts'
import { giveBackTime } from './flows/give-back-time.ts'
import { publicExams, sayWarning } from './flows/judge-bank.ts'
import { keyRingOf } from './flows/key-ring.ts'
import { hasHadKeys } from './flows/note-key-changes.ts'
import { publishIfNew } from './flows/publish-exam.ts'
import { readServiceState, type ServiceState } from './flows/read-service-state.ts'
import { recogniseSecrets } from './flows/recognise-secrets.ts'
import { instant } from './kernel/instant.ts'
import { endKilledMove } from './move-tenant.ts'
import { brokenOffIn, openDataFolder } from './node/data-folder.ts'
import { brokenOff, damaged, held, openOrExplainDatabase } from './node/explain-database.ts'
import type { DoorAnswer } from './node/listen.ts'
import { diskOf, notBackedUpSince } from './node/machine-state.ts'
import type { TenantMetrics } from './node/metrics.ts'
import type { ExamCompiler } from './node/open-compiler.ts'
import { type KenteiPlace, openKentei } from './node/open-plugin.ts'
import type { Probes } from './node/readiness.ts'
import { repeat } from './node/run-until-stopped.ts'
import type { Answered } from './platform/http/observe.ts'
import { type LogLine, logLine, requestLine, workLine } from './platform/log-line.ts'
import { tendService, watchDestinations } from './tend-service.ts'
import { noteTimeGiven, timeGiven } from './world/database-note.ts'
import { holdFolder } from './world/embedded/hold-folder.ts'
import type { MachineState, World } from './world/world.ts'

/** Whoever reads the metrics more often reads the same of the database. */
const STATE_KEPT_MS = 5_000

/** What lies in the database, asked for every few seconds at most; undefined while it cannot be read. */
function rememberedState(world: World): () => Promise<ServiceState | undefined> {
  let kept: { readonly at: number; readonly state: Promise<ServiceState | undefined> } | undefined
  return () => {
    const at = performance.now()
    if (!kept || at - kept.at > STATE_KEPT_MS) kept = { at, state: readServiceState(world).catch(() => undefined) }
    return kept.state
  }
}

/** What was opened, the first at the beginning. */
export type Opened = (() => unknown)[]

export async function closeAll(opened: Opened): Promise<void> {
  for (const close of opened.toReversed()) await close()
}

/** Opens the data folder for this service alone. @throws a `StartError` where it is not whole, or another service has it. */
async function holdDataFolder(path: string, isDatabaseElsewhere: boolean, opened: Opened) {
  const folder = await openDataFolder(path)
  const letGo = await holdFolder(folder)
  if (!letGo) throw held(folder)
  opened.push(letGo)
  // with new keys in it, nothing could be restored there any more
  if (await brokenOffIn(folder)) throw brokenOff(folder)
  return { folder, what: isDatabaseElsewhere ? 'the database at LIBSQL_URL' : join(folder, 'kentei.db') }
}

/** Opens the world over a database that is sound. @throws a `StartError` of one line. */
async function openSoundKentei(what: string, place: KenteiPlace) {
  const opened = await openOrExplainDatabase(what, () => openKentei(place))
  try {
    if (!(await openOrExplainDatabase(what, opened.isSound))) throw damaged(what)
    return opened
  } catch (problem) {
    await opened.close()
    throw problem
  }
}

/** Gives open attempts what a move took until now, before anybody closes what ran out meanwhile. */
async function giveBackMoved(dataFolder: string, { db, now }: World): Promise<void> {
  const since = await timeGiven(dataFolder)
  if (since === undefined) return
  await giveBackTime(db, { since, until: now() })
  await noteTimeGiven(dataFolder, undefined)
}

/** How often is looked for a move that was killed while writes waited for it. */
const KILLED_MOVE_LOOKED_FOR_EVERY_MS = 3_000

/** How long it is told how two clocks compared. */
const COMPARED_FOR_MS = 3_600_000

/** How a tenant is seen from outside. */
export interface TenantWatch {
  readonly metrics: TenantMetrics
  readonly probes: Probes
  /** Writes a line of its log. */
  readonly write: (line: LogLine | object) => void
  readonly logsRequests: boolean
  /** How many times rarer than alone it does what it does by itself. */
  readonly pace: number
  /** Compiles the exams of all, in turn. */
  readonly compile: ExamCompiler
}

/** The Kentei of one marketplace as it runs. */
export interface OpenTenant {
  readonly answer: DoorAnswer
  readonly exams: readonly string[]
  /** What whoever runs it should know. */
  readonly notes: readonly string[]
  /** Ends what it does by itself, and closes what is open. */
  close(): Promise<void>
}

/**
 * Opens the Kentei of one marketplace: its folder, its database, its exams, and an app that has seen nothing of any other.
 * @throws a `StartError` of one line; nothing is open then.
 */
export async function openTenant(root: string, settings: TenantSettings, watch: TenantWatch): Promise<OpenTenant> {
  const opened: Opened = []
  try {
    return await begin(root, settings, watch, opened)
  } catch (problem) {
    await closeAll(opened)
    throw problem
  }
}

async function begin(
  root: string,
  settings: TenantSettings,
  { metrics, probes, write, logsRequests, pace, compile }: TenantWatch,
  opened: Opened,
): Promise<OpenTenant> {
  const { environment, dataFolder: folder, examsFolder, remoteDatabase } = settings
  const { folder: dataFolder, what } = await holdDataFolder(folder, remoteDatabase !== undefined, opened)
  const exams = examsFolder === undefined ? [] : await compile(examsFolder)
  const destinations = watchDestinations(() => instant(Date.now()), write)
  const since = Date.now()
  let sweptAt: () => number | undefined = () => undefined
  let compared: { readonly aheadMs: number; readonly at: number } | undefined
  const machine = async (): Promise<MachineState> => {
    const now = Date.now()
    const [disk, backedUp] = await Promise.all([diskOf(dataFolder), notBackedUpSince(dataFolder)])
    return {
      sweepAgeSeconds: (now - (sweptAt() ?? since)) / 1_000,
      ...(disk ? { diskTaken: 1 - disk.free / disk.size } : {}),
      // what a clock was like long ago it may be no more
      ...(compared && now - compared.at < COMPARED_FOR_MS ? { clockAheadSeconds: compared.aheadMs / 1_000 } : {}),
      // backups of another's database are that one's
      ...(backedUp === undefined || remoteDatabase ? {} : { notBackedUpSeconds: (now - backedUp) / 1_000 }),
    }
  }
  opened.push(destinations.stop)
  const endMove = async () => {
    if (await endKilledMove(settings, Date.now)) write(logLine('killed-move-ended', undefined))
  }
  // before anything is written, which would wait; what keeps it from being read is told by who opens it
  await endMove().catch(() => {})
  const { world, forgetDeleted, standing, close } = await openSoundKentei(what, {
    dataFolder,
    migrationsFolder: join(root, 'migrations'),
    buildFolder: join(root, 'dist'),
    environment,
    remoteDatabase,
    hasHadKeys,
    knowsSecrets: recogniseSecrets,
    report: (error) => write(workLine(error)),
    timed: metrics.timed,
    note: (fact) => {
      metrics.note(fact)
      destinations.note(fact)
      if (fact.fact === 'clock-compared') compared = { aheadMs: fact.aheadMs, at: Date.now() }
    },
    machine,
  })
  opened.push(close)
  opened.push(repeat(KILLED_MOVE_LOOKED_FOR_EVERY_MS, endMove, (problem) => write(workLine(problem))).stop)
  await giveBackMoved(dataFolder, world)
  if ((await standing()) === 'later') write(logLine('database-of-later-release', undefined))
  for (const { bank, files } of exams) await publishIfNew(world, bank, files)
  const clock = () => performance.now()
  const answered = (one: Answered) => {
    metrics.answered(one)
    if (logsRequests) write(requestLine(one))
  }
  const app = createApp({ openWorld: () => world, queueClock: clock, watch: { clock, answered }, logFailure: write })
  const tending = tendService(world, forgetDeleted, { pace, write })
  sweptAt = tending.sweptAt
  // nothing is tended any more while the database closes
  opened.push(tending.stop)
  metrics.watch({
    state: rememberedState(world),
    now: world.now,
    keys: () => world.settings.keys,
    machine,
  })
  opened.push(() => metrics.watch(undefined))
  probes.begin({
    standing,
    hasKeys: async () => {
      const ring = await keyRingOf(world)
      return USES.every((use) => signingKey(ring, use) !== undefined)
    },
    sweptAt: tending.sweptAt,
    now: world.now,
  })
  return {
    answer: (request, bindings) => app.fetch(request, bindings),
    exams: exams.map(({ bank }) => bank.exam.id),
    notes: (await publicExams(world)).map(({ exam, ...warning }) => `${exam}: ${sayWarning(warning)}`),
    close: () => closeAll(opened),
  }
}
