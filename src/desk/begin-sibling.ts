import type { ItemSource } from '../authoring/bank-source.ts'
import { beginBank, beginTranslation } from '../authoring/compare-locales.ts'
import { type ParsedBank, parseBank } from '../authoring/parse-bank.ts'
import { itemHeadings } from '../item/source/items-in-file.ts'
import { localeOf } from './find-part.ts'

interface Begun {
  readonly path: string
  readonly text: string
}

const itemsOf = ({ bank }: ParsedBank): readonly ItemSource[] =>
  bank?.items.filter((item): item is ItemSource => item.kind === 'item') ?? []

/**
 * The sibling file with an item added to translate by writing over it, behind the one that it follows in the other language;
 * the file is begun where there is none. Undefined where the item cannot be read.
 */
export function beginSibling(
  item: string,
  { path, text, sibling }: { readonly path: string; readonly text: string; readonly sibling: string | undefined },
): Begun | undefined {
  const place = localeOf(path)
  const parsed = parseBank({ path, content: text })
  const source = itemsOf(parsed).find(({ id }) => id === item)
  if (!place || !source || !parsed.bank) return undefined
  const locale = place.locale === 'ja' ? 'en' : 'ja'
  const written = sibling ?? beginBank(parsed.bank, locale, parsed.bank.topic)
  const { bank: other } = parseBank({ path: place.sibling, content: written })
  if (!other) return undefined
  const begun = beginTranslation(source, parsed.bank, other).trim()
  return { path: place.sibling, text: insert(written, begun, precedingIn(text, written, item)) }
}

/** The nearest item above this one that the other file has too. */
function precedingIn(text: string, other: string, item: string): string | undefined {
  const ids = itemHeadings(text).map(({ id }) => id)
  const known = new Set(itemHeadings(other).map(({ id }) => id))
  return ids.slice(0, ids.indexOf(item)).findLast((id) => known.has(id))
}

function insert(text: string, item: string, behind: string | undefined): string {
  const headings = itemHeadings(text)
  const next = behind === undefined ? headings[0] : headings[headings.findIndex(({ id }) => id === behind) + 1]
  const lines = text.split('\n')
  const at = next ? next.line - 1 : lines.length
  const [above, below] = [lines.slice(0, at).join('\n').trimEnd(), lines.slice(at).join('\n').trim()]
  return `${[above, item, below].filter((part) => part !== '').join('\n\n')}\n`
}
