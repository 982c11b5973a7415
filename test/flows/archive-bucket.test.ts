import { afterEach, beforeEach, expect, it } from 'vitest'
import { bankHash } from '../../src/authoring/content-hash.ts'
import { archiveAttempts, removeErasedWork } from '../../src/flows/archive-attempts.ts'
import { eraseWorker } from '../../src/flows/erase-worker.ts'
import { readServiceState } from '../../src/flows/read-service-state.ts'
import { replayAttempt } from '../../src/flows/replay-attempt.ts'
import { sweep } from '../../src/flows/sweep.ts'
import { days, milliseconds } from '../../src/kernel/instant.ts'
import { openBucket } from '../../src/platform/bucket.ts'
import { ArchiveDown } from '../../src/platform/log-line.ts'
import { usedBytes } from '../../src/world/database-size.ts'
import { outside } from '../../src/world/outside.ts'
import { rows } from '../support/exam-hall.ts'
import { type FixedWorld, fixedWorld, must } from '../support/fixed-world.ts'
import { modelSaves } from '../support/model-answer.ts'
import { type S3Call, S3Double, type S3Fault } from '../support/s3-double.ts'
import { twoPartBank } from '../support/two-part-bank.ts'

// The work of closed attempts goes to a bucket of S3's protocol, on the loopback, over real connections.

const { exam, items, tasks } = twoPartBank()
const content = { exam: { ...exam, archiveAfter: { years: 0, months: 6, days: 0 } }, items, tasks }
const bank = { ...content, hash: bankHash(content) }

let w: FixedWorld
let bucket: S3Double
let id: string
let token: string
const told: string[] = []
beforeEach(async () => {
  w = await fixedWorld({ bank })
  bucket = await S3Double.open(() => w.clock.now)
  // nobody waits ten seconds here for who does not answer
  const fetch: typeof outside.fetch = (url, init) => outside.fetch(url, init, milliseconds(500))
  Object.assign(w.world, { archive: openBucket(bucket.settings, { fetch, now: () => w.clock.now }) })
  told.length = 0
  token = (await w.launch('w-1')).token
  id = await sit(token)
})
afterEach(async () => {
  await bucket.close()
  await w.close()
})

async function sit(as: string): Promise<string> {
  const started = await w.call('POST', '/api/exams/tiny/attempts', {
    token: as,
    body: { locale: 'ja', part: 'knowledge' },
  })
  const { id: attempt, lease, sections } = started.json
  await w.call('PUT', `/api/attempts/${attempt}/responses`, {
    token: as,
    body: { lease, saves: modelSaves(bank, sections) },
  })
  await w.call('POST', `/api/attempts/${attempt}/submit`, { token: as, body: { lease } })
  return attempt
}

const archive = () => archiveAttempts(w.world, { report: (event, about) => told.push(`${event} ${about}`) })
const answersOf = async (attempt: string): Promise<number> =>
  (await rows(w, 'select count(*) as n from responses where attempt_id = ?', [attempt]))[0].n
const on = (method: string, fault: S3Fault) => (call: S3Call) => (call.method === method ? fault : undefined)

it('work goes to a bucket under a signature, is shown and graded from there, and goes with its person', async () => {
  w.clock.advance(days(200))
  token = (await w.launch('w-1')).token
  const before = await w.call('GET', `/api/attempts/${id}/result`, { token })
  expect([await archive(), await answersOf(id)]).toEqual([1, 0])
  expect(bucket.calls.map(({ method }) => method)).toEqual(['PUT', 'GET'])
  expect([...bucket.objects.keys()]).toEqual([expect.stringMatching(`^${id.slice(-2)}/${id}\\.[0-9a-f]{16}\\.gz$`)])
  expect((await w.call('GET', `/api/attempts/${id}/result`, { token })).json).toEqual(before.json)
  expect(must(await replayAttempt(w.world, id))).toMatchObject({ archived: true, signature: 'good', differing: [] })
  must(await eraseWorker(w.world, 'w-1'))
  expect([bucket.objects.size, bucket.denied]).toEqual([0, []])
})

it.each<[string, S3Fault, RegExp]>([
  ['PUT', 'refused', /answered 500 InternalError/],
  ['PUT', 'refused-late', /answered 503 SlowDown/],
  ['PUT', 'silent', /did not answer/],
  ['GET', 'refused', /answered 500 InternalError/],
  ['GET', 'silent', /did not answer/],
  ['GET', 'truncated', /did not answer/],
])('nothing leaves the database where a %s is %s, and the next round does it', async (method, fault, said) => {
  w.clock.advance(days(200))
  const answers = await answersOf(id)
  bucket.fault = on(method, fault)
  await expect(archive()).rejects.toThrow(said)
  await expect(archive()).rejects.toThrow(ArchiveDown)
  expect(await answersOf(id)).toBe(answers)
  bucket.fault = () => undefined
  expect([await archive(), await answersOf(id), bucket.objects.size]).toEqual([1, 0, 1])
})

it.each<[string, S3Fault]>([
  ['PUT', 'forgotten'],
  ['GET', 'garbled'],
])('work whose %s is %s stays in the database, and what follows it is archived', async (method, fault) => {
  const other = await sit((await w.launch('w-2')).token)
  w.clock.advance(days(200))
  const answers = await answersOf(id)
  bucket.fault = (call) => (call.key.includes(id) ? on(method, fault)(call) : undefined)
  expect(await archive()).toBe(1)
  expect(told).toEqual([`attempt-not-archived ${id}`])
  expect([await answersOf(id), await answersOf(other)]).toEqual([answers, 0])
  bucket.fault = () => undefined
  expect([await archive(), await answersOf(id)]).toEqual([1, 0])
})

