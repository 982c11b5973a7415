import type { TaskKind } from '../item/family.ts'
import { groupOf } from '../task/grade-task.ts'
import type { TaskGrade } from '../task/task.ts'
import { discriminationOf, FEWEST_FOR_DISCRIMINATION, mean } from './item-analysis.ts'
import type { Estimate } from './item-flags.ts'

/** A task of a graded practical paper. */
export interface GradedTask {
  readonly family: string
  /** The family's content hash: another wording is another family to those who work on it. */
  readonly hash: string
  readonly kind: TaskKind
  /** The variety of the kind. */
  readonly form?: string
  readonly points: number
  readonly grade: TaskGrade
}

export type PracticalPaper = readonly GradedTask[]

/** How a group of checkpoints did: what candidates are told in one sentence. */
export interface CheckpointStatistics {
  readonly group: string
  /** Papers that had it. */
  readonly n: number
  /** Mean share of its weight that was earned, 0..1. */
  readonly mean: number
  /** Its correlation with the points of the rest of the paper; absent below 30 papers and where either never varies. */
  readonly discrimination?: Estimate
}

/** How a family did, of one content. No text, no key, nothing of a person. */
export interface TaskStatistics {
  readonly family: string
  readonly hash: string
  readonly kind: TaskKind
  readonly form?: string
  readonly n: number
  /** Mean and standard deviation of its score, in points of 100. */
  readonly mean: number
  readonly sd?: number
  /** Points by which its mean is above that of the other families of its kind, of those with thirty papers; negative below. */
  readonly above?: number
  /** Whether it should rest: it is five points easier or harder than the others. */
  readonly shouldRest: boolean
  readonly checkpoints: readonly CheckpointStatistics[]
}

/** A family this far off those of its kind decides by lot who passes. */
const MOST_POINTS_OFF = 5

interface Part {
  readonly group: string
  /** Points of the paper that it is worth, and that were earned. */
  readonly worth: number
  readonly earned: number
}

/** The checkpoint groups of a task, and what its losses took, in points of the paper. */
function partsOf({ points, grade }: GradedTask): { readonly parts: readonly Part[]; readonly lost: number } {
  const all = grade.checkpoints.reduce((sum, { weight }) => sum + weight, 0)
  const scale = all > 0 ? points / all : 0
  const groups = Map.groupBy(grade.checkpoints, ({ id }) => groupOf(id))
  const parts = [...groups].map(([group, some]) => ({
    group,
    worth: scale * some.reduce((sum, { weight }) => sum + weight, 0),
    earned: scale * some.reduce((sum, { weight, credit }) => sum + weight * credit, 0),
  }))
  return { parts, lost: scale * grade.losses.reduce((sum, { weight }) => sum + weight, 0) }
}

interface Sighting extends GradedTask {
  readonly seen: readonly { readonly group: string; readonly credit: number; readonly rest: number | undefined }[]
}

function sightingsOn(paper: PracticalPaper): Sighting[] {
  const tasks = paper.map((task) => ({ task, ...partsOf(task) }))
  const sum = (of: (part: Part) => number) =>
    tasks.reduce((total, { parts }) => total + parts.reduce((all, part) => all + of(part), 0), 0)
  const [worth, earned] = [sum((part) => part.worth), sum((part) => part.earned)]
  const lost = tasks.reduce((total, task) => total + task.lost, 0)
  return tasks.map(({ task, parts }) => ({
    ...task,
    seen: parts.map((part) => ({
      group: part.group,
      credit: part.worth > 0 ? part.earned / part.worth : 0,
      rest: worth > part.worth ? (100 * (earned - part.earned - lost)) / (worth - part.worth) : undefined,
    })),
  }))
}

function checkpointsOf(sightings: readonly Sighting[]): CheckpointStatistics[] {
  const groups = Map.groupBy(
    sightings.flatMap(({ seen }) => seen),
    ({ group }) => group,
  )
  return [...groups].map(([group, seen]) => {
    const discrimination = discriminationOf(seen)
    return {
      group,
      n: seen.length,
      mean: mean(seen.map(({ credit }) => credit)),
      ...(discrimination ? { discrimination } : {}),
    }
  })
}

/** Statistics of every family on these papers, by kind, family and hash. Losses count against the rest of a paper, since no checkpoint owns them. */
export function analyseTasks(papers: readonly PracticalPaper[]): TaskStatistics[] {
  const families = Map.groupBy(papers.flatMap(sightingsOn), ({ kind, family, hash }) => `${kind} ${family} ${hash}`)
  const measured = [...families.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, sightings]) => {
      const [{ family, hash, kind, form }] = sightings as [Sighting]
      const scores = sightings.map(({ grade }) => 100 * grade.score).sort((a, b) => a - b)
      const [n, middle] = [scores.length, mean(scores)]
      const sd = n > 1 ? Math.sqrt(scores.reduce((sum, score) => sum + (score - middle) ** 2, 0) / (n - 1)) : undefined
      return {
        family,
        hash,
        kind,
        ...(form === undefined ? {} : { form }),
        n,
        mean: middle,
        ...(sd === undefined ? {} : { sd }),
        checkpoints: checkpointsOf(sightings),
      }
    })
  const tried = measured.filter(({ n }) => n >= FEWEST_FOR_DISCRIMINATION)
  return measured.map((one) => {
    const others = tried.filter((other) => other !== one && other.kind === one.kind && other.form === one.form)
    const isTried = one.n >= FEWEST_FOR_DISCRIMINATION && others.length > 0
    const above = isTried ? one.mean - mean(others.map((other) => other.mean)) : undefined
    return {
      ...one,
      ...(above === undefined ? {} : { above }),
      shouldRest: Math.abs(above ?? 0) >= MOST_POINTS_OFF,
    }
  })
}
