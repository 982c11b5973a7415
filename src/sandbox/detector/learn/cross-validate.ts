import { type Random, randomFrom, type Seed } from '../../../kernel/random.ts'
import { type Curves, type Judged, judge } from '../judge/calibration.ts'
import { kinds } from '../judge/kinds.ts'
import { HEADS, rawScores, type Weights } from '../judge/linear-scores.ts'
import { extractFeatures, noFeatures } from '../read/features.ts'
import { boilerplate } from './boilerplate.data.ts'
import { fitCurves, type Held } from './fit-calibration.ts'
import { type FeatureRow, type FitOptions, featureRows, fitWeights } from './fit-weights.ts'
import type { LabelledPost } from './labelled-posts.ts'
import { lawfulSentences } from './lawful-sentences.data.ts'

/** Steps of training in all, so that a large set takes few epochs: 3,000 posts ten, 100,000 one. */
const STEPS = 48_000
const MOST_EPOCHS = 10
/** A larger set has variety enough, and little time. */
const MOST_AUGMENTED = 20_000

const fitOptionsFor = (posts: number): FitOptions => ({
  epochs: Math.min(MOST_EPOCHS, Math.max(1, Math.round(STEPS / Math.max(1, posts)))),
  rate: 1,
  penalty: 1e-5,
  dropout: 0.6,
  leastPosts: 6,
})

/** A labelled set with the features of its posts and of their augmented forms. */
export interface Prepared {
  readonly posts: readonly LabelledPost[]
  readonly rows: readonly FeatureRow[]
  /** The augmented forms of each post; none in a large set. */
  readonly augmented: readonly (readonly FeatureRow[])[]
  /** Each post as a stranger might have written it: thresholds look at both. */
  readonly estranged: readonly LabelledPost[]
  readonly seed: Seed
}

export function preparePosts(posts: readonly LabelledPost[], seed: Seed): Prepared {
  const random = randomFrom(seed)
  return {
    posts,
    seed,
    estranged: estrangePosts(posts, random),
    rows: featureRows(posts),
    augmented: posts.length <= MOST_AUGMENTED ? augmentPosts(posts, random).map(featureRows) : [],
  }
}

/** Trains on the posts at these places. */
export function fitOn({ posts, rows, augmented, seed }: Prepared, places: readonly number[]): Weights {
  const random: Random = randomFrom(seed)
  const examples = {
    originals: places.map((at) => rows[at] as FeatureRow),
    augmented: places.flatMap((at) => augmented[at] ?? []),
  }
  return fitWeights(examples, random, fitOptionsFor(posts.length))
}

/** Which posts are tested together, by a name for each post. */
export type Grouping = (post: LabelledPost) => string

const MOST_GROUPS = 10

/** One group an author; many authors share ten, dealt out in order of name, so that the groups are of like size and sort. */
export function byAuthor(posts: readonly LabelledPost[]): Grouping {
  const authors = [...new Set(posts.map(({ author }) => author))].sort()
  const places = new Map(authors.map((author, at) => [author, at % MOST_GROUPS]))
  return ({ author }) => `group ${places.get(author)}`
}

/** Raw scores of posts by a model. */
export function scorePosts(posts: readonly LabelledPost[], weights: Weights): Held[] {
  const features = noFeatures()
  return posts.map((post) => {
    extractFeatures(post, features)
    return { scores: rawScores(weights, features, new Float64Array(HEADS)), kinds: post.kinds, script: features.script }
  })
}

/** A post scored by a model that has seen none of its group: as it is, and as a stranger might have written it. */
export interface CrossScored {
  readonly group: string
  readonly plain: Held
  readonly estranged: Held
}

/** Scores the posts at `places` by a model. */
export function scoreHeld(
  { posts, estranged }: Prepared,
  weights: Weights,
  places: readonly number[],
  group = '',
): CrossScored[] {
  const scored = (all: readonly LabelledPost[]) =>
    scorePosts(
      places.map((at) => all[at] as LabelledPost),
      weights,
    )
  const strange = scored(estranged)
  return scored(posts).map((plain, at) => ({ group, plain, estranged: strange[at] as Held }))
}

