import {
  anyAtEvenOdds,
  anyInputs,
  type Calibration,
  type Curves,
  greatestKindScore,
  kindInputs,
  type Logistic,
  type Reading,
  readingOf,
  type Scored,
  sigmoid,
} from '../judge/calibration.ts'
import { type Kind, kinds } from '../judge/kinds.ts'
import { type OperatingPoint, thresholdsAt } from '../judge/prevalence.ts'
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
  /** A lawful post that looks like a breach at first sight. */
  readonly near?: boolean
}

const breaks = ({ kinds: broken }: Held): boolean => broken.length > 0

/** Fewer posts of a script, or of one length, than this are calibrated with all the others. */
const ENOUGH = 100

/** A curve for even odds, whatever the share of posts that break a rule among these. */
function fitAny(posts: readonly Held[]): Logistic {
  const curve = fitRisingLogistic(
    posts.map(({ scores }) => anyInputs(scores)),
    posts.map(breaks),
  )
  const unlawful = posts.filter(breaks).length
  return { ...curve, bias: curve.bias + Math.log((posts.length - unlawful + 1) / (unlawful + 1)) }
}

/** Fits the curves on held-out scores. */
export function fitCalibration(held: readonly Held[]): Calibration {
  const unlawful = held.filter(breaks)
  const curveOf = (kind: Kind, at: number) =>
    fitRisingLogistic(
      unlawful.map(({ scores: { greatest } }) => kindInputs(greatest, at, greatestKindScore(greatest))),
      unlawful.map((post) => post.kinds.includes(kind)),
    )
  const anyOf = (script: Script, reading: Reading) => {
    const alike = held.filter(({ scores }) => (readingOf(scores) === 'whole') === (reading === 'whole'))
    const exact = alike.filter(({ scores }) => readingOf(scores) === reading)
    const read = exact.length >= ENOUGH ? exact : alike
    const own = read.filter((post) => post.script === script)
    return fitAny(own.length >= ENOUGH ? own : read)
  }
  const ofScript = (script: Script) => ({
    whole: anyOf(script, 'whole'),
    few: anyOf(script, 'few'),
    many: anyOf(script, 'many'),
  })
  return {
    kinds: Object.fromEntries(kinds.map((kind, at) => [kind, curveOf(kind, at)])) as Record<Kind, Logistic>,
    any: { japanese: ofScript('japanese'), latin: ofScript('latin') },
  }
}

/** Operating points that a model's file keeps. */
const POINTS = 60

/**
 * Share of lawful posts that are near the border where a detector is used. In a set that is made to train on they are most,
 * since there is most to learn from them; thresholds by that set alone would take honest work for more suspicious than it is.
 */
const NEAR_BORDER = 1 / 3

/** What each lawful post counts for, so that those near the border are as many as where a detector is used; all of them 1. */
function lawfulWeights(posts: readonly Outcome[]): (post: Outcome) => number {
  const lawful = posts.filter(({ truth }) => !truth)
  const near = lawful.filter((post) => post.near).length
  const [ofNear, ofOther] = near > 0 && near < lawful.length ? [NEAR_BORDER, 1 - NEAR_BORDER] : [1, 1]
  return (post) => (post.near ? ofNear / near : ofOther / (lawful.length - near))
}

/** What was said of a held-out post, and what is true of it. */
export interface Outcome {
  /** Probability that it breaks any rule. */
  readonly any: number
  readonly truth: boolean
  readonly near?: boolean | undefined
}

/** What thresholds do to posts of authors that training has not seen: recall and false alarms of those at or above each, rising. */
export function operatingPoints(posts: readonly Outcome[]): OperatingPoint[] {
  const ordered = posts.toSorted((a, b) => b.any - a.any)
  const unlawful = ordered.filter(({ truth }) => truth).length
  const weightOf = lawfulWeights(posts)
  const oneMore = 1 / (posts.length - unlawful + 1)
  const points: OperatingPoint[] = []
  let [right, wrong] = [0, 0]
  for (const [at, post] of ordered.entries()) {
    if (post.truth) right += 1
    else wrong += weightOf(post)
    if (ordered[at + 1]?.any === post.any) continue
    // one more false alarm than was seen: none in a thousand is not none
    const falseAlarms = Math.min(1, wrong * (1 - oneMore) + oneMore)
    points.push({ from: post.any, recall: unlawful > 0 ? right / unlawful : 0, falseAlarms })
  }
  const step = Math.max(1, Math.floor(points.length / POINTS))
  return points.filter((_, at) => at % step === 0).toReversed()
}

/** A post in its several forms: as it is, as a stranger might have written it, and among other texts. */
export interface HeldForms {
  readonly plain: Held
  readonly estranged: Held
  readonly hidden: Held
}

/** Curves, and what thresholds there are to choose from. */
export interface FittedCurves extends Curves {
  readonly operating: readonly OperatingPoint[]
}

/**
 * A long post counts for so many as it was written: what a marketplace gets speaks of one thing throughout, while the long
 * texts that posts are hidden among are put together from others.
 */
const AS_WRITTEN = 5
const timesOf = ({ scores }: Held): number => (readingOf(scores) === 'many' ? AS_WRITTEN : 1)

/** Of so many of the held-out posts in their several forms less is familiar than must be. */
const UNREAD = 0.002

function leastKnownOf(held: readonly Held[], script: Script): number {
  const known = held.filter((post) => post.script === script).map(({ scores }) => scores.leastKnown)
  return known.sort((a, b) => a - b)[Math.floor(known.length * UNREAD)] ?? 0
}

/**
 * Fits the curves on held-out scores, for where a share of posts breaks a rule: calibration on posts in all their forms,
 * thresholds on posts as they are and as strangers might have written them, which is what a marketplace gets.
 */
export function fitCurves(scored: readonly HeldForms[], prevalence: number): FittedCurves {
  const held = scored.flatMap(({ plain, estranged, hidden }) => [plain, estranged, hidden])
  const again = scored.flatMap(({ plain }) => new Array<Held>(timesOf(plain) - 1).fill(plain))
  const calibration = fitCalibration([...held, ...again])
  const usual = scored.flatMap(({ plain, estranged }) => [plain, estranged])
  const operating = operatingPoints(
    usual.map((post) => ({ any: anyAtEvenOdds(calibration, post), truth: breaks(post), near: post.near })),
  )
  return {
    calibration,
    prevalence,
    thresholds: thresholdsAt(operating, prevalence),
    operating,
    leastKnown: { japanese: leastKnownOf(held, 'japanese'), latin: leastKnownOf(held, 'latin') },
  }
}