it('whoever looks while the bucket is away is asked to come again, and nothing is deleted of somebody who stays', async () => {
  w.clock.advance(days(200))
  await archive()
  token = (await w.launch('w-1')).token
  bucket.fault = () => 'refused'
  const put = await w.call('GET', `/api/attempts/${id}/result`, { token })
  expect([put.status, put.json.code, Number(put.headers.get('retry-after'))]).toEqual([503, 'busy', expect.any(Number)])
  expect(w.failures.at(-1)).toMatchObject({ event: 'archive-down', reason: expect.stringMatching(/answered 500/) })
  await expect(eraseWorker(w.world, 'w-1')).rejects.toThrow(ArchiveDown)
  bucket.fault = () => undefined
  expect((await w.call('GET', `/api/attempts/${id}/result`, { token })).status).toBe(200)
})

it('a wrong secret, a wrong clock and a bucket that is not there are named', async () => {
  w.clock.advance(days(200))
  const { fetch } = outside
  const withOthers = async (change: object, now = () => w.clock.now) => {
    Object.assign(w.world, { archive: openBucket({ ...bucket.settings, ...change }, { fetch, now }) })
    return archive().then(String, (error: Error) => error.message)
  }
  expect(await withOthers({ secret: 'another' })).toMatch(/403 SignatureDoesNotMatch/)
  expect(await withOthers({}, outside.now)).toMatch(/403 RequestTimeTooSkewed/)
  expect(await withOthers({ url: bucket.settings.url.replace(/[^/]+$/, 'other') })).toMatch(/404 NoSuchBucket/)
  await expect(w.world.archive?.get(`${id}.0123`)).rejects.toThrow(/404 NoSuchBucket/)
  expect(bucket.objects.size).toBe(0)
})

it('what lies in a bucket of people who are erased goes, in parts, however much there is', async () => {
  w.clock.advance(days(200))
  must(await eraseWorker(w.world, 'w-1'))
  const ending = id.slice(-2)
  for (let nth = 0; nth < 2_400; nth += 1)
    bucket.objects.set(`${ending}/att_${String(nth).padStart(6, '0')}${ending}.0123.gz`, Buffer.of(1))
  bucket.objects.set(`${ending}/${id}.0123456789abcdef.gz`, Buffer.of(1))
  bucket.objects.set('zz/att_elsewherezz.0123456789abcdef.gz', Buffer.of(1))
  await removeErasedWork(w.world, { ending: 'zz' })
  expect(bucket.objects.size).toBe(2_402)
  await removeErasedWork(w.world, { ending })
  expect([bucket.objects.size, [...bucket.objects.keys()].some((key) => key.includes(id))]).toEqual([2_401, false])
})

it('sweeps look into a bucket once somebody was erased, there alone and once, and not before', async () => {
  w.clock.advance(days(200))
  const listed = () => bucket.calls.filter(({ method, key }) => method === 'GET' && key === '')
  const tend = () => sweep(w.world, (event, about) => told.push(`${event} ${about}`))
  await tend()
  expect([listed(), bucket.objects.size]).toEqual([[], 1])
  must(await eraseWorker(w.world, 'w-1'))
  // as by a process that was ended between the file and what tells of it
  bucket.objects.set(`${id.slice(-2)}/${id}.0123456789abcdef.gz`, Buffer.of(1))
  const before = listed().length
  await tend()
  expect([listed().length, bucket.objects.size]).toEqual([before, 1])
  w.clock.advance(days(1))
  await tend()
  expect(bucket.objects.size).toBe(0)
  const after = listed().length
  w.clock.advance(days(1))
  await tend()
  expect(listed().length).toBe(after)
})

it('a database with many attempts ends under its limit: the oldest go before their time, what is a week old stays', async () => {
  const MANY = 400
  const copies = `with recursive n(i) as (select 1 union all select i + 1 from n where i < ${MANY})`
  await w.db.run(`${copies} insert into attempts select 'att_copy' || printf('%06d', i), 'copy' || i, exam, bank_hash, locale,
       form, status, reason, started_at, deadline, time_multiplier, lease, closed_at, graded_at + i, report, null, version,
       part, archived from attempts, n where id = '${id}'`)
  await w.db.run(`${copies} insert into responses select 'att_copy' || printf('%06d', i), item,
       json_object('text', hex(randomblob(2000))), revision, first_saved_at, saved_at from responses, n where attempt_id = '${id}'`)
  const full = await usedBytes(w.db)
  const limit = Math.round(full * 0.7)
  Object.assign(w.world, { settings: { ...w.world.settings, databaseLimit: limit } })
  const left = async () => (await rows(w, 'select count(*) as n from attempts where archived is null'))[0].n
  w.clock.advance(days(6))
  expect([await archive(), await left()]).toEqual([0, MANY + 1])
  w.clock.advance(days(2))
  expect((await readServiceState(w.world)).databaseShare).toBeGreaterThan(1)
  const gone = await archive()
  expect(gone).toBeGreaterThan(0)
  expect(gone).toBeLessThan(MANY)
  expect(await usedBytes(w.db)).toBeLessThan(0.8 * limit)
  // the oldest of them
  const [edges] = await rows(
    w,
    `select max(iif(archived is null, 0, graded_at)) <= min(iif(archived is null, graded_at, ${Number.MAX_SAFE_INTEGER})) as inOrder from attempts`,
  )
  expect(edges.inOrder).toBe(1)
  expect(await archive()).toBe(0)
})
