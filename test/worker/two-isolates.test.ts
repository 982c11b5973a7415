import { drizzle } from 'drizzle-orm/d1'
import type { Miniflare } from 'miniflare'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openKeyRing } from '../../src/credential/keys.ts'
import { signCredential } from '../../src/credential/sign-credential.ts'
import { insertCredentialStatement, type NewCredential } from '../../src/credential/store.ts'
import { days, instant, minus, plus } from '../../src/kernel/instant.ts'
import { createVerifier } from '../../src/verify/index.ts'
import type { Database } from '../../src/world/database.ts'
import { d1Door, openD1 } from '../support/d1-door.ts'
import { deployment } from '../support/deployed-worker.ts'
import { FakeMarket, PLUGIN } from '../support/fake-market.ts'
import { migrateD1 } from '../support/migration-statements.ts'
import { openMiniflare } from '../support/open-miniflare.ts'
import { input } from '../support/sample-credential.ts'
import { testEnvironment } from '../support/test-settings.ts'

// Two isolates of the Worker over one database, as when requests land in two cities, and a marketplace outside.

const now = instant(Date.now())
const market = await FakeMarket.open(() => instant(Date.now()))
let miniflare: Miniflare
let jwt: string
const id = 'crd_two'

beforeAll(async () => {
  const environment = (await testEnvironment()) as Record<string, string>
  const deployed = await deployment({ draws: false })
  const worker = (name: string) => ({
    name,
    ...deployed,
    bindings: environment,
    d1Databases: { DB: 'one' },
    ratelimits: { RATE_LAUNCH_PAGE: { namespace_id: '2', simple: { limit: 3, period: 60 } } },
    outboundService: (async (request: Request) =>
      market.fetch(request.url, {
        method: request.method,
        headers: Object.fromEntries(request.headers),
        body: (await request.text()) || undefined,
      })) as never,
  })
  miniflare = openMiniflare({ workers: [worker('tokyo'), worker('osaka'), d1Door('one')] } as never)
  await miniflare.ready
  const d1 = await openD1(miniflare, 'one')
  await migrateD1(d1)
  const ring = await openKeyRing(PLUGIN, JSON.parse(environment.KENTEI_KEYS as string))
  const issued = {
    ...input,
    id,
    issuer: { origin: PLUGIN, name: 'x' },
    issuedAt: minus(now, days(1)),
    validUntil: plus(now, days(300)),
    status: { list: 1, index: 7 },
  } as const
  jwt = await signCredential(issued, ring)
  const { issuedAt, validUntil, subject } = issued
  const row = {
    id,
    attemptId: 'att_two',
    worker: 'wrk_two',
    exam: 'tiny',
    level: 1,
    examVersion: 1,
    title: { ja: 'x' },
    holderName: 'x',
    subject,
    issuedAt,
    validUntil,
    statusList: 1,
    statusIndex: 7,
    jwt,
    bankHash: 'x',
  }
  const db = drizzle(d1) as unknown as Database
  await db.batch([insertCredentialStatement(db, row as unknown as NewCredential)])
})
afterAll(() => miniflare?.dispose())

async function call(isolate: 'tokyo' | 'osaka', path: string, init: RequestInit = {}): Promise<Response> {
  const worker = (await miniflare.getWorker(isolate)) as unknown as {
    fetch(url: string, init: RequestInit): Promise<Response>
  }
  return worker.fetch(`${PLUGIN}${path}`, init)
}
const post = (isolate: 'tokyo' | 'osaka', path: string, body: object, token?: string) =>
  call(isolate, path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
    body: JSON.stringify(body),
  })

const alone = async (isolate: 'tokyo' | 'osaka') =>
  ((await (await post(isolate, '/api/credentials/verify', { credential: jwt })).json()) as { verdict: string }).verdict
const inBatch = async (isolate: 'tokyo' | 'osaka') =>
  (
    (await (await post(isolate, '/api/credentials/verify/batch', { credentials: [jwt] })).json()) as {
      results: { verdict: string }[]
    }
  ).results[0]?.verdict
const everywhere = async () =>
  new Set([await alone('tokyo'), await alone('osaka'), await inBatch('tokyo'), await inBatch('osaka')])

describe('a change of status in one isolate', () => {
  it('is seen at once by the other, which remembers the token, and outside when the list has reached its ttl', async () => {
    let clock = Date.now()
    const outside = createVerifier({
      issuers: [PLUGIN],
      fetch: (url, init) => call('osaka', new URL(url).pathname, init),
      now: () => clock,
    })
    const seenOutside = async () => (await outside.verify(jwt)).verdict
    expect([await everywhere(), await seenOutside()]).toEqual([new Set(['valid']), 'valid'])

    const { session } = (await (
      await post('tokyo', '/api/session', { token: await market.launchToken({ sub: 'opr_1', role: 'operator' }) })
    ).json()) as { session: string }
    const become = async (status: string) =>
      expect(
        (await post('tokyo', `/api/staff/credentials/${id}/status`, { status, why: 'decided' }, session)).status,
      ).toBe(200)
    for (const status of ['suspended', 'active', 'revoked'] as const) {
      await become(status)
      expect(await everywhere()).toEqual(new Set([status === 'active' ? 'valid' : status]))
    }
    expect(await seenOutside()).toBe('valid')
    clock += 300_000
    expect(await seenOutside()).toBe('revoked')
  })
})

describe('a rate limit of the edge', () => {
  it('is counted by its binding, per caller, and says when to come again', async () => {
    const edge = await miniflare.getWorker('tokyo')
    const ask = (caller: string) =>
      edge.fetch(`${PLUGIN}/launch?token=x`, { headers: { 'cf-connecting-ip': caller }, redirect: 'manual' })
    const replies = []
    for (let n = 0; n < 4; n++) replies.push(await ask('192.0.2.1'))
    expect(replies.map(({ status }) => status === 429)).toEqual([false, false, false, true])
    expect([replies[3]?.headers.get('retry-after'), replies[3]?.headers.get('ratelimit-policy')]).toEqual([
      '60',
      '"launch-page";q=6000;w=60',
    ])
    expect((await ask('192.0.2.2')).status).not.toBe(429)
  })
})
