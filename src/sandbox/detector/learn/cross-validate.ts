import { randomFrom, type Seed } from '../../../kernel/random.ts'
import { fail, ok, type Result } from '../../../kernel/result.ts'
import { type Curves, type Judged, judge } from '../judge/calibration.ts'
import { ANY, type Weights } from '../judge/linear-scores.ts'
import { noScores, scoreAssertions, scoreText } from '../judge/score-text.ts'
import { extractFeatures, noFeatures, spanOf, wordsOf } from '../read/features.ts'
import { fitCurves, type Held } from './fit-calibration.ts'
import { type FeatureRow, type FitOptions, featureRows, fitWeights, pruneWeights } from './fit-weights.ts'
import type { LabelledPost } from './labelled-posts.ts'
import { augmentPosts, estrangePosts, type Hide, hiding } from './vary-posts.ts'

/** Steps of training in all, so that a large set takes few epochs: 6,000 posts six, 100,000 one. */
const STEPS = 38_000
const MOST_EPOCHS = 6
/** Features that keep their weights, so that a model's file stays below four megabytes: those that few posts have matter too. */
const MOST_ROWS = 160_000
/** A larger set has variety enough, and little time. */
const MOST_AUGMENTED = 20_000

const fitOptionsFor = (posts: number): FitOptions => ({
  epochs: Math.min(MOST_EPOCHS, Math.max(1, Math.round(STEPS / Math.max(1, posts)))),
  rate: 1,
  penalty: 1e-5,
  dropout: 0.4,
  leastPosts: 7,
})

/** A labelled set with the features of its posts and of their augmented forms. */
export interface Prepared {
  readonly posts: readonly LabelledPost[]
  readonly rows: readonly FeatureRow[]
  /** The augmented forms of each post; none in a large set. */
  readonly augmented: readonly (readonly FeatureRow[])[]
  /** Each post as a stranger might have written it. */
  readonly estranged: readonly LabelledPost[]
  /** A post hidden among other texts: way 0 is for calibration, those from 1 on for training. */
  readonly hide: Hide
  readonly seed: Seed
}

export function preparePosts(posts: readonly LabelledPost[], seed: Seed): Prepared {
  const random = randomFrom(seed)
  return {
    posts,
    seed,
    estranged: estrangePosts(posts, random),
    hide: hiding(posts, seed),
    rows: featureRows(posts),
    augmented: posts.length <= MOST_AUGMENTED ? augmentPosts(posts, random).map(featureRows) : [],
  }
}

/** Windows over lawful texts that a first training takes for breaches, so that a second one sees what chance looks like. */
function mineWindows(weights: Weights, texts: readonly LabelledPost[]): LabelledPost[] {
  const features = noFeatures()
  const scores = noScores()
  return texts.flatMap((post) => {
    scoreText(weights, extractFeatures(post, features), scores)
    if (scores.windows === 0 || (scores.top[ANY] as number) < LEAST_ALARMING) return []
    const { start, end } = spanOf(post, scores)
    return [{ ...post, body: wordsOf(post).slice(start, end), pay: null, accountAgeDays: null }]
  })
}

/** Raw score of any breach. */
const LEAST_ALARMING = -2
const MINED_WAYS = [1, 2, 3] as const

/**
 * What an operator decided here counts more often than a post of the set: a new trick has a few dozen posts among thousands,
 * and its words are known from the third one on.
 */
const DECIDED_WEIGHT = 3
const weightOf = (post: LabelledPost | undefined): number => (post?.decidedAt ? DECIDED_WEIGHT : 1)

/** Trains on the posts at these places: twice, the second time with what the first took for breaches. */
export function fitOn(prepared: Prepared, places: readonly number[]): Weights {
  const { posts, rows, augmented, seed } = prepared
  const options = fitOptionsFor(posts.length)
  const weighed = places.flatMap((at) => new Array<number>(weightOf(posts[at])).fill(at))
  const examples = {
    originals: weighed.map((at) => rows[at] as FeatureRow),
    augmented: weighed.flatMap((at) => augmented[at] ?? []),
  }
  if (augmented.length === 0) return pruneWeights(fitWeights(examples, randomFrom(seed), options), MOST_ROWS)
  const first = fitWeights(examples, randomFrom(seed), { ...options, epochs: Math.ceil(options.epochs / 3) })
  const lawful = places.filter((at) => posts[at]?.kinds.length === 0)
  const texts = lawful.flatMap((at) => MINED_WAYS.map((way) => prepared.hide(at, way)))
  const mined = featureRows(mineWindows(first, texts))
  const all = { ...examples, augmented: [...examples.augmented, ...mined] }
  return pruneWeights(fitWeights(all, randomFrom(seed), options), MOST_ROWS)
}

