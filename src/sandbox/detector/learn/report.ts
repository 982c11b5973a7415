import { type Judged, KIND_THRESHOLD } from '../judge/calibration.ts'
import { type Confusion, confusionOf, type Figures, type KindFigures } from '../judge/figures.ts'
import { type Kind, kinds } from '../judge/kinds.ts'
import type { LabelledPost } from './labelled-posts.ts'

const BINS = 10

/**
 * Expected calibration error, 0..1: posts in order of their probability, in ten bins of equal size; the mean over all
 * posts of the distance between a bin's mean probability and its share of positives. Naeini et al. 2015.
 */
export function expectedCalibrationError(probabilities: readonly number[], truths: readonly boolean[]): number {
  const order = probabilities
    .map((probability, at) => ({ probability, truth: truths[at] ? 1 : 0 }))
    .sort((a, b) => a.probability - b.probability)
  let distance = 0
  for (let bin = 0; bin < BINS; bin += 1) {
    const members = order.slice(Math.floor((bin * order.length) / BINS), Math.floor(((bin + 1) * order.length) / BINS))
    distance += Math.abs(members.reduce((sum, { probability, truth }) => sum + probability - truth, 0))
  }
  return order.length > 0 ? distance / order.length : 0
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

function measureKind(posts: readonly LabelledPost[], judged: readonly Judged[], kind: Kind): KindFigures {
  const probabilities = judged.map((post) => post.kinds[kinds.indexOf(kind)] as number)
  const truths = posts.map((post) => post.kinds.includes(kind))
  const predictions = probabilities.map((probability) => probability >= KIND_THRESHOLD)
  const { precision, recall, predicted, positives } = accuracyOf(predictions, truths)
  return { posts: positives, told: predicted, precision, recall, ece: expectedCalibrationError(probabilities, truths) }
}

/** Figures of judgements against the labels. Flagged is queued or held; right is a post that truly breaks a rule. */
export function measureJudgements(posts: readonly LabelledPost[], judged: readonly Judged[]): Figures {
  const truths = posts.map((post) => post.kinds.length > 0)
  const flagged = judged.map(({ band }) => band !== 'publish')
  const held = judged.map(({ band }) => band === 'hold')
  const [queue, hold] = [accuracyOf(flagged, truths), accuracyOf(held, truths)]
  return {
    precision: queue.precision,
    recall: queue.recall,
    holdPrecision: hold.precision,
    holdRecall: hold.recall,
    ece: expectedCalibrationError(
      judged.map(({ any }) => any),
      truths,
    ),
    kinds: Object.fromEntries(kinds.map((kind) => [kind, measureKind(posts, judged, kind)])) as Record<
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
  split: Report['split'],
  posts: readonly LabelledPost[],
  judged: readonly Judged[],
  estranged?: readonly Judged[],
): Report {
  const ofLanguage = (lang: 'ja' | 'en') => {
    const places = posts.flatMap((post, at) => (post.lang === lang ? [at] : []))
    return measureJudgements(
      places.map((at) => posts[at] as LabelledPost),
      places.map((at) => judged[at] as Judged),
    )
  }
  return {
    split,
    posts: posts.length,
    unlawful: posts.filter(({ kinds }) => kinds.length > 0).length,
    figures: measureJudgements(posts, judged),
    estranged: estranged && measureJudgements(posts, estranged),
    byLanguage: Object.fromEntries(
      [...new Set(posts.map(({ lang }) => lang))].sort().map((lang) => [lang, ofLanguage(lang)]),
    ),
    confusion: confusionOf(posts, judged),
  }
}
