import type { Random } from '../../../kernel/random.ts'
import { type Kind, kinds } from '../judge/kinds.ts'
import {
  ANY,
  featuresOf,
  HEADS,
  indexRows,
  rowOf,
  STRIDE,
  strengthsOf,
  strongest,
  type Weights,
  weightsOf,
} from '../judge/linear-scores.ts'
import { extractFeatures, FEATURES, noFeatures } from '../read/features.ts'
import type { LabelledPost } from './labelled-posts.ts'

// The loops use them some billion times, and an imported binding may cost a look-up at each use, as it does in tests.
const [heads, stride] = [HEADS, STRIDE]

/** What training reads of one post. */
export interface FeatureRow {
  readonly ids: Int32Array
  readonly targets: Float32Array
  /** Ends of the block of n-grams and of the block of concepts in `ids`. */
  readonly ngrams: number
  readonly concepts: number
  readonly ngramValue: number
  readonly conceptValue: number
  readonly dense: Float32Array
}

/** 1 for each head that is true of a post with these kinds. */
function targetsOf(broken: readonly Kind[]): Float32Array {
  const targets = new Float32Array(HEADS)
  for (const [at, kind] of kinds.entries()) if (broken.includes(kind)) targets[at] = 1
  targets[ANY] = broken.length > 0 ? 1 : 0
  return targets
}

const features = noFeatures()

/** Extracts the features of posts once, for as many trainings as there are. About 4 bytes for each n-gram of each post. */
export function featureRows(posts: readonly LabelledPost[]): FeatureRow[] {
  return posts.map((post) => {
    const { ids, values, length, ngrams, concepts } = extractFeatures(post, features)
    return {
      ids: ids.slice(0, length),
      targets: targetsOf(post.kinds),
      ngrams,
      concepts,
      ngramValue: ngrams > 0 ? (values[0] as number) : 0,
      conceptValue: concepts > ngrams ? (values[ngrams] as number) : 0,
      dense: values.slice(concepts, length),
    }
  })
}

const valueAt = (row: FeatureRow, at: number): number =>
  at < row.ngrams ? row.ngramValue : at < row.concepts ? row.conceptValue : (row.dense[at - row.concepts] as number)

export interface FitOptions {
  readonly epochs: number
  /** First step of Adagrad. */
  readonly rate: number
  /** L2 penalty per step on the weights that a post touches. */
  readonly penalty: number
  /** Share of its features that a post loses at each step, 0..1. Keeps single words from deciding. */
  readonly dropout: number
  /** A feature must be in so many posts, not counting augmented forms. With few, a post is judged by its author's turns of phrase. */
  readonly leastPosts: number
}

/** What is trained on: posts, and other forms of them. */
export interface Examples {
  readonly originals: readonly FeatureRow[]
  readonly augmented: readonly FeatureRow[]
}

/** Features that are in enough posts, rising. */
function commonFeatures(examples: readonly FeatureRow[], leastPosts: number): number[] {
  const seen = new Int32Array(FEATURES)
  for (const { ids } of examples)
    for (let at = 0; at < ids.length; at += 1) seen[ids[at] as number] = (seen[ids[at] as number] as number) + 1
  const common: number[] = []
  for (let id = 0; id < FEATURES; id += 1) if ((seen[id] as number) >= leastPosts) common.push(id)
  return common
}

/** Features of one step that are left: where their rows begin, their values, and how their weights shrink and are pulled. */
interface Step {
  readonly places: Int32Array
  readonly values: Float32Array
  readonly shrinks: Float64Array
  readonly pulls: Float64Array
  length: number
}

/** Drops by a hash of the feature and the step, which costs less than a draw for each. */
function chooseFeatures(
  example: FeatureRow,
  index: Int32Array,
  { salt, limit }: { salt: number; limit: number },
  step: Step,
): void {
  step.length = 0
  for (let at = 0; at < example.ids.length; at += 1) {
    const id = example.ids[at] as number
    if ((Math.imul(id ^ salt, 0x2c1b3c6d) >>> 8) % 1_024 < limit) continue
    const row = rowOf(index, id)
    if (row < 0) continue
    step.places[step.length] = row * stride
    step.values[step.length] = valueAt(example, at)
    step.length += 1
  }
}

const LONGEST_STEP = 60_000

function addTo(sum: Float32Array, values: Float32Array): void {
  for (let at = 0; at < sum.length; at += 1) sum[at] = (sum[at] as number) + (values[at] as number)
}

/**
 * Logistic regression of all heads in one pass over the posts: stochastic gradient descent with one Adagrad step size per
 * feature, shared by the heads. The weights are the mean of those at the ends of the later half of the epochs, which hangs
 * less on the order of the posts than the last ones do (Polyak and Juditsky 1992). The same examples and draws give the
 * same weights.
 */
