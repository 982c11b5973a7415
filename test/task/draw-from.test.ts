import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { compileExam } from '../../src/authoring/compile-exam.ts'
import { trialSeed } from '../../src/authoring/tasks/check-draws.ts'
import { instant } from '../../src/kernel/instant.ts'
import { drawFrom, drawTask } from '../../src/task/draw-task.ts'
import { CannotDraw } from '../../src/task/task-kind.ts'
import { deskFiles } from '../support/desk-exam.ts'

// so few rows that what is to stand in them does not fit on one seed in twelve
const content = readFileSync('test/support/member-list.ja.md', 'utf8')
  .replace('exam: business-admin', 'exam: clerk')
  .replace('rows: 48', 'rows: 26')
const compiled = (changedTasks?: ReadonlySet<string>) =>
  compileExam([...deskFiles, { path: 'tasks/member-list.ja.md', content }], {
    now: instant(Date.UTC(2026, 10, 25)),
    seeds: 1,
    lint: false,
    ...(changedTasks ? { changedTasks } : {}),
  })

describe('a practical task that cannot be drawn from every seed', () => {
  it('is drawn from the next one, the same each time', () => {
    const family = compiled().tasks[0] as never
    const seed = Array.from({ length: 200 }, (_, n) => trialSeed(n + 1_000)).find((one) => {
      try {
        drawTask(family, { locale: 'ja', seed: one })
        return false
      } catch (failure) {
        return failure instanceof CannotDraw
      }
    }) as string
    const drawn = drawFrom(family, { locale: 'ja', seed })
    expect(drawn.seed).not.toBe(seed)
    expect(drawFrom(family, { locale: 'ja', seed })).toEqual(drawn)
    expect(drawTask(family, { locale: 'ja', seed: drawn.seed })).toEqual(drawn)
  })

  it('is found before it is published, where one seed does not show it', () => {
    const rules = ({ diagnostics }: ReturnType<typeof compiled>) => diagnostics.map(({ rule }) => rule)
    expect(rules(compiled())).not.toContain('task/never-fails')
    expect(rules(compiled(new Set(['member-list'])))).toContain('task/never-fails')
  })
})
