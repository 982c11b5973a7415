import type { Bank } from '../bank.ts'
import { type Item, scoredContent } from '../item.ts'
import { hashFile } from '../source/pack-file.ts'

/** What is scored of an item in one language, under the number that it has in a bank. */
export interface WordingHash {
  readonly item: string
  readonly version: number
  readonly locale: string
  /** SHA-256 (hex) of the scored content. */
  readonly hash: string
}

/** Of these items, language by language. */
export async function wordingHashes(items: readonly Item[]): Promise<readonly WordingHash[]> {
  const each = items.flatMap(({ id, version, type, points, wordings }) =>
    Object.entries(wordings).map(([locale, wording]) => ({
      item: id,
      version,
      locale,
      content: scoredContent(type, points, wording),
    })),
  )
  return Promise.all(each.map(async ({ content, ...place }) => ({ ...place, hash: await hashFile(content) })))
}

/** Those of a bank whose numbers stand for what they hold now, for good: drafts are not published, what is tried out may change, and nobody meets a retired one. */
export const numberedItems = ({ items }: Bank): readonly Item[] =>
  items.filter(({ status }) => status !== 'draft' && status !== 'pilot' && status !== 'retired')
