import { describe, expect, it } from 'vitest'
import {
  type Attempt,
  type AttemptCommand,
  deadlineOf,
  type OpenAttempt,
  refusalOf,
  responseTimes,
} from '../../src/attempt/attempt.ts'
import type { ExamPart, PartId } from '../../src/item/bank.ts'
import { type Instant, instant, minutes, toRfc3339 } from '../../src/kernel/instant.ts'

const startedAt = instant(Date.UTC(2026, 10, 25, 0, 0, 0))
const deadline = instant(startedAt + 2_700_000)
const open: OpenAttempt = {
  id: 'att_1',
  worker: 'w1',
  exam: 'sample',
  bankHash: 'h',
  locale: 'ja',
  form: { bankHash: 'h', locale: 'ja', seed: '0'.repeat(32), sections: [] },
  startedAt,
  deadline,
  timeMultiplier: 1,
  version: 1,
  status: 'open',
  lease: 'lse_mine',
}
const { lease: _, ...facts } = open
const closed: Attempt = {
  ...facts,
  status: 'closed',
  reason: 'submitted',
  closedAt: instant(startedAt + 1_000),
  version: 2,
}
const after = (ms: number): Instant => instant(deadline + ms)
const code = (attempt: Attempt, command: AttemptCommand, now: Instant) =>
  refusalOf(attempt, command, now)?.code ?? 'taken'

const exam = { timeLimitSeconds: 45 * 60 }

describe('the deadline', () => {
  it.each([
    [1, 45 * 60_000],
    [1.25, 56.25 * 60_000],
    [2, 90 * 60_000],
  ])('is the limit times %s after the start', (timeMultiplier, length) => {
    expect(deadlineOf(exam, { startedAt, timeMultiplier })).toBe(startedAt + length)
  })

  it('is that of the part that is sat', () => {
    const part = (id: PartId, timeLimitSeconds: number): ExamPart => ({
      ...{ id, timeLimitSeconds, weight: 50, floor: 0, keep: { years: 0, months: 6, days: 0 }, tasks: [] },
    })
    const inParts = { ...exam, parts: [part('knowledge', 1_200), part('practical', 1_500)] }
    const endOf = (id: PartId) => deadlineOf(inParts, { part: id, startedAt, timeMultiplier: 1.5 })
    expect(endOf('knowledge')).toBe(startedAt + minutes(30))
    expect(endOf('practical')).toBe(startedAt + minutes(37.5))
  })

  it('never lies after the end of the exam', () => {
    const windowEnd = instant(startedAt + 60_000)
    expect(deadlineOf({ ...exam, closesAt: toRfc3339(windowEnd) }, { startedAt, timeMultiplier: 2 })).toBe(windowEnd)
  })
})

describe('an open attempt', () => {
  it.each<[string, AttemptCommand, Instant, string]>([
    ['records under its lease', { type: 'record-responses', lease: 'lse_mine' }, after(-1), 'taken'],
    [
      'records up to the slack after the deadline',
      { type: 'record-responses', lease: 'lse_mine' },
      after(3_000),
      'taken',
    ],
    [
      'refuses a response one millisecond later',
      { type: 'record-responses', lease: 'lse_mine' },
      after(3_001),
      'attempt-closed',
    ],
    ['refuses another lease', { type: 'record-responses', lease: 'lse_old' }, after(-1), 'lease-lost'],
    ['refuses to be submitted under another lease', { type: 'submit', lease: 'lse_old' }, after(-1), 'lease-lost'],
    ['gives its lease to whoever takes it', { type: 'take-lease', lease: 'lse_new' }, after(-1), 'taken'],
    ['is not overdue within the slack', { type: 'close-overdue' }, after(3_000), 'attempt-open'],
    ['is overdue after it', { type: 'close-overdue' }, after(3_001), 'taken'],
    ['may end early by withdrawal', { type: 'withdraw' }, after(-1_000), 'taken'],
    ['is extended to later', { type: 'extend-deadline', deadline: after(1) }, after(-1), 'taken'],
    ['is never cut short', { type: 'extend-deadline', deadline }, after(-1), 'deadline-not-later'],
    [
      'is not extended once it is over',
      { type: 'extend-deadline', deadline: after(9_999) },
      after(3_001),
      'attempt-closed',
    ],
  ])('%s', (_, command, now, outcome) => {
    expect(code(open, command, now)).toBe(outcome)
  })
})

describe('a closed attempt', () => {
  it.each<AttemptCommand>([
    { type: 'record-responses', lease: 'lse_mine' },
    { type: 'submit', lease: 'lse_mine' },
    { type: 'take-lease', lease: 'lse_new' },
    { type: 'withdraw' },
    { type: 'void' },
    { type: 'close-overdue' },
    { type: 'extend-deadline', deadline: after(1) },
  ])('refuses %o', (command) => {
    expect(code(closed, command, after(-1))).toBe('attempt-closed')
  })
})

const save = (item: string, first: number, last = first) => ({
  item,
  firstSavedAt: instant(first),
  savedAt: instant(last),
})

describe('response times', () => {
  it('run from the acknowledgement before to the first save', () => {
    expect(responseTimes(instant(1_000), [save('q1', 5_000), save('q2', 9_000, 30_000), save('q3', 35_000)])).toEqual({
      q1: 4_000,
      q2: 4_000,
      q3: 5_000,
    })
  })

  it('are shared by items that were saved together', () => {
    expect(responseTimes(instant(0), [save('q1', 10_000), save('q2', 10_000)])).toEqual({ q1: 5_000, q2: 5_000 })
  })

  it('are unknown for items without an answer', () => {
    expect(responseTimes(instant(0), [])).toEqual({})
  })
})