/** Which posts are tested together, by a name for each post. */
export type Grouping = (post: LabelledPost) => string

const MOST_GROUPS = 4

/** One group an author; many authors share four, dealt out in order of name, so that the groups are of like size and sort. */
export function byAuthor(posts: readonly LabelledPost[]): Grouping {
  const authors = [...new Set(posts.map(({ author }) => author))].sort()
  const places = new Map(authors.map((author, at) => [author, at % MOST_GROUPS]))
  return ({ author }) => `group ${places.get(author)}`
}

/** Raw scores of posts by a model. */
export function scorePosts(posts: readonly LabelledPost[], weights: Weights): Held[] {
  const features = noFeatures()
  return posts.map((post) => {
    const { script, readable } = extractFeatures(post, features)
    const scores = scoreText(weights, features, noScores())
    scoreAssertions(weights, post, features, scores)
    return {
      scores,
      kinds: post.kinds,
      near: Boolean(post.near),
      script,
      readable,
    }
  })
}

/** A post scored by a model that has seen none of its group: as it is, as a stranger might have written it, and among other texts. */
export interface CrossScored {
  readonly group: string
  readonly plain: Held
  readonly estranged: Held
  readonly hidden: Held
}

/** Scores the posts at `places` by a model. */
export function scoreHeld(
  { posts, estranged, hide }: Prepared,
  weights: Weights,
  places: readonly number[],
  group = '',
): CrossScored[] {
  const scored = (form: (at: number) => LabelledPost) => scorePosts(places.map(form), weights)
  const strange = scored((at) => estranged[at] as LabelledPost)
  const among = scored((at) => hide(at, 0))
  return scored((at) => posts[at] as LabelledPost).map((plain, at) => ({
    group,
    plain,
    estranged: strange[at] as Held,
    hidden: among[at] as Held,
  }))
}

/** Scores every post by a model that has seen none of its group. */
export function crossScore(prepared: Prepared, grouping: Grouping, onFit: () => void = () => {}): CrossScored[] {
  const groups = prepared.posts.map(grouping)
  const crossed = new Array<CrossScored>(groups.length)
  for (const group of new Set(groups)) {
    const inside = groups.flatMap((name, at) => (name === group ? [at] : []))
    const outside = groups.flatMap((name, at) => (name === group ? [] : [at]))
    const scored = scoreHeld(prepared, fitOn(prepared, outside), inside, group)
    for (const [at, place] of inside.entries()) crossed[place] = scored[at] as CrossScored
    onFit()
  }
  return crossed
}

/** A set, and what models say of it that have each seen none of a group. */
export interface CrossValidated {
  readonly prepared: Prepared
  readonly crossed: readonly CrossScored[]
}

/** Takes most of the time of a training: whoever tests and trains on the same posts passes it on. */
export function crossValidate(
  posts: readonly LabelledPost[],
  seed: Seed,
  grouping: Grouping = byAuthor(posts),
): Result<CrossValidated, { readonly code: 'too-few-groups'; readonly groups: number }> {
  const groups = new Set(posts.map(grouping)).size
  if (groups < 2) return fail({ code: 'too-few-groups', groups })
  const prepared = preparePosts(posts, seed)
  return ok({ prepared, crossed: crossScore(prepared, grouping) })
}

/** Judges every post by a model, curves and thresholds that were all made without its group. */
export function crossJudge(
  crossed: readonly CrossScored[],
  prevalence: number,
  form: 'plain' | 'estranged' | 'hidden' = 'plain',
): Judged[] {
  const groups = new Set(crossed.map(({ group }) => group))
  const curves = new Map(
    [...groups].map((group) => [
      group,
      fitCurves(
        crossed.filter((post) => post.group !== group),
        prevalence,
      ),
    ]),
  )
  return crossed.map((post) => judge(curves.get(post.group) as Curves, post[form]))
}
