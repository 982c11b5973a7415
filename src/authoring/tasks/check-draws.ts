import type { TaskFamily } from '../../item/family.ts'
import { drawTask } from '../../task/draw-task.ts'
import { gradeTask } from '../../task/grade-task.ts'
import type { TaskInstance } from '../../task/task.ts'
import { CannotDraw, type FamilyBody } from '../../task/task-kind.ts'
import { error, type Report } from '../diagnostic.ts'
import { say } from '../said.ts'
import type { FamilySource } from './family-source.ts'
import { findRealNames } from './real-names.ts'

/** The seed of a trial, the same each time. */
export const trialSeed = (trial: number): string => trial.toString(16).padStart(8, '0').repeat(4)

/** Draws a family on many seeds and reports once what goes wrong on any. */
export function checkDraws(
  family: TaskFamily<FamilyBody>,
  source: FamilySource,
  { report, skills, seeds }: { readonly report: Report; readonly skills: ReadonlySet<string>; readonly seeds: number },
): void {
  const said = new Set<string>()
  const once = (rule: string, finding: Parameters<Report>[1]): void => {
    if (said.has(rule)) return
    said.add(rule)
    report(source.top, finding)
  }
  const locales = Object.keys(family.wordings) as (keyof typeof family.wordings)[]
  for (let trial = 0; trial < seeds && !said.has('task/never-fails'); trial++)
    for (const locale of trial === 0 ? locales : locales.slice(0, 1)) {
      try {
        checkInstance(drawTask(family, { locale, seed: trialSeed(trial) }), skills, once)
      } catch (failure) {
        if (!(failure instanceof CannotDraw)) throw failure
        once(
          'task/never-fails',
          error('task/never-fails', say('task.cannotDraw', { trial, what: failure.message }), say('advice.fewerDraws')),
        )
      }
    }
}

function checkInstance(
  instance: Omit<TaskInstance, 'hash'>,
  skills: ReadonlySet<string>,
  once: (rule: string, finding: Parameters<Report>[1]) => void,
): void {
  const shown = JSON.stringify(instance.presented)
  const slot = /\{\{[^{}]*\}\}/.exec(shown)?.[0]
  if (slot !== undefined) once('task/slot', error('task/slot', say('task.slotLeft', { slot }), say('advice.writeSlot')))
  if (shown.normalize('NFC') !== shown)
    once('task/not-nfc', error('task/not-nfc', say('task.notNfc'), say('advice.typeAgain')))
  for (const { as, text } of findRealNames(shown)) {
    const finding = as === 'firm' ? say('task.realFirm', { name: text }) : say('task.realNumber', { number: text })
    once(`task/real-number ${as}`, error('task/real-number', finding, say('advice.invented')))
  }
  const untouched = gradeTask(instance, {})
  if (skills.size > 0)
    for (const { skill } of untouched.checkpoints)
      if (!skills.has(skill))
        once(`task/skill ${skill}`, error('task/skill', say('task.skillUnknown', { skill }), say('advice.knownSkill')))
}
