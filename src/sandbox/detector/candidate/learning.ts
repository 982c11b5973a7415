import { stableHash } from '../../../kernel/random.ts'
import type { Result } from '../../../kernel/result.ts'
import type { Model } from '../judge/model.ts'
import type { Comparison, Decided, Difference, Recent } from './comparison.ts'

/** A post that an operator decided about, as the detector learns it. */
export interface DecidedPost extends Decided {
  /** The job, so that it stays on one side however often it is decided about. */
  readonly id: string
  /** The client: posts of one are one author's. */
  readonly author: string
  /** RFC 3339. */
  readonly decidedAt: string
}

/** What a candidate is trained on besides the committed set, and compared by. */
export interface LearningOrder {
  readonly decided: readonly DecidedPost[]
  /** Posts of the last weeks. */
  readonly recent: readonly Recent[]
  /** The model that decides now, with the share of breaches that it is set to. */
  readonly serving: Model
}

/** A trained candidate: its file, and how it does beside the model that decides now. */
export interface Learnt {
  readonly version: string
  /** The text of its model file. */
  readonly file: string
  readonly comparison: Comparison
  readonly differences: readonly Difference[]
}

/** Steps of a training: four fits of a cross-validation, and the one on everything. */
export const LEARNING_STEPS = 5

/** Why there is no candidate; the model that decides stays as it is. */
export const learningFaults = [
  'too-few-authors',
  'only-one-side',
  /** The committed set does not lie where this service runs. */
  'no-training-set',
  'timed-out',
  'out-of-memory',
  'broke-down',
  'cancelled',
  /** The process that trained is gone. */
  'interrupted',
] as const
export type LearningFault = (typeof learningFaults)[number]

/** Trains beside the service, without keeping it from answering. */
export interface Learner {
  /** One training at a time. `onStep` is told how many of how many steps are done. */
  learn(
    order: LearningOrder,
    watch: { readonly onStep: (step: number, of: number) => void; readonly signal: AbortSignal },
  ): Promise<Result<Learnt, { readonly code: LearningFault }>>
}

/** One decision in so many is never trained on, so that models can be compared by it. */
const HELD_OUT = 5

/** Whether a decided post is one that models are compared by: the same one always is. */
export const isHeldOut = ({ id }: Pick<DecidedPost, 'id'>): boolean => stableHash(`held out ${id}`) % HELD_OUT === 0
