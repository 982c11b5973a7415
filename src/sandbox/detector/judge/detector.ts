import { extractFeatures, noFeatures, type Post, spanOf } from '../read/features.ts'
import { type Band, judge, KIND_THRESHOLD } from './calibration.ts'
import { explainKind, type Span, type Word } from './explain.ts'
import { type Kind, kinds } from './kinds.ts'
import type { Model, ModelCard } from './model.ts'
import type { Precedent } from './precedent.ts'
import { noScores, scoreAssertions, scoreText } from './score-text.ts'

export type { Post }

/** What the detector says of a post, without reasons. Probabilities are for where the stated share of posts breaks a rule. */
export interface Score {
  /** Probability of each kind, 0..1, calibrated on authors the model had not seen. */
  readonly probability: Readonly<Record<Kind, number>>
  /** Probability that the post breaks any of the rules, 0..1. The band follows from it. */
  readonly any: number
  readonly band: Band
  /** A part of the post cannot be read: another script or language, signs, or more than 64 K of text. It is at least queued. */
  readonly unreadable?: boolean
  readonly modelVersion: string
}

/** Why a post may be of a kind, for the person who decides. */
export interface KindReason {
  readonly kind: Kind
  readonly probability: number
  /** The words that weighed most, the weightiest first. */
  readonly words: readonly Word[]
}

export interface Assessment extends Score {
  /** The stretch of a long post that speaks most for a breach; absent where the post was read as one, or is published. */
  readonly stretch?: Span
  /** The likeliest kind first. Empty for a post of no likely kind, that is published or only cannot be read. */
  readonly reasons: readonly KindReason[]
  /** What it repeats of what a person has taken down; nothing that a detector knows by itself. */
  readonly precedent?: Precedent | undefined
}

export interface Detector {
  readonly modelVersion: string
  readonly card: ModelCard
  score(post: Post): Assessment
  /** Scores without reasons, for many posts at once. */
  scoreMany(posts: readonly Post[]): Score[]
}

/** The kind that is likeliest of a text, whether it breaks a rule or not. */
export const likeliestOf = ({ probability }: Pick<Score, 'probability'>): Kind =>
  kinds.reduce((likeliest, kind) => (probability[kind] > probability[likeliest] ? kind : likeliest))

/** Opens a model. */
export function createDetector(model: Model): Detector {
  const features = noFeatures()
  const scores = noScores()

  const scoreOne = (post: Post): Score => {
    const { script, readable } = extractFeatures(post, features)
    scoreText(model.weights, features, scores)
    const first = judge(model, { scores, script, readable })
    // what it denies can only speak for it: a post that is published is read once
    const flagged = first.any >= model.thresholds.queue
    if (flagged) scoreAssertions(model.weights, post, features, scores)
    const judged = flagged ? judge(model, { scores, script, readable }) : first
    const probability = Object.fromEntries(kinds.map((kind, at) => [kind, judged.kinds[at]])) as Record<Kind, number>
    return {
      probability,
      any: judged.any,
      band: judged.band,
      ...(judged.unreadable ? { unreadable: true } : {}),
      modelVersion: model.version,
    }
  }

  const isSuspicious = ({ any }: Score): boolean => any >= model.thresholds.queue

  const reasonsOf = (post: Post, score: Score, stretch: Span | undefined): KindReason[] => {
    const { probability, any } = score
    const suspicious = isSuspicious(score)
    const likeliest = kinds.toSorted((a, b) => probability[b] - probability[a])
    const least = suspicious ? KIND_THRESHOLD * any : KIND_THRESHOLD
    const named = likeliest.filter((kind, at) => probability[kind] >= least || (at === 0 && suspicious))
    return named.map((kind) => ({
      kind,
      probability: probability[kind],
      words: explainKind(model, post, kind, stretch),
    }))
  }

  return {
    modelVersion: model.version,
    card: model,
    score: (post) => {
      const score = scoreOne(post)
      const stretch = isSuspicious(score) && scores.windows > 0 ? spanOf(post, scores) : undefined
      return { ...score, ...(stretch ? { stretch } : {}), reasons: reasonsOf(post, score, stretch) }
    },
    scoreMany: (posts) => posts.map(scoreOne),
  }
}
