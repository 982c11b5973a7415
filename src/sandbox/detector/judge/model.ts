import type { Curves } from '../learn/cross-validate.ts'
import type { Weights } from './heads.ts'
import type { Kind } from './kinds.ts'

/** How well posts of held-out authors were told. */
export interface KindFigures {
  /** Posts that are truly of the kind, and posts told to be. */
  readonly posts: number
  readonly told: number
  /** 0..1; 1 where nothing was told, or nothing was there. */
  readonly precision: number
  readonly recall: number
  readonly ece: number
}

/** Figures of a cross-validation, kept with the model. */
export interface Figures {
  readonly precision: number
  readonly recall: number
  readonly holdPrecision: number
  readonly holdRecall: number
  readonly ece: number
  readonly kinds: Readonly<Record<Kind, KindFigures>>
}

/** What a model was trained on. */
export interface TrainedOn {
  /** SHA-256 of the labelled set in canonical form. */
  readonly hash: string
  readonly posts: number
  readonly authors: number
  readonly unlawful: number
  readonly seed: string
  /** The latest decision of an operator among them, as RFC 3339; absent where there is none. */
  readonly decidedUntil?: string | undefined
}

/** True kinds (rows, a post with several counts in each) against the likeliest kind of a flagged post, or `none`. */
export type Confusion = Readonly<Record<Kind | 'none', Readonly<Record<Kind | 'none', number>>>>

/** Posts of which about the same was said. */
export interface Bin {
  /** Bounds of the probability of any breach, 0..1. */
  readonly from: number
  readonly to: number
  readonly n: number
  /** Mean of what was said, and share of posts that truly break a rule, 0..1. */
  readonly said: number
  readonly was: number
}

/** What figures alone do not show of a cross-validation. */
export interface Tested {
  readonly confusion: Confusion
  readonly reliability: readonly Bin[]
}

export interface Model extends Curves {
  /** Names the model in records of decisions: the same set, seed and code give the same. */
  readonly version: string
  readonly trainedOn: TrainedOn
  /** Of held-out authors. */
  readonly figures: Figures
  /** Of the same posts. */
  readonly tested?: Tested | undefined
  readonly weights: Weights
}
