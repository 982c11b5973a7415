import type { TaskFamily } from '../../item/family.ts'
import type { Locale } from '../../item/item.ts'
import { drawTask } from '../../task/draw-task.ts'
import { numberIn } from '../../task/formula/coerce.ts'
import { type Mutation, mutationsOf } from '../../task/formula/mutate-formula.ts'
import { type Formula, printFormula, referencesIn } from '../../task/formula/tree.ts'
import { modelTree, sheetBots, shownIn } from '../../task/sheet/bots.ts'
import { tablesOf } from '../../task/sheet/draw-sheet.ts'
import {
  type CellCount,
  type Content,
  FIRST_ROW,
  type SheetBody,
  type SheetCell,
  type SheetChange,
  type SheetColumn,
  type SheetQuestion,
} from '../../task/sheet/family.ts'
import { openSheetGrading } from '../../task/sheet/grade-1.ts'
import type { QuestionKey, SheetKey } from '../../task/sheet/key.ts'
import type { ShownFormat } from '../../task/sheet/present.ts'
import type { TaskInstance } from '../../task/task.ts'
import { CannotDraw } from '../../task/task-kind.ts'
import { error, type Report, warning } from '../diagnostic.ts'
import { say } from '../said.ts'
import { trialSeed } from './check-draws.ts'
import {
  type FamilyPart,
  type FamilyRow,
  type FamilySource,
  readCount,
  readRows,
  refuseCell,
  requirePart,
} from './family-source.ts'
import { cutOutsideBraces } from './read-slots.ts'
import {
  AMOUNT_RANGE,
  CHANGE_WORDS,
  DIFFERENCES,
  LABELLED,
  LIST_COMMA,
  ROWS_EACH,
  SHEET_CONTENT_WORDS,
  SHEET_GAP_WORDS,
  SHOWN_WORDS,
  SLOT_WORDS,
} from './words.data.ts'
import type { WrittenKind } from './written-kind.ts'

/** On how many seeds wrong formulas are tried, and on what share of them one may pass for right. */
const INSENSITIVE_SEEDS = 10
const MOST_UNNOTICED = 0.1
const ADDRESS = /^[A-Z]{1,2}[1-9]\d?$/
const RANGE = /^([A-Z]{1,2})([1-9]\d?)(?::\1([1-9]\d?))?$/
const DATES = /^(\d{4}-\d{2}-\d{2})[〜~](\d{4}-\d{2}-\d{2})$/
const TIMES = new RegExp(`^(\\d{1,2}:\\d{2})[〜~](\\d{1,2}:\\d{2})(?: ${SLOT_WORDS.step} ?(\\d{1,2}:\\d{2}))?$`)

const keyOf = <Name extends string>(words: Readonly<Record<Name, string>>, written: string): Name | undefined =>
  (Object.keys(words) as Name[]).find((name) => words[name] === written)
const cut = (text: string, sign: string): string[] => cutOutsideBraces(text, sign).map((one) => one.trim())
const listOf = (text: string): string[] => (text === '' ? [] : text.split(' / ').map((one) => one.trim()))
const number = (text: string): number => Number(text.replaceAll(',', ''))
const minutes = (time: string): number => Math.round((numberIn(time) ?? 0) * 1_440)

/** Cuts a word from what goes with it. */
function wordAnd(written: string): [word: string, rest: string] {
  const [word = '', ...more] = written.split(/[ \u3000]+/)
  return [word, more.join(' ')]
}

function readContent(written: string): Content | undefined {
  const [word, rest] = wordAnd(written)
  const of = keyOf(SHEET_CONTENT_WORDS, word)
  const values = listOf(rest)
  switch (of) {
    case 'date': {
      const [, range = rest, each] = ROWS_EACH.exec(rest) ?? []
      const [, from, to] = DATES.exec(range) ?? []
      return from && to && from <= to ? { of, from, to, ...(each ? { each: Number(each) } : {}) } : undefined
    }
    case 'integer': {
      const [, from, to, step = '1'] = AMOUNT_RANGE.exec(rest) ?? []
      const read = { of, from: number(from ?? ''), to: number(to ?? ''), step: number(step) }
      return from && read.from <= read.to && read.step > 0 ? read : undefined
    }
    case 'time': {
      const [, from, to, step = '0:01'] = TIMES.exec(rest) ?? []
      const read = { of, from: minutes(from ?? ''), to: minutes(to ?? ''), step: minutes(step) }
      return from && read.from <= read.to && read.step > 0 ? read : undefined
    }
    case 'code': {
      const [, prefix, from] = /^(\S*?)([1-9]\d{0,7})$/.exec(rest) ?? []
      return prefix && from ? { of, prefix, from: Number(from) } : undefined
    }
    case 'extract': {
      const [, column, count] = /^([A-Z]) (\d{1,2})$/.exec(rest) ?? []
      return column && count ? { of, column, count: Number(count) } : undefined
    }
    case 'matching': {
      const [, column, differences = ''] = DIFFERENCES.exec(rest) ?? []
      const read = listOf(differences).map(numberIn)
      return column && read.every((one) => one !== undefined) ? { of, column, differences: read } : undefined
    }
    case undefined:
      return undefined
    default:
      return values.length === 0 ? undefined : { of, values }
  }
}

