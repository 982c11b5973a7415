import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { closeOpenAttempt } from '../../src/attempt/store.ts'
import { closeOverdueAttempts } from '../../src/flows/close-overdue-attempts.ts'
import { submitAttempt } from '../../src/flows/submit-attempt.ts'
import type { AttemptId } from '../../src/kernel/id.ts'
import { days, milliseconds, seconds } from '../../src/kernel/instant.ts'
import {
  answerAll,
  flunk,
  operator,
  pass,
  resultOf,
  rows,
  type Sitting,
  save,
  sit,
  startCall,
  submit,
} from '../support/exam-hall.ts'
import { type FixedWorld, fixedWorld, must, NOON } from '../support/fixed-world.ts'
import { modelSaves } from '../support/model-answer.ts'

let w: FixedWorld
beforeEach(async () => {
  w = await fixedWorld()
})
afterEach(() => w.close())

const overdue = (sitting: Sitting) => w.clock.advance(milliseconds(sitting.deadline + 3_001 - w.clock.now))
const events = async () => (await rows(w, 'select type from attempt_events order by seq')).map(({ type }) => type)

describe('submitting', () => {
  it('gives the result: pass, score and cut, sections, credential', async () => {
    const { result, credential } = await pass(w, 'w-1')
    expect(result.status).toBe(200)
    expect(result.json).toEqual({
      status: 'graded',
      reason: 'submitted',
      exam: 'tiny',
      closedAt: new Date(NOON).toISOString(),
      passed: true,
      score: 100,
      passScore: 70,
      scoreBand: { low: expect.any(Number), high: 100 },
      sections: [{ id: 'office+writing', title: 'office／writing', standing: 'above' }],
      credential,
    })
    expect(credential).toMatch(/^crd_/)
  })

  it('of an empty paper is a fail without a score, with the time of the next try', async () => {
    const { result } = await flunk(w, 'w-1')
    expect(result.json).toMatchObject({
      reason: 'submitted',
      passed: false,
      retryAt: new Date(NOON + days(14)).toISOString(),
    })
    for (const absent of ['credential', 'score', 'scoreBand', 'sections'])
      expect(result.json).not.toHaveProperty(absent)
  })

  it('at exactly the pass score passes, and one item below it does not', async () => {
    const bare = await sit(w, 'w-1')
    await save(
      w,
      bare,
      modelSaves(w.bank, bare.sections, (_, index) => index < 2),
    )
    expect((await submit(w, bare)).json).toMatchObject({ score: 75, passed: true })
    const short = await sit(w, 'w-2')
    await save(
      w,
      short,
      modelSaves(w.bank, short.sections, (_, index) => index < 3),
    )
    expect((await submit(w, short)).json).toMatchObject({ score: 62, passed: false })
  })

  it('tells neither keys nor which items were wrong', async () => {
    const sitting = await sit(w, 'w-1')
    await save(
      w,
      sitting,
      modelSaves(w.bank, sitting.sections, (_, index) => index === 1),
    )
    const result = await submit(w, sitting)
    for (const secret of ['why ', '御中', 'onchu', 'q2', 'credit', 'itemHash', 'report'])
      expect(result.text).not.toContain(secret)
  })

  it('of a few answers to every section is the same whatever they were', async () => {
    const replyTo = async (worker: string, right: boolean) => {
      const sitting = await sit(w, worker)
      const probes = sitting.sections.map((section) => section.items[0]?.ref)
      await save(
        w,
        sitting,
        modelSaves(w.bank, sitting.sections, () => !right).filter(({ item }) => probes.includes(item)),
      )
      return (await submit(w, sitting)).text
    }
    expect(await replyTo('w-1', true)).toBe(await replyTo('w-2', false))
  })

  it('counts what was left empty as unanswered', async () => {
    const sitting = await sit(w, 'w-1')
    const empty = sitting.items.flatMap(({ ref, type }): { item: string; revision: number; response: unknown }[] => {
      if (type === 'multiple') return [{ item: ref, revision: 1, response: { choices: [] } }]
      if (type === 'cloze') return [{ item: ref, revision: 1, response: { blanks: {} } }]
      if (type === 'match') return [{ item: ref, revision: 1, response: { pairs: {} } }]
      return type === 'numeric' || type === 'short' ? [{ item: ref, revision: 1, response: { text: ' ' } }] : []
    })
    const filled = modelSaves(w.bank, sitting.sections).filter(({ item }) => !empty.some((one) => one.item === item))
    expect([empty.length, filled.length]).toEqual([4, 4])
    expect((await save(w, sitting, [...empty, ...filled.slice(1)])).status).toBe(200)
    expect((await submit(w, sitting)).json).not.toHaveProperty('score')
  })

  it('twenty times at once, with two sweeps, gives one result to the byte, one credential, one set of letters', async () => {
    const sitting = await sit(w, 'w-1')
    await answerAll(w, sitting)
    const [replies] = await Promise.all([
      Promise.all(Array.from({ length: 20 }, () => submit(w, sitting))),
      closeOverdueAttempts(w.world),
      closeOverdueAttempts(w.world),
    ])
    expect(new Set(replies.map(({ status, text }) => `${status} ${text}`)).size).toBe(1)
    expect((await resultOf(w, sitting)).text).toBe(replies[0]?.text)
    expect(await rows(w, 'select id from credentials')).toHaveLength(1)
    expect((await rows(w, 'select kind from outbox order by seq')).map(({ kind }) => kind)).toEqual([
      'standing',
      'badge',
      'signal',
      'event',
    ])
    expect(await rows(w, 'select distinct chain from outbox where kind <> ?', ['event'])).toHaveLength(1)
    expect(await rows(w, 'select id from event_log')).toHaveLength(1)
    expect(await events()).toEqual(['started', 'closed', 'graded'])
    expect(await rows(w, 'select item from scored_responses')).toHaveLength(8)
  })

  it('twenty times at once after the deadline, with two sweeps, gives one result too', async () => {
    const sitting = await sit(w, 'w-1')
    await answerAll(w, sitting)
    overdue(sitting)
    const [replies] = await Promise.all([
      Promise.all(Array.from({ length: 20 }, () => submit(w, sitting))),
      closeOverdueAttempts(w.world),
      closeOverdueAttempts(w.world),
    ])
    expect(new Set(replies.map(({ status, text }) => `${status} ${text}`)).size).toBe(1)
    expect(replies[0]?.json).toMatchObject({ reason: 'deadline', passed: true })
    expect(await rows(w, 'select id from credentials')).toHaveLength(1)
    expect(await rows(w, 'select seq from outbox')).toHaveLength(4)
    expect(await events()).toEqual(['started', 'closed', 'graded'])
  })

  it('again, years later, gives the same bytes', async () => {
    const sitting = await pass(w, 'w-1')
    w.clock.advance(days(900))
    const { token } = await w.launch('w-1')
    expect((await submit(w, { ...sitting, token })).text).toBe(sitting.result.text)
    expect((await resultOf(w, { ...sitting, token })).text).toBe(sitting.result.text)
  })

  it('after the deadline closes as of the deadline with what was saved', async () => {
    const sitting = await sit(w, 'w-1')
    await save(w, sitting, modelSaves(w.bank, sitting.sections).slice(0, 6))
    overdue(sitting)
    expect((await submit(w, sitting)).json).toMatchObject({
      reason: 'deadline',
      closedAt: new Date(sitting.deadline).toISOString(),
      score: 75,
      passed: true,
    })
  })

  it('freezes the paper: a later save is refused', async () => {
    const sitting = await flunk(w, 'w-1')
    expect((await answerAll(w, sitting)).json.code).toBe('attempt-closed')
    expect((await resultOf(w, sitting)).text).toBe(sitting.result.text)
  })

  it('races saves without losing one that was acknowledged', async () => {
    const sitting = await sit(w, 'w-1')
    const saves = modelSaves(w.bank, sitting.sections)
    const [submitted, ...saved] = await Promise.all([
      submit(w, sitting),
      ...saves.map((one) => save(w, sitting, [one])),
    ])
    const acknowledged = saved.filter(({ status }) => status === 200).length
    expect(submitted.json.score).toBe(acknowledged < 4 ? undefined : Math.floor(acknowledged * 12.5))
  })

  it('needs a lease of the right form', async () => {
    const sitting = await sit(w, 'w-1')
    expect(
      (await w.call('POST', `/api/attempts/${sitting.id}/submit`, { token: sitting.token, body: {} })).json.code,
    ).toBe('malformed')
  })
})

