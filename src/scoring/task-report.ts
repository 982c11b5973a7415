import { notesOf, type TaskNote } from '../task/grade-task.ts'
import type { TaskGrade } from '../task/task.ts'
import { type ScoreBand, type Standing, scoreBand, standingAt } from './candidate-report.ts'

/** One task of a graded paper. */
export interface MarkedTask {
  readonly ref: string
  readonly grade: TaskGrade
  /** Whether anything was changed in it. */
  readonly answered: boolean
}

export interface ReportedTask {
  readonly ref: string
  /** Absent where nothing was changed. */
  readonly standing?: Standing
  readonly notes: readonly TaskNote[]
}

/** What a candidate learns of a graded practical part beside its outcome. */
export interface TaskReport {
  /** 0–100, cut to a whole number. */
  readonly score: number
  readonly band: ScoreBand
  readonly tasks: readonly ReportedTask[]
}

/**
 * As many independent items a task is worth for the error of a score: three tasks have some 8 points of it at 70 (an expected
 * reliability of .69 at a spread of 15 points), as a paper of thirty items would. An assumption until papers were sat.
 */
const ITEMS_A_TASK = 10

/**
 * The report of a practical part: whole points, each task in words, and counts by competency. Never which row, never what
 * is right. Undefined where fewer than half of the tasks were touched.
 */
export function taskReport(raw: number, floor: number, tasks: readonly MarkedTask[]): TaskReport | undefined {
  if (tasks.filter(({ answered }) => answered).length * 2 < tasks.length) return undefined
  const score = Math.floor(raw + 1e-9)
  return {
    score,
    band: scoreBand(score, tasks.length * ITEMS_A_TASK),
    tasks: tasks.map(({ ref, grade, answered }) => ({
      ref,
      ...(answered ? { standing: standingAt(grade.score * 100, floor) } : {}),
      notes: answered ? notesOf(grade) : [],
    })),
  }
}
