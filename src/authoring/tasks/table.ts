import { tableBots } from '../../task/table/bots.ts'
import type {
  ColumnFormat,
  Content,
  DeclaredFault,
  DeclaredLook,
  FamilyName,
  FormatName,
  TableBody,
  TableColumn,
} from '../../task/table/family.ts'
import { error, type Report, warning } from '../diagnostic.ts'
import { say } from '../said.ts'
import { type FamilyRow, type FamilySource, readCount, readRows, refuseCell, requirePart } from './family-source.ts'
import {
  AMOUNT_RANGE,
  CONTENT_WORDS,
  FAULT_WORDS,
  FORMAT_WORDS,
  INPUT_WORDS,
  LOOK_WORDS,
  ROW_WORD,
} from './words.data.ts'
import type { WrittenKind } from './written-kind.ts'

const keyOf = <Name extends string>(words: Readonly<Record<Name, string>>, written: string): Name | undefined =>
  (Object.keys(words) as Name[]).find((name) => words[name] === written)

const amount = (text: string): number => Number(text.replaceAll(',', ''))

/** Reads what a column is made of: a word, and what goes with it. */
function readContent(written: string): Content | undefined {
  const [word = '', ...more] = written.split(/[ \u3000]+/)
  const rest = more.join(' ')
  const of = keyOf(CONTENT_WORDS, word)
  switch (of) {
    case 'serial':
      return /^\d+$/.test(rest) ? { of, from: Number(rest) } : undefined
    case 'date': {
      const [, from, to] = /^(\d{4}-\d{2}-\d{2})[〜~](\d{4}-\d{2}-\d{2})$/.exec(rest) ?? []
      return from && to && from <= to ? { of, from, to } : undefined
    }
    case 'amount': {
      const [, from, to, step = '1'] = AMOUNT_RANGE.exec(rest) ?? []
      return from && to && amount(from) <= amount(to)
        ? { of, from: amount(from), to: amount(to), step: amount(step) }
        : undefined
    }
    case 'code': {
      const [, prefixes, zeros] = /^(.*?)(0{2,8})$/.exec(rest) ?? []
      return prefixes === undefined || zeros === undefined
        ? undefined
        : { of, prefixes: prefixes.split('/').map((one) => one.trim()), digits: zeros.length }
    }
    case 'choice':
      return rest === '' ? undefined : { of, values: rest.split(' / ').map((one) => one.trim()) }
    case undefined:
      return undefined
    default:
      return rest === '' ? { of } : undefined
  }
}

function readColumn(row: FamilyRow, report: Report): TableColumn | undefined {
  const content = readContent(row.cells.content as string)
  const input = keyOf(INPUT_WORDS, row.cells.input as string)
  if (!content) return refuseCell(row, 'content', report)
  if (!input) return refuseCell(row, 'input', report)
  return { name: row.cells.column as string, content, width: readCount(row, 'width', report), input }
}

const sentenceName = (column: string, format: FormatName): string => `${column}.${format}`

function readFormat(
  row: FamilyRow,
  columns: readonly TableColumn[],
  report: Report,
): [ColumnFormat, string] | undefined {
  const column = columns.find(({ name }) => name === row.cells.column)
  if (!column) return refuseCell(row, 'column', report)
  const format = (Object.keys(FORMAT_WORDS) as FormatName[]).find(
    (name) => FORMAT_WORDS[name].of === column.content.of && FORMAT_WORDS[name].word === row.cells.format,
  )
  if (!format) return refuseCell(row, 'format', report)
  const sentence = sentenceName(column.name, format)
  return [{ column: column.name, format, sentence }, row.cells.sentence as string]
}

function readDeclared(
  row: FamilyRow,
  columns: readonly TableColumn[],
  report: Report,
): { readonly column?: string } | undefined {
  const column = row.cells.column as string
  if (column === ROW_WORD) return {}
  return columns.some(({ name }) => name === column) ? { column } : refuseCell(row, 'column', report)
}

function readFault(row: FamilyRow, columns: readonly TableColumn[], report: Report): DeclaredFault | undefined {
  const fault = keyOf(FAULT_WORDS, row.cells.fault as string)
  const place = readDeclared(row, columns, report)
  if (!fault) return refuseCell(row, 'fault', report)
  if (!place || (fault === 'duplicate') !== (place.column === undefined)) return refuseCell(row, 'column', report)
  const skill = row.cells.skill as string
  return { fault, ...place, count: readCount(row, 'count', report), skill, points: readCount(row, 'points', report) }
}

