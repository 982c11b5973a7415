import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type Instant, instant, toRfc3339 } from '../../../src/kernel/instant.ts'
import { calls, failsForAWhile, furtherRefusals } from '../../../src/sandbox/api/calls.ts'
import { carried } from '../../../src/sandbox/api/carried.ts'
import { createSandbox } from '../../../src/sandbox/app.ts'
import { createDetector } from '../../../src/sandbox/detector/judge/detector.ts'
import { openCommittedModel } from '../../../src/sandbox/detector/judge/model.ts'
import { seedSandbox } from '../../../src/sandbox/flows/seed-sandbox.ts'
import { openSandboxWorld } from '../../../src/sandbox/open-sandbox.ts'
import { problemKinds } from '../../../src/sandbox/problem-response.ts'
import type { SandboxWorld } from '../../../src/sandbox/sandbox-world.ts'
import type { WaitsIn } from '../../../src/world/open-node.ts'
import { layDatabase } from '../database-image.ts'
import { describedBy } from '../described.ts'
import { quickFolder } from '../quick-folder.ts'
import { fakePlugin, MARKET, PLUGIN } from './fake-plugin.ts'

const expectDescribed = describedBy({
  calls,
  kinds: problemKinds,
  carried,
  further: furtherRefusals,
  forAWhile: failsForAWhile,
})

export const WEBHOOK_SECRET = 'whsec_c2FuZGJveC13ZWJob29rLXNlY3JldC0x'

const BEGIN = instant(Date.parse('2026-11-25T03:00:00Z'))

/** The committed model, read once: it is the same for every marketplace. */
const model = openCommittedModel()
export const detector = createDetector(model)

/** The database of a marketplace right after it was seeded. */
async function seeded(directory: string): Promise<string> {
  const world = await openSandboxWorld({
    directory,
    origin: MARKET,
    pluginOrigin: PLUGIN,
    now: () => BEGIN,
    waitsIn: 'process',
  })
  await seedSandbox(world)
  await world.forgetDeleted()
  await world.close()
  return join(directory, 'sandbox.db')
}

/** Lays the database of a seeded marketplace into its folder; false where it has to be seeded still. */
export const laySeededMarket = (directory: string): Promise<boolean> =>
  layDatabase('seeded-market', join(directory, 'sandbox.db'), seeded)

/** A seeded marketplace on a real database file, with a clock that only the test moves and a plugin of its own. */
export async function openMarket({ waitsIn = 'process' }: { waitsIn?: WaitsIn } = {}) {
  const directory = await mkdtemp(join(quickFolder, 'kentei-sandbox-'))
  const isSeeded = await laySeededMarket(directory)
  const clock = { now: BEGIN }
  const plugin = await fakePlugin(clock)
  const waits: number[] = []
  const open = async () => ({
    ...(await openSandboxWorld({
      directory,
      origin: MARKET,
      pluginOrigin: PLUGIN,
      webhookSecret: WEBHOOK_SECRET,
      pluginWebhookKeys: [WEBHOOK_SECRET],
      now: () => clock.now,
      fetch: plugin.fetch,
      waitsIn,
      model,
    })),
    wait: async (duration: number) => {
      waits.push(duration)
    },
  })
  const world: SandboxWorld & Pick<Awaited<ReturnType<typeof openSandboxWorld>>, 'close' | 'forgetDeleted'> =
    await open()
  if (!isSeeded) await seedSandbox(world)
  const app = createSandbox(() => world)

  const call = async (
    method: string,
    path: string,
    options: { body?: unknown; headers?: Record<string, string>; token?: string } = {},
  ) => {
    const authorization: Record<string, string> = path.startsWith('/v1')
      ? { Authorization: `Bearer ${options.token ?? (await plugin.serviceToken())}` }
      : {}
    const body =
      options.body === undefined
        ? undefined
        : typeof options.body === 'string'
          ? options.body
          : JSON.stringify(options.body)
    const response = await app.request(`${MARKET}${path}`, {
      method,
      headers: { ...authorization, ...options.headers },
      ...(body === undefined ? {} : { body }),
    })
    const text = await response.text()
    // biome-ignore lint/suspicious/noExplicitAny: tests look at whatever came back
    const json: any = response.headers.get('Content-Type')?.includes('json') ? JSON.parse(text) : undefined
    expectDescribed(method, path, { status: response.status, headers: response.headers, text, json })
    return { status: response.status, headers: response.headers, text, json }
  }
  const advance = (milliseconds: number) => {
    clock.now = instant(clock.now + milliseconds)
  }
  const badgeBody = async (credential: string, change: { version?: number; status?: string; jwt?: string } = {}) => ({
    credential: change.jwt ?? (await plugin.badge(credential)),
    exam: 'business-admin',
    level: 3,
    title: 'ビジネス事務検定 3級',
    issuedAt: toRfc3339(clock.now),
    validUntil: toRfc3339((Math.floor(clock.now / 1_000) * 1_000 + 86_400_000 * 365) as Instant),
    status: change.status ?? 'active',
    version: change.version ?? 1,
    url: `${PLUGIN}/credentials/${credential}`,
    image: `${PLUGIN}/credentials/${credential}.svg`,
  })
  const signalBody = (change: { version?: number; validUntil?: string; priorMean?: number } = {}) => ({
    priorMean: change.priorMean ?? 0.316,
    equivalentReviews: 3.22,
    validUntil: change.validUntil ?? toRfc3339(instant(clock.now + 86_400_000 * 30)),
    version: change.version ?? 1,
    explanation: { ja: '評価 約3件分', en: 'about 3 reviews' },
  })
  /** Gives a worker a badge and the signal behind it. */
  const certify = async (worker: string, credential = `crd_${worker}`) => {
    const badge = await call('PUT', `/v1/workers/${worker}/badges/${credential}`, { body: await badgeBody(credential) })
    const signal = await call('PUT', `/v1/workers/${worker}/ranking-signals/business-admin`, { body: signalBody() })
    return { badge, signal }
  }
  const close = async () => {
    await world.close()
    await rm(directory, { recursive: true, force: true })
  }
  return { directory, clock, plugin, world, app, waits, call, advance, badgeBody, signalBody, certify, open, close }
}

export type Market = Awaited<ReturnType<typeof openMarket>>
