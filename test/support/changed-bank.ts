import { bankHash, itemHash, sha256 } from '../../src/authoring/content-hash.ts'
import type { Bank } from '../../src/item/bank.ts'
import type { Item } from '../../src/item/item.ts'
import type { CompiledHtml } from '../../src/item/markup/compiled-html.ts'

/** A number of its own for each wording: none is ever published with other content. */
const numberOf = (words: string): number => 1 + Number.parseInt(sha256(words).slice(0, 6), 16)

/** The bank with all its items under numbers of their own, as those of another exam. */
export function renumbered(of: Bank): Bank {
  const content = { ...of, items: of.items.map((item) => ({ ...item, version: item.version + 1_000 })) }
  return { ...content, hash: bankHash(content) }
}

/** The bank with its first item's Japanese stem reworded under a new version. */
export function reworded(of: Bank, words: string): Bank {
  const items = of.items.map((item, i): Item => {
    if (i > 0 || !item.wordings.ja) return item
    const wordings = {
      ...item.wordings,
      ja: { ...item.wordings.ja, stem: { ...item.wordings.ja.stem, html: `<p>${words}</p>` as CompiledHtml } },
    }
    return { ...item, version: item.version + numberOf(words), wordings, hash: itemHash({ ...item, wordings }) }
  })
  const content = { ...of, items }
  return { ...content, hash: bankHash(content) }
}
