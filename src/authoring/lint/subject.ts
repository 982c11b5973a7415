import { drawValues, settleWording } from '../../item/draw-values.ts'
import type { Item, Wording } from '../../item/item.ts'
import type { Choice } from '../../item/types/item-type.ts'
import { randomFrom } from '../../kernel/random.ts'
import type { ItemVariant } from '../compare-locales.ts'
import { type CompileMemory, NO_MEMORY } from '../compile-memory.ts'
import { sha256 } from '../content-hash.ts'
import type { Place, Report } from '../diagnostic.ts'
import type { LintMatter } from '../types/written-type.ts'
import { writtenTypeOf } from '../written-types.ts'

/** One locale of one compiled item, as the rules look at it. */
export interface Subject extends LintMatter {
  readonly variant: ItemVariant
  /** The author's own sentences: the stem without quotes, tables and code. */
  readonly question: string
  /** What a candidate can pick, in written order; empty for types without options. */
  readonly options: readonly Choice[]
  /** Indices of the right options. */
  readonly right: readonly number[]
  readonly at: { readonly heading: Place; readonly stem: Place; readonly option: (index: number) => Place }
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
}

/** The text of HTML that the compiler made: one line per block. */
export function textOfHtml(html: string): string {
  const text = html
    .replace(/<(?:wbr|img[^>]*)>/g, '')
    .replace(/<span class="blank"[^>]*><\/span>/g, '___')
    .replace(/<(?:br|\/p|\/li|\/tr|\/pre|\/h\d)>/g, '\n')
    .replace(/<\/t[dh]>/g, '\t')
    .replace(/<[^>]+>/g, '')
  return (
    text.includes('&') ? text.replace(/&(?:amp|lt|gt|quot|#39);/g, (entity) => ENTITIES[entity] as string) : text
  ).trim()
}

function onePaper(item: Item, wording: Wording): Wording {
  if (!wording.variables) return wording
  const { stem, key } = settleWording(wording, drawValues(wording.variables, randomFrom(sha256(item.id).slice(0, 32))))
  return { ...wording, stem, secret: { ...wording.secret, key } }
}

export function subjectOf(
  item: Item,
  variant: ItemVariant,
  report: Report,
  memory: CompileMemory = NO_MEMORY,
): Subject | undefined {
  const { wording, places } = variant
  if (!wording) return undefined
  return {
    ...memory.once('texts', [wording, item.id], () => textsOf(item, wording)),
    item,
    variant,
    at: { heading: places.heading, stem: places.stem, option: (index) => places.answers[index] ?? places.stem },
    report,
  }
}

function textsOf(
  item: Item,
  written: Wording,
): Pick<Subject, 'wording' | 'stemText' | 'question' | 'options' | 'right'> {
  const wording = onePaper(item, written)
  const { stem, secret } = wording
  const { key } = secret
  return {
    wording,
    stemText: textOfHtml(stem.html),
    question: textOfHtml(stem.html.replace(/<(blockquote|table|pre)[ >].*?<\/\1>/gs, '')),
    ...(writtenTypeOf(item.type).markedOptions?.(stem, key) ?? { options: [], right: [] }),
  }
}
