import type { Locale } from '../../../item/item.ts'
import type { ItemSource } from '../../bank-source.ts'
import { writtenTypeOf } from '../../written-types.ts'
import { drawItem } from '../draw-item.ts'
import { type Exported, type ItemReport, type Loss, reportOf } from '../exchange.ts'
import { lossesElsewhere } from '../moodle/question.ts'
import { pillWords } from '../pill-words.ts'
import { type Braces, escapeGift, escapeText } from './gift-text.ts'

/** Writes GIFT that Moodle imports: texts are Markdown, ids and pills stand as `[id:…]` and `[tag:…]` in comments. */
export function writeGift(items: readonly ItemSource[], { locale }: { readonly locale: Locale }): Exported {
  const parts: string[] = []
  let topic = ''
  const reports = items.map((original): ItemReport => {
    const { item, losses: drawn } = drawItem(original)
    const losses: Loss[] = [...drawn, ...lossesElsewhere(item, { images: false })]
    const questions = writtenTypeOf(item.pills.type).writeGift(item, { locale, losses })
    const own = item.id.slice(0, item.id.lastIndexOf('-'))
    if (own !== topic) parts.push(`$CATEGORY: ${own}`)
    topic = own
    parts.push(...questions.map((question) => printQuestion(item, question)))
    return reportOf(item.id, losses)
  })
  return { content: `${parts.join('\n\n')}\n`, reports, losses: [] }
}

const tag = (name: string, value: string): string =>
  `[${name}:${value.replaceAll('\\', '\\\\').replaceAll(']', '\\]')}]`

function printQuestion(item: ItemSource, { before, inner, after, gap }: Braces): string {
  const comment = [
    tag('id', item.id),
    ...(gap ? [tag('gap', `${gap.ref} of ${gap.count}`)] : []),
    ...pillWords(item).map((word) => tag('tag', word)),
  ].join(' ')
  const title = item.title === '' ? '' : `::${escapeGift(item.title)}${gap ? ` (${gap.place}/${gap.count})` : ''}::`
  return `// ${comment}\n${title}[markdown]${escapeGift(before)}{${inner}${rationaleOf(item, inner)}}${escapeGift(after)}`
}

/** An empty line, even within braces, ends a question in Moodle: none may come before it. */
const rationaleOf = ({ rationale }: ItemSource, inner: string): string =>
  rationale === '' ? '' : `${inner === '' || inner.endsWith('\n') ? '' : '\n'}\t####${escapeText(rationale)}\n`
