import type { TaskFamily } from '../../item/family.ts'
import type { Locale } from '../../item/item.ts'
import { drawTask } from '../../task/draw-task.ts'
import { type ExplainedGrade, explainGrade, gradeTask } from '../../task/grade-task.ts'
import type { TaskInstance } from '../../task/task.ts'
import { type Bot, CannotDraw } from '../../task/task-kind.ts'
import { trialSeed } from './check-draws.ts'
import { isWithin, play } from './try-family.ts'
import { writtenKindOf } from './written-kinds.ts'

/** What one simulated candidate made of one drawing. */
export interface Played extends ExplainedGrade {
  /** 0..1 */
  readonly score: number
  readonly critical?: string
  /** Whether the score is within what each of this candidate's must be. */
  readonly holds: boolean
}

/** One drawing of a family, with what is right in it. */
export interface DrawnTrial {
  /** From 1. */
  readonly number: number
  readonly instance: Omit<TaskInstance, 'hash'>
  readonly key: ExplainedGrade['checkpoints']
  readonly played?: Played
}

/** A drawing, or why the family asks for what cannot be drawn. */
export type Trial = DrawnTrial | { readonly number: number; readonly problem: string }

/** The simulated candidates of a family's kind. */
export const botsOf = ({ kind }: TaskFamily): readonly Bot[] => (writtenKindOf(kind)?.bots ?? []) as readonly Bot[]

/** Draws a family on its seeds from one on, and lets a simulated candidate work on each. */
export function drawTrials(
  family: TaskFamily,
  {
    from,
    count,
    locale,
    bot,
  }: { readonly from: number; readonly count: number; readonly locale: Locale; readonly bot?: Bot | undefined },
): Trial[] {
  return Array.from({ length: count }, (_, i): Trial => {
    const number = from + i
    try {
      const instance = drawTask(family, { locale, seed: trialSeed(number - 1) })
      const key = explainGrade(instance, {}, gradeTask(instance, {})).checkpoints
      return { number, instance, key, ...(bot ? { played: playOn(instance, bot) } : {}) }
    } catch (failure) {
      if (failure instanceof CannotDraw) return { number, problem: failure.message }
      throw failure
    }
  })
}

function playOn(instance: Omit<TaskInstance, 'hash'>, bot: Bot): Played {
  const entries = play(bot, instance)
  const grade = gradeTask(instance, entries)
  return {
    ...explainGrade(instance, entries, grade),
    score: grade.score,
    ...(grade.critical === undefined ? {} : { critical: grade.critical }),
    holds: isWithin(grade.score, bot.each),
  }
}
