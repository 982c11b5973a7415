import { createDetector } from '../../src/sandbox/detector/judge/detector.ts'
import { kinds } from '../../src/sandbox/detector/judge/kinds.ts'
import { openCommittedModel } from '../../src/sandbox/detector/judge/model.ts'
import type { LabelledPost } from '../../src/sandbox/detector/learn/labelled-posts.ts'
import { trainDetector } from '../../src/sandbox/detector/learn/train.ts'
import {
  bucketOf,
  HASH_START,
  hashStep,
  LONGEST,
  NGRAM_BUCKETS,
  SHORTEST,
  wordsOf,
} from '../../src/sandbox/detector/read/features.ts'
import { readLabelledSet, SEED } from '../support/labelled-set.ts'
import { inTurn, type Measure, rounded, timed } from './measure.ts'

const SCORED = 8_000
const TRAINED = 100_000
const LENGTH = 200
const ROUNDS = 7

/** Posts of 200 characters, from the sentences of the labelled set in turn; labels stay with the first of them. */
function fillPosts(count: number): LabelledPost[] {
  const set = readLabelledSet()
  return Array.from({ length: count }, (_, at) => {
    const post = set[at % set.length] as LabelledPost
    let body = post.body
    for (let step = 1; body.length + post.title.length < LENGTH; step += 1)
      body += set[(at * 7 + step * 31) % set.length]?.body ?? ''
    return {
      ...post,
      id: `${post.id}/${at}`,
      author: `author ${at % 200}`,
      body: body.slice(0, LENGTH - Math.min(post.title.length, LENGTH)),
    }
  })
}

/** The least that a classifier of n-grams can do: hash them and add one weight for each. */
function bareLoop(posts: readonly LabelledPost[]): number {
  const weights = new Float32Array(NGRAM_BUCKETS).fill(0.001)
  let total = 0
  for (const post of posts) {
    const text = wordsOf(post)
    for (let at = 0; at < text.length; at += 1) {
      let hash = HASH_START
      for (let end = at; end < Math.min(at + LONGEST, text.length); end += 1) {
        hash = hashStep(hash, text.charCodeAt(end))
        if (end - at >= SHORTEST - 1) total += weights[bucketOf(hash)] as number
      }
    }
  }
  return total
}

/** Scoring, windows included, against a bare loop over the same n-grams with one weight each instead of sixteen; and the training of a large set. */
export async function measureDetector(): Promise<Measure[]> {
  const detector = createDetector(openCommittedModel())
  const posts = fillPosts(SCORED)
  const { ratio, a, b } = await inTurn(
    ROUNDS,
    () => timed(() => bareLoop(posts)),
    () => timed(() => detector.scoreMany(posts)),
  )
  const reasons = await timed(() => posts.slice(0, 1_000).map((post) => detector.score(post)))
  const many = fillPosts(TRAINED)
  const training = await timed(() => {
    const model = trainDetector(many, { seed: SEED })
    if (!model.ok) throw new Error(model.problem.code)
  })
  return [
    {
      name: `posts of ${LENGTH} characters scored`,
      value: (SCORED * 1_000) / b,
      unit: 'per s',
      least: 5_000,
      detail: `${rounded(b)} ms for ${SCORED.toLocaleString('en')}`,
    },
    {
      name: 'the same ÷ a bare loop over their n-grams',
      value: ratio,
      unit: '×',
      most: 16,
      detail: `${rounded(b)} ÷ ${rounded(a)} ms`,
    },
    { name: 'posts scored with reasons', value: 1_000_000 / reasons, unit: 'per s' },
    {
      name: `training on ${TRAINED.toLocaleString('en')} posts, ${kinds.length} kinds`,
      value: training / 1_000,
      unit: 's',
      most: 60,
    },
  ]
}
