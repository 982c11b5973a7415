import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { closeOverdueAttempts } from '../../src/flows/close-overdue-attempts.ts'
import { extendDeadline } from '../../src/flows/extend-deadline.ts'
import { days, hours, milliseconds, minutes, plus, seconds, toRfc3339 } from '../../src/kernel/instant.ts'
import { answerAll, at, operator, resultOf, rows, save, sit, submit, TIME_LIMIT } from '../support/exam-hall.ts'
import { type FixedWorld, fixedWorld, must, NOON } from '../support/fixed-world.ts'
import { modelSaves } from '../support/model-answer.ts'
import { tinyBank } from '../support/tiny-bank.ts'

let w: FixedWorld
beforeEach(async () => {
  w = await fixedWorld()
})
afterEach(() => w.close())

const moveTo = (time: number) => w.clock.advance(milliseconds(time - w.clock.now))

describe('the deadline', () => {
  it('is the start plus the limit, in server milliseconds', async () => {
    w.clock.advance(milliseconds(123))
    const sitting = await sit(w, 'w-1')
    expect(sitting.startedAt).toBe(NOON + 123)
    expect(sitting.deadline).toBe(NOON + 123 + TIME_LIMIT)
  })

  it('counts a save that arrives exactly 3000 ms after it', async () => {
    const sitting = await sit(w, 'w-1')
    moveTo(sitting.deadline + 3_000)
    const reply = await answerAll(w, sitting)
    expect(reply.status).toBe(200)
    expect(reply.json.results.every((result: { status: string }) => result.status === 'saved')).toBe(true)

    w.clock.advance(milliseconds(1))
    expect((await resultOf(w, sitting)).json).toMatchObject({
      status: 'graded',
      reason: 'deadline',
      passed: true,
      score: 100,
    })
  })

  it('refuses a save one millisecond later; what was stored stays and is graded', async () => {
    // given half of the paper saved in time
    const sitting = await sit(w, 'w-1')
    const saves = modelSaves(w.bank, sitting.sections)
    await save(w, sitting, saves.slice(0, 4))
    // when the rest, and other answers to the first half, come too late
    moveTo(sitting.deadline + 3_001)
    const late = await save(
      w,
      sitting,
      modelSaves(w.bank, sitting.sections, (_, index) => index < 4, 2),
    )
    // then
    expect(late.status).toBe(409)
    expect(late.headers.get('content-type')).toBe('application/problem+json')
    expect(late.json).toMatchObject({
      code: 'attempt-closed',
      deadline: new Date(sitting.deadline).toISOString(),
      closedAt: new Date(sitting.deadline).toISOString(),
    })
    expect((await resultOf(w, sitting)).json).toMatchObject({
      reason: 'deadline',
      score: 50,
      passed: false,
      closedAt: new Date(sitting.deadline).toISOString(),
    })
  })

  it('counts a submission within the slack as submitted at the deadline', async () => {
    const sitting = await sit(w, 'w-1')
    await answerAll(w, sitting)
    moveTo(sitting.deadline + 2_999)
    expect((await submit(w, sitting)).json).toMatchObject({
      reason: 'submitted',
      passed: true,
      closedAt: new Date(sitting.deadline).toISOString(),
    })
  })

  it('ends the lease and the paper too', async () => {
    const sitting = await sit(w, 'w-1')
    moveTo(sitting.deadline + 3_001)
    expect((await w.call('POST', `/api/attempts/${sitting.id}/lease`, { token: sitting.token })).json.code).toBe(
      'attempt-closed',
    )
    expect((await w.call('GET', `/api/attempts/${sitting.id}`, { token: sitting.token })).json).toMatchObject({
      status: 'graded',
      sections: [],
      responses: {},
    })
  })

  it('ends with the exam window where that comes first', async () => {
    const closesAt = new Date(NOON + 600_000).toISOString()
    await w.close()
    w = await fixedWorld({ bank: tinyBank({ exam: { closesAt } }) })
    expect((await sit(w, 'w-1', { timeMultiplier: 2 })).deadline).toBe(NOON + 600_000)
    w.clock.advance(minutes(10))
    const { token } = await w.launch('w-2')
    const refused = await w.call('POST', '/api/exams/tiny/attempts', { token, body: {} })
    expect(refused.json).toMatchObject({ code: 'not-eligible', reason: 'exam-closed' })
  })
})

