import type { ItemSource } from '../bank-source.ts'
import { listed, say } from '../said.ts'
import type { ImportFormat } from './detect-format.ts'
import type { ExportContext } from './exchange.ts'
import { type Exported, type ItemReport, type Loss, loss } from './exchange.ts'
import { placeItems } from './place-items.ts'
import { readExchange } from './read-exchange.ts'
import { differences } from './same-item.ts'

/**
 * Reads an exported file as an importer would and compares. A writer names what it knows it cannot carry; whatever else
 * comes back otherwise is named here, so that no report promises more than the file holds.
 */
export function readBack(
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
