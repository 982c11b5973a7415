import { sql } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createApp } from '../../src/app.ts'
import { proposeExam } from '../../src/flows/propose-exam.ts'
import { minus, minutes, seconds } from '../../src/kernel/instant.ts'
import { endSessionsOf } from '../../src/marketplace/sessions/store.ts'
import type { Settings } from '../../src/world/settings.ts'
import type { World } from '../../src/world/world.ts'
import { pass, rows, sit, submit } from '../support/exam-hall.ts'
import { PLUGIN } from '../support/fake-market.ts'
import { type FixedWorld, fixedWorld, must } from '../support/fixed-world.ts'
import { tinyBank } from '../support/tiny-bank.ts'

let w: FixedWorld
beforeEach(async () => {
  w = await fixedWorld()
})
afterEach(() => w.close())

const OPERATOR = 'opr-1'
const WHY = 'because'

/** The service to which something happens between the reading of the session and the batch of the act. */
function appWhere(before: () => Promise<void>) {
  const db = new Proxy(w.db, {
    get: (target, name) => {
      if (name !== 'batch') return Reflect.get(target, name)
      return async (statements: Parameters<typeof w.db.batch>[0]) => {
        await before()
        return target.batch(statements)
      }
    },
  })
  const failures: object[] = []
  const app = createApp({ openWorld: () => ({ ...w.world, db }) as World, logFailure: (line) => failures.push(line) })
  return { app, failures }
}

const state = async () => {
  const tables = [
    'attempts',
    'credentials',
    'credential_holds',
    'integrity_cases',
    'leaks',
    'exam_publications',
    'exam_proposals',
    'outbox',
    'audit_entries',
  ]
  const all = await Promise.all(tables.map((table) => rows(w, `select * from ${table} order by 1`)))
  return [
    ...all,
    await rows(w, "select worker, time_multiplier from workers where worker <> 'opr-1'"),
    await rows(w, "select id, ended_at from sessions where worker <> 'opr-1'"),
  ]
}

