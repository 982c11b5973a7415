import type { ItemSource } from '../../bank-source.ts'
import { printVariables } from '../../read-variables.ts'
import { writtenTypeOf } from '../../written-types.ts'
import { type Exported, reportOf } from '../exchange.ts'
import { quoteCell } from './row.ts'
import { COLUMNS, type Column } from './words.data.ts'

/** Lists stand a line for each entry, without the mark that a spreadsheet would take for a minus. */
const unlisted = (list: string): string => list.replace(/^- /gm, '')

function fieldsOf({
  id,
  title,
  pills,
  stem,
  answer,
  variables,
  rationale,
  references,
  notes,
}: ItemSource): Partial<Record<Column, string | number | undefined>> {
  return {
    id,
    type: pills.type,
    title,
    stem,
    points: pills.points,
    partial: pills.partial ? 'yes' : '',
    fixed: pills.fixed ? 'yes' : '',
    difficulty: pills.difficulty,
    skill: pills.skill,
    level: pills.level,
    seconds: pills.seconds,
    review_by: pills.reviewBy,
    enemies: pills.enemies.join(' '),
    lang: pills.lang,
    status: pills.status,
    version: pills.version,
    rationale,
    references: references.join('\n'),
    notes,
    variables: unlisted(printVariables(variables, { step: 'step' })),
    ...writtenTypeOf(pills.type).csv.fields(answer),
  }
}

/** All of an item goes into a table that spreadsheets open: UTF-8 with a byte order mark, CRLF, no cell that is a formula. */
export function writeCsv(items: readonly ItemSource[]): Exported {
  const lists = items.map(({ pills, answer }) => writtenTypeOf(pills.type).csv.lists(answer))
  const most = (of: 'options' | 'pairs') => lists.reduce((longest, list) => Math.max(longest, list[of].length), 0)
  const [options, pairs] = [most('options'), most('pairs')]
  const header = [...COLUMNS, ...numbered('option', options), ...numbered('match', pairs)]
  const rows = items.map((item, i) => {
    const fields = fieldsOf(item)
    const { options: own, pairs: right } = lists[i] as (typeof lists)[number]
    return [...COLUMNS.map((column) => String(fields[column] ?? '')), ...padded(own, options), ...padded(right, pairs)]
  })
  const content = `\ufeff${[header, ...rows].map((row) => row.map(quoteCell).join(',')).join('\r\n')}\r\n`
  return { content, reports: items.map(({ id }) => reportOf(id, [])), losses: [] }
}

const numbered = (word: string, count: number): string[] => Array.from({ length: count }, (_, i) => `${word}_${i + 1}`)
const padded = (cells: readonly string[], length: number): string[] => [
  ...cells,
  ...Array<string>(length - cells.length).fill(''),
]
