import { bankHash, itemHash } from '../../src/authoring/content-hash.ts'
import type { Bank } from '../../src/item/bank.ts'
import type { Item } from '../../src/item/item.ts'
import type { CompiledHtml } from '../../src/item/markup/compiled-html.ts'

/** The bank with its first item's Japanese stem reworded under a new version. */
export function reworded(of: Bank, words: string): Bank {
  const items = of.items.map((item, i): Item => {
    if (i > 0 || !item.wordings.ja) return item
    const wordings = {
      ...item.wordings,
      ja: { ...item.wordings.ja, stem: { ...item.wordings.ja.stem, html: `<p>${words}</p>` as CompiledHtml } },
    }
    return { ...item, version: item.version + 1, wordings, hash: itemHash({ ...item, wordings }) }
  })
  const content = { ...of, items }
  return { ...content, hash: bankHash(content) }
}
