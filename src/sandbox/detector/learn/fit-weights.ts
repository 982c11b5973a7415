import type { Random } from '../../../kernel/random.ts'
import { type Kind, kinds } from '../judge/kinds.ts'
import { ANY, HEADS, inOrder, moveRows, STRIDE, strengthsOf, strongest, type Weights } from '../judge/linear-scores.ts'
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

/** Row of each feature that is in enough posts, else −1; and how many rows there are. */
function assignRows(examples: readonly FeatureRow[], leastPosts: number): { rows: Int32Array; count: number } {
  const seen = new Int32Array(FEATURES)
  for (const { ids } of examples) for (const id of ids) seen[id] = (seen[id] as number) + 1
  const rows = new Int32Array(FEATURES).fill(-1)
  let count = 0
  for (let id = 0; id < FEATURES; id += 1) if ((seen[id] as number) >= leastPosts) rows[id] = count++
  return { rows, count }
}

/** Features of one step that are left: their rows and values. */
interface Step {
  readonly rows: Int32Array
  readonly values: Float32Array
  length: number
}

/** Drops by a hash of the feature and the step, which costs less than a draw for each. */
function chooseFeatures(
  example: FeatureRow,
  rows: Int32Array,
  { salt, limit }: { salt: number; limit: number },
  step: Step,
): void {
  step.length = 0
  for (let at = 0; at < example.ids.length; at += 1) {
    const id = example.ids[at] as number
    const row = rows[id] as number
    if (row < 0 || (Math.imul(id ^ salt, 0x2c1b3c6d) >>> 8) % 1_024 < limit) continue
    step.rows[step.length] = row
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
  const { rows, count } = assignRows(originals, options.leastPosts)
  const table = new Float32Array(count * stride)
  const squares = new Float32Array(count).fill(1e-6)
  const biases = new Float32Array(heads)
  let biasSquares = 1e-6
  const tables = new Float32Array(table.length)
  const allBiases = new Float32Array(heads)
  const firstTaken = Math.floor(options.epochs / 2)
  const errors = new Float32Array(stride)
  const step: Step = { rows: new Int32Array(LONGEST_STEP), values: new Float32Array(LONGEST_STEP), length: 0 }
  const limit = Math.round(options.dropout * 1_024)
  for (let epoch = 0; epoch < options.epochs; epoch += 1) {
    for (const example of random.shuffle(examples)) {
      chooseFeatures(example, rows, { salt: random.below(2 ** 30), limit }, step)
      errors.fill(0)
      addScores(table, step, errors)
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
      descend({ table, squares, errors, square, step }, options)
    }
    if (epoch < firstTaken) continue
    addTo(tables, table)
    addTo(allBiases, biases)
  }
  const taken = options.epochs - firstTaken
  return { rows, table: tables.map((sum) => sum / taken), biases: allBiases.map((sum) => sum / taken) }
}

function addScores(table: Float32Array, step: Step, scores: Float32Array): void {
  for (let at = 0; at < step.length; at += 1) {
    const first = (step.rows[at] as number) * stride
    const value = step.values[at] as number
    for (let head = 0; head < heads; head += 1)
      scores[head] = (scores[head] as number) + (table[first + head] as number) * value
  }
}

interface Descent {
  readonly table: Float32Array
  readonly squares: Float32Array
  readonly errors: Float32Array
  readonly square: number
  readonly step: Step
}

function descend({ table, squares, errors, square, step }: Descent, { rate, penalty }: FitOptions): void {
  for (let at = 0; at < step.length; at += 1) {
    const row = step.rows[at] as number
    const value = step.values[at] as number
    const sum = (squares[row] as number) + square * value * value
    squares[row] = sum
    const size = rate / Math.sqrt(sum)
    const shrink = 1 - size * penalty
    const pull = size * value
    const first = row * stride
    for (let head = 0; head < heads; head += 1)
      table[first + head] = (table[first + head] as number) * shrink - pull * (errors[head] as number)
  }
}

/** Keeps the strongest rows, at most `most`; the rest weigh nothing. */
export function pruneWeights(weights: Weights, most: number): Weights {
  let kept = 0
  const placeOf = Int32Array.from(strongest(strengthsOf(weights.table), most), (one) => (one ? kept++ : -1))
  return inOrder(moveRows(weights, placeOf, kept))
}