describe('a result', () => {
  it('of an open attempt is refused with attempt-open and the deadline', async () => {
    const sitting = await sit(w, 'w-1')
    const refused = await resultOf(w, sitting)
    expect(refused.status).toBe(409)
    expect(refused.json).toMatchObject({ code: 'attempt-open', deadline: new Date(sitting.deadline).toISOString() })
  })
})

describe('a withdrawal', () => {
  it('is no pass even with everything right, awards nothing and counts for the wait', async () => {
    const sitting = await sit(w, 'w-1')
    await answerAll(w, sitting)
    const withdrawn = await w.call('POST', `/api/attempts/${sitting.id}/withdraw`, { token: sitting.token })
    expect(withdrawn.json).toMatchObject({
      reason: 'withdrawn',
      passed: false,
      retryAt: new Date(NOON + days(14)).toISOString(),
    })
    for (const absent of ['credential', 'score', 'scoreBand', 'sections'])
      expect(withdrawn.json).not.toHaveProperty(absent)
    expect(await rows(w, 'select id from credentials')).toEqual([])
    expect(await rows(w, 'select id from outbox')).toEqual([])
    expect((await startCall(w, sitting.token)).json).toMatchObject({
      code: 'not-eligible',
      reason: 'retake-wait',
      retryAt: new Date(NOON + days(14)).toISOString(),
    })
  })

  it('twice gives the same bytes; after a submission it gives the submission’s result', async () => {
    const sitting = await sit(w, 'w-1')
    const withdraw = () => w.call('POST', `/api/attempts/${sitting.id}/withdraw`, { token: sitting.token })
    const replies = await Promise.all([withdraw(), withdraw(), withdraw()])
    expect(new Set(replies.map(({ text }) => text)).size).toBe(1)
    const passed = await pass(w, 'w-2')
    expect((await w.call('POST', `/api/attempts/${passed.id}/withdraw`, { token: passed.token })).text).toBe(
      passed.result.text,
    )
  })

  it('after the deadline is no withdrawal any more', async () => {
    const sitting = await sit(w, 'w-1')
    await answerAll(w, sitting)
    overdue(sitting)
    expect((await w.call('POST', `/api/attempts/${sitting.id}/withdraw`, { token: sitting.token })).json).toMatchObject(
      { reason: 'deadline', passed: true },
    )
  })

  it('racing a submission is one of the two, and both are told the same', async () => {
    const sitting = await sit(w, 'w-1')
    await answerAll(w, sitting)
    const replies = await Promise.all([
      w.call('POST', `/api/attempts/${sitting.id}/withdraw`, { token: sitting.token }),
      submit(w, sitting),
    ])
    expect(replies[0]?.text).toBe(replies[1]?.text)
    expect(await events()).toEqual(['started', 'closed', 'graded'])
  })
})

