import { describe, expect, it } from 'vitest'
import type { TaskDraw } from '../../src/item/bank.ts'
import type { TaskFamily } from '../../src/item/family.ts'
import { claimsBots } from '../../src/task/claims/bots.ts'
import { draftBots } from '../../src/task/draft/bots.ts'
import { drawTask, streamOf } from '../../src/task/draw-task.ts'
import { explainGrade, gradeTask } from '../../src/task/grade-task.ts'
import { inboxBots } from '../../src/task/inbox/bots.ts'
import { sheetBots } from '../../src/task/sheet/bots.ts'
import { tableBots } from '../../src/task/table/bots.ts'
import type { TaskInstance } from '../../src/task/task.ts'
import type { Bot } from '../../src/task/task-kind.ts'
import { bankOfTasks } from '../support/two-part-bank.ts'

const BOTS = { table: tableBots, sheet: sheetBots, draft: draftBots, inbox: inboxBots, claims: claimsBots }
const draws: readonly TaskDraw[] = [
  { kind: 'table', points: 30 },
  { kind: 'sheet', points: 20 },
  { kind: 'draft', points: 30 },
  { kind: 'inbox', points: 30 },
  { kind: 'claims', form: 'sources', points: 24 },
  { kind: 'claims', form: 'redline', points: 24 },
]
const seeds = Array.from({ length: 4 }, (_, i) => String(i + 1).repeat(32))

describe.each(draws)('the explanation of a grade of kind $kind $form', (draw) => {
  const family = bankOfTasks(draw).tasks?.[0] as TaskFamily
  const play = (seed: string, name: string) => {
    const instance = drawTask(family, { locale: 'ja', seed }) as TaskInstance
    const bot = BOTS[draw.kind].find((one) => one.name === name) as Bot
    const entries = bot.play(instance, streamOf(seed, name))
    const grade = gradeTask(instance, entries)
    return { grade, ...explainGrade(instance, entries, grade) }
  }

  it('says of every checkpoint, done or not, what it looked at', () => {
    for (const seed of seeds)
      for (const name of ['perfect', 'untouched']) {
        const { grade, checkpoints } = play(seed, name)
        expect(checkpoints.map(({ id, credit }) => [id, credit])).toEqual(
          grade.checkpoints.map(({ id, credit }) => [id, credit]),
        )
        const silent = checkpoints.filter(
          ({ values }) =>
            values.length === 0 ||
            values.some(({ right, least, label }) => label === '' || (right === undefined && least === undefined)),
        )
        expect(silent.map(({ id }) => id)).toEqual([])
      }
  })

  it('shows what a perfect answer entered as right, where the right answer is one of a list', () => {
    for (const seed of seeds)
      for (const { id, values } of play(seed, 'perfect').checkpoints) {
        // facts, messages and replacements are looked for in longer texts, formulas may be written in many ways
        if (/^(?:fact|message|replacement)/.test(id) || draw.kind === 'sheet') continue
        for (const { right = [], entered, label } of values)
          if (right.length > 0) expect([id, label, right], entered).toContainEqual(expect.arrayContaining([entered]))
      }
  })
})
