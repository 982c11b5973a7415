import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { closeOverdueAttempts } from '../../src/flows/close-overdue-attempts.ts'
import { days, hours, type Instant, instant, minutes, toRfc3339 } from '../../src/kernel/instant.ts'
import { type FixedWorld, fixedWorld, NOON } from '../support/fixed-world.ts'
import { modelAnswer } from '../support/model-answer.ts'
import { tinyBank } from '../support/tiny-bank.ts'
import { answerAll, operator, resultOf, save, type Sitting, sit, startCall, submit } from './exam-hall.ts'

let w: FixedWorld
beforeEach(async () => {
  w = await fixedWorld()
})
afterEach(() => w.close())

const at = (now: Instant) => {
  w.clock.now = now
}
/** Saves the first item. */
const saveOne = (sitting: Sitting, revision: number, right = true) => save(w, sitting, [{ item: 'q1', revision, response: modelAnswer(w.bank, sitting.items[0] as Sitting['items'][number], { right }) }])

describe('given an open attempt whose deadline is near', () => {
  it('counts a save 3000 ms after the deadline', async () => {
    const sitting = await sit(w, 'w')
    at(instant(sitting.deadline + 3_000))
    const reply = await saveOne(sitting, 1)
    expect(reply.json).toMatchObject({ now: toRfc3339(instant(sitting.deadline + 3_000)), deadline: toRfc3339(sitting.deadline), results: [{ item: 'q1', status: 'saved', revision: 1 }] })
  })

  it('refuses a save 3001 ms after it with attempt-closed, and grades what was stored', async () => {
    const sitting = await sit(w, 'w')
    await answerAll(w, sitting)
    at(instant(sitting.deadline + 3_001))
    const refused = await saveOne(sitting, 2, false)
    expect(refused).toMatchObject({ status: 409, json: { code: 'attempt-closed', closedAt: toRfc3339(sitting.deadline), deadline: toRfc3339(sitting.deadline) } })
    expect((await resultOf(w, sitting)).json).toMatchObject({ status: 'graded', reason: 'deadline', closedAt: toRfc3339(sitting.deadline), score: 100, passed: true })
  })

  it('accepts a submit in the slack, and closes it at the deadline', async () => {
    const sitting = await sit(w, 'w')
    at(instant(sitting.deadline + 3_000))
    expect((await submit(w, sitting)).json).toMatchObject({ reason: 'submitted', closedAt: toRfc3339(sitting.deadline) })
  })

  it('answers a submit after the slack with the result of the deadline', async () => {
    const sitting = await sit(w, 'w')
    at(instant(sitting.deadline + 3_001))
    expect(await submit(w, sitting)).toMatchObject({ status: 200, json: { reason: 'deadline', closedAt: toRfc3339(sitting.deadline) } })
  })

  it('takes no lease and gives no paper after its end', async () => {
    const sitting = await sit(w, 'w')
    at(instant(sitting.deadline + 3_001))
    expect((await w.call('POST', `/api/attempts/${sitting.id}/lease`, { token: sitting.token })).json.code).toBe('attempt-closed')
    expect((await w.call('GET', `/api/attempts/${sitting.id}`, { token: sitting.token })).json).toMatchObject({ status: 'graded', sections: [], responses: {} })
  })
})

describe('given a device whose clock is a day off', () => {
  it.each([-1, 1])('takes the exam normally (%i day)', async (day) => {
    const sitting = await sit(w, 'w')
    const clientTime = new Date(NOON + day * 86_400_000)
    const headers = { date: clientTime.toUTCString(), 'x-client-time': clientTime.toISOString() }
    const events = { events: [{ kind: 'offline', at: clientTime.toISOString() }] }
    expect((await w.call('POST', `/api/attempts/${sitting.id}/events`, { token: sitting.token, body: events, headers })).status).toBe(202)
    const save = { lease: sitting.lease, saves: [{ item: 'q1', revision: 1, response: null }], now: clientTime.toISOString(), timeUp: true }
    expect((await w.call('PUT', `/api/attempts/${sitting.id}/responses`, { token: sitting.token, body: save, headers })).status).toBe(200)
    expect((await w.call('GET', `/api/attempts/${sitting.id}`, { token: sitting.token, headers })).json).toMatchObject({ status: 'open', now: toRfc3339(NOON), deadline: toRfc3339(sitting.deadline) })
  })
})

