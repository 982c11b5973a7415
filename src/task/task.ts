import type { TaskKind } from '../item/family.ts'
import type { Seed } from '../kernel/random.ts'
import type { PresentedTask } from './present.ts'

/**
 * One paper's drawing of a family: what was shown, and what is right in it. It is stored when the attempt starts, and it is
 * this instance that is graded and replayed: families and generators may change, a stored instance does not.
 */
export interface TaskInstance<Key = unknown> {
  readonly kind: TaskKind
  readonly family: string
  readonly familyHash: string
  readonly seed: Seed
  /** The number of the generator that drew it, and of the grader that grades it. */
  readonly generator: number
  readonly grader: number
  readonly presented: PresentedTask
  /** Never leaves the server. */
  readonly key: Key
  /** SHA-256 (hex) of what was shown and what is right. */
  readonly hash: string
}

/** One thing that is looked at. */
export interface Checkpoint {
  /** Its group, a colon and where: `duplicate:1004`. The group is what candidates are told in one sentence. */
  readonly id: string
  readonly skill: string
  readonly weight: number
  /** 0..1 */
  readonly credit: number
}

/** Damage: a right thing made wrong. */
export interface Loss {
  /** What happened, by its name in the texts: `changed-right`. */
  readonly reason: string
  readonly weight: number
  readonly field?: string
}

/** What a grader says of a response. */
export interface TaskGrade {
  /** 0..1 */
  readonly score: number
  readonly checkpoints: readonly Checkpoint[]
  readonly losses: readonly Loss[]
  /** Why the score was held at one half, where it was. */
  readonly critical?: string
}

/** A critical failure holds a task at this score. */
const CRITICAL_CAP = 0.5

/**
 * The score of every kind: `max(0, Σ weight·credit − Σ losses) / Σ weight`, 0..1, and at most one half after a critical
 * failure. Losses count as much as what is missing: whoever changes everything that looks wrong gains nothing.
 */
export function scoreTask(checkpoints: readonly Checkpoint[], losses: readonly Loss[], critical?: string): TaskGrade {
  const all = checkpoints.reduce((sum, { weight }) => sum + weight, 0)
  const earned = checkpoints.reduce((sum, { weight, credit }) => sum + weight * credit, 0)
  const lost = losses.reduce((sum, { weight }) => sum + weight, 0)
  const score = all === 0 ? 0 : Math.max(0, earned - lost) / all
  return critical === undefined
    ? { score, checkpoints, losses }
    : { score: Math.min(CRITICAL_CAP, score), checkpoints, losses, critical }
}
