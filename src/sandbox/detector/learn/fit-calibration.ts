import {
  anyInputs,
  type Calibration,
  type Curves,
  calibratedAny,
  greatestKindScore,
  kindInputs,
  type Logistic,
  type Scored,
  sigmoid,
  type Thresholds,
} from '../judge/calibration.ts'
import { type Kind, kinds } from '../judge/kinds.ts'
import type { Script } from '../read/features.ts'

/** Keeps the fit finite where the labels can be told apart without error. */
const RIDGE = 0.05
const STEPS = 30

/** Solves a small positive definite system by Gauss elimination. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, at) => [...row, right[at] as number])
  const size = rows.length
  for (const [pivot, row] of rows.entries()) {
    for (const below of rows.slice(pivot + 1)) {
      const factor = (below[pivot] as number) / (row[pivot] as number)
      for (let column = pivot; column <= size; column += 1)
        below[column] = (below[column] as number) - factor * (row[column] as number)
    }
  }
  const solution = new Array<number>(size).fill(0)
  for (let at = size - 1; at >= 0; at -= 1) {
    const row = rows[at] as number[]
    let rest = row[size] as number
    for (let column = at + 1; column < size; column += 1) rest -= (row[column] as number) * (solution[column] as number)
    solution[at] = rest / (row[at] as number)
  }
  return solution
}

/** Newton's method. Labels are smoothed as Platt 1999 does: (n₊+1)/(n₊+2) and 1/(n₋+2). */
function fitAll(inputs: readonly (readonly number[])[], labels: readonly boolean[]): number[] {
  const positives = labels.filter(Boolean).length
  const high = (positives + 1) / (positives + 2)
  const low = 1 / (labels.length - positives + 2)
  const size = (inputs[0]?.length ?? 0) + 1
  const beta = new Array<number>(size).fill(0)
  for (let round = 0; round < STEPS; round += 1) {
    const gradient = beta.map((value, at) => (at === 0 ? 0 : RIDGE * value))
    const hessian = beta.map((_, i) => beta.map((__, j) => (i === j ? (i === 0 ? 1e-6 : RIDGE) : 0)))
    for (const [at, row] of inputs.entries()) {
      const x = [1, ...row]
      const p = sigmoid(x.reduce((sum, value, i) => sum + value * (beta[i] as number), 0))
      const error = p - (labels[at] ? high : low)
      const weight = Math.max(p * (1 - p), 1e-9)
      for (let i = 0; i < size; i += 1) {
        gradient[i] = (gradient[i] as number) + error * (x[i] as number)
        const line = hessian[i] as number[]
        for (let j = 0; j < size; j += 1) line[j] = (line[j] as number) + weight * (x[i] as number) * (x[j] as number)
      }
    }
    const step = solve(hessian, gradient)
    // a bounded step keeps Newton from overshooting where the curve is flat
    const longest = Math.max(1, ...step.map(Math.abs))
    for (let i = 0; i < size; i += 1) beta[i] = (beta[i] as number) - (step[i] as number) / longest
    if (longest === 1 && Math.max(...step.map(Math.abs)) < 1e-7) break
  }
  return beta
}

/** A logistic curve that never falls in any input: an input that would make it fall gets no weight. */
export function fitRisingLogistic(inputs: readonly (readonly number[])[], labels: readonly boolean[]): Logistic {
  const width = inputs[0]?.length ?? 0
  let used = Array.from({ length: width }, (_, at) => at)
  while (true) {
    const columns = used
    const [bias = 0, ...values] = fitAll(
      inputs.map((row) => columns.map((column) => row[column] as number)),
      labels,
    )
    const falling = columns.filter((_, at) => (values[at] as number) < 0)
    if (falling.length === 0)
      return {
        bias,
        weights: Array.from({ length: width }, (_, column) =>
          columns.includes(column) ? (values[columns.indexOf(column)] as number) : 0,
        ),
      }
    used = columns.filter((column) => !falling.includes(column))
  }
}

/** Raw scores of a post that the scoring model has not seen, and what is true of it. */
export interface Held extends Scored {
  readonly kinds: readonly Kind[]
}

/** Fewer posts of a script than this are calibrated with all the others. */
const ENOUGH_OF_A_SCRIPT = 100

/** Fits the curves on held-out scores. */
export function fitCalibration(held: readonly Held[]): Calibration {
  const curveOf = (kind: Kind, at: number) =>
    fitRisingLogistic(
      held.map(({ scores }) => kindInputs(scores, at, greatestKindScore(scores))),
      held.map((post) => post.kinds.includes(kind)),
    )
  const anyOf = (script: Script) => {
    const own = held.filter((post) => post.script === script)
    const posts = own.length >= ENOUGH_OF_A_SCRIPT ? own : held
    return fitRisingLogistic(
      posts.map(({ scores }) => anyInputs(scores)),
      posts.map((post) => post.kinds.length > 0),
    )
  }
  return {
    kinds: Object.fromEntries(kinds.map((kind, at) => [kind, curveOf(kind, at)])) as Record<Kind, Logistic>,
    any: { japanese: anyOf('japanese'), latin: anyOf('latin') },
  }
}

/**
 * Precision that the posts in a band, and those above it, must reach in cross-validation: what is promised, and a margin
 * for posts by strangers, whose wording differs more than that of the authors of a labelled set.
 */
const QUEUE_PRECISION = 0.955
const HOLD_PRECISION = 0.985
/** No post is queued below this. */
const LEAST_QUEUE = 0.5

/** The lowest threshold, `least` or above, from which the flagged posts are right so often. */
function lowestWithPrecision(
  ordered: readonly { readonly any: number; readonly truth: boolean }[],
  precision: number,
  least: number,
): number {
  let right = 0
  let lowest = 1
  for (const [at, { any, truth }] of ordered.entries()) {
    if (any < least) break
    if (truth) right += 1
    const tied = ordered[at + 1]?.any === any
    if (!tied && right / (at + 1) >= precision) lowest = any
  }
  return lowest
}

/** Chooses thresholds on held-out posts. Where too few flagged posts are right, nothing is flagged below certainty. */
export function chooseThresholds(anys: readonly number[], truths: readonly boolean[]): Thresholds {
  const ordered = anys.map((any, at) => ({ any, truth: truths[at] === true })).sort((a, b) => b.any - a.any)
  const queue = lowestWithPrecision(ordered, QUEUE_PRECISION, LEAST_QUEUE)
  return { queue, hold: Math.max(queue, lowestWithPrecision(ordered, HOLD_PRECISION, LEAST_QUEUE)) }
}

/**
 * Fits the curves on held-out scores: probabilities on the posts as they are, which strangers' posts are like; thresholds
 * on both forms, so that the promise to be right holds for long posts with much else in them too.
 */
export function fitCurves(scored: readonly { readonly plain: Held; readonly estranged: Held }[]): Curves {
  const calibration = fitCalibration(scored.map(({ plain }) => plain))
  const held = scored.flatMap(({ plain, estranged }) => [plain, estranged])
  const anys = held.map(({ scores, script }) => calibratedAny(calibration, scores, script))
  return {
    calibration,
    thresholds: chooseThresholds(
      anys,
      held.map(({ kinds }) => kinds.length > 0),
    ),
  }
}
