import { sha256 } from '../../src/authoring/content-hash.ts'
import type { Response } from '../../src/item/definition-of.ts'
import type { GradedPaper, PaperItem, ScoredVersion } from '../../src/measurement/item-analysis.ts'

export const OPTIONS = 4

/** A single-choice item of four options whose first is right. */
export const versionOf = (item: string, version = 1): ScoredVersion => ({
  item,
  version,
  hash: sha256(`${item} ${version}`),
  locale: 'ja',
  type: 'single',
  options: Array.from({ length: OPTIONS }, (_, i) => ({ id: String(i + 1), text: `option ${i + 1}`, isKey: i === 0 })),
})

/** One item on a paper, answered by the option with this index; null leaves it empty. */
export const picked = (item: string, choice: number | null, change: Partial<PaperItem> = {}): PaperItem => ({
  version: versionOf(item),
  points: 1,
  credit: choice === 0 ? 1 : 0,
  response: (choice === null ? null : { choice }) as Response,
  ...change,
})

/** Papers that say only which items were right, one string of 0 and 1 each. */
export const papersOf = (patterns: readonly string[]): GradedPaper[] =>
  patterns.map((pattern) => [...pattern].map((mark, i) => picked(`item-${i + 1}`, mark === '1' ? 0 : 1)))
