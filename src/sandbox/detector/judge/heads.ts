import { type Kind, kinds } from './kinds.ts'

/** What the classifier answers: each kind, and last whether any rule is broken at all. */
export const HEADS = kinds.length + 1
export const ANY = kinds.length
/** Weights of one feature stand together, padded to what a processor fetches at once: 64 bytes. */
export const STRIDE = 16

/** 1 for each head that is true of a post with these kinds. */
export function targetsOf(told: readonly Kind[]): Float32Array {
  const targets = new Float32Array(HEADS)
  for (const [at, kind] of kinds.entries()) if (told.includes(kind)) targets[at] = 1
  targets[ANY] = told.length > 0 ? 1 : 0
  return targets
}

/** Linear weights of the features that have any, for all heads. */
export interface Weights {
  /** For each feature its row, or −1. */
  readonly rows: Int32Array
  /** `STRIDE` numbers a row. */
  readonly table: Float32Array
  readonly biases: Float32Array
}