describe('the client’s clock', () => {
  const clocks = [
    'Tue, 24 Nov 2026 03:00:00 GMT',
    'Thu, 26 Nov 2026 03:00:00 GMT',
    'Thu, 01 Jan 1970 00:00:00 GMT',
    'never',
  ]

  it.each(clocks)('does not matter when it says %s', async (date) => {
    const sitting = await sit(w, 'w-1')
    const headers = { date, 'if-unmodified-since': date, 'x-client-time': date, 'x-forwarded-date': date }
    const inTime = await save(w, sitting, modelSaves(w.bank, sitting.sections).slice(0, 1), { headers })
    expect(inTime.status).toBe(200)
    expect(inTime.json.now).toBe(new Date(w.clock.now).toISOString())
    moveTo(sitting.deadline + 3_001)
    expect((await save(w, sitting, modelSaves(w.bank, sitting.sections).slice(1, 2), { headers })).json.code).toBe(
      'attempt-closed',
    )
  })

  it.each([-1, 1])(
    'in the body of a save, with a word that time is up, does not matter either (%i day off)',
    async (day) => {
      const sitting = await sit(w, 'w-1')
      const now = new Date(NOON + day * 86_400_000).toISOString()
      const body = { lease: sitting.lease, saves: [{ item: 'q1', revision: 1, response: null }], now, timeUp: true }
      expect(
        (await w.call('PUT', `/api/attempts/${sitting.id}/responses`, { token: sitting.token, body })).status,
      ).toBe(200)
      expect((await w.call('GET', `/api/attempts/${sitting.id}`, { token: sitting.token })).json).toMatchObject({
        status: 'open',
        now: new Date(NOON).toISOString(),
      })
    },
  )

  it('of browser events is written down and decides nothing', async () => {
    const sitting = await sit(w, 'w-1')
    const far = '2099-01-01T00:00:00.000Z'
    const reported = await w.call('POST', `/api/attempts/${sitting.id}/events`, {
      token: sitting.token,
      body: {
        events: [
          { kind: 'hidden', at: far },
          { kind: 'offline', at: '1999-01-01T09:00:00+09:00', item: 'q1' },
        ],
      },
    })
    expect(reported.status).toBe(202)
    expect(await rows(w, 'select kind, item, claimed_at, received_at from attempt_signals order by id')).toMatchObject([
      { kind: 'hidden', item: null, claimed_at: far, received_at: w.clock.now },
      { kind: 'offline', item: 'q1', received_at: w.clock.now },
    ])
    const attempt = await w.call('GET', `/api/attempts/${sitting.id}`, { token: sitting.token })
    expect(attempt.json).toMatchObject({ status: 'open', deadline: new Date(sitting.deadline).toISOString() })
  })
})

it('carries now and deadline in every reply of an open attempt', async () => {
  const sitting = await sit(w, 'w-1')
  const { token, id } = sitting
  w.clock.advance(milliseconds(7))
  const replies = [
    await w.call('POST', '/api/exams/tiny/attempts', { token, body: {} }),
    await w.call('GET', `/api/attempts/${id}`, { token }),
    await save(w, sitting, modelSaves(w.bank, sitting.sections).slice(0, 1)),
    await w.call('POST', `/api/attempts/${id}/events`, {
      token,
      body: { events: [{ kind: 'paste', at: '2026-11-25T03:00:00Z' }] },
    }),
    await w.call('POST', `/api/attempts/${id}/lease`, { token }),
  ]
  for (const { json } of replies)
    expect(json).toMatchObject({
      now: new Date(w.clock.now).toISOString(),
      deadline: new Date(sitting.deadline).toISOString(),
    })
})

