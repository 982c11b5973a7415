import type { Miniflare } from 'miniflare'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { publishExam } from '../../src/flows/publish-exam.ts'
import { readEdgeTenants, turnOf } from '../../src/world/edge-tenants.ts'
import { openEdgeDatabase } from '../../src/world/open-edge.ts'
import { outside } from '../../src/world/outside.ts'
import { readSettings } from '../../src/world/settings.ts'
import { d1Door, openD1 } from '../support/d1-door.ts'
import { deployment } from '../support/deployed-worker.ts'
import { migrateD1 } from '../support/migration-statements.ts'
import { openMiniflare } from '../support/open-miniflare.ts'
import { testEnvironment } from '../support/test-settings.ts'
import { type Ask, expectNoCrossing, openSide, type Side } from '../support/two-tenants.ts'

// One Worker for two marketplaces, each with a D1 database of its own; and a third whose database is not bound.

let sides: readonly [Side, Side]
let miniflare: Miniflare
const lines: string[] = []

const prefixed = (name: string, variables: object): Record<string, string> =>
  Object.fromEntries(Object.entries(variables).map(([key, value]) => [`${name.toUpperCase()}_${key}`, value]))

const ownOf = async ({ name, environment }: Pick<Side, 'name' | 'environment'>) =>
  testEnvironment({ ...environment, KENTEI_SESSION_SECRET: `session-secret-of-${name}-that-is-long-enough-00001` })

beforeAll(async () => {
  sides = [
    await openSide('north', 'https://north.example', 'https://north-market.example'),
    await openSide('south', 'https://south.example', 'https://south-market.example'),
  ]
  const environments = await Promise.all(sides.map(ownOf))
  const gone = await ownOf({ name: 'gone' as never, environment: { KENTEI_ORIGIN: 'https://gone.example' } })
  const worker = {
    name: 'kentei',
    ...(await deployment()),
    bindings: {
      KENTEI_TENANTS: 'gone north south',
      ...prefixed('north', environments[0] as object),
      ...prefixed('south', environments[1] as object),
      ...prefixed('gone', gone),
    },
    d1Databases: { NORTH_DB: 'north', SOUTH_DB: 'south' },
    outboundService: (async (request: Request) => {
      const side = sides.find(({ marketOrigin }) => marketOrigin === new URL(request.url).origin)
      if (!side) return new Response(null, { status: 404 })
      const body = await request.text()
      return side.answer(request.url, {
        method: request.method,
        headers: Object.fromEntries(request.headers),
        ...(body ? { body } : {}),
      })
    }) as never,
  }
  miniflare = openMiniflare({
    workers: [worker, d1Door('north', 'south')],
    handleStructuredLogs: ({ message }: { message: string }) => lines.push(message),
  } as never)
  await miniflare.ready
  for (const [at, { name, bank }] of sides.entries()) {
    const d1 = await openD1(miniflare, name)
    await migrateD1(d1)
    const settings = readSettings(environments[at])
    await publishExam({ ...outside, settings, db: await openEdgeDatabase({ d1 }) }, bank)
  }
})
afterAll(() => miniflare?.dispose())

const ask: Ask = async (of, method, path, { token, body, accept } = {}) => {
  const response = await miniflare.dispatchFetch(`https://${of}.example${path}`, {
    method,
    redirect: 'manual',
    headers: {
      ...(accept ? { accept } : {}),
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  const isJson = /json/.test(response.headers.get('content-type') ?? '')
  return {
    status: response.status,
    headers: JSON.stringify([...response.headers]),
    text,
    json: isJson ? JSON.parse(text) : undefined,
  }
}

describe('a Worker for two marketplaces', () => {
  it('tells neither, in any answer to anybody, anything of the other, though people and exams are called alike', async () => {
    // on Node everybody asks everything of the same service
    await expectNoCrossing(sides, ask, { byTurns: process.env.CASES !== 'all' })
  })

  it('answers 421 with nothing of anybody to a host that nobody has', async () => {
    const { status, text } = await ask('east' as never, 'GET', '/')
    expect([status, JSON.parse(text).code, /north|south|gone/.test(text)]).toEqual([421, 'misdirected', false])
  })

  it('sends what each has to its own marketplace, and says of the one without a database whose it is', async () => {
    const worker = (await miniflare.getWorker()) as unknown as {
      scheduled(options: { scheduledTime: Date; cron: string }): Promise<{ outcome: string }>
    }
    await worker.scheduled({ scheduledTime: new Date(), cron: '* * * * *' })
    for (const { market, name } of sides) {
      await expect.poll(() => [...market.badges.values()].length).toBe(1)
      const [badge] = [...market.badges.values()].map(({ body }) => JSON.stringify(body))
      expect(badge).toContain(`${name}title`)
    }
    expect((await ask('gone' as never, 'GET', '/api/exams')).status).toBe(500)
    const told = lines.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line))
    expect(new Set(told.map(({ event, tenant }) => `${event} ${tenant}`))).toEqual(new Set(['settings-wrong gone']))
  })
})

describe('the tenants of a Worker', () => {
  const env = { A_KENTEI_ORIGIN: 'https://a.example', B_KENTEI_ORIGIN: 'https://b.example' }

  it.each([
    ['A', env, /^KENTEI_TENANTS: names of small letters/],
    [' ', env, /^KENTEI_TENANTS: it names nobody/],
    ['a c', env, /^C_KENTEI_ORIGIN: an origin is needed/],
    ['a b', { ...env, B_KENTEI_ORIGIN: 'https://a.example' }, /^B_KENTEI_ORIGIN: another tenant has this host/],
    [
      'a b',
      { ...env, A_KENTEI_SESSION_SECRET: 'x', B_KENTEI_SESSION_SECRET: 'x' },
      /^B_KENTEI_SESSION_SECRET: the same as A_/,
    ],
    [
      'a b',
      { ...env, A_KENTEI_ERASURE_SECRET: 'x', B_KENTEI_ERASURE_SECRET: 'x' },
      /^B_KENTEI_ERASURE_SECRET: the same as A_/,
    ],
    [
      'a b',
      { ...env, A_LIBSQL_URL: 'libsql://db.example', B_LIBSQL_URL: 'https://DB.example:443/' },
      /^B_LIBSQL_URL: the same as A_/,
    ],
  ])('are refused by name where they are wrong: %s', (names, wrong, said) => {
    expect(() => readEdgeTenants(names, wrong)).toThrow(said)
  })

  it('all have their turn, whatever there are of them', () => {
    const ones = Array.from({ length: 7 }, (_, at) => at)
    const tended = Array.from({ length: 7 }, (_, minute) => turnOf(ones, 4, minute))
    expect(new Set(tended.map(({ length }) => length))).toEqual(new Set([4]))
    expect(ones.map((one) => tended.flat().filter((other) => other === one).length)).toEqual(Array(7).fill(4))
    expect(turnOf([1, 2], 4, 3)).toEqual([1, 2])
  })
})
