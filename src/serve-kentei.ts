import { stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Service, ServiceSettings, TenantSettings } from './cli/start-service.ts'
import { readTenantFolder } from './cli/tenants-folder.ts'
import { bindDoor, closeDoor, type Door, type DoorAnswer } from './node/listen.ts'
import { Metrics } from './node/metrics.ts'
import { openExamCompiler } from './node/open-compiler.ts'
import { Probes } from './node/readiness.ts'
import { repeat } from './node/run-until-stopped.ts'
import { openWatchDoor } from './node/watch-door.ts'
import { closeAll, type Opened, type OpenTenant, openTenant, type TenantWatch } from './open-tenant.ts'
import { misdirected } from './platform/http/own-host.ts'
import { type LogLine, logLine, workLine } from './platform/log-line.ts'
import { problemResponse } from './web/problem-response.ts'

/** How long requests under way may take to end. */
const PATIENCE_MS = 10_000

const RANKS = { error: 0, warn: 1, info: 2 } as const

type Write = (line: LogLine | object) => void

/** Writes lines of a level and of those that matter more, a JSON object each. */
const writerOf =
  (level: keyof typeof RANKS): Write =>
  (line) => {
    const { level: of = 'info' } = line as Partial<LogLine>
    if (RANKS[of] <= RANKS[level]) process.stderr.write(`${JSON.stringify(line)}\n`)
  }

/** The host of a tenant's origin. */
const hostOf = ({ environment }: TenantSettings): string => new URL(environment.KENTEI_ORIGIN).host

/** One of the marketplaces, and how it is seen. */
interface Place {
  readonly settings: TenantSettings
  readonly watch: TenantWatch
}

type Probe = (url: string, host: string) => Promise<Response> | undefined

/** Answers what machines ask: of one alone whether it is ready, of several those that are named, and how all stand. */
function probeOf(places: readonly Place[]): Probe {
  const [first] = places
  if (places.length === 1 && first) return (url) => first.watch.probes.answer(url)
  const alive = new Probes()
  return (url, host) => {
    const [path, query = ''] = url.split('?', 2)
    if (path !== '/readyz') return path === '/healthz' ? alive.answer(url) : undefined
    const named = new URLSearchParams(query).get('tenant')
    const meant = places.find(({ settings }) =>
      named === null ? hostOf(settings) === host.toLowerCase() : settings.name === named,
    )
    if (meant) return meant.watch.probes.answer(url)
    return named === null ? standingOfAll(places) : Promise.resolve(problemResponse({ code: 'not-found' }))
  }
}

/** How all stand: what stands before the service may send requests as long as anybody is ready. */
async function standingOfAll(places: readonly Place[]): Promise<Response> {
  const standings = await Promise.all(
    places.map(async ({ settings: { name = '' }, watch }) => [name, (await watch.probes.readiness()).status] as const),
  )
  const status = standings.some(([, one]) => one === 'ready') ? 'ready' : (standings[0]?.[1] ?? 'not-ready')
  return Response.json(
    { status, tenants: Object.fromEntries(standings) },
    { status: status === 'ready' ? 200 : 503, headers: { 'cache-control': 'no-store' } },
  )
}

/** Binds the doors before anything is written: the public one, and the one for those who watch. */
async function bindDoors(
  { listen, proxyHops, metricsListen, tenants }: ServiceSettings,
  { metrics, probe }: { readonly metrics: Metrics; readonly probe: Probe },
  opened: Opened,
): Promise<Door> {
  const told = async () => {
    const { type, text } = await metrics.text()
    return new Response(text, { headers: { 'content-type': type } })
  }
  if (metricsListen) {
    const watchDoor = await openWatchDoor(metricsListen, (url) => (url === '/metrics' ? told() : probe(url, '')))
    opened.push(() => watchDoor.close())
  }
  const [alone, ...others] = tenants
  const door = await bindDoor(listen.port, 'KENTEI_LISTEN', {
    host: listen.host,
    hosts: others.length === 0 && alone.name === undefined ? hostOf(alone) : new Set(tenants.map(hostOf)),
    isUnderTls: new URL(alone.environment.KENTEI_ORIGIN).protocol === 'https:',
    proxyHops,
    probe,
  })
  opened.push(() => closeDoor(door, 0))
  return door
}

/** How soon a tenant that cannot be opened is tried again: twice as long after each failure. */
const [FIRST_WAIT_MS, LONGEST_WAIT_MS] = [5_000, 300_000]
const WAIT_TOLD_SECONDS = 5
/** Whoever takes longer to open is not waited for, neither at the start nor at the end. */
const OPENING_MS = 4_000

const inTime = <T>(done: Promise<T>): Promise<T | undefined> =>
  Promise.race([done, sleep(OPENING_MS, undefined, { ref: false })])

/** How often is looked whether a tenant's settings name another database: writes wait for it. */
const FOLLOWED_EVERY_MS = 500

/** The settings of a tenant where its file has come to name another database. */
async function readAgain({ file, name = '', remoteDatabase }: TenantSettings): Promise<TenantSettings | undefined> {
  if (file === undefined) return undefined
  const { settings, complaints } = await readTenantFolder(dirname(dirname(file)), name)
  return settings && complaints.length === 0 && settings.remoteDatabase?.url !== remoteDatabase?.url
    ? settings
    : undefined
}

