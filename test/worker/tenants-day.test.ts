import { cp, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Miniflare } from 'miniflare'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { generateKey } from '../../src/credential/keys.ts'
import { publishExam } from '../../src/flows/publish-exam.ts'
import { openEdgeDatabase } from '../../src/world/open-edge.ts'
import { outside } from '../../src/world/outside.ts'
import { type Environment, readSettings, type StoredKey } from '../../src/world/settings.ts'
import { d1Door, openD1 } from '../support/d1-door.ts'
import { deployment } from '../support/deployed-worker.ts'
import { migrateD1 } from '../support/migration-statements.ts'
import { modelSaves } from '../support/model-answer.ts'
import { openMiniflare } from '../support/open-miniflare.ts'
import { quickFolder } from '../support/quick-folder.ts'
import { testEnvironment } from '../support/test-settings.ts'
import { openSide, type Side } from '../support/two-tenants.ts'

// A day of a Worker with two marketplaces, each with a D1 database of its own: an exam in whose middle workerd ends and begins
// again, a marketplace that is away for hours, an older copy put back, and new keys.

const CANDIDATES = 12

let sides: readonly [Side, Side]
let environments: Environment[]
let folder: string
let miniflare: Miniflare
const away = new Set<string>()

const prefixed = (name: string, variables: object) =>
  Object.fromEntries(Object.entries(variables).map(([key, value]) => [`${name.toUpperCase()}_${key}`, value]))

/** Begins workerd over the databases as the last one left them. */
async function begin(): Promise<void> {
  const worker = {
    name: 'kentei',
    ...(await deployment({ draws: false })),
    bindings: {
      KENTEI_TENANTS: 'north south',
      ...prefixed('north', environments[0] as object),
      ...prefixed('south', environments[1] as object),
    },
    d1Databases: { NORTH_DB: 'north', SOUTH_DB: 'south' },
    outboundService: (async (request: Request) => {
      const side = sides.find(({ marketOrigin }) => marketOrigin === new URL(request.url).origin)
      if (!side || away.has(side.name)) return new Response(null, { status: 503 })
      const body = await request.text()
      const headers = Object.fromEntries(request.headers)
      return side.answer(request.url, { method: request.method, headers, ...(body ? { body } : {}) })
    }) as never,
  }
  miniflare = openMiniflare({
    workers: [worker, d1Door('north', 'south')],
    resourcePersistencePath: join(folder, 'd1'),
  } as never)
  await miniflare.ready
}

beforeAll(async () => {
  folder = await mkdtemp(join(quickFolder, 'kentei-day-'))
  sides = [
    await openSide('north', 'https://north.example', 'https://north-market.example'),
    await openSide('south', 'https://south.example', 'https://south-market.example'),
  ]
  environments = await Promise.all(
    sides.map(({ name, environment }) =>
      testEnvironment({ ...environment, KENTEI_SESSION_SECRET: `session-secret-of-${name}-that-is-long-enough-00002` }),
    ),
  )
  await begin()
  for (const [at, { name, bank }] of sides.entries()) {
    const d1 = await openD1(miniflare, name)
    await migrateD1(d1)
    await publishExam(
      { ...outside, settings: readSettings(environments[at]), db: await openEdgeDatabase({ d1 }) },
      bank,
    )
  }
})
afterAll(async () => {
  await miniflare?.dispose()
  await rm(folder, { recursive: true, force: true })
})

