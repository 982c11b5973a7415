import { expect, it } from 'vitest'
import { built } from '../support/built.ts'
import { cases } from '../support/cases.ts'
import { holdExamDay } from './exam-day.ts'

it('many candidates who come at once all come to a result, and every answer that was acknowledged is on the paper that was graded', async () => {
  await built()
  const day = {
    candidates: cases(100, 2),
    withinMs: 3_000,
    // a paper has at least so many questions with choices
    answers: 3,
    thinkMs: [100, 600],
    seed: '7e577e577e577e577e577e577e577e57',
    pinned: false,
  } as const
  const outcome = await holdExamDay(day)
  expect(outcome.lost).toEqual([])
  expect(outcome.broken).toBe(0)
  expect([outcome.acknowledged, outcome.differing]).toEqual([day.candidates * day.answers, 0])
})