/** A tenant that opens when it can, and keeps nobody else waiting. */
interface Room {
  readonly host: string
  readonly answer: DoorAnswer
  /** What the first try to open it came to; undefined also where that takes long. */
  readonly tried: Promise<OpenTenant | undefined>
  close(): Promise<void>
}

function openRoom(root: string, { settings: told, watch }: Place): Room {
  let settings = told
  let tenant: OpenTenant | undefined
  let timer: NodeJS.Timeout | undefined
  let isClosing = false
  const open = async (waitMs: number): Promise<OpenTenant | undefined> => {
    try {
      const opened = await openTenant(root, settings, watch)
      if (isClosing) await opened.close()
      else tenant = opened
    } catch (problem) {
      if (isClosing) return undefined
      watch.write(logLine('tenant-not-open', problem))
      timer = setTimeout(() => {
        last = open(Math.min(2 * waitMs, LONGEST_WAIT_MS))
      }, waitMs)
    }
    return tenant
  }
  let last = open(FIRST_WAIT_MS)
  /** A tenant whose settings have come to name another database is opened there. */
  let lookedAt: number | undefined
  const follow = async () => {
    await last
    const file = settings.file && (await stat(settings.file).catch(() => undefined))
    if (!file || file.mtimeMs === lookedAt) return
    lookedAt = file.mtimeMs
    const changed = await readAgain(settings)
    if (isClosing || !changed) return
    const before = tenant
    settings = changed
    tenant = undefined
    clearTimeout(timer)
    await before?.close()
    watch.write(logLine('tenant-moved', undefined))
    last = open(FIRST_WAIT_MS)
    await last
  }
  const following = repeat(FOLLOWED_EVERY_MS, follow, (problem) => watch.write(workLine(problem)))
  return {
    host: hostOf(settings),
    answer: (request, bindings) =>
      tenant
        ? tenant.answer(request, bindings)
        : problemResponse({ code: 'busy', retryAfterSeconds: WAIT_TOLD_SECONDS }),
    tried: inTime(last),
    close: async () => {
      isClosing = true
      await inTime(following.stop())
      clearTimeout(timer)
      await inTime(last)
      await tenant?.close()
    },
  }
}

/** Opens all of several side by side, and answers each by its host. */
async function beginSeveral(root: string, places: readonly Place[], { door, opened }: { door: Door; opened: Opened }) {
  const rooms = places.map((place) => openRoom(root, place))
  opened.push(() => Promise.all(rooms.map((room) => room.close())))
  const byHost = new Map(rooms.map((room) => [room.host, room]))
  door.open((request, bindings) => {
    const room = byHost.get((request.headers.get('host') ?? '').toLowerCase())
    return room ? room.answer(request, bindings) : misdirected()
  })
  return (await Promise.all(rooms.map(({ tried }) => tried))).map((tenant, at) => ({
    name: places[at]?.settings.name ?? '',
    tenant,
  }))
}

/** A pace at which many share a process: so many do what they do by themselves as often as one alone. */
const AT_FULL_PACE = 10

/** Opens everything, and tells `opened` how it is closed. */
async function begin(root: string, settings: ServiceSettings, opened: Opened): Promise<Service> {
  const { tenants, log } = settings
  const write = writerOf(log)
  const metrics = new Metrics()
  const compile = openExamCompiler(join(root, 'dist'))
  const pace = Math.max(1, tenants.length / AT_FULL_PACE)
  const places = tenants.map((tenant): Place => {
    const whose = tenant.name === undefined ? {} : { tenant: tenant.name }
    return {
      settings: tenant,
      watch: {
        metrics: metrics.of(tenant.name),
        probes: new Probes(),
        write: tenant.name === undefined ? write : (line) => write({ ...line, ...whose }),
        logsRequests: log === 'info',
        pace,
        compile,
      },
    }
  })
  const door = await bindDoors(settings, { metrics, probe: probeOf(places) }, opened)
  const [alone] = places
  let exams: readonly string[]
  let notes: readonly string[]
  if (alone && tenants[0].name === undefined) {
    const tenant = await openTenant(root, alone.settings, alone.watch)
    opened.push(tenant.close)
    door.open(tenant.answer)
    exams = tenant.exams
    notes = tenant.notes
  } else {
    const all = await beginSeveral(root, places, { door, opened })
    exams = all.flatMap(({ name, tenant }) => (tenant?.exams ?? []).map((exam) => `${name}/${exam}`))
    notes = all.flatMap(({ name, tenant }) => (tenant?.notes ?? []).map((note) => `${name}: ${note}`))
  }
  write(logLine('service-started', undefined))
  return {
    exams,
    notes,
    close: async () => {
      write(logLine('service-stopping', undefined))
      for (const { watch } of places) watch.probes.stop()
      await closeDoor(door, PATIENCE_MS)
      await closeAll(opened)
      write(logLine('service-stopped', undefined))
    },
  }
}

/**
 * Runs Kentei alone, for a marketplace that is somewhere else, or for several. `root` is the folder of the repository: of the
 * build and of the migrations. @throws a `StartError` of one line for what keeps it from starting; nothing is open then. One of
 * several that cannot be opened keeps no other from it, and is tried again.
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
