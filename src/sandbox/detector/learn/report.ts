import { type Curves, type Judged, KIND_THRESHOLD } from '../judge/calibration.ts'
import { type Confusion, confusionOf, type Figures, type KindFigures, weightsAt } from '../judge/figures.ts'
import { type Kind, kinds } from '../judge/kinds.ts'
import { atEvenOdds, atPrevalence } from '../judge/prevalence.ts'
import type { LabelledPost } from './labelled-posts.ts'

const BINS = 10

/**
 * Expected calibration error, 0..1: posts in order of their probability, in ten bins of equal weight; the mean over all
 * posts of the distance between a bin's mean probability and its share of positives. Naeini et al. 2015. Each post counts
 * for its weight, or all alike.
 */
export function expectedCalibrationError(
  probabilities: readonly number[],
  truths: readonly boolean[],
  weights: readonly number[] = truths.map(() => 1),
): number {
  const order = probabilities
    .map((probability, at) => ({ probability, truth: truths[at] ? 1 : 0, weight: weights[at] ?? 0 }))
    .sort((a, b) => a.probability - b.probability)
  const whole = weights.reduce((sum, weight) => sum + weight, 0)
  const distances = new Array<number>(BINS).fill(0)
  let before = 0
  for (const { probability, truth, weight } of order) {
    const bin = Math.min(BINS - 1, Math.floor(((before + weight / 2) / whole) * BINS))
    distances[bin] = (distances[bin] as number) + (probability - truth) * weight
    before += weight
  }
  return whole > 0 ? distances.reduce((sum, distance) => sum + Math.abs(distance), 0) / whole : 0
}

const share = (part: number, whole: number): number => (whole > 0 ? part / whole : 1)

interface Accuracy {
  readonly precision: number
  readonly recall: number
  /** How many are predicted, and how many are true. */
  readonly predicted: number
  readonly positives: number
}

/** Precision and recall of predictions; each is 1 where there is nothing to count. */
function accuracyOf(predictions: readonly boolean[], truths: readonly boolean[]): Accuracy {
  const predicted = predictions.filter(Boolean).length
  const positives = truths.filter(Boolean).length
  const right = predictions.filter((prediction, at) => prediction && truths[at]).length
  return { precision: share(right, predicted), recall: share(right, positives), predicted, positives }
}

function measureKind(
  posts: readonly LabelledPost[],
  judged: readonly Judged[],
  { kind, weights }: { readonly kind: Kind; readonly weights: readonly number[] },
): KindFigures {
  const probabilities = judged.map((post) => post.kinds[kinds.indexOf(kind)] as number)
  const truths = posts.map((post) => post.kinds.includes(kind))
  const predictions = judged.map(
    ({ any, band }, at) => band !== 'publish' && (probabilities[at] as number) >= KIND_THRESHOLD * any,
  )
  const { precision, recall, predicted, positives } = accuracyOf(predictions, truths)
  const ece = expectedCalibrationError(probabilities, truths, weights)
  return { posts: positives, told: predicted, precision, recall, ece }
}

/** Shares of unlawful posts that calibration is tested at, besides the stated one. */
const OTHER_PREVALENCES = [0.01, 0.03, 0.1]

/**
 * Figures of judgements against the labels. Flagged is queued or held; right is a post that truly breaks a rule. Precision
 * and recall are of the posts as they are, errors of calibration as where a share of posts breaks a rule.
 */
export function measureJudgements(
  posts: readonly LabelledPost[],
  judged: readonly Judged[],
  prevalence: number,
): Figures {
  const truths = posts.map((post) => post.kinds.length > 0)
  const flagged = judged.map(({ band }) => band !== 'publish')
  const held = judged.map(({ band }) => band === 'hold')
  const [queue, hold] = [accuracyOf(flagged, truths), accuracyOf(held, truths)]
  const weights = weightsAt(posts, prevalence)
  const eceAt = (other: number) =>
    expectedCalibrationError(
      judged.map(({ any }) => atPrevalence(atEvenOdds(any, prevalence), other)),
      truths,
      weightsAt(posts, other),
    )
  return {
    precision: queue.precision,
    recall: queue.recall,
    holdPrecision: hold.precision,
    holdRecall: hold.recall,
    ece: eceAt(prevalence),
    eceAt: OTHER_PREVALENCES.map((other) => ({ prevalence: other, ece: eceAt(other) })),
    kinds: Object.fromEntries(kinds.map((kind) => [kind, measureKind(posts, judged, { kind, weights })])) as Record<
      Kind,
      KindFigures
    >,
  }
}

/**
 * How posts are parted into those trained on and those tested:
 * `author` tests each author by a model of the others; `author-style` leaves out one style of each author at a time, so
 * that no tested (author, style) was trained on; `time` trains on the first four fifths by time of decision and tests on the rest.
 */
export type Split = 'author' | 'author-style' | 'time'

export interface Report {
  readonly split: Split | 'model'
  /** Posts tested. */
  readonly posts: number
  readonly unlawful: number
  readonly figures: Figures
  /** The same posts with neutral sentences added that training does not use; absent where a given model was tested. */
  readonly estranged: Figures | undefined
  readonly byLanguage: Readonly<Partial<Record<'ja' | 'en', Figures>>>
  readonly confusion: Confusion
}

/** Measures what was said of posts against their labels. */
export function reportOn(
  { split, prevalence }: Pick<Report, 'split'> & Pick<Curves, 'prevalence'>,
  posts: readonly LabelledPost[],
  judged: readonly Judged[],
  estranged?: readonly Judged[],
): Report {
  const ofLanguage = (lang: 'ja' | 'en') => {
    const places = posts.flatMap((post, at) => (post.lang === lang ? [at] : []))
    return measureJudgements(
      places.map((at) => posts[at] as LabelledPost),
      places.map((at) => judged[at] as Judged),
      prevalence,
    )
  }
  return {
    split,
    posts: posts.length,
    unlawful: posts.filter(({ kinds }) => kinds.length > 0).length,
    figures: measureJudgements(posts, judged, prevalence),
    estranged: estranged && measureJudgements(posts, estranged, prevalence),
    byLanguage: Object.fromEntries(
      [...new Set(posts.map(({ lang }) => lang))].sort().map((lang) => [lang, ofLanguage(lang)]),
    ),
    confusion: confusionOf(posts, judged),
  }
}