describe('an overdue attempt', () => {
  it('that cannot be graded is reported and does not keep the others from it', async () => {
    const broken = await sit(w, 'w-broken')
    const fine = await sit(w, 'w-fine')
    await rows(w, "update attempts set form = json_set(form, '$.bankHash', 'gone') where id = ?", [broken.id])
    w.clock.advance(hours(1))
    const swept = await closeOverdueAttempts(w.world)
    expect(swept.settled).toBe(1)
    expect(swept.failed).toMatchObject([{ attempt: broken.id }])
    expect((await resultOf(w, fine)).json.status).toBe('graded')
  })

  it('that cannot be graded is tried again after a minute, then after two, four … and at least once a day, and is forgotten once it is', async () => {
    const broken = await sit(w, 'w-broken')
    await rows(w, "update attempts set form = json_set(form, '$.bankHash', 'gone') where id = ?", [broken.id])
    w.clock.advance(hours(1))
    const tried = async () => (await closeOverdueAttempts(w.world)).failed.length
    expect([await tried(), await tried()]).toEqual([1, 0])
    for (const wait of [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1_024, 1_440, 1_440]) {
      w.clock.advance(milliseconds(wait * 60_000 - 1))
      expect([wait, await tried()]).toEqual([wait, 0])
      w.clock.advance(milliseconds(1))
      expect([wait, await tried()]).toEqual([wait, 1])
    }
    await rows(w, "update attempts set form = json_set(form, '$.bankHash', ?) where id = ?", [w.bank.hash, broken.id])
    w.clock.advance(days(1))
    expect(await closeOverdueAttempts(w.world)).toEqual({ settled: 1, failed: [] })
    w.clock.advance(milliseconds(1 + 86_400_000))
    await closeOverdueAttempts(w.world)
    expect(await rows(w, 'select * from postponed_attempts')).toEqual([])
  })

  it('that is swept while the database is busy ends the sweep, and is put off for nobody', async () => {
    await sit(w, 'w-1')
    w.clock.advance(hours(1))
    const busy = Object.assign(new Error('database is locked'), { code: 'SQLITE_BUSY' })
    const db = new Proxy(w.db, {
      get: (target, name) => (name === 'batch' ? () => Promise.reject(busy) : Reflect.get(target, name)),
    })
    await expect(closeOverdueAttempts({ ...w.world, db } as typeof w.world)).rejects.toBe(busy)
    expect(await rows(w, 'select * from postponed_attempts')).toEqual([])
    expect((await closeOverdueAttempts(w.world)).settled).toBe(1)
  })

  it('is left alone by the sweeper within the slack', async () => {
    const sitting = await sit(w, 'w-1')
    moveTo(sitting.deadline + 3_000)
    expect((await closeOverdueAttempts(w.world)).settled).toBe(0)
  })

  const touches = {
    'a reading': (s: { id: string; token: string }) => w.call('GET', `/api/attempts/${s.id}`, { token: s.token }),
    'a look at the result': (s: { id: string; token: string }) =>
      w.call('GET', `/api/attempts/${s.id}/result`, { token: s.token }),
    'a lease': (s: { id: string; token: string }) => w.call('POST', `/api/attempts/${s.id}/lease`, { token: s.token }),
    'a save': (s: { id: string; token: string; lease?: string }) =>
      w.call('PUT', `/api/attempts/${s.id}/responses`, {
        token: s.token,
        body: { lease: s.lease, saves: [{ item: 'q1', revision: 1, response: null }] },
      }),
    'a submission': (s: { id: string; token: string; lease?: string }) =>
      w.call('POST', `/api/attempts/${s.id}/submit`, { token: s.token, body: { lease: s.lease } }),
    'a withdrawal': (s: { id: string; token: string }) =>
      w.call('POST', `/api/attempts/${s.id}/withdraw`, { token: s.token }),
    'a browser event': (s: { id: string; token: string }) =>
      w.call('POST', `/api/attempts/${s.id}/events`, {
        token: s.token,
        body: { events: [{ kind: 'online', at: '2026-11-25T03:00:00Z' }] },
      }),
    'a new start': (s: { id: string; token: string }) =>
      w.call('POST', '/api/exams/tiny/attempts', { token: s.token, body: {} }),
  }
  it.each(Object.entries(touches))('is closed by the next request that touches it: %s', async (_, touch) => {
    const sitting = await sit(w, 'w-1')
    moveTo(sitting.deadline + 3_001)
    await touch(sitting)
    const [row] = await rows(w, 'select status, reason, closed_at from attempts')
    expect(row).toMatchObject({ status: 'graded', reason: 'deadline', closed_at: sitting.deadline })
  })
})

