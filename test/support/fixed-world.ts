import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createApp } from '../../src/app.ts'
import { calls } from '../../src/contract/kentei/calls.ts'
import { carried } from '../../src/contract/problems.ts'
import { drainOutbox } from '../../src/flows/drain-outbox.ts'
import { openSession } from '../../src/flows/open-session.ts'
import { publishExam } from '../../src/flows/publish-exam.ts'
import type { Bank } from '../../src/item/bank.ts'
import type { IdKind } from '../../src/kernel/id.ts'
import { type Duration, type Instant, instant, plus } from '../../src/kernel/instant.ts'
import { randomFrom } from '../../src/kernel/random.ts'
import type { Result } from '../../src/kernel/result.ts'
import type { Session } from '../../src/marketplace/session-token.ts'
import { furtherRefusals } from '../../src/web/api/api-document.ts'
import { problemKinds } from '../../src/web/problem-response.ts'
import { openEmbeddedDatabase, type WaitsIn } from '../../src/world/open-node.ts'
import { readSettings } from '../../src/world/settings.ts'
import type { World } from '../../src/world/world.ts'
import { builtRenderingAssets } from './built.ts'
import { layDatabase } from './database-image.ts'
import { describedBy } from './described.ts'
import { FakeMarket } from './fake-market.ts'
import { quickFolder } from './quick-folder.ts'
import { testEnvironment } from './test-settings.ts'
import { tinyBank } from './tiny-bank.ts'

/** When every fixed world begins. */
export const NOON: Instant = instant(Date.parse('2026-11-25T03:00:00Z'))

export interface Clock {
  now: Instant
  advance(duration: Duration): void
}

/** What came back from the app. `json` is undefined where the reply was none. */
export interface Reply {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  // biome-ignore lint/suspicious/noExplicitAny: tests look at whatever came back
  readonly json: any
}

/** What is in a world whose exam is the tiny one, before anybody comes: a database of this run. */
const TINY = 'tiny-exam'

async function migrated(directory: string, bank?: Bank): Promise<string> {
  const file = join(directory, 'kentei.db')
  const { db, forgetDeleted, close } = await openEmbeddedDatabase(file, 'migrations', 'process')
  if (bank) {
    const { tombstoneSecrets } = readSettings(await testEnvironment())
    const nextId = counted()
    const newId = <Kind extends IdKind>(kind: Kind) => `${kind}_0000${String(nextId()).padStart(8, '0')}` as const
    const newSecret = (): string => {
      throw new Error('nobody is met before the exam is published')
    }
    await publishExam({ db, settings: { tombstoneSecrets }, now: () => NOON, newId, newSecret }, bank)
  }
  await forgetDeleted()
  await close()
  return file
}

const expectDescribed = describedBy({ calls, kinds: problemKinds, carried, further: furtherRefusals })

let worlds = 0

const counted = () => {
  let n = 0
  return () => {
    n += 1
    return n
  }
}

/** The value of a result that must not be a refusal. */
export function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.problem)}`)
  return result.value
}

/**
 * The service over a database file of its own, with a clock that only the test moves, ids that count, drawn numbers and
 * seeds that repeat, and a marketplace in memory. The tiny exam is published.
 */
export async function fixedWorld({ bank: own, waitsIn = 'process' }: { bank?: Bank; waitsIn?: WaitsIn } = {}) {
  const folder = await mkdtemp(join(quickFolder, 'kentei-world-'))
  const bank = own ?? tinyBank()
  const isLaid = own
    ? await layDatabase('migrated', join(folder, 'kentei.db'), migrated)
    : await layDatabase(TINY, join(folder, 'kentei.db'), (directory) => migrated(directory, bank))
  const {
    db,
    forgetDeleted,
    close: closeDatabase,
  } = await openEmbeddedDatabase(join(folder, 'kentei.db'), 'migrations', waitsIn)
  const clock: Clock = {
    now: NOON,
    advance(duration) {
      clock.now = plus(clock.now, duration)
    },
  }
  const market = await FakeMarket.open(() => clock.now)
  const [nextId, nextSeed, nextUuid, nextSecret] = [counted(), counted(), counted(), counted()]
  // no two worlds of a process share an id, as no two databases do
  worlds += 1
  const worldNumber = String(worlds).padStart(4, '0')
  const random = randomFrom('0123456789abcdef0123456789abcdef')
  const world: World = {
    db,
    settings: readSettings(await testEnvironment()),
    rendering: builtRenderingAssets,
    now: () => clock.now,
    newId: <Kind extends IdKind>(kind: Kind) => `${kind}_${worldNumber}${String(nextId()).padStart(8, '0')}` as const,
    newSeed: () => nextSeed().toString(16).padStart(32, '5'),
    newUuid: () => `00000000-0000-4000-8000-${String(nextUuid()).padStart(12, '0')}`,
    newSecret: () => String(nextSecret()).padStart(43, 'A'),
    drawBelow: (bound) => random.below(bound),
    fetch: market.fetch,
    fetchStranger: () => Promise.reject(new Error('no stranger is there')),
  }
  const failures: object[] = []
  const app = createApp({ openWorld: () => world, logFailure: (failure) => failures.push(failure) })
  if (own || !isLaid) await publishExam(world, bank)

  /** Sends a worker over from the marketplace. */
  const launch = async (
    worker: string,
    claims: Record<string, unknown> = {},
  ): Promise<{ session: Session; token: string }> => {
    const { session, token } = must(await openSession(world, await market.launchToken({ sub: worker, ...claims })))
    return { session, token }
  }
  const call = async (
    method: string,
    path: string,
    options: { token?: string; body?: unknown; headers?: Record<string, string> } = {},
  ): Promise<Reply> => {
    const body =
      options.body === undefined
        ? undefined
        : typeof options.body === 'string'
          ? options.body
          : JSON.stringify(options.body)
    const headers = {
      ...(options.token ? { authorization: `Bearer ${options.token}` } : {}),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...options.headers,
    }
    const response = await app.request(`${world.settings.origin}${path}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body }),
    })
    const text = await response.text()
    const { status, headers: answered } = response
    const json = answered.get('content-type')?.includes('json') ? JSON.parse(text) : undefined
    expectDescribed(method, path, { status, headers: answered, text, json })
    return { status, headers: answered, text, json }
  }
  /** Delivers until nothing is due now. */
  const drain = () => drainOutbox(world)
  const close = async () => {
    await closeDatabase()
    await rm(folder, { recursive: true, force: true })
  }
  return { folder, forgetDeleted, world, db, clock, market, bank, app, failures, launch, call, drain, close }
}

export type FixedWorld = Awaited<ReturnType<typeof fixedWorld>>
