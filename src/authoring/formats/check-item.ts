import { canonicalJson } from '../../item/canonical-json.ts'
import type { Locale } from '../../item/item.ts'
import type { ItemSource } from '../bank-source.ts'
import { compileWording } from '../compile-wording.ts'
import type { Finding, Report } from '../diagnostic.ts'
import { printItem } from '../print-bank.ts'
import { type ReadItem, readItem } from '../read-item.ts'
import type { RenderOptions } from '../render-markdown.ts'
import { type Said, say } from '../said.ts'
import { splitDocument } from '../split-document.ts'
import type { ItemPlaces } from '../written-item.ts'

export interface CheckContext {
  readonly topic: string
  readonly locale: Locale
  readonly image: RenderOptions['image']
}

/**
 * Why an item would not stand in a bank file as it is: printed and read again it is another, or it does not compile.
 * Empty for a sound item. Whatever an importer got wrong ends here, never in a bank.
 */
export function checkItem(item: ItemSource, context: CheckContext): readonly Said[] {
  const findings: Finding[] = []
  const report: Report = (_, finding) => {
    if (finding.severity === 'error') findings.push(finding)
  }
  const read = readAgain(item, context, report)
  if (read?.item.kind === 'item' && read.places && findings.length === 0)
    compileWording(read.item, read.places as ItemPlaces, { locale: context.locale, image: context.image, report })
  if (findings.length > 0) return findings.slice(0, 3).map(said)
  return read?.item.kind === 'item' && canonicalJson(read.item) === canonicalJson(plain(item)) ? [] : [OTHER]
}

/** An item that equals this one if it has no more than what can be written down. */
const plain = (item: ItemSource): unknown => JSON.parse(JSON.stringify(item))

const OTHER = say('exchange.meansAnotherThing')

const said = ({ message, suggestion }: Finding): Said =>
  suggestion ? say('finding.withAdvice', { message, suggestion }) : message

function readAgain(item: ItemSource, { topic, locale }: CheckContext, report: Report): ReadItem | undefined {
  const lines = printItem(item, locale).split('\n')
  const { items, preambleTo } = splitDocument(lines, 0, report)
  const [block, second] = items
  return block && !second && preambleTo === 0 ? readItem(lines, block, topic, report) : undefined
}
