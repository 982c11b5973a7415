import type { ItemType, Locale } from '../../../item/item.ts'
import type { AnswerSource } from '../../bank-source.ts'
import { readType } from '../../keywords.ts'
import { readBlankAnswers, readNumericKey } from '../../read-answer.ts'
import { readEssay } from '../../read-rubric.ts'
import { readVariables } from '../../read-variables.ts'
import { escapeAnswer } from '../escape-markdown.ts'
import { type Draft, type ImportedItem, type LeftOut, type Loss, loss } from '../exchange.ts'
import { foreignPills, readPillWords } from '../pill-words.ts'
import { safeMarkdown } from '../safe-markdown.ts'
import { placeholderEssay, trueFalseOptions } from '../stand-ins.ts'
import { type Column, type Meaning, placeOf } from './columns.ts'

/** Whether the `correct` cells of a table count its options, and from which number; they may be texts where that is not known. */
export type Counting = 'from-0' | 'from-1' | 'unknown'

/** What holds for all rows of a table. */
export interface ReadRow {
  readonly header: readonly string[]
  readonly meanings: readonly (Meaning | undefined)[]
  /** Whether the table is one of ours: `correct` then counts options by letter, whatever their texts. */
  readonly isOwn: boolean
  readonly counting: Counting
  readonly locale: Locale
}

interface Row {
  readonly field: (name: Column) => string
  readonly options: readonly string[]
  readonly pairs: readonly string[]
  /** The options as they stand in their cells. */
  readonly written: readonly string[]
  readonly isOwn: boolean
  readonly counting: Counting
  readonly locale: Locale
  readonly losses: Loss[]
}

export function readRow({ header, meanings, isOwn, counting, locale }: ReadRow, cells: readonly string[], number: number): ImportedItem | LeftOut {
  const source = locale === 'ja' ? `${number}行目` : `row ${number}`
  const losses: Loss[] = []
  const fields = new Map<Column, string>()
  const options: string[] = []
  const pairs: string[] = []
  const written: string[] = []
  cells.forEach((content, i) => {
    const meaning = meanings[i]
    const cell = content.trim()
    if (cell === '') return
    if (!meaning) losses.push(loss('metadata', `列「${header[i] ?? i + 1}」は使われません：${cell.slice(0, 60)}`, `the column "${header[i] ?? i + 1}" is not taken: ${cell.slice(0, 60)}`))
    else if ('field' in meaning) fields.set(meaning.field, PROSE.has(meaning.field) ? textOf(cell, isOwn, losses) : cell)
    else if ('option' in meaning) {
      written[meaning.option - 1] = cell
      options[meaning.option - 1] = textOf(cell, isOwn, losses)
    } else pairs[meaning.pair - 1] = textOf(cell, isOwn, losses)
  })
  const filled = (list: readonly string[], length: number) => Array.from({ length }, (_, i) => list[i] ?? '')
  const length = Math.max(options.length, pairs.length)
  const row: Row = { field: (name) => fields.get(name) ?? '', options: filled(options, options.length), pairs: filled(pairs, length), written, isOwn, counting, locale, losses }
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
  return safeMarkdown(cell, { image: (src) => (isOwn && src.startsWith('assets/') ? src : undefined), lose: (one) => losses.push(one) })
}

function readDraft(row: Row): Draft | undefined {
  const { field, losses } = row
  const type = typeOf(row)
  if (!type) return leaveOut(losses, `型「${field('type')}」を読めません`, `cannot read the type "${field('type')}"`)
  if (field('stem') === '') return leaveOut(losses, '問題文がありません', 'there is no stem')
  const answer = readAnswer(row, type)
  if (!answer) return undefined
  const variables = field('variables') === '' ? [] : readVariables(listed(field('variables')), 0, listed(field('variables')).length, () => {})
  return {
    title: field('title').replace(/\s+/g, ' '),
    pills: { ...foreignPills(type), ...(row.isOwn ? { status: undefined } : {}), ...readPillCells(row) },
    stem: field('stem'),
    answer,
    variables,
    rationale: field('rationale'),
    references: lines(field('references')),
    notes: field('notes'),
  }
}

const lines = (cell: string): string[] =>
  cell
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')

const listed = (cell: string): string[] => lines(cell).map((line) => `- ${line}`)

const leaveOut = (losses: Loss[], ja: string, en: string): undefined => {
  losses.push(loss('syntax', ja, en))
}

/** The type as written; without one, what the other cells look like. */
function typeOf(row: Row): ItemType | undefined {
  const written = row.field('type')
  if (written !== '') return readType(written) ?? FOREIGN_TYPES[written.toLowerCase().replace(/[ _-]/g, '')]
  if (row.pairs.some((pair) => pair !== '')) return 'match'
  if (row.options.length > 0) return (rightOptions({ ...row, losses: [] })?.length ?? 1) > 1 ? 'multiple' : 'single'
  const key = row.field('correct') || row.field('answer')
  if (readTruth(key) !== undefined) return 'true-false'
  return readNumericKey(key) ? 'numeric' : 'short'
}

