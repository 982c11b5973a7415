import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { trialSeed } from '../../src/authoring/tasks/check-draws.ts'
import { WRITTEN_KINDS } from '../../src/authoring/tasks/written-kinds.ts'
import { drawTask, streamOf } from '../../src/task/draw-task.ts'
import { gradeTask, notesOf } from '../../src/task/grade-task.ts'
import type { TaskInstance } from '../../src/task/task.ts'
import type { Bot } from '../../src/task/task-kind.ts'
import { taskNote } from '../../src/web/task-notes.ts'
import { compiledFamily } from '../support/compiled.ts'

const families = {
  table: 'member-list',
  inbox: 'office-inbox',
  claims: 'market-claims',
  draft: 'chair-draft',
  sheet: 'sales-sheet',
} satisfies Record<keyof typeof WRITTEN_KINDS, string>

describe('what candidates are told of a task', () => {
  it.each(Object.entries(families))(
    'of kind %s is a sentence in both languages for all that may happen',
    (kind, id) => {
      const text = readFileSync(new URL(`../support/${id}.ja.md`, import.meta.url), 'utf8')
      const family = compiledFamily(kind, text, ['draft/pool'])
      for (let trial = 0; trial < 5; trial++) {
        const instance = drawTask(family, { locale: 'ja', seed: trialSeed(trial) }) as TaskInstance
        for (const bot of WRITTEN_KINDS[kind as keyof typeof families].bots as readonly Bot[])
          for (const note of notesOf(gradeTask(instance, bot.play(instance, streamOf(instance.seed, bot.name)))))
            for (const locale of ['ja', 'en'] as const) {
              const sentence = taskNote(locale, { kind: instance.presented.kind }, { ...note, skillName: 'a skill' })
              expect(sentence).toContain(String(note.done))
              // a loss has no skill, and nothing else to be called by
              if (note.skill === undefined) expect(sentence).not.toMatch(new RegExp(`^${note.group}\\b`))
            }
      }
    },
  )
})