const COUNT = /^(?:(.+) )?(\d{1,2})(?:[〜~](\d{1,2}))?$/

/** Reads what stands in some cells of a column: `空白 1〜3`, `文字 未定 / 欠品 1〜2`. */
function readGap(written: string): Pick<SheetColumn, 'blanks' | 'texts'> | undefined {
  const [word, rest] = wordAnd(written)
  const gap = keyOf(SHEET_GAP_WORDS, word)
  const [, texts, least, most = least] = COUNT.exec(rest) ?? []
  if (!gap || !least || (gap === 'blanks') !== (texts === undefined)) return undefined
  const count: CellCount = { least: Number(least), most: Number(most) }
  return gap === 'blanks' ? { blanks: count } : { texts: { ...count, values: listOf(texts as string) } }
}

function readColumn(row: FamilyRow, report: Report): SheetColumn | undefined {
  const letter = row.cells.column
  if (!/^[A-Z]{1,2}$/.test(letter)) return refuseCell(row, 'column', report)
  const [first = '', ...more] = cut(row.cells.content, LIST_COMMA)
  const content = readContent(first)
  const gaps = more.map(readGap)
  if (!content || gaps.includes(undefined)) return refuseCell(row, 'content', report)
  return { letter, head: row.cells.head, content, ...Object.assign({}, ...gaps) }
}

function readQuestion(row: FamilyRow, report: Report): SheetQuestion | undefined {
  const { cell: range, head, formula, shown, skill } = row.cells
  if (!RANGE.test(range)) return refuseCell(row, 'cell', report)
  if (!formula.startsWith('=')) return refuseCell(row, 'formula', report)
  const format: ShownFormat | undefined = keyOf(SHOWN_WORDS, shown)
  if (shown !== '' && !format) return refuseCell(row, 'shown', report)
  return { range, head, formula, ...(format ? { format } : {}), skill, points: readCount(row, 'points', report) }
}

/** Reads one change: the columns alone, or a place, a colon and what stands there. */
function readChange(change: keyof typeof CHANGE_WORDS, written: string): SheetChange | undefined {
  const [, place = written, rest = ''] = LABELLED.exec(written) ?? []
  switch (change) {
    case 'redraw':
      return undefined
    case 'blank':
      return /^[A-Z]{1,2}$/.test(place) ? { change, column: place } : undefined
    case 'text':
      return rest === '' ? undefined : { change, column: place, text: rest }
    case 'value':
      return ADDRESS.test(place) && rest !== '' ? { change, address: place, values: listOf(rest) } : undefined
    case 'boundary': {
      const [value = '', step = '1'] = cut(rest, '±')
      return value === '' ? undefined : { change, column: place, value, step }
    }
    default:
      return change satisfies never
  }
}

function readChanges(row: FamilyRow, report: Report): SheetChange[] {
  const change = keyOf(CHANGE_WORDS, row.cells.change)
  if (!change) return refuseCell(row, 'change', report) ?? []
  const places = cut(row.cells.column, LIST_COMMA)
  if (change === 'redraw') return [{ change, columns: places }]
  return places.flatMap((place) => readChange(change, place) ?? refuseCell(row, 'column', report) ?? [])
}

const rowsIn = (
  part: FamilyPart | undefined,
  columns: Parameters<typeof readRows>[1],
  report: Report,
  optional: Parameters<typeof readRows>[3] = [],
) => (part ? readRows(part, columns, report, optional) : [])

/** The questions' texts by their cells. */
const readTexts = (source: FamilySource, report: Report): Record<string, string> =>
  Object.fromEntries(
    rowsIn(source.parts.get('questions'), ['cell', 'question'], report).map(({ cells }) => [
      cells.cell,
      cells.question,
    ]),
  )

/** A wrong formula that often passes for right. */
interface Unnoticed {
  readonly range: string
  readonly kind: Mutation['kind']
  readonly formula: string
}

/** How many rows of a formula's ranges do not move. */
const fixedRows = (formula: Formula): number =>
  referencesIn(formula).reduce((sum, { from }) => sum + Number(from.isRowFixed), 0)

