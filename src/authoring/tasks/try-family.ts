import type { TaskFamily } from '../../item/family.ts'
import { drawTask, streamOf } from '../../task/draw-task.ts'
import { gradeTask } from '../../task/grade-task.ts'
import type { Entries } from '../../task/present.ts'
import type { TaskInstance } from '../../task/task.ts'
import type { Bot } from '../../task/task-kind.ts'
import { trialSeed } from './check-draws.ts'
import type { WrittenKind } from './written-kind.ts'
import { writtenKindOf } from './written-kinds.ts'

/** Scores over many seeds, 0..1. */
export interface Scores {
  readonly mean: number
  readonly least: number
  readonly most: number
}

/** What a simulated candidate scores, and whether that is within the bounds of its kind. */
export interface TriedBot extends Scores {
  readonly name: string
  readonly holds: boolean
}

/** What many drawings of a family say of it. */
export interface TriedFamily {
  readonly family: string
  readonly seeds: number
  /** So many of the instances differ from all others in what is shown. */
  readonly distinct: number
  readonly bots: readonly TriedBot[]
  /** The mean score of whoever knows the right answers to so many other papers, and nothing else. */
  readonly otherPapers: readonly { readonly papers: number; readonly mean: number; readonly holds: boolean }[]
  /** Milliseconds for a grade. */
  readonly grading: { readonly mean: number; readonly worst: number; readonly holds: boolean }
}

type Drawn = Omit<TaskInstance, 'hash'>

const OTHER_PAPERS = [1, 3, 10]
/** A grade that took too long is made again so often: what collects garbage or compiles meanwhile is no fault of the grader. */
const TIMES = 5

/** Whether a score keeps its bounds. */
export const isWithin = (
  value: number,
  bounds: { readonly least?: number; readonly most?: number } | undefined,
): boolean => value >= (bounds?.least ?? 0) - 1e-9 && value <= (bounds?.most ?? 1) + 1e-9

function scoresOf(values: readonly number[]): Scores {
  const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
  return { mean, least: Math.min(1, ...values), most: Math.max(0, ...values) }
}

/** What a simulated candidate enters on an instance. */
export const play = (bot: Bot, instance: Drawn): Entries =>
  bot.play(instance as TaskInstance, streamOf(instance.seed, bot.name))

/** Only what says something else than what stands there: an answer to another paper may be what this one shows anyway. */
const changesOf = ({ presented }: Drawn, entries: Entries): Entries =>
  Object.fromEntries(
    presented.fields.flatMap((field) => {
      const value = entries[field.name]
      return value === undefined || value === field.initial ? [] : [[field.name, value]]
    }),
  )

/** Grades, and keeps how long it took. */
function openGrader(clock: () => number, most: number) {
  let worst = 0
  let spent = 0
  let grades = 0
  return {
    score: (instance: Drawn, entries: Entries): number => {
      let value = 0
      let took = Number.POSITIVE_INFINITY
      for (let i = 0; i < TIMES && took > most; i++) {
        const from = clock()
        value = gradeTask(instance, entries).score
        took = Math.min(took, clock() - from)
      }
      worst = Math.max(worst, took)
      spent += took
      grades += 1
      return value
    },
    grading: () => ({ mean: spent / Math.max(1, grades), worst, holds: worst <= most }),
  }
}

/**
 * Draws a family on many seeds and lets every simulated candidate of its kind work on each. The clock comes from the caller;
 * all else is the same each time.
 */
export function tryFamily(family: TaskFamily, seeds: number, clock: () => number): TriedFamily {
  const instances: Drawn[] = Array.from({ length: seeds }, (_, trial) =>
    drawTask(family, { locale: 'ja', seed: trialSeed(trial) }),
  )
  const { bots, bounds, recall } = writtenKindOf(family.kind) as unknown as WrittenKind
  const { score, grading } = openGrader(clock, bounds.gradeMs)
  const tried = (bots as readonly Bot[]).map((bot): TriedBot => {
    const scores = scoresOf(instances.map((instance) => score(instance, play(bot, instance))))
    const holds = isWithin(scores.least, bot.each) && isWithin(scores.most, bot.each) && isWithin(scores.mean, bot.mean)
    return { name: bot.name, ...scores, holds }
  })
  const perfect = (bots as readonly Bot[]).find(({ name }) => name === 'perfect')
  const known = perfect ? instances.map((instance) => play(perfect, instance)) : []
  const recalled = (instance: Drawn, others: readonly number[]): Entries =>
    recall
      ? recall(
          instance as TaskInstance<never>,
          others.map((other) => instances[other] as TaskInstance<never>),
        )
      : changesOf(instance, Object.assign({}, ...others.map((other) => known[other])) as Entries)
  const otherPapers = OTHER_PAPERS.filter((papers) => papers < seeds).map((papers) => {
    const { mean } = scoresOf(
      instances.map((instance, i) =>
        score(
          instance,
          recalled(
            instance,
            Array.from({ length: papers }, (_, k) => (i + 1 + k) % seeds),
          ),
        ),
      ),
    )
    return { papers, mean, holds: isWithin(mean, { most: bounds.otherPapers }) }
  })
  const distinct = new Set(instances.map(({ presented }) => JSON.stringify([presented.materials, presented.fields])))
    .size
  return { family: family.id, seeds, distinct, bots: tried, otherPapers, grading: grading() }
}

/** Whether everything that was tried is within the bounds of its kind. */
export const holdsAll = ({ seeds, distinct, bots, otherPapers, grading }: TriedFamily): boolean =>
  distinct === seeds && [...bots, ...otherPapers, grading].every(({ holds }) => holds)
