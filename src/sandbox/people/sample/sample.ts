import type { Instant } from '../../../kernel/instant.ts'
import type { Category } from '../worker.ts'

/** Characters of a sample's title and of its text at most. */
export const LONGEST_TITLE = 60
export const LONGEST_SAMPLE = 1_200

/** One piece of somebody's own work, as they wrote it. */
export interface SampleWords {
  readonly category: Category
  readonly title: string
  /** Plain text, with its line ends. */
  readonly text: string
}

/** How a sample stands: it waits for an operator, is read by everybody, or was refused with a reason. */
export type SampleState =
  | { readonly name: 'waiting'; readonly since: Instant }
  | { readonly name: 'shown'; readonly since: Instant }
  | { readonly name: 'refused'; readonly since: Instant; readonly reason: string }

export interface Sample extends SampleWords {
  /** Another one with every change, so that a decision is about the words that were read. */
  readonly id: string
  readonly worker: string
  readonly state: SampleState
}

/** Web and mail addresses, and telephone numbers of Japan: ten or eleven digits from a 0 on. */
const ADDRESSES = [
  /https?:|www\./i,
  /[\p{L}\p{N}._%+-]@[\p{L}\p{N}-]+\.\p{L}/u,
  /(?<!\d)0(?:[-() ]{0,2}\d){9,10}(?!\d)/,
]

/** Whether a text tells how to reach somebody outside the marketplace, however wide its letters are. */
export function holdsAddress(text: string): boolean {
  const plain = text
    .normalize('NFKC')
    .replaceAll(/\p{Cf}/gu, '')
    .replaceAll(/[\p{Pd}\u2212\u30fc]/gu, '-')
  return ADDRESSES.some((address) => address.test(plain))
}
