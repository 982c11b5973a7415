import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { wordsOf } from '../../../src/platform/words/full-text.ts'
import { SANDBOX_SEED, seedSandbox } from '../../../src/sandbox/flows/seed-sandbox.ts'
import { findRequestedJob } from '../../../src/sandbox/job/store.ts'
import { readQueue } from '../../../src/sandbox/moderation/store.ts'
import { axes } from '../../../src/sandbox/review/totals.ts'
import { findWorkerDocs } from '../../../src/sandbox/search/listing/store.ts'
import { ICC1 } from '../../../src/sandbox/search/quality.ts'
import { inventedClients } from '../../../src/sandbox/seed/clients.data.ts'
import { inventPeople } from '../../../src/sandbox/seed/invent-people.ts'
import { inventedJobs } from '../../../src/sandbox/seed/jobs.data.ts'
import { type Market, openMarket } from '../../support/sandbox/open-market.ts'

describe('the people of the sandbox', () => {
  const people = inventPeople(SANDBOX_SEED)

  it('are the same for the same seed', () => {
    expect(inventPeople(SANDBOX_SEED)).toEqual(people)
  })

  it('are 300, each with a name of their own', () => {
    expect(people.workers).toHaveLength(300)
    expect(new Set(people.workers.map((worker) => worker.name)).size).toBe(300)
    expect(people.workers[0]?.id).toBe('wrk_001')
    expect(people.workers[299]?.id).toBe('wrk_300')
  })

  it('are newcomers in two of five cases, and have 1 to 60 reviews otherwise', () => {
    expect(people.totals).toHaveLength(180)
    for (const { count } of people.totals) {
      expect(count).toBeGreaterThanOrEqual(1)
      expect(count).toBeLessThanOrEqual(60)
    }
  })

  it('have reviews of 1 to 5 on all five axes', () => {
    for (const review of people.reviews) for (const axis of axes) expect([1, 2, 3, 4, 5]).toContain(review[axis])
  })

  it('differ from each other about as much as ICC₁ says', () => {
    const means = new Map(
      people.totals.map((t) => [t.worker, axes.reduce((sum, axis) => sum + t[axis], 0) / 5 / t.count]),
    )
    const within =
      people.reviews.reduce(
        (sum, r) => sum + (axes.reduce((s, axis) => s + r[axis], 0) / 5 - (means.get(r.worker) as number)) ** 2,
        0,
      ) /
      (people.reviews.length - people.totals.length)
    const icc = 1 - within / people.norms.sd ** 2
    expect(icc).toBeGreaterThan(ICC1 - 0.08)
    expect(icc).toBeLessThan(ICC1 + 0.08)
  })
})

describe('the jobs of the sandbox', () => {
  let market: Market
  beforeAll(async () => {
    market = await openMarket()
  })
  afterAll(() => market.close())

  const states = async () =>
    Promise.all(
      inventedJobs.map(async (_, nth) => (await findRequestedJob(market.world.db, `seed/job-${nth + 1}`))?.state),
    )

  it('are there for every client, open for long, and the last three wait for a person', async () => {
    expect(new Set(inventedJobs.map(({ client }) => client))).toEqual(new Set(inventedClients.map(({ id }) => id)))
    const all = await states()
    expect(all.slice(0, -3).filter((state) => state === 'published').length).toBeGreaterThanOrEqual(
      inventedJobs.length - 6,
    )
    for (const state of all.slice(-3)) expect(['queued', 'held']).toContain(state)
    expect(
      (await readQueue(market.world.db, { statuses: ['open'], kind: 'job', after: undefined, limit: 50 })).length,
    ).toBeGreaterThanOrEqual(3)
    market.advance(300 * 86_400_000)
    expect((await market.call('GET', '/v1/jobs?limit=100')).json.found.count).toBeGreaterThanOrEqual(30)
  })

  it('are posted once, however often the sandbox opens', async () => {
    const before = await states()
    await seedSandbox(market.world)
    expect(await states()).toEqual(before)
    expect(
      (await market.call('GET', '/v1/jobs?limit=100')).json.jobs.filter(
        (job: { client: string }) => job.client === 'cli_01',
      ),
    ).toHaveLength(2)
  })
})

describe('opening the sandbox', () => {
  let market: Market
  beforeAll(async () => {
    market = await openMarket()
  })
  afterAll(() => market.close())

  it('keeps all data when it is opened and seeded again', async () => {
    await market.certify('wrk_001')
    await market.call('POST', '/demo/workers/wrk_002/standing', { body: { status: 'restricted' } })
    const before = await market.call('GET', '/api/workers?limit=500')
    const again = await market.open()
    await seedSandbox(again)
    await again.close()
    expect((await market.call('GET', '/api/workers?limit=500')).json).toEqual(before.json)
  })

  it('makes the texts of workers and jobs that the full-text index lacks', async () => {
    const { db } = market.world
    const found = async (path: string, list: string) =>
      (await market.call('GET', `${path}?limit=100&q=${encodeURIComponent('でーた')}`)).json[list].length as number
    await db.run(sql`UPDATE jobs SET search_text = ''`)
    await db.run(sql`DELETE FROM worker_texts`)
    expect([await found('/v1/jobs', 'jobs'), await found('/api/workers', 'workers')]).toEqual([0, 0])
    const again = await market.open()
    await seedSandbox(again)
    expect((await db.all<{ n: number }>(sql`SELECT count(*) AS n FROM jobs WHERE search_text = ''`))[0]?.n).toBe(0)
    expect(await findWorkerDocs(again.db, wordsOf('データ'))).toContain(1)
    await again.close()
  })

  it('keeps its keys, for its owner only', async () => {
    const again = await market.open()
    expect(again.settings.keys).toEqual(market.world.settings.keys)
    await again.close()
    expect((await stat(join(market.directory, 'sandbox-keys.json'))).mode & 0o777).toBe(0o600)
  })
})
