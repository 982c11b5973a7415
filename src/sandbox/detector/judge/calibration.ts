import type { Script } from '../read/features.ts'
import { type Kind, kinds } from './kinds.ts'
import { ANY } from './linear-scores.ts'
import { atPrevalence, type Thresholds } from './prevalence.ts'
import type { TextScores } from './score-text.ts'

/** p = 1 / (1 + e^−(bias + Σ weightᵢ·inputᵢ)) */
export interface Logistic {
  readonly bias: number
  readonly weights: readonly number[]
}

export const sigmoid = (score: number): number => 1 / (1 + Math.exp(-score))

export const logisticAt = ({ bias, weights }: Logistic, inputs: readonly number[]): number =>
  sigmoid(weights.reduce((sum, weight, at) => sum + weight * (inputs[at] as number), bias))

/** How a text is read: as one, or through a few windows as well, or through many. The longer it is, the less the whole says. */
export const readings = ['whole', 'few', 'many'] as const
export type Reading = (typeof readings)[number]
/** Windows over some three hundred characters of Japanese. */
const FEW_WINDOWS = 8
export const readingOf = ({ windows }: Pick<TextScores, 'windows'>): Reading =>
  windows === 0 ? 'whole' : windows <= FEW_WINDOWS ? 'few' : 'many'

/** Turns raw scores into probabilities (Platt 1999, with several inputs): that of any breach rises in every score. */
export interface Calibration {
  /** Of a post that breaks a rule, whether it is of a kind: from its own score, that of the head for any kind, and how far another kind is ahead. */
  readonly kinds: Readonly<Record<Kind, Logistic>>
  /** Whether any rule is broken, at even odds. */
  readonly any: Readonly<Record<Script, Readonly<Record<Reading, Logistic>>>>
}

export function greatestKindScore(scores: Float64Array): number {
  let greatest = scores[0] as number
  for (let at = 1; at < ANY; at += 1) greatest = Math.max(greatest, scores[at] as number)
  return greatest
}

/**
 * From the greatest scores of the whole and all windows. The last input is how far the greatest of all kinds is ahead, as a
 * number of at most 0: a clear trick lifts the scores of its neighbours, and behind another kind the same score says less.
 */
export const kindInputs = (greatest: Float64Array, at: number, ahead: number): number[] => [
  greatest[at] as number,
  greatest[ANY] as number,
  (greatest[at] as number) - ahead,
]

const anyAndGreatest = (scores: Float64Array): [number, number] => [scores[ANY] as number, greatestKindScore(scores)]

/**
 * The score of the head for any kind and the greatest of the kinds': of the whole, of the window that speaks most for a
 * breach, and of the one that does without what the text denies. The more windows, the higher the greatest is by chance:
 * their number counts against it.
 */
export const anyInputs = ({ whole, top, asserted, windows }: TextScores): number[] =>
  windows === 0
    ? [...anyAndGreatest(whole), ...anyAndGreatest(asserted)]
    : [...anyAndGreatest(whole), ...anyAndGreatest(top), ...anyAndGreatest(asserted), -Math.log(1 + windows)]

/** Probabilities of the kinds of a post that breaks a rule, 0..1, in the order of `kinds`. */
function sharesOfKinds(calibration: Calibration, { greatest }: TextScores): number[] {
  const ahead = greatestKindScore(greatest)
  return kinds.map((kind, at) => logisticAt(calibration.kinds[kind], kindInputs(greatest, at, ahead)))
}

/** Probability that any rule is broken, 0..1, where every second post breaks one. */
export const anyAtEvenOdds = (calibration: Calibration, { scores, script }: Scored): number =>
  logisticAt(calibration.any[script][readingOf(scores)], anyInputs(scores))

/**
 * What happens to a post: it is published, a person looks at it first, or it is held until a person has. None is a
 * punishment: a person decides, and gives reasons.
 */
export const bands = ['publish', 'queue', 'hold'] as const
export type Band = (typeof bands)[number]

/** The band follows from the probability that any rule is broken, not from the likeliest kind: so it finds more at the same precision. */
export const bandAt = ({ queue, hold }: Thresholds, any: number): Band =>
  any >= hold ? 'hold' : any >= queue ? 'queue' : 'publish'

/** What turns scores into probabilities and bands. */
export interface Curves {
  readonly calibration: Calibration
  /** Share of posts that break a rule where the detector is used, 0..1. Probabilities are for there. */
  readonly prevalence: number
  readonly thresholds: Thresholds
  /** Share of n-grams that must be familiar of a text in a script, and of each window, for it to count as read. */
  readonly leastKnown: Readonly<Record<Script, number>>
}

/** A kind is named of a post that breaks a rule from this probability on. */
export const KIND_THRESHOLD = 0.5

/** Calibrated probabilities of a post, and its band. */
export interface Judged {
  readonly kinds: readonly number[]
  readonly any: number
  readonly band: Band
  /** Whether a part of it could not be read, so that a person has to. */
  readonly unreadable: boolean
}

/** Raw scores of a post, the script that they are calibrated by, and whether the text is one that can be read. */
export interface Scored {
  readonly scores: TextScores
  readonly script: Script
  readonly readable: boolean
}

/** Turns the raw scores of a post into what is said of it. */
export function judge({ calibration, prevalence, thresholds, leastKnown }: Curves, scored: Scored): Judged {
  const any = atPrevalence(anyAtEvenOdds(calibration, scored), prevalence)
  const band = bandAt(thresholds, any)
  const unreadable = !scored.readable || scored.scores.leastKnown < leastKnown[scored.script]
  return {
    kinds: sharesOfKinds(calibration, scored.scores).map((share) => share * any),
    any,
    band: band === 'publish' && unreadable ? 'queue' : band,
    unreadable,
  }
}
