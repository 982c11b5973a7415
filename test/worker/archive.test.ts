import type { Miniflare } from 'miniflare'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { bankHash } from '../../src/authoring/content-hash.ts'
import { openSession } from '../../src/flows/open-session.ts'
import { publishExam } from '../../src/flows/publish-exam.ts'
import { replayAttempt } from '../../src/flows/replay-attempt.ts'
import { startAttempt } from '../../src/flows/start-attempt.ts'
import { submitAttempt } from '../../src/flows/submit-attempt.ts'
import { days } from '../../src/kernel/instant.ts'
import { openBucket } from '../../src/platform/bucket.ts'
import { usedBytes } from '../../src/world/database-size.ts'
import { openEdgeDatabase } from '../../src/world/open-edge.ts'
import { outside } from '../../src/world/outside.ts'
import type { World } from '../../src/world/world.ts'
import { openDeployedWorker } from '../support/deployed-worker.ts'
import { type FixedWorld, fixedWorld, must } from '../support/fixed-world.ts'
import { S3Double } from '../support/s3-double.ts'
import { testEnvironment } from '../support/test-settings.ts'
import { tinyBank } from '../support/tiny-bank.ts'

// The Worker in workerd with a D1 database and a bucket: what its cron trigger archives.

const HALF_A_YEAR = days(200)
const LATER = days(10)
const MANY = 30

const { hash: _, ...tiny } = tinyBank()
const content = { ...tiny, exam: { ...tiny.exam, archiveAfter: { years: 0, months: 6, days: 0 } } }
const bank = { ...content, hash: bankHash(content) }

let bucket: S3Double
let clock = 0
let miniflare: Miniflare
let d1: D1Database
let w: FixedWorld
let world: World
const lines: string[] = []

beforeAll(async () => {
  bucket = await S3Double.open(() => clock)
  const opened = await openDeployedWorker(
    { ...(await testEnvironment()), ...bucket.environment, KENTEI_DATABASE_LIMIT: '5MB' },
    async (request) => {
      if (!request.url.startsWith(bucket.settings.url)) return new Response(null, { status: 503 })
      const body = await request.arrayBuffer()
      const headers = Object.fromEntries(request.headers)
      return fetch(request.url, { method: request.method, headers, ...(body.byteLength > 0 ? { body } : {}) })
    },
    (line) => lines.push(line),
  )
  miniflare = opened.miniflare
  d1 = opened.d1
  w = await fixedWorld()
  world = { ...w.world, db: await openEdgeDatabase({ d1 }) }
  await publishExam(world, bank)
})
afterAll(async () => {
  await w?.close()
  await miniflare?.dispose()
  await bucket?.close()
})

/** A run of the cron trigger after so long; what it wrote down of the archive. */
async function sweepAfter(time: number): Promise<string[]> {
  lines.length = 0
  clock = Math.max(Date.now(), w.clock.now) + time
  const worker = (await miniflare.getWorker()) as unknown as {
    scheduled(options: { scheduledTime: Date; cron: string }): Promise<{ outcome: string }>
  }
  expect((await worker.scheduled({ scheduledTime: new Date(clock), cron: '* * * * *' })).outcome).toBe('ok')
  return lines.filter((line) => /archive/.test(line)).map((line) => JSON.parse(line).reason)
}

const count = async (where: string): Promise<number> =>
  Number((await d1.prepare(`select count(*) as n from ${where}`).first<{ n: number }>())?.n)

async function sit(worker: string): Promise<string> {
  const { session } = must(await openSession(world, await w.market.launchToken({ sub: worker })))
  const { attempt } = must(await startAttempt(world, { session, exam: 'tiny' }))
  must(await submitAttempt(world, { session, id: attempt.id, lease: attempt.lease as string }))
  return attempt.id
}

it('puts work into a bucket once its time has come, and whatever goes wrong there, none is lost', async () => {
  const id = await sit('w-1')
  expect(await sweepAfter(days(1))).toEqual([])
  expect([bucket.objects.size, await count('attempts where archived is null')]).toEqual([0, 1])
  const answers = await count('responses')
  for (const [method, fault, said] of [
    ['PUT', 'refused', /answered 500/],
    ['PUT', 'forgotten', /missing/],
    ['GET', 'truncated', /did not answer|changed|unreadable/],
    ['GET', 'garbled', /changed/],
  ] as const) {
    bucket.fault = (call) => (call.method === method && call.key !== '' ? fault : undefined)
    expect(await sweepAfter(HALF_A_YEAR), `${method} ${fault}`).toEqual([expect.stringMatching(said)])
    expect(await count('responses')).toBe(answers)
  }
  bucket.fault = () => undefined
  expect(await sweepAfter(HALF_A_YEAR)).toEqual([])
  expect([bucket.objects.size, await count('attempts where archived is null'), bucket.denied]).toEqual([1, 0, []])
  // an appeal is replayed from there
  const archive = openBucket(bucket.settings, { fetch: outside.fetch, now: () => clock as never })
  expect(must(await replayAttempt({ ...world, archive }, id))).toMatchObject({ archived: true, differing: [] })
})

it('keeps D1 under its limit: the oldest work goes before its time', async () => {
  const id = await sit('w-2')
  const copies = `with recursive n(i) as (select 1 union all select i + 1 from n where i < ${MANY})`
  await d1
    .prepare(
      `${copies} insert into attempts select 'att_copy' || (1000 + i), 'copy' || i, exam, bank_hash, locale, form, status, reason,
         started_at, deadline, time_multiplier, lease, closed_at, graded_at + i, report, null, version, part, archived
       from attempts, n where id = ?`,
    )
    .bind(id)
    .run()
  await d1
    .prepare(
      `${copies} insert into responses select 'att_copy' || (1000 + i), 'q-' || i, 1, json_object('text', hex(randomblob(80000))), 0, 0 from n`,
    )
    .run()
  const size = async () => usedBytes(world.db)
  expect(await size()).toBeGreaterThan(0.8 * 5e6)
  for (let run = 0; run < 6; run += 1) await sweepAfter(LATER)
  expect(await size()).toBeLessThan(0.8 * 5e6)
  expect(await count('attempts where archived is null')).toBeGreaterThan(0)
})