const FOREIGN_TYPES: Readonly<Record<string, ItemType>> = {
  multiplechoice: 'single',
  mc: 'single',
  singlechoice: 'single',
  multipleanswer: 'multiple',
  multipleresponse: 'multiple',
  checkbox: 'multiple',
  truefalse: 'true-false',
  tf: 'true-false',
  shortanswer: 'short',
  fillin: 'short',
  fillintheblank: 'short',
  fillintheblanks: 'short',
  shorttext: 'short',
  text: 'short',
  openended: 'essay',
  open: 'essay',
  longanswer: 'essay',
  multiplechoicesingle: 'single',
  multiplechoicemultiple: 'multiple',
  multiselect: 'multiple',
  radio: 'single',
  number: 'numeric',
  numerical: 'numeric',
  matching: 'match',
  ordering: 'order',
}

const readTruth = (text: string): boolean | undefined => (/^(t|true|正|正しい|○|〇|yes)$/i.test(text.trim()) ? true : /^(f|false|誤|誤り|×|no)$/i.test(text.trim()) ? false : undefined)

function readAnswer(row: Row, type: ItemType): AnswerSource | undefined {
  const { field, losses, options } = row
  const key = field('answer') || field('correct')
  switch (type) {
    case 'single':
    case 'multiple':
    case 'true-false': {
      const truth = readTruth(field('correct') || field('answer'))
      if (type === 'true-false' && options.length === 0 && truth !== undefined) return { form: 'options', options: trueFalseOptions(truth, row.locale) }
      const right = rightOptions(row)
      if (!right) return leaveOut(losses, `正解「${field('correct') || field('answer')}」が、どの選択肢か分かりません`, `cannot tell which option "${field('correct') || field('answer')}" is`)
      return { form: 'options', options: options.flatMap((text, i) => (text === '' ? [] : [{ text, correct: right.includes(i) }])) }
    }
    case 'order':
      return { form: 'rows', rows: options.filter((text) => text !== '') }
    case 'match':
      return {
        form: 'table',
        header: [field('left_header') || (row.locale === 'ja' ? '左' : 'Left'), field('right_header') || (row.locale === 'ja' ? '右' : 'Right')],
        rows: row.pairs.map((right, i) => [options[i] ?? '', right] as const),
      }
    case 'numeric': {
      const read = readNumericKey(key)
      return read ? { form: 'numeric', ...read } : leaveOut(losses, `数値の正解「${key}」を読めません`, `cannot read the numeric key "${key}"`)
    }
    case 'short': {
      // some tables have the accepted answers in the columns of the options
      const accepted = options.filter((text) => text !== '').map(escapeAnswer)
      if (key === '' && !row.isOwn && accepted.length > 0) return { form: 'accepted', accepted }
      return key === '' ? leaveOut(losses, '正解がありません', 'there is no key') : { form: 'accepted', accepted: lines(key) }
    }
    case 'cloze': {
      const read = readBlankAnswers(key.split('\n'), 0, key.split('\n').length, () => {})
      return read?.answer ?? leaveOut(losses, `穴埋めの正解「${key}」を読めません`, `cannot read the cloze key "${key}"`)
    }
    case 'essay':
      return readEssayCells(row)
    default:
      return type satisfies never
  }
}

function readEssayCells({ field, losses, locale }: Row): AnswerSource {
  const rubric = field('rubric').split('\n')
  const [min, max] = [Number(field('min_chars')), Number(field('max_chars'))]
  const section = (from: number, to: number) => ({ title: '', line: 0, from, to })
  const length = min >= 1 && max >= min ? { min, max } : undefined
  const read = readEssay(rubric, { rubric: section(0, rubric.length), modelAnswer: undefined, length, heading: { line: 1, column: 1 } }, () => {})
  if (read?.answer.form === 'essay') return { ...read.answer, model: field('model_answer') }
  losses.push(loss('rubric', '採点基準か字数が読めないので、仮のものを入れました', 'the rubric or the length cannot be read: stand-ins were put in', ['answer']))
  return { ...placeholderEssay(locale), model: field('model_answer') }
}

/** The options that a cell names one by one. */
export const splitKey = (key: string): string[] => key.split(/[\s,、;；，/|]+/).filter((word) => word !== '')

/** Which options the `correct` cell names: by letter, by number or by their text. Undefined when it names none. */
function rightOptions({ field, options, written, counting, losses }: Row): number[] | undefined {
  const key = field('correct') || field('answer')
  const byText = (text: string) => written.findIndex((option) => option !== undefined && option === text.trim())
  const byPlace = (word: string) => {
    const place = placeOf(word) + (counting === 'from-0' ? 1 : 0)
    return options[place - 1] ? place - 1 : -1
  }
  const places = [[byPlace(key)], splitKey(key).map(byPlace)].find((found) => found.length > 0 && !found.includes(-1))
  const texts = [[byText(key)], key.split(/[\n;；|]/).map(byText)].find((found) => found.length > 0 && !found.includes(-1))
  const [found, other] = counting === 'unknown' ? [texts ?? places, places] : [places ?? texts, undefined]
  if (found === texts && found && other && found.join() !== other.join())
    losses.push(loss('key', `正解「${key}」は、番号でなく選択肢の文字として読みました`, `the key "${key}" was read as the text of an option, not as its number`))
  return found && [...new Set(found)]
}

function readPillCells({ field, losses }: Row): object {
  const yes = (name: Column) => /^(yes|y|true|1|はい|○|〇|部分点|固定順)$/i.test(field(name))
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
  for (const word of unknown) losses.push(loss('metadata', `「${word}」を読めません`, `cannot read "${word}"`, ['pills']))
  return { ...pills, ...(yes('partial') ? { partial: true } : {}), ...(yes('fixed') ? { fixed: true } : {}) }
}
