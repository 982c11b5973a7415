import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { closeOverdueAttempts } from '../../src/flows/close-overdue-attempts.ts'
import { publishExam } from '../../src/flows/publish-exam.ts'
import { assembleForm, NO_EXPOSURE } from '../../src/form/assemble-form.ts'
import type { Form, PlacedItem, PresentedResponse } from '../../src/form/form.ts'
import { presentForm } from '../../src/form/present-form.ts'
import { days, instant, milliseconds } from '../../src/kernel/instant.ts'
import { reportScore, scoreForm } from '../../src/scoring/raw-score.ts'
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
import { type FixedWorld, fixedWorld, NOON } from '../support/fixed-world.ts'
import { modelAnswer, modelSaves } from '../support/model-answer.ts'
import { tinyBank } from '../support/tiny-bank.ts'

let w: FixedWorld
beforeEach(async () => {
  w = await fixedWorld()
})
afterEach(() => w.close())

const again = async (worker: string) => startCall(w, (await w.launch(worker)).token)
const formOf = async (id: string): Promise<Form> =>
  JSON.parse((await rows(w, 'select form from attempts where id = ?', [id]))[0].form)
const placed = (form: Form): PlacedItem[] => form.sections.flatMap(({ items }) => [...items])

describe('the wait', () => {
  it('is 14 days to the millisecond, counted from the start, and told in advance', async () => {
    const sitting = await flunk(w, 'w-1')
    const from = new Date(NOON + days(14)).toISOString()
    expect(sitting.result.json.retryAt).toBe(from)

    w.clock.now = instant(NOON + days(14) - 1)
    const refused = await again('w-1')
    expect(refused.status).toBe(409)
    expect(refused.json).toMatchObject({ code: 'not-eligible', reason: 'retake-wait', retryAt: from, attemptsLeft: 3 })
    const page = await w.call('GET', '/api/exams/tiny', { token: (await w.launch('w-1')).token })
    expect(page.json.eligibility).toEqual({ mayStart: false, reason: 'retake-wait', retryAt: from, attemptsLeft: 3 })

    w.clock.advance(milliseconds(1))
    const page2 = await w.call('GET', '/api/exams/tiny', { token: (await w.launch('w-1')).token })
    expect(page2.json.eligibility).toEqual({ mayStart: true, attemptsLeft: 3 })
    expect((await again('w-1')).status).toBe(201)
  })

  const endings: Record<string, (s: Sitting) => Promise<unknown>> = {
    submitted: (s) => submit(w, s),
    'passed and submitted': async (s) => [await answerAll(w, s), await submit(w, s)],
    withdrawn: (s) => w.call('POST', `/api/attempts/${s.id}/withdraw`, { token: s.token }),
    voided: async (s) =>
      w.call('POST', `/api/staff/attempts/${s.id}/void`, { token: await operator(w), body: { why: 'x' } }),
    'left to its deadline': async () => {
      w.clock.advance(days(1))
      await closeOverdueAttempts(w.world)
    },
  }
  it.each(Object.entries(endings))('starts with the first item shown when the attempt is %s', async (_, end) => {
    const sitting = await sit(w, 'w-1')
    w.clock.advance(milliseconds(600_000))
    await end(sitting)
    w.clock.now = instant(NOON + days(14) - 1)
    expect((await again('w-1')).json).toMatchObject({
      reason: 'retake-wait',
      retryAt: new Date(NOON + days(14)).toISOString(),
    })
    w.clock.advance(milliseconds(1))
    expect((await again('w-1')).status).toBe(201)
  })

  it('is each worker’s own', async () => {
    await flunk(w, 'w-1')
    expect((await again('w-2')).status).toBe(201)
  })

  it('cannot be got round by ten starts at once when it ends', async () => {
    await flunk(w, 'w-1')
    w.clock.now = instant(NOON + days(14))
    const { token } = await w.launch('w-1')
    const replies = await Promise.all(Array.from({ length: 10 }, () => startCall(w, token)))
    expect(new Set(replies.map(({ json }) => json.id)).size).toBe(1)
    expect(await rows(w, 'select id from attempts')).toHaveLength(2)
  })
})

describe('the year', () => {
  it('has four attempts, whatever ended them; the fifth waits until the first is a year old', async () => {
    const roomAt = '2027-11-25T03:00:00.000Z'
    for (let n = 0; n < 4; n++) {
      w.clock.now = instant(NOON + days(14 * n))
      const sitting = await sit(w, 'w-1')
      if (n === 0 || n === 3) await w.call('POST', `/api/attempts/${sitting.id}/withdraw`, { token: sitting.token })
      if (n === 1)
        await w.call('POST', `/api/staff/attempts/${sitting.id}/void`, { token: await operator(w), body: { why: 'x' } })
      if (n === 2) await submit(w, sitting)
      if (n === 3) expect((await resultOf(w, sitting)).json.retryAt).toBe(roomAt)
    }
    w.clock.now = instant(NOON + days(56))
    expect((await again('w-1')).json).toMatchObject({
      code: 'not-eligible',
      reason: 'yearly-limit',
      retryAt: roomAt,
      attemptsLeft: 0,
    })
    w.clock.now = instant(Date.parse(roomAt) - 1)
    expect((await again('w-1')).json.reason).toBe('yearly-limit')
    w.clock.advance(milliseconds(1))
    expect((await again('w-1')).status).toBe(201)
  })
})

