import { extractFeatures, noFeatures, type Post } from '../read/features.ts'
import { type Band, judge, KIND_THRESHOLD } from './calibration.ts'
import { explainKind, type Word } from './explain.ts'
import { type Kind, kinds } from './kinds.ts'
import { HEADS, rawScores } from './linear-scores.ts'
import type { Model, ModelCard } from './model.ts'
import type { Precedent } from './precedent.ts'

/** What the detector says of a post, without reasons. */
export interface Score {
  /** Probability of each kind, 0..1, calibrated on authors the model had not seen. */
  readonly probability: Readonly<Record<Kind, number>>
  /** Probability that the post breaks any of the rules, 0..1. The band follows from it. */
  readonly any: number
  readonly band: Band
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
  /** The likeliest kind first. Empty for a post that is published and of no likely kind. */
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

/** Opens a model. */
export function createDetector(model: Model): Detector {
  const features = noFeatures()
  const scores = new Float64Array(HEADS)

  const scoreOne = (post: Post): Score => {
    extractFeatures(post, features)
    rawScores(model.weights, features, scores)
    const judged = judge(model, { scores, script: features.script })
    const probability = Object.fromEntries(kinds.map((kind, at) => [kind, judged.kinds[at]])) as Record<Kind, number>
    return { probability, any: judged.any, band: judged.band, modelVersion: model.version }
  }

  const reasonsOf = (post: Post, { probability, band }: Score): KindReason[] => {
    const likeliest = kinds.toSorted((a, b) => probability[b] - probability[a])
    const named = likeliest.filter(
      (kind, at) => probability[kind] >= KIND_THRESHOLD || (at === 0 && band !== 'publish'),
    )
    return named.map((kind) => ({ kind, probability: probability[kind], words: explainKind(model, post, kind) }))
  }

  return {
    modelVersion: model.version,
    card: model,
    score: (post) => {
      const score = scoreOne(post)
      return { ...score, reasons: reasonsOf(post, score) }
    },
    scoreMany: (posts) => posts.map(scoreOne),
  }
}