async function ask(side: Side, method: string, path: string, { token, body }: { token?: string; body?: unknown } = {}) {
  const response = await miniflare.dispatchFetch(`${side.origin}${path}`, {
    method,
    headers: {
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  expect(response.status, `${method} ${path}: ${text.slice(0, 200)}`).toBeLessThan(300)
  return response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : text
}

interface Sitting {
  readonly side: Side
  readonly token: string
  readonly id: string
  readonly lease: string
  readonly saves: ReturnType<typeof modelSaves>
}

async function start(side: Side, worker: string): Promise<Sitting> {
  const { session: token } = await ask(side, 'POST', '/api/session', {
    body: { token: await side.launchToken({ sub: worker, role: 'worker' }) },
  })
  const { id, lease, sections } = await ask(side, 'POST', '/api/exams/tiny/attempts', { token, body: { locale: 'ja' } })
  return { side, token, id, lease, saves: modelSaves(side.bank, sections) }
}

const save = ({ side, token, id, lease }: Sitting, saves: Sitting['saves']) =>
  ask(side, 'PUT', `/api/attempts/${id}/responses`, { token, body: { lease, saves } })

/** @returns the certificate of everybody who passed. */
const submit = async ({ side, token, id, lease }: Sitting): Promise<string> => {
  const { score, credential } = await ask(side, 'POST', `/api/attempts/${id}/submit`, { token, body: { lease } })
  expect(score).toBe(100)
  return credential
}

let minute = 0
async function tick(): Promise<void> {
  minute += 1
  const worker = (await miniflare.getWorker('kentei')) as unknown as {
    scheduled(options: { scheduledTime: Date; cron: string }): Promise<{ outcome: string }>
  }
  const scheduledTime = new Date(Date.now() + minute * 3_600_000)
  expect((await worker.scheduled({ scheduledTime, cron: '* * * * *' })).outcome).toBe('ok')
}

const badgesAt = ({ market }: Side) => [...market.badges.keys()].length
const jwtOf = (side: Side, credential: string): Promise<string> => ask(side, 'GET', `/credentials/${credential}.jwt`)
const verdictOf = async (side: Side, credential: string): Promise<string> =>
  (await ask(side, 'POST', '/api/credentials/verify', { body: { credential } })).verdict
const kidOf = (jwt: string): string =>
  JSON.parse(Buffer.from(jwt.split('.')[0] ?? '', 'base64url').toString()).kid as string

it('loses no answer when workerd ends in the middle of an exam day of both marketplaces', async () => {
  const sat = await Promise.all(
    Array.from({ length: 2 * CANDIDATES }, (_, nth) => start(sides[nth % 2] as Side, `crowd-${nth}`)),
  )
  // half of what each knows was taken before the end, the rest comes after it
  await Promise.all(sat.map((one) => save(one, one.saves.slice(0, Math.ceil(one.saves.length / 2)))))
  await miniflare.dispose()
  await begin()
  await Promise.all(sat.map((one) => save(one, one.saves.slice(Math.ceil(one.saves.length / 2)))))
  const passed = await Promise.all(sat.map(submit))
  expect(new Set(passed).size).toBe(2 * CANDIDATES)
  await tick()
  for (const side of sides) await expect.poll(() => badgesAt(side)).toBe(CANDIDATES)
})

it('keeps what one marketplace does not take until it is back, and the other waits for nothing', async () => {
  const [north, south] = sides
  // whoever sits already needs no marketplace
  const late = await Promise.all(sides.map((side) => start(side, 'late')))
  away.add('north')
  for (const one of late) {
    await save(one, one.saves)
    await submit(one)
  }
  await expect.poll(() => badgesAt(south)).toBe(CANDIDATES + 1)
  await tick()
  expect(badgesAt(north)).toBe(CANDIDATES)
  away.clear()
  await tick()
  await expect.poll(() => badgesAt(north)).toBe(CANDIDATES + 1)
})

it('is believed by its marketplace after an older copy of the database was put back', async () => {
  const [side] = sides
  const [badge] = [...side.market.badges.keys()] as [string]
  const signIn = async (): Promise<string> => {
    const token = await side.launchToken({ sub: 'opr_same', role: 'operator' })
    return (await ask(side, 'POST', '/api/session', { body: { token } })).session
  }
  const decide = async (status: string) => {
    const session = await signIn()
    const path = `/api/staff/credentials/${badge.split(' ')[1]}/status`
    await ask(side, 'POST', path, { token: session, body: { status, why: 'looked into' } })
    await tick()
    await expect.poll(() => JSON.stringify(side.market.badges.get(badge)?.body)).toContain(`"${status}"`)
  }
  await miniflare.dispose()
  await cp(join(folder, 'd1'), join(folder, 'copy'), { recursive: true })
  await begin()
  for (const status of ['suspended', 'active', 'suspended', 'active']) await decide(status)
  await miniflare.dispose()
  await rm(join(folder, 'd1'), { recursive: true })
  await cp(join(folder, 'copy'), join(folder, 'd1'), { recursive: true })
  await begin()
  // as the manual has it
  await ask(side, 'POST', '/api/staff/restored', { token: await signIn() })
  await tick()
  await decide('suspended')
})

it('signs with a new key after it was deployed, and what the old one signed stays valid', async () => {
  const before = await Promise.all(
    sides.map(async (side) => jwtOf(side, [...side.market.badges.keys()].at(-1)?.split(' ')[1] ?? '')),
  )
  for (const environment of environments) {
    const keys = (JSON.parse(environment.KENTEI_KEYS as string) as StoredKey[]).map((key) =>
      key.use === 'credential' ? { ...key, state: 'retired' as const } : key,
    )
    environment.KENTEI_KEYS = JSON.stringify([...keys, await generateKey('credential')])
  }
  await miniflare.dispose()
  await begin()
  for (const [at, side] of sides.entries()) {
    const one = await start(side, 'after-the-rotation')
    await save(one, one.saves)
    const jwt = await jwtOf(side, await submit(one))
    const old = before[at] as string
    expect(kidOf(jwt)).not.toBe(kidOf(old))
    expect([await verdictOf(side, jwt), await verdictOf(side, old)]).toEqual(['valid', 'valid'])
  }
})