describe('an operator who voids an attempt', () => {
  it('closes it without a pass, with the reason written down', async () => {
    const sitting = await sit(w, 'w-1')
    await answerAll(w, sitting)
    const token = await operator(w)
    w.clock.advance(seconds(5))
    const voided = await w.call('POST', `/api/staff/attempts/${sitting.id}/void`, {
      token,
      body: { why: 'impersonation' },
    })
    expect(voided.json).toEqual({ closedAt: new Date(NOON + 5_000).toISOString() })
    expect((await resultOf(w, sitting)).json).toMatchObject({ reason: 'voided', passed: false })
    const [event] = await rows(w, "select actor, data from attempt_events where type = 'closed'")
    expect(event.actor).toBe('op-1')
    expect(JSON.parse(event.data)).toEqual({ reason: 'voided', why: 'impersonation' })
    expect(await rows(w, 'select id from credentials')).toEqual([])
  })

  it('is told when it is over already, and changes nothing', async () => {
    const sitting = await pass(w, 'w-1')
    const refused = await w.call('POST', `/api/staff/attempts/${sitting.id}/void`, {
      token: await operator(w),
      body: { why: 'late' },
    })
    expect(refused.json.code).toBe('attempt-closed')
    expect((await resultOf(w, sitting)).text).toBe(sitting.result.text)
  })

  it('must be an operator with a reason', async () => {
    const sitting = await sit(w, 'w-1')
    expect(
      (await w.call('POST', `/api/staff/attempts/${sitting.id}/void`, { token: sitting.token, body: { why: 'x' } }))
        .status,
    ).toBe(403)
    expect(
      (await w.call('POST', `/api/staff/attempts/${sitting.id}/void`, { token: await operator(w), body: {} })).status,
    ).toBe(422)
  })
})

