import type { ItemType, Locale } from '../../../item/item.ts'
import type { Pills } from '../../bank-source.ts'
import { isPlainNumber, readNumericKey } from '../../read-answer.ts'
import { readVariables } from '../../read-variables.ts'
import { say, sentenceOf } from '../../said.ts'
import { readType, WRITTEN_TYPES, writtenTypeOf } from '../../written-types.ts'
import { type Draft, type ImportedItem, type LeftOut, type Loss, loss } from '../exchange.ts'
import { foreignPills, readPillWords } from '../pill-words.ts'
import { safeMarkdown } from '../safe-markdown.ts'
import { type Counting, leaveOut, lines, type Meaning, type Row, readTruth, rightOptions } from './row.ts'
import { type Column, YES } from './words.data.ts'

/** What holds for all rows of a table. */
export interface ReadRow {
  readonly header: readonly string[]
  readonly meanings: readonly (Meaning | undefined)[]
  /** Whether the table is one of ours: `correct` then counts options by letter, whatever their texts. */
  readonly isOwn: boolean
  readonly counting: Counting
  readonly locale: Locale
}

export function readRow(
  { header, meanings, isOwn, counting, locale }: ReadRow,
  cells: readonly string[],
  number: number,
): ImportedItem | LeftOut {
  const source = sentenceOf(say('exchange.row', { number }), locale)
  const losses: Loss[] = []
  const fields = new Map<Column, string>()
  const options: string[] = []
  const pairs: string[] = []
  const written: string[] = []
  cells.forEach((content, i) => {
    const meaning = meanings[i]
    const cell = content.trim()
    if (cell === '') return
    if (!meaning)
      losses.push(
        loss('metadata', say('exchange.columnNotTaken', { column: header[i] ?? i + 1, cell: cell.slice(0, 60) })),
      )
    else if ('field' in meaning)
      fields.set(meaning.field, PROSE.has(meaning.field) ? textOf(cell, isOwn, losses) : cell)
    else if ('option' in meaning) {
      written[meaning.option - 1] = cell
      options[meaning.option - 1] = textOf(cell, isOwn, losses)
    } else pairs[meaning.pair - 1] = textOf(cell, isOwn, losses)
  })
  const filled = (list: readonly string[], length: number) => Array.from({ length }, (_, i) => list[i] ?? '')
  const length = Math.max(options.length, pairs.length)
  const row: Row = {
    field: (name) => fields.get(name) ?? '',
    options: filled(options, options.length),
    pairs: filled(pairs, length),
    written,
    isOwn,
    counting,
    locale,
    losses,
  }
  const draft = readDraft(pairs.length > 0 ? { ...row, options: filled(options, length) } : row)
  if (!draft) return { kind: 'left-out', source, losses }
  const id = row.field('id')
  return { kind: 'item', source, ...(id === '' ? {} : { id }), isOwn, draft, losses }
}

/** Columns whose cells are Markdown. */
const PROSE: ReadonlySet<Column> = new Set(['stem', 'rationale', 'notes', 'model_answer'])
const TAGGED = /<([a-z][a-z0-9]*)\b[^<>]*>[\s\S]*<\/\1>|<br\s*\/?>|<img\b/i

/** The text of a cell. A lone tag in a table of other hands is something to be read; tags that pair up are HTML. */
function textOf(cell: string, isOwn: boolean, losses: Loss[]): string {
  if (!isOwn && !TAGGED.test(cell)) return cell.replace(/<(?=[a-z/!?])/gi, '\\<')
  return safeMarkdown(cell, {
    image: (src) => (isOwn && src.startsWith('assets/') ? src : undefined),
    lose: (one) => losses.push(one),
  })
}

function readDraft(row: Row): Draft | undefined {
  const { field, losses } = row
  const type = typeOf(row)
  if (!type) return leaveOut(losses, say('exchange.typeUnreadable', { type: field('type') }))
  if (field('stem') === '') return leaveOut(losses, say('exchange.noStem'))
  const answer = writtenTypeOf(type).csv.read(row)
  if (!answer) return undefined
  const variables =
    field('variables') === ''
      ? []
      : readVariables(listed(field('variables')), 0, listed(field('variables')).length, () => {})
  const { status, ...others } = readPillCells(row)
  // a question of other hands is not drawn before somebody has looked at it
  const pills = row.isOwn && status !== undefined ? { ...others, status } : others
  if (!row.isOwn && status !== undefined && status !== 'draft')
    losses.push(loss('metadata', say('exchange.statusLost', { status: field('status') })))
  return {
    title: field('title').replace(/\s+/g, ' '),
    pills: { ...foreignPills(type), ...(row.isOwn ? { status: undefined } : {}), ...pills },
    stem: field('stem'),
    answer,
    variables,
    rationale: field('rationale'),
    references: lines(field('references')),
    notes: field('notes'),
  }
}

const listed = (cell: string): string[] => lines(cell).map((line) => `- ${line}`)

/** The type as written; without one, what the other cells look like. */
function typeOf(row: Row): ItemType | undefined {
  const written = row.field('type')
  if (written !== '') return readType(written) ?? FOREIGN_TYPES.get(written.toLowerCase().replace(/[ _-]/g, ''))
  if (row.pairs.some((pair) => pair !== '')) return 'match'
  if (row.options.length > 0) return (rightOptions({ ...row, losses: [] })?.length ?? 1) > 1 ? 'multiple' : 'single'
  const key = row.field('correct') || row.field('answer')
  if (readTruth(key) !== undefined) return 'true-false'
  return isPlainNumber(key) && readNumericKey(key) ? 'numeric' : 'short'
}

const FOREIGN_TYPES = new Map(
  (Object.keys(WRITTEN_TYPES) as ItemType[]).flatMap((type) =>
    WRITTEN_TYPES[type].csv.names.map((name) => [name, type] as const),
  ),
)

function readPillCells({ field, losses }: Row): Partial<Pills> {
  const yes = (name: Column) => YES.test(field(name))
  const whole = (name: Column) => field(name).replace(/\.0+$/, '')
  const worded: readonly (readonly [Column, string])[] = [
    ['points', `${whole('points')}pt`],
    ['difficulty', `difficulty ${whole('difficulty')}`],
    ['skill', `skill:${field('skill')}`],
    ['level', field('level')],
    ['seconds', `${whole('seconds')}s`],
    ['review_by', `review-by:${field('review_by')}`],
    ['lang', `lang:${field('lang')}`],
    ['status', field('status')],
    ['version', `v${whole('version')}`],
  ]
  const words = worded.filter(([name]) => field(name) !== '')
  const { pills, unknown } = readPillWords([
    ...words.map(([, word]) => word),
    ...field('enemies')
      .split(/[\s,、]+/)
      .flatMap((id) => (id === '' ? [] : [`enemy:${id}`])),
  ])
  for (const word of unknown) losses.push(loss('metadata', say('exchange.pillUnreadable', { word }), ['pills']))
  return { ...pills, ...(yes('partial') ? { partial: true } : {}), ...(yes('fixed') ? { fixed: true } : {}) }
}
