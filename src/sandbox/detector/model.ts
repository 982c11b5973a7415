import type { Curves } from './cross-validate.ts'
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
}

export interface Model extends Curves {
  /** Names the model in records of decisions: the same set, seed and code give the same. */
  readonly version: string
  readonly trainedOn: TrainedOn
  /** Of held-out authors. */
  readonly figures: Figures
  readonly weights: Weights
}