describe('an act of staff whose session ends while it is done', () => {
  it('does not take effect, whatever the act is', async () => {
    const { credential } = await pass(w, 'wrk-1')
    const open = await sit(w, 'wrk-2')
    const bank = tinyBank({ words: 'new ', exam: { version: 2 } })
    must(await proposeExam(w.world, { by: 'aut-1', bank, lint: [], note: '' }))
    const [{ id: proposal }] = await rows(w, 'select id from exam_proposals')
    await rows(w, "update outbox set status = 'dead' where seq = (select min(seq) from outbox)")
    const [{ id: dead }] = await rows(w, "select id from outbox where status = 'dead'")
    const { token } = await w.launch(OPERATOR, { role: 'operator' })
    const acts: [method: string, path: string, body: object][] = [
      ['POST', `/api/staff/attempts/${open.id}/deadline`, { minutes: 5, why: WHY }],
      ['POST', `/api/staff/attempts/${open.id}/void`, { why: WHY }],
      ['PUT', '/api/staff/workers/wrk-2/accommodation', { timeMultiplier: 2, why: WHY }],
      ['POST', `/api/staff/credentials/${credential}/status`, { status: 'suspended', why: WHY }],
      ['POST', `/api/staff/credentials/${credential}/status`, { status: 'revoked', why: WHY }],
      ['POST', `/api/staff/credentials/${credential}/reissue`, { why: WHY }],
      ['POST', `/api/staff/credentials/${credential}/case`, { policy: 'own', note: WHY }],
      ['POST', `/api/staff/proposals/${proposal}/approve`, { why: WHY, against: w.bank.hash }],
      ['POST', `/api/staff/proposals/${proposal}/return`, { why: WHY }],
      ['POST', `/api/staff/deliveries/${dead}/replay`, {}],
      ['POST', '/api/staff/deliveries/replay-dead', {}],
      ['POST', '/api/staff/sessions/end', { role: 'worker', why: WHY }],
    ]
    const { app, failures } = appWhere(async () => void (await endSessionsOf(w.db, { worker: OPERATOR }, w.clock.now)))
    for (const [method, path, body] of acts) {
      await rows(w, 'update sessions set ended_at = null where worker = ?', [OPERATOR])
      const before = await state()
      const reply = await app.request(`${PLUGIN}${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
      const json = (await reply.json()) as { code?: string }
      expect([path, reply.status, json.code]).toEqual([path, 401, 'unauthenticated'])
      expect([path, await state()]).toEqual([path, before])
    }
    expect(failures).toEqual([])
    // and all of them take effect where nothing ends the session
    await rows(w, 'update sessions set ended_at = null where worker = ?', [OPERATOR])
    for (const [method, path, body] of acts.filter(
      ([, path]) => path.includes('/deadline') || path.includes('/accommodation') || path.endsWith('/end'),
    ))
      expect([path, (await w.call(method, path, { token, body })).status]).toEqual([path, 200])
  })

  it('is told on the pages, too', async () => {
    const open = await sit(w, 'wrk-2')
    const { token } = await w.launch(OPERATOR, { role: 'operator' })
    const { app } = appWhere(async () => void (await endSessionsOf(w.db, { worker: OPERATOR }, w.clock.now)))
    const before = await state()
    const reply = await app.request(`${PLUGIN}/staff/attempts/${open.id}/extend`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ minutes: '5', why: WHY, worker: 'wrk-2' }),
    })
    expect(reply.status).toBe(401)
    expect(await state()).toEqual(before)
  })
})

it('a void that comes too late voids nothing, and says so', async () => {
  const sitting = await sit(w, 'wrk-1')
  const { token } = await w.launch(OPERATOR, { role: 'operator' })
  const { app } = appWhere(async () => void (await submit(w, sitting)))
  const reply = await app.request(`${PLUGIN}/api/staff/attempts/${sitting.id}/void`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ why: WHY }),
  })
  expect(reply.status).toBe(409)
  expect(await rows(w, 'select reason from attempts')).toMatchObject([{ reason: 'submitted' }])
  expect(await rows(w, "select 1 from audit_entries where act = 'attempt.voided'")).toEqual([])
})

it('an attempt that is closed by a clock which is behind does not end before it began', async () => {
  const sitting = await sit(w, 'wrk-1')
  const [{ started_at: started }] = await rows(w, 'select started_at from attempts')
  w.clock.now = minus(w.clock.now, seconds(1))
  await submit(w, sitting)
  expect((await rows(w, 'select closed_at from attempts'))[0].closed_at).toBe(started)
})

describe('whoever is taken off the list of operators', () => {
  const appWith = (lists: Pick<Settings, 'operators'> & Partial<Settings>) =>
    createApp({ openWorld: () => ({ ...w.world, settings: { ...w.world.settings, ...lists } }) })
  const log = async (app: ReturnType<typeof createApp>, token: string) =>
    (await app.request(`${PLUGIN}/api/staff/log`, { headers: { authorization: `Bearer ${token}` } })).status

  it('can do nothing more under the session that runs, by id or by claim', async () => {
    const { token } = await w.launch(OPERATOR, { role: 'operator' })
    expect(await log(appWith({ operators: [{ claim: 'role', value: 'operator' }] }), token)).toBe(200)
    expect(await log(appWith({ operators: [] }), token)).toBe(401)
    // listed another way: whether that holds, the next launch tells
    expect(await log(appWith({ operators: [{ worker: OPERATOR }] }), token)).toBe(401)
    await rows(w, 'update sessions set listed_as = ? where worker = ?', [OPERATOR, OPERATOR])
    expect(await log(appWith({ operators: [{ worker: OPERATOR }, { worker: 'opr-2' }] }), token)).toBe(200)
    expect(await log(appWith({ operators: [{ worker: 'opr-2' }] }), token)).toBe(401)
  })

  it('as a session that is older than the list of who is on it counts by its id', async () => {
    const { token } = await w.launch(OPERATOR, { role: 'operator' })
    await w.db.run(sql`update sessions set listed_as = null`)
    expect(await log(appWith({ operators: [{ worker: OPERATOR }] }), token)).toBe(200)
    expect(await log(appWith({ operators: [{ worker: 'opr-2' }] }), token)).toBe(401)
  })

  it('and candidates are on no list', async () => {
    const { token } = await w.launch('wrk-9')
    const app = appWith({ operators: [], authors: [] })
    w.clock.advance(minutes(1))
    expect(
      (await app.request(`${PLUGIN}/api/attempts`, { headers: { authorization: `Bearer ${token}` } })).status,
    ).not.toBe(401)
    const author = await w.launch('aut-1', { role: 'author' })
    expect(
      (await app.request(`${PLUGIN}/api/staff/proposals`, { headers: { authorization: `Bearer ${author.token}` } }))
        .status,
    ).toBe(401)
  })
})
