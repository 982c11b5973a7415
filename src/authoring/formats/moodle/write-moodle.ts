import type { ItemSource } from '../../bank-source.ts'
import { writtenTypeOf } from '../../written-types.ts'
import { drawItem } from '../draw-item.ts'
import { type Exported, type ItemReport, type Loss, reportOf } from '../exchange.ts'
import { pillWords } from '../pill-words.ts'
import { element, escapeXml } from '../write-xml.ts'
import { lossesElsewhere, type MoodleContext, type Question, rich, textElement } from './question.ts'

/** Writes Moodle XML. Texts are Markdown, pictures come along, ids and pills become ID number and tags. */
export function writeMoodle(items: readonly ItemSource[], context: MoodleContext): Exported {
  const parts: string[] = []
  let topic = ''
  const reports = items.map((original): ItemReport => {
    const { item, losses: drawn } = drawItem(original)
    const losses: Loss[] = [...drawn, ...lossesElsewhere(item, { images: true })]
    const own = item.id.slice(0, item.id.lastIndexOf('-'))
    if (own !== topic)
      parts.push(element('question', { type: 'category' }, element('category', {}, textElement(`$course$/top/${own}`))))
    topic = own
    parts.push(writeQuestion(item, writtenTypeOf(item.pills.type).writeMoodle(item, context, losses), context))
    return reportOf(item.id, losses)
  })
  return {
    content: `<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n${parts.join('\n')}\n</quiz>\n`,
    reports,
    losses: [],
  }
}

function writeQuestion(item: ItemSource, { type, stem, parts }: Question, context: MoodleContext): string {
  const tags = pillWords(item).map((word) => element('tag', {}, textElement(word)))
  return element(
    'question',
    { type },
    element('name', {}, textElement(item.title === '' ? item.id : item.title)),
    rich('questiontext', stem ?? item.stem, context),
    rich('generalfeedback', item.rationale, context),
    element('defaultgrade', {}, String(item.pills.points ?? 1)),
    element('hidden', {}, item.pills.status === 'retired' || item.pills.status === 'honeypot' ? '1' : '0'),
    element('idnumber', {}, escapeXml(item.id)),
    ...parts,
    element('tags', {}, ...tags),
  )
}