describe('the paper of a retake', () => {
  it('has unseen items as long as the pool allows', async () => {
    // sixteen items a section, four to a paper: four attempts without a repetition
    const seen: string[] = []
    for (let n = 0; n < 4; n++) {
      w.clock.now = instant(NOON + days(14 * n))
      const sitting = await flunk(w, 'w-1')
      seen.push(...placed(await formOf(sitting.id)).map(({ itemId }) => itemId))
    }
    expect(new Set(seen).size).toBe(32)
  })

  it('has the least shown items first, so that workers wear the pool down evenly', async () => {
    for (let n = 0; n < 8; n++) await sit(w, `w-${n}`)
    const shown = await rows(w, 'select shown from item_exposures')
    expect(shown).toHaveLength(32)
    expect(shown.every((row) => row.shown === 2)).toBe(true)
  })
})

describe('another bank that is published meanwhile', () => {
  it('changes no live attempt: neither its paper nor how it is graded', async () => {
    // given an attempt with half of its paper answered
    const sitting = await sit(w, 'w-1')
    await save(w, sitting, modelSaves(w.bank, sitting.sections).slice(0, 4))
    // when the next version has other words, other keys and another pass score
    const next = tinyBank({ words: 'new ', exam: { version: 2, passScore: 95, timeLimitSeconds: 60 } })
    w.clock.advance(milliseconds(1))
    await publishExam(w.world, next)
    // then the paper is the same
    const read = await w.call('GET', `/api/attempts/${sitting.id}`, { token: sitting.token })
    expect(read.json.sections).toEqual(sitting.sections)
    expect(read.json.deadline).toBe(new Date(sitting.deadline).toISOString())
    // and so is the grading
    await save(w, sitting, modelSaves(w.bank, sitting.sections).slice(4, 7))
    expect((await submit(w, sitting)).json).toMatchObject({ score: 87, passScore: 70, passed: true })
    expect((await rows(w, 'select bank_hash, exam_version from credentials'))[0]).toMatchObject({
      bank_hash: w.bank.hash,
      exam_version: 1,
    })
    // while a new attempt has the new bank
    const other = await sit(w, 'w-2')
    expect(other.items.every(({ stemHtml }) => stemHtml.includes('new '))).toBe(true)
    await save(
      w,
      other,
      modelSaves(next, other.sections, (_, index) => index === 0),
    )
    expect((await submit(w, other)).json).toMatchObject({ score: 87, passScore: 95, passed: false })
  })

  it('can be followed by the earlier one, which is then the latest again', async () => {
    w.clock.advance(milliseconds(1))
    await publishExam(w.world, tinyBank({ words: 'new ', exam: { version: 2 } }))
    w.clock.advance(milliseconds(1))
    await publishExam(w.world, w.bank)
    const { token } = await w.launch('w-1')
    expect((await w.call('GET', '/api/exams/tiny', { token })).json.version).toBe(1)
  })
})

describe('the stored seed', () => {
  it('reproduces the paper, its order and the score', async () => {
    const sitting = await sit(w, 'w-1')
    await save(
      w,
      sitting,
      modelSaves(w.bank, sitting.sections, (_, index) => index % 3 === 0),
    )
    const result = await submit(w, sitting)
    const stored = await formOf(sitting.id)
    // when it is drawn again as the first attempt of all
    const form = assembleForm(w.bank, { locale: stored.locale, seed: stored.seed, exposure: NO_EXPOSURE })
    expect(form).toEqual(stored)
    const sections = presentForm(form, w.bank)
    expect(sections).toEqual(sitting.sections)
    // and the recorded responses are scored again
    const sheet: Record<string, PresentedResponse> = Object.fromEntries(
      (await rows(w, 'select item, response from responses')).map(({ item, response }) => [item, JSON.parse(response)]),
    )
    const report = reportScore(w.bank, scoreForm(form, w.bank, sheet))
    expect(report).toEqual(JSON.parse((await rows(w, 'select report from attempts'))[0].report))
    expect(Math.floor(report.score)).toBe(result.json.score)
    expect(sheet.q2).toEqual(modelAnswer(w.bank, sitting.items[1] as Sitting['items'][number], { right: true }))
  })

  it('differs from attempt to attempt, and so does the paper', async () => {
    const [a, b] = [await sit(w, 'w-1'), await sit(w, 'w-2')]
    expect((await formOf(a.id)).seed).not.toBe((await formOf(b.id)).seed)
    expect(a.items.map(({ stemHtml }) => stemHtml)).not.toEqual(b.items.map(({ stemHtml }) => stemHtml))
  })
})

it('keeps an earlier pass when a retake fails', async () => {
  const first = await pass(w, 'w-1')
  w.clock.now = instant(NOON + days(14))
  await flunk(w, 'w-1')
  expect(await rows(w, 'select id, status from credentials')).toMatchObject([
    { id: first.credential, status: 'active' },
  ])
  const { token } = await w.launch('w-1')
  expect((await resultOf(w, { ...first, token })).json.passed).toBe(true)
})