export function fitWeights({ originals, augmented }: Examples, random: Random, options: FitOptions): Weights {
  const examples = [...originals, ...augmented]
  const common = commonFeatures(originals, options.leastPosts)
  const index = indexRows(common)
  const table = new Float32Array(common.length * stride)
  const squares = new Float32Array(common.length).fill(1e-6)
  const biases = new Float32Array(heads)
  let biasSquares = 1e-6
  const tables = new Float32Array(table.length)
  const allBiases = new Float32Array(heads)
  const firstTaken = Math.floor(options.epochs / 2)
  const errors = new Float32Array(stride)
  const step: Step = {
    places: new Int32Array(LONGEST_STEP),
    values: new Float32Array(LONGEST_STEP),
    shrinks: new Float64Array(LONGEST_STEP),
    pulls: new Float64Array(LONGEST_STEP),
    length: 0,
  }
  const limit = Math.round(options.dropout * 1_024)
  for (let epoch = 0; epoch < options.epochs; epoch += 1) {
    for (const example of random.shuffle(examples)) {
      chooseFeatures(example, index, { salt: random.below(2 ** 30), limit }, step)
      errors.fill(0)
      addScores(table, step, errors, 0)
      addScores(table, step, errors, 8)
      let square = 0
      for (let head = 0; head < heads; head += 1) {
        const score = (errors[head] as number) + (biases[head] as number)
        const error = 1 / (1 + Math.exp(-score)) - (example.targets[head] as number)
        errors[head] = error
        square += error * error
      }
      biasSquares += square
      const biasRate = (0.2 * options.rate) / Math.sqrt(biasSquares)
      for (let head = 0; head < heads; head += 1)
        biases[head] = (biases[head] as number) - biasRate * (errors[head] as number)
      measureSteps(squares, square, step, options)
      descend(table, step, errors, 0)
      descend(table, step, errors, 8)
    }
    if (epoch < firstTaken) continue
    addTo(tables, table)
    addTo(allBiases, biases)
  }
  const taken = options.epochs - firstTaken
  return weightsOf(
    common,
    tables.map((sum) => sum / taken),
    allBiases.map((sum) => sum / taken),
  )
}

// Eight heads at a time, as many as a processor keeps at hand; a sum is rounded as it would be in the buffer.

function addScores(table: Float32Array, step: Step, scores: Float32Array, head: number): void {
  let [a, b, c, d, e, f, g, h] = [0, 0, 0, 0, 0, 0, 0, 0]
  for (let at = 0; at < step.length; at += 1) {
    const first = (step.places[at] as number) + head
    const value = step.values[at] as number
    a = Math.fround(a + (table[first] as number) * value)
    b = Math.fround(b + (table[first + 1] as number) * value)
    c = Math.fround(c + (table[first + 2] as number) * value)
    d = Math.fround(d + (table[first + 3] as number) * value)
    e = Math.fround(e + (table[first + 4] as number) * value)
    f = Math.fround(f + (table[first + 5] as number) * value)
    g = Math.fround(g + (table[first + 6] as number) * value)
    h = Math.fround(h + (table[first + 7] as number) * value)
  }
  scores[head] = a
  scores[head + 1] = b
  scores[head + 2] = c
  scores[head + 3] = d
  scores[head + 4] = e
  scores[head + 5] = f
  scores[head + 6] = g
  scores[head + 7] = h
}

/** By how much the weights of each feature shrink, and are pulled towards where its post is. */
function measureSteps(squares: Float32Array, square: number, step: Step, { rate, penalty }: FitOptions): void {
  for (let at = 0; at < step.length; at += 1) {
    const row = (step.places[at] as number) / stride
    const value = step.values[at] as number
    const sum = (squares[row] as number) + square * value * value
    squares[row] = sum
    const size = rate / Math.sqrt(sum)
    step.shrinks[at] = 1 - size * penalty
    step.pulls[at] = size * value
  }
}

function descend(table: Float32Array, step: Step, errors: Float32Array, head: number): void {
  const a = errors[head] as number
  const b = errors[head + 1] as number
  const c = errors[head + 2] as number
  const d = errors[head + 3] as number
  const e = errors[head + 4] as number
  const f = errors[head + 5] as number
  const g = errors[head + 6] as number
  const h = errors[head + 7] as number
  for (let at = 0; at < step.length; at += 1) {
    const first = (step.places[at] as number) + head
    const shrink = step.shrinks[at] as number
    const pull = step.pulls[at] as number
    table[first] = (table[first] as number) * shrink - pull * a
    table[first + 1] = (table[first + 1] as number) * shrink - pull * b
    table[first + 2] = (table[first + 2] as number) * shrink - pull * c
    table[first + 3] = (table[first + 3] as number) * shrink - pull * d
    table[first + 4] = (table[first + 4] as number) * shrink - pull * e
    table[first + 5] = (table[first + 5] as number) * shrink - pull * f
    table[first + 6] = (table[first + 6] as number) * shrink - pull * g
    table[first + 7] = (table[first + 7] as number) * shrink - pull * h
  }
}

/** Keeps the strongest rows, at most `most`; the rest weigh nothing. */
export function pruneWeights(weights: Weights, most: number): Weights {
  const { table, biases } = weights
  const chosen = strongest(strengthsOf(table), most)
  const kept = new Float32Array(chosen.reduce((sum, one) => sum + one, 0) * STRIDE)
  let place = 0
  const features = featuresOf(weights).filter((_, row) => {
    if (chosen[row] === 1) kept.set(table.subarray(row * STRIDE, (row + 1) * STRIDE), STRIDE * place++)
    return chosen[row] === 1
  })
  return weightsOf(features, kept, biases)
}
