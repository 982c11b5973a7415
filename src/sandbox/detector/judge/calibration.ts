import { fitRisingLogistic, type Logistic, logisticAt } from '../learn/fit-calibration.ts'
import type { Script } from '../read/features.ts'
import { ANY } from './heads.ts'
import { type Kind, kinds } from './kinds.ts'

/** Turns raw scores into probabilities (Platt 1999, with several inputs): that of a kind rises in its own score, that of any in every score. */
export interface Calibration {
  /** From a kind's own score, that of the head for any kind, and how far another kind is ahead. */
  readonly kinds: Readonly<Record<Kind, Logistic>>
  /** From the score of the head for any kind and the greatest of the kinds'. */
  readonly any: Readonly<Record<Script, Logistic>>
}

/** Raw scores of a post that the scoring model has not seen, and what is true of it. */
export interface Held {
  readonly scores: Float64Array
  readonly kinds: readonly Kind[]
  readonly script: Script
}

function greatestKindScore(scores: Float64Array): number {
  let greatest = scores[0] as number
  for (let at = 1; at < ANY; at += 1) greatest = Math.max(greatest, scores[at] as number)
  return greatest
}

/**
 * The last of them is how far the greatest score of all kinds is ahead, as a number of at most 0: a clear trick lifts the
 * scores of its neighbours, and behind another kind the same score says less.
 */
const kindInputs = (scores: Float64Array, at: number, greatest: number): number[] => [scores[at] as number, scores[ANY] as number, (scores[at] as number) - greatest]
const anyInputs = (scores: Float64Array): number[] => [scores[ANY] as number, greatestKindScore(scores)]

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

/** Probabilities, 0..1, in the order of `kinds`. */
export function calibratedKinds(calibration: Calibration, scores: Float64Array): number[] {
  const greatest = greatestKindScore(scores)
  return kinds.map((kind, at) => logisticAt(calibration.kinds[kind], kindInputs(scores, at, greatest)))
}

/** Probability that any rule is broken, 0..1. */
export const calibratedAny = (calibration: Calibration, scores: Float64Array, script: Script): number => logisticAt(calibration.any[script], anyInputs(scores))

const BINS = 10

/**
 * Expected calibration error, 0..1: posts in order of their probability, in ten bins of equal size; the mean over all
 * posts of the distance between a bin's mean probability and its share of positives. Naeini et al. 2015.
 */
export function expectedCalibrationError(probabilities: readonly number[], truths: readonly boolean[]): number {
  const order = probabilities.map((probability, at) => ({ probability, truth: truths[at] ? 1 : 0 })).sort((a, b) => a.probability - b.probability)
  let distance = 0
  for (let bin = 0; bin < BINS; bin += 1) {
    const members = order.slice(Math.floor((bin * order.length) / BINS), Math.floor(((bin + 1) * order.length) / BINS))
    distance += Math.abs(members.reduce((sum, { probability, truth }) => sum + probability - truth, 0))
  }
  return order.length > 0 ? distance / order.length : 0
}