function readLook(row: FamilyRow, columns: readonly TableColumn[], report: Report): DeclaredLook | undefined {
  const look = keyOf(LOOK_WORDS, row.cells.value as string)
  const place = readDeclared(row, columns, report)
  if (!look) return refuseCell(row, 'value', report)
  return place && { look, ...place, count: readCount(row, 'count', report) }
}

function readNames(source: FamilySource, report: Report): TableBody['people'] {
  const families: FamilyName[] = []
  const given: FamilyName[] = []
  const people = source.parts.get('people')
  for (const { cells } of people ? readRows(people, ['family', 'familyKana', 'given', 'givenKana'], report) : []) {
    if (cells.family) families.push({ name: cells.family, kana: cells.familyKana as string })
    if (cells.given) given.push({ name: cells.given, kana: cells.givenKana as string })
  }
  const variants = source.parts.get('variant-people')
  const dotted = source.parts.get('dotted-people')
  return {
    families,
    given,
    variants: (variants ? readRows(variants, ['family', 'familyKana'], report) : []).map(({ cells }) => ({
      name: cells.family as string,
      kana: cells.familyKana as string,
    })),
    dotted: (dotted ? readRows(dotted, ['name', 'kana'], report) : []).map(({ cells }) => ({
      name: cells.name as string,
      kana: cells.kana as string,
    })),
  }
}

function readVariants(source: FamilySource, report: Report): TableBody['variants'] {
  const part = source.parts.get('variants')
  const rows = part ? readRows(part, ['value', 'variants'], report) : []
  return Object.fromEntries(
    rows.map(({ cells }) => [cells.value as string, (cells.variants as string).split(' / ').map((one) => one.trim())]),
  )
}

function readSentences(source: FamilySource, report: Report): Record<string, string> {
  const part = source.parts.get('formats')
  if (!part) return {}
  return Object.fromEntries(
    readRows(part, ['column', 'format', 'sentence'], report).flatMap(({ cells }) => {
      const format = (Object.keys(FORMAT_WORDS) as FormatName[]).filter(
        (name) => FORMAT_WORDS[name].word === cells.format,
      )
      return format.map((name) => [sentenceName(cells.column as string, name), cells.sentence as string] as const)
    }),
  )
}

/** Tables in Markdown: columns, formats, faults, look-alikes and names. */
export const writtenTable: WrittenKind<TableBody> = {
  read: (source, report) => {
    const columnPart = requirePart(source, 'columns', report)
    const faultPart = requirePart(source, 'faults', report)
    if (!columnPart || !faultPart) return undefined
    const columns = readRows(columnPart, ['column', 'content', 'width', 'input'], report).flatMap(
      (row) => readColumn(row, report) ?? [],
    )
    const formatPart = source.parts.get('formats')
    const formats = (formatPart ? readRows(formatPart, ['column', 'format', 'sentence'], report) : []).flatMap(
      (row) => {
        const read = readFormat(row, columns, report)
        return read ? [read] : []
      },
    )
    const faults = readRows(faultPart, ['fault', 'column', 'count', 'skill', 'points'], report).flatMap(
      (row) => readFault(row, columns, report) ?? [],
    )
    const lookPart = source.parts.get('looks')
    const looks = (lookPart ? readRows(lookPart, ['value', 'column', 'count'], report) : []).flatMap(
      (row) => readLook(row, columns, report) ?? [],
    )
    return {
      body: {
        rows: source.sizes.rows ?? 0,
        columns,
        formats: formats.map(([format]) => format),
        faults,
        looks,
        people: readNames(source, report),
        variants: readVariants(source, report),
      },
      sentences: Object.fromEntries(formats.map(([{ sentence }, text]) => [sentence, text])),
    }
  },
  readSentences,
  check: ({ body }, report, source) => {
    if (body.rows < 4 || body.rows > 60)
      report(source.top, error('task/value', say('task.sizeOutOfRange', { size: 'rows' }), say('advice.sizesOfOthers')))
    const sum = (counts: readonly { readonly count: number }[]) => counts.reduce((total, { count }) => total + count, 0)
    if (sum(body.looks) * 3 < sum(body.faults)) report(source.top, warning('table/twin', say('task.tableTwin')))
  },
  bots: tableBots,
  bounds: { gradeMs: 10, otherPapers: 0.05 },
}
