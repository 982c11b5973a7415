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

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`.padStart(8)
const ece = (error: number): string => error.toFixed(3).padStart(7)
const number = (count: number): string => String(count).padStart(7)

const WIDTH = 24

const bandLine = (name: string, { precision, recall, holdPrecision, holdRecall, ece: error }: Figures): string =>
  `${name.padEnd(WIDTH)}${percent(precision)}${percent(recall)}${percent(holdPrecision)}${percent(holdRecall)}${ece(error)}`

function bandLines({ figures, estranged, byLanguage }: Report): string[] {
  return [
    `${'flagged posts'.padEnd(WIDTH)}${'queue P'.padStart(8)}${'R'.padStart(8)}${'hold P'.padStart(8)}${'R'.padStart(8)}${'ECE'.padStart(7)}`,
    bandLine('all', figures),
    ...Object.entries(byLanguage).map(([lang, each]) => bandLine(lang, each)),
    ...(estranged ? [bandLine('in other surroundings', estranged)] : []),
  ]
}

function kindLines({ figures }: Report): string[] {
  return [
    `${'kind'.padEnd(WIDTH)}${'posts'.padStart(7)}${'told'.padStart(7)}${'P'.padStart(8)}${'R'.padStart(8)}${'ECE'.padStart(7)}`,
    ...kinds.map((kind) => {
      const { posts, told, precision, recall, ece: error } = figures.kinds[kind]
      return `${kind.padEnd(WIDTH)}${number(posts)}${number(told)}${percent(precision)}${percent(recall)}${ece(error)}`
    }),
  ]
}

function confusionLines({ confusion }: Report): string[] {
  const names = [...kinds, 'none'] as const
  return [
    `${'true ↓ told →'.padEnd(WIDTH)}${names.map((_, at) => String(at + 1).padStart(5)).join('')}`,
    ...names.map(
      (row, at) =>
        `${`${at + 1} ${row}`.padEnd(WIDTH)}${names.map((column) => String(confusion[row][column]).padStart(5)).join('')}`,
    ),
  ]
}

/** A report as a table for a terminal. */
export function printReport(report: Report): string {
  const { split, posts, unlawful } = report
  const head = `${split}: ${posts} posts tested, ${unlawful} of them against a rule`
  const note = 'P precision, R recall; ECE over ten bins of equal size. Flagged is queued or held.'
  return `${[[head, note], bandLines(report), kindLines(report), confusionLines(report)].map((lines) => lines.join('\n')).join('\n\n')}\n`
}
