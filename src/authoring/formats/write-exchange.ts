import { canonicalJson } from '../../item/canonical-json.ts'
import type { ItemSource } from '../bank-source.ts'
import { renderBlocks } from '../render-markdown.ts'
import { listed, say } from '../said.ts'
import { writtenTypeOf } from '../written-types.ts'
import { writeCsv } from './csv/write-csv.ts'
import { type ExportContext, type Exported, type ItemField, type ItemReport, type Loss, loss } from './exchange.ts'
import { writeGift } from './gift/write-gift.ts'
import { writeMoodle } from './moodle/write-moodle.ts'
import { placeItems } from './place-items.ts'
import { writeQti } from './qti/write-package.ts'
import { type ExportFormat, type ImportFormat, readExchange } from './read-exchange.ts'

/** Writes items, their defaults written out, for another system. What can be read back is, and every difference is named. */
export function writeExchange(items: readonly ItemSource[], format: ExportFormat, context: ExportContext): Exported {
  switch (format) {
    case 'csv':
      return readBack(items, writeCsv(items), 'csv', context)
    case 'gift':
      return readBack(items, writeGift(items, context), 'gift', context)
    case 'moodle':
      return readBack(items, writeMoodle(items, context), 'moodle', context)
    case 'qti':
      return readBack(items, writeQti(items, context), 'qti', context)
    default:
      return format satisfies never
  }
}

/**
 * Reads an exported file as an importer would and compares. A writer names what it knows it cannot carry; whatever else
 * comes back otherwise is named here, so that no report promises more than the file holds.
 */
function readBack(
  items: readonly ItemSource[],
  exported: Exported,
  format: ImportFormat,
  { locale, assets }: ExportContext,
): Exported {
  const bytes = typeof exported.content === 'string' ? new TextEncoder().encode(exported.content) : exported.content
  const read = readExchange(bytes, format, locale)
  const topics = [...new Set(items.map(({ id }) => id.slice(0, id.lastIndexOf('-'))))]
  const back = new Map(
    read.ok
      ? [
          ...placeItems(read.value, {
            locale,
            topics,
            otherTopic: 'unknown',
            taken: new Set(),
            known: [],
            assets,
          }).topics.values(),
        ]
          .flat()
          .map((item) => [item.id, item])
      : [],
  )
  const originals = new Map(items.map((item) => [item.id, item]))
  return { ...exported, reports: exported.reports.map((report) => withDifferences(report, originals, back)) }
}

function withDifferences(
  report: ItemReport,
  originals: ReadonlyMap<string, ItemSource>,
  back: ReadonlyMap<string, ItemSource>,
): ItemReport {
  if (report.outcome === 'left-out' || report.id === undefined) return report
  const original = originals.get(report.id)
  const again = back.get(report.id)
  if (!original) return report
  const named = new Set(report.losses.flatMap(({ fields = [] }) => fields))
  const found: Loss | undefined = again
    ? unnamed(differences(original, again).filter((field) => !named.has(field)))
    : named.has('id')
      ? undefined
      : NOT_BACK
  return found ? { ...report, outcome: 'changed', losses: [...report.losses, found] } : report
}

const NOT_BACK = loss('read-back', say('exchange.notImportable'), ['id'])

const unnamed = (fields: readonly (keyof ItemSource)[]): Loss | undefined =>
  fields.length === 0 ? undefined : loss('read-back', say('exchange.differsWhenReadBack', { fields: listed(fields) }))

const FIELDS: readonly ItemField[] = [
  'id',
  'title',
  'pills',
  'stem',
  'answer',
  'variables',
  'rationale',
  'references',
  'notes',
]

/** The parts in which two items say different things. Markdown that is spelled otherwise but shows the same is the same. */
export const differences = (a: ItemSource, b: ItemSource): ItemField[] =>
  FIELDS.filter((field) => meaningOf(a, field) !== meaningOf(b, field))

function meaningOf(item: ItemSource, field: ItemField): string {
  switch (field) {
    case 'stem':
      return shown(item.stem)
    case 'rationale':
    case 'notes':
      return shown(item[field])
    case 'references':
      return item.references.map(shown).join('\n')
    case 'title':
      return shown(item.title)
    case 'answer':
      return canonicalJson(writtenTypeOf(item.pills.type).meaning(item.answer, shown))
    case 'pills':
      return canonicalJson(JSON.parse(JSON.stringify({ ...item.pills, enemies: [...item.pills.enemies].sort() })))
    case 'id':
    case 'variables':
      return canonicalJson(item[field])
    default:
      return field satisfies never
  }
}

/** What a piece of Markdown shows. Images are compared by their path. */
const shown = (source: string): string =>
  PLAIN.test(source) ? source : renderBlocks(source, { refuse: () => {}, image: (src) => ({ src }) }).html

const PLAIN = /^[^\\`*_~[\]<&\n#>|+=-]*$/