describe('an extension', () => {
  const extend = async (sitting: { id: string }, minutes: number, token: string) =>
    w.call('POST', `/api/staff/attempts/${sitting.id}/deadline`, { token, body: { minutes, why: 'fire alarm' } })

  it('moves the deadline later, shows in the next save, and is written down with actor and reason', async () => {
    const sitting = await sit(w, 'w-1')
    const staff = await operator(w)
    const extended = await extend(sitting, 10, staff)
    const deadline = plus(sitting.deadline, minutes(10))
    expect(extended.json.deadline).toBe(new Date(deadline).toISOString())

    moveTo(sitting.deadline + 60_000)
    const saved = await answerAll(w, sitting)
    expect(saved.status).toBe(200)
    expect(saved.json.deadline).toBe(new Date(deadline).toISOString())

    const [event] = await rows(w, "select * from attempt_events where type = 'deadline-extended'")
    expect(event).toMatchObject({ attempt_id: sitting.id, seq: 2, actor: 'op-1', at: NOON })
    expect(JSON.parse(event.data)).toEqual({ deadline, why: 'fire alarm' })
  })

  it('that is sent twice, with its key or from the page, gives the time once', async () => {
    const sitting = await sit(w, 'w-1')
    const staff = await operator(w)
    const under = {
      token: staff,
      body: { minutes: 10, why: 'x' },
      headers: { 'idempotency-key': '"extension-1"' },
    }
    const path = `/api/staff/attempts/${sitting.id}/deadline`
    const [first, again] = [await w.call('POST', path, under), await w.call('POST', path, under)]
    expect([first.status, again.json]).toEqual([200, first.json])
    const deadline = plus(sitting.deadline, minutes(10))
    const late = { minutes: 10, why: 'x', from: toRfc3339(sitting.deadline) }
    expect((await w.call('POST', path, { token: staff, body: late })).json.code).toBe('conflict')
    const { session } = await w.launch('op-2', { role: 'operator' })
    const seen = { session, id: sitting.id, why: 'x', by: minutes(5), from: deadline }
    expect(must(await extendDeadline(w.world, seen)).deadline).toBe(plus(deadline, minutes(5)))
    expect(await extendDeadline(w.world, seen)).toMatchObject({ ok: false, problem: { code: 'conflict' } })
    expect((await rows(w, 'select deadline from attempts'))[0].deadline).toBe(plus(deadline, minutes(5)))
  })

  it('never moves it earlier', async () => {
    const sitting = await sit(w, 'w-1')
    const staff = await operator(w)
    for (const body of [
      { minutes: -5, why: 'x' },
      { minutes: 0, why: 'x' },
      { minutes: 5, why: ' ' },
    ]) {
      expect((await w.call('POST', `/api/staff/attempts/${sitting.id}/deadline`, { token: staff, body })).status).toBe(
        422,
      )
    }
    expect((await rows(w, 'select deadline from attempts'))[0].deadline).toBe(sitting.deadline)
  })

  it('cannot reopen a closed attempt', async () => {
    const sitting = await sit(w, 'w-1')
    moveTo(sitting.deadline + 3_001)
    const staff = await operator(w)
    expect((await extend(sitting, 10, staff)).json.code).toBe('attempt-closed')
  })

  it('is for operators only', async () => {
    const sitting = await sit(w, 'w-1')
    expect((await extend(sitting, 10, sitting.token)).status).toBe(403)
    expect((await extend(sitting, 10, (await w.launch('a-1', { role: 'author' })).token)).status).toBe(403)
  })

  it('within the slack keeps the attempt open', async () => {
    const sitting = await sit(w, 'w-1')
    moveTo(sitting.deadline + 3_000)
    const staff = await operator(w)
    expect((await extend(sitting, 1, staff)).status).toBe(200)
    w.clock.advance(seconds(50))
    expect((await answerAll(w, sitting)).status).toBe(200)
  })
})

