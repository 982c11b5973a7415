import { notesOf, type TaskNote } from '../task/grade-task.ts'
import type { TaskGrade } from '../task/task.ts'
import { reaches } from './decide-parts.ts'
import { rawScore, type ScoreReport } from './raw-score.ts'

/** How far a section is above its mark before it is called `above`, in points of 100. */
const CLEARLY = 15
/** A section of fewer items shares its entry with a neighbour. */
const LEAST_ITEMS = 5
/** Shares of the items that must be answered before anything is told of a paper, and of a section. */
const PAPER_ANSWERED = 1 / 2
const SECTION_ANSWERED = 3 / 4

/** A section's result in words: 15 points or more above its mark, from its mark on, or below it. */
export type Standing = 'above' | 'at' | 'below'

/** A range on the 0–100 scale in which the score would move on another paper (about two times in three: ± 1 SEM). */
export interface ScoreBand {
  readonly low: number
  readonly high: number
}

/** One item of a graded paper, without its name. `credit` is the share of the points earned, 0..1. */
export interface MarkedItem {
  readonly points: number
  readonly credit: number
  /** Whether nothing of it was left open. */
  readonly answered: boolean
}

export interface MarkedSection {
  readonly topic: string
  /** The section's own cut score, where it has one. */
  readonly passScore?: number | undefined
  readonly items: readonly MarkedItem[]
}

export interface ReportedSection {
  /** One topic, or several that share the entry. */
  readonly topics: readonly string[]
  readonly itemCount: number
  /** Absent where fewer than three quarters of the items were answered. */
  readonly standing?: Standing
}

/** What a candidate learns of a graded paper beside its outcome. */
export interface CandidateReport {
  /** 0–100, cut to a whole number. */
  readonly score: number
  readonly band: ScoreBand
  readonly sections: readonly ReportedSection[]
}

const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0)

const isTold = (items: readonly MarkedItem[], share: number): boolean =>
  items.filter((item) => item.answered).length >= items.length * share

/**
 * Score ± one standard error of measurement, in percent: the binomial error of Lord (1955), SEM² = p(1 − p)/(n − 1), with
 * p drawn towards one half (Agresti–Coull) so that a perfect short paper still has a width. `score` 0–100 on `n` items.
 */
export function scoreBand(score: number, n: number): ScoreBand {
  const p = ((score / 100) * n + 1) / (n + 2)
  const sem = Math.sqrt((p * (1 - p)) / Math.max(1, n - 1)) * 100
  return { low: Math.round(Math.max(0, score - sem)), high: Math.round(Math.min(100, score + sem)) }
}

/** Neighbouring sections, joined until every entry holds at least five items; what is left over at the end joins the entry before it. */
function joinSmall(sections: readonly MarkedSection[]): (readonly MarkedSection[])[] {
  const count = (group: readonly MarkedSection[]) => sum(group.map(({ items }) => items.length))
  const groups: (readonly MarkedSection[])[] = []
  let open: readonly MarkedSection[] = []
  for (const section of sections) {
    open = [...open, section]
    if (count(open) < LEAST_ITEMS) continue
    groups.push(open)
    open = []
  }
  if (open.length === 0) return groups
  return [...groups.slice(0, -1), [...(groups.at(-1) ?? []), ...open]]
}

/** How a score stands to its mark. */
const standingAt = (score: number, mark: number): Standing =>
  reaches(score, mark + CLEARLY) ? 'above' : reaches(score, mark) ? 'at' : 'below'

function standingOf(group: readonly MarkedSection[], passScore: number): Standing {
  const points = (items: readonly MarkedItem[]) => sum(items.map((item) => item.points))
  const items = group.flatMap((section) => section.items)
  const score = rawScore(items)
  // sections that share an entry are held to what their own marks ask for together
  const mark = sum(group.map((section) => (section.passScore ?? passScore) * points(section.items))) / points(items)
  return standingAt(score, mark)
}

/**
 * The report that a candidate sees: whole points, and sections in words, so that a paper with a single answer to each
 * section does not tell that section's key. Undefined when fewer than half of the items were answered: such a paper was
 * not sat to be measured.
 *
 * What it still tells: the whole score is a count of right answers, so whoever is sure that all their other answers are
 * wrong learns whether one further answer is right. Words turn only near the marks, so they tell nothing to those who do
 * not know most of a section's keys.
 */
export function candidateReport(report: ScoreReport, sections: readonly MarkedSection[]): CandidateReport | undefined {
  const all = sections.flatMap((section) => section.items)
  if (!isTold(all, PAPER_ANSWERED)) return undefined
  const score = Math.floor(report.score)
  return {
    score,
    band: scoreBand(score, all.length),
    sections: joinSmall(sections).map((group): ReportedSection => {
      const items = group.flatMap((section) => section.items)
      const entry = { topics: group.map(({ topic }) => topic), itemCount: items.length }
      return isTold(items, SECTION_ANSWERED) ? { ...entry, standing: standingOf(group, report.passScore) } : entry
    }),
  }
}

/** One task of a graded paper. */
interface MarkedTask {
  readonly ref: string
  readonly grade: TaskGrade
  /** Whether anything was changed in it. */
  readonly answered: boolean
}

interface ReportedTask {
  readonly ref: string
  /** Absent where nothing was changed. */
  readonly standing?: Standing
  readonly notes: readonly TaskNote[]
}

/** What a candidate learns of a graded practical part beside its outcome. */
interface TaskReport {
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