/** Scores every post by a model that has seen none of its group. */
export function crossScore(prepared: Prepared, grouping: Grouping): CrossScored[] {
  const groups = prepared.posts.map(grouping)
  const crossed = new Array<CrossScored>(groups.length)
  for (const group of new Set(groups)) {
    const inside = groups.flatMap((name, at) => (name === group ? [at] : []))
    const outside = groups.flatMap((name, at) => (name === group ? [] : [at]))
    const scored = scoreHeld(prepared, fitOn(prepared, outside), inside, group)
    for (const [at, place] of inside.entries()) crossed[place] = scored[at] as CrossScored
  }
  return crossed
}

/** Judges every post by a model, curves and thresholds that were all made without its group. */
export function crossJudge(crossed: readonly CrossScored[], form: 'plain' | 'estranged' = 'plain'): Judged[] {
  const groups = new Set(crossed.map(({ group }) => group))
  const curves = new Map([...groups].map((group) => [group, fitCurves(crossed.filter((post) => post.group !== group))]))
  return crossed.map((post) => judge(curves.get(post.group) as Curves, post[form]))
}

const MOST_SENTENCES = 4
/** Lawful posts are as various as work is, and most posts are lawful: they get more forms. */
const LAWFUL_FORMS = 2
const UNLAWFUL_FORMS = 1

/** Sentences are of two sorts, so that calibration sees some that training has not: one in three. */
type Purpose = 'training' | 'calibration'
const sentencesFor = <T>(list: readonly T[], purpose: Purpose): T[] =>
  list.filter((_, at) => (at % 3 === 0) === (purpose === 'calibration'))

const pick = <T>(list: readonly T[], random: Random): T | undefined =>
  list.length > 0 ? list[random.below(list.length)] : undefined

/** A text with the parts before or after it, by lot. */
function surround(body: string, parts: readonly string[], random: Random): string {
  const whole = [body]
  for (const part of parts) {
    if (random.below(5) < 2) whole.unshift(part)
    else whole.push(part)
  }
  return whole.join(random.below(2) === 0 ? '\n' : '')
}

/** A sentence about something that a rule forbids and this post does not do: as likely in lawful posts as in others. */
function lawfulSentence({ lang, kinds: broken }: LabelledPost, purpose: Purpose, random: Random): string | undefined {
  const kind = pick(
    kinds.filter((candidate) => !broken.includes(candidate)),
    random,
  )
  return kind && pick(sentencesFor(lawfulSentences[lang][kind], purpose), random)
}

function augmentPost(
  post: LabelledPost,
  { purpose, lawful }: { readonly purpose: Purpose; readonly lawful: readonly LabelledPost[] },
  random: Random,
): LabelledPost {
  const parts: string[] = []
  for (let left = 1 + random.below(MOST_SENTENCES); left > 0; left -= 1)
    parts.push(pick(sentencesFor(boilerplate[post.lang], purpose), random) ?? '')
  const sentence = random.below(2) === 0 ? lawfulSentence(post, purpose, random) : undefined
  if (sentence) parts.push(sentence)
  const other = random.below(3) === 0 ? pick(lawful, random) : undefined
  if (other) parts.push(other.body)
  const body = surround(post.body, parts, random)
  return {
    ...post,
    body,
    pay: random.below(2) === 0 ? post.pay : null,
    accountAgeDays: random.below(2) === 0 ? post.accountAgeDays : null,
  }
}

/**
 * Other forms of each post for training: with neutral sentences, often with one that speaks of another rule, sometimes
 * with the words of a lawful post of the same author and style, and without pay or age as often as with them. What is
 * common to all posts then weighs nothing, a trick is found in a long text, and nothing depends on circumstances that a
 * stranger's post lacks.
 */
function augmentPosts(posts: readonly LabelledPost[], random: Random): LabelledPost[][] {
  const lawful = Map.groupBy(
    posts.filter((post) => post.kinds.length === 0),
    ({ author, style }) => `${author}/${style}`,
  )
  return posts.map((post) => {
    const others = lawful.get(`${post.author}/${post.style}`) ?? []
    return Array.from({ length: post.kinds.length > 0 ? UNLAWFUL_FORMS : LAWFUL_FORMS }, () =>
      augmentPost(post, { purpose: 'training', lawful: others }, random),
    )
  })
}

/** A form of each post as a stranger might have written it, with sentences that training does not use. */
const estrangePosts = (posts: readonly LabelledPost[], random: Random): LabelledPost[] =>
  posts.map((post) => augmentPost(post, { purpose: 'calibration', lawful: [] }, random))
