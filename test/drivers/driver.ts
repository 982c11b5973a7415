import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { drizzle } from 'drizzle-orm/d1'
import type { Instant } from '../../src/kernel/instant.ts'
import { randomFrom } from '../../src/kernel/random.ts'
import type { Database } from '../../src/world/database.ts'
import { openEdgeDatabase } from '../../src/world/open-edge.ts'
import { openEmbeddedDatabase } from '../../src/world/open-node.ts'
import { outside } from '../../src/world/outside.ts'
import { type Environment, readSettings } from '../../src/world/settings.ts'
import { d1Door, openD1 } from '../support/d1-door.ts'
import { PLUGIN } from '../support/fake-market.ts'
import { startHranaServer } from '../support/hrana-server.ts'
import { migrateD1 } from '../support/migration-statements.ts'
import { noRenderingAssets } from '../support/no-rendering.ts'
import { openMiniflare } from '../support/open-miniflare.ts'
import { quickFolder } from '../support/quick-folder.ts'
import { NOW_HEADER, raceService } from '../support/race-service.ts'
import { bundleTestEntry } from '../support/test-bundle.ts'
import { testEnvironment } from '../support/test-settings.ts'

/** A runtime and a database in which the service runs, and a way past the service to the data. */
export interface Driver {
  readonly environment: Environment
  /** The data, for preparing and for checking. */
  readonly db: Database
  /** Makes the way to the database uneven, where there is one: a few calls take much longer than the others. */
  jitter?(on: boolean): void
  call(request: { method: string; path: string; now: Instant; token?: string; body?: unknown }): Promise<Response>
  close(): Promise<void>
}

const ONE_SLOW_CALL_IN = 8
const SLOW_CALL_MS = 80

type Fetch = (request: Request) => Promise<Response>

const callBy =
  (fetch: Fetch, origin = PLUGIN): Driver['call'] =>
  ({ method, path, now, token, body }) => {
    const headers = {
      [NOW_HEADER]: String(now),
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(body === undefined || body instanceof FormData ? {} : { 'content-type': 'application/json' }),
    }
    return fetch(
      new Request(`${origin}${path}`, {
        method,
        headers,
        ...(body === undefined ? {} : { body: body instanceof FormData ? body : JSON.stringify(body) }),
      }),
    )
  }

/** A folder with a migrated database file in it. */
async function openPlace() {
  const folder = await mkdtemp(join(quickFolder, 'kentei-race-'))
  const file = join(folder, 'kentei.db')
  const embedded = await openEmbeddedDatabase(file, 'migrations')
  const close = async () => {
    await embedded.close()
    await rm(folder, { recursive: true, force: true })
  }
  return { file, db: embedded.db, close }
}

/** Node with the embedded driver. */
export async function openFileDriver(): Promise<Driver> {
  const environment = await testEnvironment()
  const { db, close } = await openPlace()
  const settings = readSettings(environment)
  return {
    environment,
    db,
    call: callBy(raceService((now) => ({ ...outside, rendering: noRenderingAssets, now: () => now, settings, db }))),
    close,
  }
}

async function portOf(child: ChildProcess): Promise<number> {
  if (!child.stdout) throw new Error('no output')
  for await (const line of createInterface(child.stdout)) return Number(line)
  throw new Error('the process ended before it told its port')
}

/** Two Node processes with the embedded driver on one file; requests go to one and the other by turns. */
export async function openTwoProcessDriver(): Promise<Driver> {
  const environment = await testEnvironment()
  const { file, db, close } = await openPlace()
  const bundle = await bundleTestEntry('test/support/race-process.ts', 'node')
  const env = { ...process.env, ...(environment as Record<string, string>), RACE_DATABASE: file }
  const children = [1, 2].map(() => spawn(process.execPath, [bundle], { env, stdio: ['ignore', 'pipe', 'inherit'] }))
  const doors = (await Promise.all(children.map(portOf))).map((port) => callBy(fetch, `http://127.0.0.1:${port}`))
  let turn = 0
  return {
    environment,
    db,
    call: (request) => {
      turn += 1
      return (doors[turn % doors.length] as Driver['call'])(request)
    },
    close: async () => {
      await Promise.all(children.map((child) => new Promise((resolve) => child.once('exit', resolve).kill())))
      await rm(bundle)
      await close()
    },
  }
}

/** A Hrana server on a place whose network can be made uneven. */
async function openRemote(file: string) {
  const random = randomFrom('7e577e577e577e577e577e577e577e57')
  let uneven = false
  const hrana = await startHranaServer(file, {
    delay: () => (uneven && random.below(ONE_SLOW_CALL_IN) === 0 ? SLOW_CALL_MS : 0),
  })
  const jitter = (on: boolean) => {
    uneven = on
  }
  return { hrana, jitter }
}

/** Node with libSQL over HTTP: a client per request, as on the edge. */
export async function openNodeHranaDriver(): Promise<Driver> {
  const environment = await testEnvironment()
  const { file, db, close } = await openPlace()
  const { hrana, jitter } = await openRemote(file)
  const settings = readSettings(environment)
  const service = raceService(async (now) => ({
    ...outside,
    rendering: noRenderingAssets,
    now: () => now,
    settings,
    db: await openEdgeDatabase({ url: hrana.url }),
  }))
  return {
    environment,
    db,
    jitter,
    call: callBy(service),
    close: async () => {
      await hrana.close()
      await close()
    },
  }
}

const COMPATIBILITY_DATE = '2026-11-02'

async function bundleRaceWorker(): Promise<string> {
  const bundle = await bundleTestEntry('test/support/race-worker.ts', 'workerd')
  const script = await readFile(bundle, 'utf8')
  await rm(bundle)
  return script
}
let raceWorker: Promise<string> | undefined

/** Boots the race worker in workerd. */
async function bootWorker(
  environment: Environment,
  place: { d1Databases?: string[]; bindings?: Record<string, string> },
) {
  raceWorker ??= bundleRaceWorker()
  const { d1Databases = [], bindings } = place
  const worker = {
    name: 'race',
    modules: true as const,
    script: await raceWorker,
    compatibilityDate: COMPATIBILITY_DATE,
    bindings: { ...(environment as Record<string, string>), ...bindings },
    d1Databases,
  }
  const miniflare = openMiniflare({ workers: [worker, d1Door(...d1Databases)] })
  const url = await miniflare.ready
  return { miniflare, call: callBy(fetch, url.origin) }
}

/** workerd with libSQL over HTTP. */
export async function openWorkerdHranaDriver(): Promise<Driver> {
  const environment = await testEnvironment()
  const { file, db, close } = await openPlace()
  const { hrana, jitter } = await openRemote(file)
  const { miniflare, call } = await bootWorker(environment, { bindings: { LIBSQL_URL: hrana.url } })
  return {
    environment,
    db,
    jitter,
    call,
    close: async () => {
      await miniflare.dispose()
      await hrana.close()
      await close()
    },
  }
}

/** workerd with D1. */
export async function openWorkerdD1Driver(): Promise<Driver> {
  const environment = await testEnvironment()
  const { miniflare, call } = await bootWorker(environment, { d1Databases: ['DB'] })
  const d1 = await openD1(miniflare, 'DB')
  await migrateD1(d1)
  return { environment, db: drizzle(d1) as unknown as Database, call, close: () => miniflare.dispose() }
}