describe('response times', () => {
  it('are the server’s, from one acknowledgement to the next, and null where nothing was answered', async () => {
    const sitting = await sit(w, 'w-1')
    const saves = modelSaves(w.bank, sitting.sections)
    for (const [n, wait] of [20, 35, 5].entries()) {
      w.clock.advance(seconds(wait))
      await save(w, sitting, saves.slice(n, n + 1))
    }
    await submit(w, sitting)
    const scored = await rows(w, 'select item, item_hash, credit, response_ms from scored_responses order by item')
    expect(scored.map(({ item, credit, response_ms }) => [item, credit, response_ms])).toEqual([
      ['q1', 1, 20_000],
      ['q2', 1, 35_000],
      ['q3', 1, 5_000],
      ...[4, 5, 6, 7, 8].map((n) => [`q${n}`, 0, null]),
    ])
    const hashes = new Set(w.bank.items.map(({ hash }) => hash))
    expect(scored.every(({ item_hash }) => hashes.has(item_hash))).toBe(true)
  })
})

describe('a crash between closing and grading', () => {
  const crashed = async () => {
    const sitting = await sit(w, 'w-1')
    await answerAll(w, sitting)
    expect(
      await closeOpenAttempt(w.db, {
        id: sitting.id as AttemptId,
        reason: 'submitted',
        now: w.clock.now,
        actor: 'w-1',
        overdue: false,
      }),
    ).toBe(true)
    return sitting
  }
  const touches: Record<string, (s: Sitting) => Promise<unknown>> = {
    'the submission sent again': (s) => submit(w, s),
    'a look at the result': (s) => resultOf(w, s),
    'a reading': (s) => w.call('GET', `/api/attempts/${s.id}`, { token: s.token }),
    'a save': (s) => answerAll(w, s),
    'the sweeper': () => closeOverdueAttempts(w.world),
    'all of them at once': (s) =>
      Promise.all([submit(w, s), resultOf(w, s), closeOverdueAttempts(w.world), submit(w, s)]),
  }
  it.each(Object.entries(touches))('is mended by %s', async (_, touch) => {
    const sitting = await crashed()
    await touch(sitting)
    expect((await rows(w, 'select status from attempts'))[0].status).toBe('graded')
    expect((await resultOf(w, sitting)).json).toMatchObject({ reason: 'submitted', passed: true, score: 100 })
    expect(await rows(w, 'select id from credentials')).toHaveLength(1)
    expect(await events()).toEqual(['started', 'closed', 'graded'])
  })
})

describe('a taken index of the status list', () => {
  it('is drawn again', async () => {
    await pass(w, 'w-1')
    const [{ status_index: taken }] = await rows(w, 'select status_index from credentials')
    const sitting = await sit(w, 'w-2')
    await answerAll(w, sitting)
    const draws = [taken, taken, 77]
    const world = { ...w.world, drawBelow: (bound: number) => draws.shift() ?? w.world.drawBelow(bound) }
    const { session } = await w.launch('w-2')
    expect(must(await submitAttempt(world, { session, id: sitting.id, lease: sitting.lease })).passed).toBe(true)
    expect((await rows(w, 'select status_index from credentials where worker = ?', ['w-2']))[0].status_index).toBe(77)
    expect(await rows(w, 'select seq from outbox')).toHaveLength(8)
  })

  it('that is drawn for ever is a failure of ours, and the attempt is graded later', async () => {
    await pass(w, 'w-1')
    const [{ status_index: taken }] = await rows(w, 'select status_index from credentials')
    const sitting = await sit(w, 'w-2')
    await answerAll(w, sitting)
    const { session } = await w.launch('w-2')
    await expect(
      submitAttempt({ ...w.world, drawBelow: () => taken }, { session, id: sitting.id, lease: sitting.lease }),
    ).rejects.toThrow()
    expect((await rows(w, 'select status from attempts where id = ?', [sitting.id]))[0].status).toBe('closed')
    await closeOverdueAttempts(w.world)
    expect((await resultOf(w, sitting)).json.passed).toBe(true)
  })
})