describe('a time multiplier', () => {
  it.each([1.25, 1.5, 2])('of %d in the launch stretches the limit', async (timeMultiplier) => {
    const sitting = await sit(w, 'w-1', { timeMultiplier })
    expect(sitting.deadline - sitting.startedAt).toBe(TIME_LIMIT * timeMultiplier)
    const page = await w.call('GET', '/api/exams/tiny', { token: sitting.token })
    expect(page.json.timeMultiplier).toBe(timeMultiplier)
  })

  it('is kept when a later launch does not name one', async () => {
    await w.launch('w-1', { timeMultiplier: 1.5 })
    expect((await sit(w, 'w-1')).deadline).toBe(NOON + TIME_LIMIT * 1.5)
  })

  it('that an operator changes applies to a live attempt in its next reply, and is written down', async () => {
    const sitting = await sit(w, 'w-1')
    w.clock.advance(minutes(20))
    const set = await w.call('PUT', '/api/staff/workers/w-1/accommodation', {
      token: await operator(w),
      body: { timeMultiplier: 1.5, why: 'screen reader' },
    })
    expect(set.json).toEqual({ timeMultiplier: 1.5 })
    expect(at((await answerAll(w, sitting)).json.deadline)).toBe(NOON + TIME_LIMIT * 1.5)
    const [event] = await rows(w, "select actor, data from attempt_events where type = 'deadline-extended'")
    expect(event.actor).toBe('op-1')
    expect(JSON.parse(event.data).why).toBe('screen reader')
  })

  it('that changes keeps what an extension gave', async () => {
    const sitting = await sit(w, 'w-1')
    const token = await operator(w)
    await w.call('POST', `/api/staff/attempts/${sitting.id}/deadline`, { token, body: { minutes: 10, why: 'outage' } })
    await w.call('PUT', '/api/staff/workers/w-1/accommodation', {
      token,
      body: { timeMultiplier: 1.25, why: 'screen reader' },
    })
    expect(at((await answerAll(w, sitting)).json.deadline)).toBe(NOON + TIME_LIMIT * 1.25 + minutes(10))
  })

  it('that a new launch brings applies to a live attempt', async () => {
    const sitting = await sit(w, 'w-1')
    await w.launch('w-1', { timeMultiplier: 2 })
    expect(at((await answerAll(w, sitting)).json.deadline)).toBe(NOON + TIME_LIMIT * 2)
  })

  it('that is lowered takes no time from a live attempt', async () => {
    const sitting = await sit(w, 'w-1', { timeMultiplier: 2 })
    await w.launch('w-1', { timeMultiplier: 1 })
    expect(at((await answerAll(w, sitting)).json.deadline)).toBe(sitting.deadline)
  })

  it('is for operators only, and for workers that are known', async () => {
    const { token } = await w.launch('w-1')
    const body = { timeMultiplier: 2, why: 'please' }
    expect((await w.call('PUT', '/api/staff/workers/w-1/accommodation', { token, body })).status).toBe(403)
    expect(
      (await w.call('PUT', '/api/staff/workers/w-9/accommodation', { token: await operator(w), body })).status,
    ).toBe(404)
  })
})