describe('given an outage of two days', () => {
  it('closes every overdue attempt at its deadline, not at the time of the sweep', async () => {
    const sittings = []
    for (let n = 1; n <= 120; n++) sittings.push(await sit(w, `w${n}`))
    await answerAll(w, sittings[7] as Sitting)
    w.clock.advance(days(2))
    expect(await closeOverdueAttempts(w.world)).toEqual({ settled: 120, failed: [] })
    expect(await closeOverdueAttempts(w.world)).toEqual({ settled: 0, failed: [] })
    const rows = await w.db.all<{ status: string; reason: string; closed_at: number; deadline: number }>('select status, reason, closed_at, deadline from attempts')
    expect(new Set(rows.map((row) => `${row.status} ${row.reason} ${row.closed_at === row.deadline}`))).toEqual(new Set(['graded deadline true']))
    const { token } = await w.launch('w8')
    expect((await w.call('GET', `/api/attempts/${sittings[7]?.id}/result`, { token })).json).toMatchObject({ passed: true, score: 100 })
  })

  it('leaves alone what is not overdue', async () => {
    const sitting = await sit(w, 'w')
    at(instant(sitting.deadline + 3_000))
    expect(await closeOverdueAttempts(w.world)).toMatchObject({ settled: 0 })
    expect((await w.call('GET', `/api/attempts/${sitting.id}`, { token: sitting.token })).json.status).toBe('open')
  })
})

describe('given a worker who needs more time', () => {
  it.each([1.25, 1.5, 2])('multiplies the limit by %d from the launch, and says so before the start', async (timeMultiplier) => {
    const { token } = await w.launch('w', { timeMultiplier })
    expect((await w.call('GET', '/api/exams/tiny', { token })).json).toMatchObject({ timeLimitSeconds: 2_700, timeMultiplier })
    const sitting = await sit(w, 'w')
    expect(sitting.deadline - sitting.startedAt).toBe(2_700_000 * timeMultiplier)
  })

  it('moves the deadline of a live attempt when the next launch brings a multiplier', async () => {
    const sitting = await sit(w, 'w')
    w.clock.advance(minutes(44))
    await w.launch('w', { timeMultiplier: 1.5 })
    const saved = await saveOne(sitting, 1)
    expect(saved.json.deadline).toBe(toRfc3339(instant(sitting.startedAt + 2_700_000 * 1.5)))
  })

  it('moves it when an operator sets one, and never takes time away', async () => {
    const sitting = await sit(w, 'w', { timeMultiplier: 1.5 })
    const token = await operator(w)
    const set = (timeMultiplier: number) => w.call('PUT', '/api/staff/workers/w/accommodation', { token, body: { timeMultiplier, why: 'certificate seen' } })
    expect((await set(2)).status).toBe(200)
    expect((await saveOne(sitting, 1)).json.deadline).toBe(toRfc3339(instant(sitting.startedAt + 2_700_000 * 2)))
    await set(1)
    expect((await saveOne(sitting, 2)).json.deadline).toBe(toRfc3339(instant(sitting.startedAt + 2_700_000 * 2)))
  })

  it('never runs past the end of the exam', async () => {
    const closes = instant(NOON + hours(1))
    await w.close()
    w = await fixedWorld({ bank: tinyBank({ exam: { closesAt: toRfc3339(closes) } }) })
    expect((await sit(w, 'w', { timeMultiplier: 2 })).deadline).toBe(closes)
    at(closes)
    expect((await startCall(w, (await w.launch('late')).token)).json).toMatchObject({ code: 'not-eligible', reason: 'exam-closed' })
  })
})

describe('given an operator', () => {
  it('extends an open attempt with a reason, later only, and writes down who did it', async () => {
    const sitting = await sit(w, 'w')
    const token = await operator(w)
    const extend = (body: unknown) => w.call('POST', `/api/staff/attempts/${sitting.id}/deadline`, { token, body })
    expect((await extend({ minutes: 10, why: 'fire alarm' })).json.deadline).toBe(toRfc3339(instant(sitting.deadline + minutes(10))))
    expect((await extend({ minutes: -10, why: 'shorter' })).status).toBe(422)
    expect((await extend({ minutes: 10 })).status).toBe(422)
    expect((await w.call('POST', `/api/staff/attempts/${sitting.id}/deadline`, { token: sitting.token, body: { minutes: 10, why: 'please' } })).status).toBe(403)
    at(instant(sitting.deadline + minutes(10) + 3_000))
    expect((await saveOne(sitting, 1)).status).toBe(200)
    const [event] = await w.db.all<{ actor: string; data: string }>("select actor, data from attempt_events where type = 'deadline-extended'")
    expect(event?.actor).toBe('op-1')
    expect(JSON.parse(event?.data ?? '')).toMatchObject({ why: 'fire alarm' })
  })

  it('voids an attempt: it is closed, cannot pass, and no credential comes of it', async () => {
    const sitting = await sit(w, 'w')
    await answerAll(w, sitting)
    const reply = await w.call('POST', `/api/staff/attempts/${sitting.id}/void`, { token: await operator(w), body: { why: 'somebody else sat here' } })
    expect(reply.status).toBe(200)
    expect((await resultOf(w, sitting)).json).toMatchObject({ reason: 'voided', passed: false, score: 100 })
    expect(await w.db.all('select id from credentials')).toEqual([])
  })
})

it('lets no session outlive its end', async () => {
  const { token } = await w.launch('w')
  w.clock.advance(hours(8))
  expect((await w.call('GET', '/api/exams', { token })).status).toBe(401)
})