/** Mutations that change what a formula comes to: a row's `$` matters to what is copied down, and at the lower end of a range to nobody. */
function isTried({ range, model }: QuestionKey, { kind, fixed, formula }: Mutation, tree: Formula): boolean {
  if (kind === 'dollar') return fixed === 'row' && range.includes(':') && fixedRows(formula) < fixedRows(tree)
  // these two take as many cells to add as they look at
  return kind !== 'range' || !/\b(?:SUM|AVERAGE)IF\(/.test(model)
}

/** What passes for right on one drawing, by question, kind and which of its mutations it is. */
function unnoticedOn(instance: TaskInstance<SheetKey>): Map<string, Unnoticed> {
  const found = new Map<string, Unnoticed>()
  const creditOf = openSheetGrading(instance.key)
  const tried = instance.key.questions.map((question) => {
    const tree = modelTree(question)
    return mutationsOf(tree, shownIn(instance.key)).map((mutation) => ({ question, mutation, tree }))
  })
  for (const [place, mutations] of tried.entries())
    for (const [number, { question, mutation, tree }] of mutations.entries()) {
      if (!isTried(question, mutation, tree)) continue
      const formula = printFormula(mutation.formula)
      if (creditOf(question, formula) === 1)
        found.set(`${place} ${number}`, { range: question.range, kind: mutation.kind, formula })
    }
  return found
}

/** Says which wrong formulas the hidden sheets do not notice on more than a tenth of the drawings. */
function checkSensitivity(family: TaskFamily<SheetBody>, locale: Locale, source: FamilySource, report: Report): void {
  const counts = new Map<string, { readonly one: Unnoticed; count: number }>()
  for (let trial = 0; trial < INSENSITIVE_SEEDS; trial++) {
    const instance = drawTask(family, { locale, seed: trialSeed(trial) }) as TaskInstance<SheetKey>
    for (const [name, one] of unnoticedOn(instance)) {
      const known = counts.get(name) ?? { one, count: 0 }
      counts.set(name, { ...known, count: known.count + 1 })
    }
  }
  for (const { one, count } of counts.values())
    if (count > INSENSITIVE_SEEDS * MOST_UNNOTICED)
      report(
        source.top,
        warning(
          'sheet/insensitive',
          say('task.sheetInsensitive', {
            cell: one.range,
            formula: one.formula,
            kind: one.kind,
            count,
            seeds: INSENSITIVE_SEEDS,
          }),
          say('advice.changeThatTells'),
        ),
      )
}

/** Whether columns, questions and changes speak of places that there are. */
function isWellPlaced({ columns, questions, cells, changes, rows }: SheetBody): boolean {
  const letters = new Set([
    ...columns.map(({ letter }) => letter),
    ...questions.map(({ range }) => range.replace(/\d.*$/, '')),
  ])
  return (
    tablesOf(columns)[0]?.[0]?.letter === 'A' &&
    columns.every(({ content }) => !('column' in content) || columns.some(({ letter }) => letter === content.column)) &&
    questions.every(({ range }) => {
      const [, letter, first, last] = RANGE.exec(range) ?? []
      return (
        columns.every((column) => column.letter !== letter) &&
        Number(first) >= FIRST_ROW &&
        (last === undefined || (Number(first) === FIRST_ROW && Number(last) < FIRST_ROW + rows))
      )
    }) &&
    cells.every(({ address }) => Number(address.replace(/\D+/, '')) < FIRST_ROW - 1) &&
    changes.every((change) =>
      change.change === 'redraw'
        ? change.columns.every((letter) => letters.has(letter))
        : change.change === 'value'
          ? cells.some(({ address }) => address === change.address)
          : letters.has(change.column),
    )
  )
}

/** Sheets in Markdown: tables, other cells, questions with a model formula each, and what changes on hidden sheets. */
export const writtenSheet: WrittenKind<SheetBody> = {
  read: (source, report) => {
    const columnPart = requirePart(source, 'sheet-columns', report)
    const questionPart = requirePart(source, 'questions', report)
    const changePart = requirePart(source, 'changes', report)
    if (!columnPart || !questionPart || !changePart) return undefined
    const asked = ['cell', 'head', 'question', 'formula', 'skill', 'points'] as const
    const cells = rowsIn(source.parts.get('sheet-cells'), ['cell', 'value'], report)
    const body = {
      rows: source.sizes.rows ?? 0,
      columns: readRows(columnPart, ['column', 'head', 'content'], report).flatMap(
        (row) => readColumn(row, report) ?? [],
      ),
      cells: cells.flatMap((row): SheetCell[] =>
        ADDRESS.test(row.cells.cell)
          ? [{ address: row.cells.cell, text: row.cells.value }]
          : (refuseCell(row, 'cell', report) ?? []),
      ),
      questions: readRows(questionPart, asked, report, ['shown']).flatMap((row) => readQuestion(row, report) ?? []),
      changes: readRows(changePart, ['change', 'column'], report).flatMap((row) => readChanges(row, report)),
    }
    return { body, sentences: readTexts(source, report) }
  },
  readSentences: readTexts,
  check: (family, report, source, seeds) => {
    const { body } = family
    const [locale] = Object.keys(family.wordings) as Locale[]
    if (locale === undefined) return
    if (body.rows < 4 || body.rows > 40) {
      report(source.top, error('task/value', say('task.sizeOutOfRange', { size: 'rows' }), say('advice.sizesOfOthers')))
      return
    }
    if (!isWellPlaced(body)) {
      report(source.top, error('sheet/place', say('task.sheetPlace', { row: FIRST_ROW })))
      return
    }
    // one drawing does not show a share
    if (seeds < 2) return
    try {
      checkSensitivity(family, locale, source, report)
    } catch (failure) {
      // it is told by the trial of every family
      if (!(failure instanceof CannotDraw)) throw failure
    }
  },
  bots: sheetBots,
  bounds: { gradeMs: 100, otherPapers: 0.1 },
}
