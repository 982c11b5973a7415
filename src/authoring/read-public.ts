import type { ItemType } from '../item/item.ts'
import type { AnswerSource } from './bank-source.ts'
import { error, type Place, type Report, say } from './diagnostic.ts'
import { isOptionLike, readOptions, refuseStrayMarks } from './read-options.ts'

/** The public lines of an item taken apart: the stem, and the answer where the type keeps it in the public part. */
export interface ReadPublic {
  readonly stemFrom: number
  readonly stemTo: number
  readonly answer?: AnswerSource
  readonly places: readonly Place[]
}

const ROW = /^(\d{1,3})[.)] +(\S.*)$/

/** Splits the public lines `from`..`to` (0-based, half open) for an item of this type. */
export function readPublic(lines: readonly string[], from: number, to: number, type: ItemType, report: Report): ReadPublic {
  const end = lastContentLine(lines, from, to)
  switch (type) {
    case 'single':
    case 'multiple':
    case 'true-false': {
      const first = firstOption(lines, from, end)
      refuseStrayMarks(lines, from, first, report)
      const { options, places } = readOptions(lines, first, end, report)
      refuseMarksInOptions(lines, first, end, report)
      return { stemFrom: from, stemTo: first, answer: { form: 'options', options }, places }
    }
    case 'order':
      refuseStrayMarks(lines, from, end, report)
      return readRows(lines, from, end, report)
    case 'match':
      refuseStrayMarks(lines, from, end, report)
      return readTable(lines, from, end, report)
    case 'numeric':
    case 'short':
    case 'cloze':
    case 'essay':
      refuseStrayMarks(lines, from, end, report)
      return { stemFrom: from, stemTo: end, places: [] }
    default:
      return type satisfies never
  }
}

function lastContentLine(lines: readonly string[], from: number, to: number): number {
  let end = to
  while (end > from && (lines[end - 1] as string).trim() === '') end -= 1
  return end
}

/** The first option outside a code fence. */
function firstOption(lines: readonly string[], from: number, to: number): number {
  let fence = ''
  for (let i = from; i < to; i++) {
    const line = lines[i] as string
    const marker = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1]
    if (marker && fence === '') fence = marker
    else if (marker?.startsWith(fence) && fence !== '') fence = ''
    else if (fence === '' && isOptionLike(line)) return i
  }
  return to
}

/** Marks inside an option's text or its continuation lines; the marker of the option itself was judged before. */
function refuseMarksInOptions(lines: readonly string[], from: number, to: number, report: Report): void {
  for (let i = from; i < to; i++) {
    const line = lines[i] as string
    if (/^[-*+] \[[ xX]\] /.test(line) || (/^ {2,}/.test(line) && !isOptionLike(line))) refuseStrayMarks(lines, i, i + 1, report, true)
  }
}

function readRows(lines: readonly string[], from: number, end: number, report: Report): ReadPublic {
  let first = end
  for (let i = end - 1; i >= from; i--) {
    const line = lines[i] as string
    if (ROW.test(line)) first = i
    else if (line.trim() !== '' && !/^ {2,}/.test(line)) break
  }
  const rows: string[] = []
  const places: Place[] = []
  for (let i = first; i < end; i++) {
    const line = lines[i] as string
    const row = ROW.exec(line)
    if (row) {
      rows.push((row[2] as string).trimEnd())
      places.push({ line: i + 1, column: line.length - (row[2] as string).length + 1 })
    } else if (line.trim() !== '') rows[rows.length - 1] += `\n${line.trim()}`
  }
  if (rows.length < 2)
    report(
      { line: Math.max(from, end - 1) + 1, column: 1 },
      error(
        'order/rows',
        say('並べ替えの番号付きリストが最後にありません', 'an order item ends with its numbered list'),
        say('「1. 」から、正しい順に二つ以上書いてください', 'write two or more rows from "1. " in the right order'),
      ),
    )
  return { stemFrom: from, stemTo: first, answer: { form: 'rows', rows }, places }
}

/** The cells of a table row; a pipe inside a cell is written `\|`. */
export function tableCells(line: string): string[] {
  const inner = line
    .trim()
    .replace(/^\|/, '')
    .replace(/(?<!\\)\|$/, '')
  return inner.split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll('\\|', '|'))
}

function readTable(lines: readonly string[], from: number, end: number, report: Report): ReadPublic {
  let first = end
  while (first > from && (lines[first - 1] as string).trimStart().startsWith('|')) first -= 1
  const at = { line: Math.min(first, lines.length - 1) + 1, column: 1 }
  const refuse = (place: Place, ja: string, en: string) =>
    report(
      place,
      error('match/table', say(ja, en), say('「| 左 | 右 |」の見出し、「| --- | --- |」、組の行の順に書いてください', 'write a header row, a "| --- | --- |" row and one row for each pair')),
    )
  const rows: [string, string][] = []
  const places: Place[] = []
  const header = tableCells(lines[first] ?? '')
  if (end - first < 3 || header.length !== 2 || !/^\s*\|(\s*:?-+:?\s*\|){2}\s*$/.test(lines[first + 1] ?? ''))
    refuse(at, '組合せの二列の表が最後にありません', 'a match item ends with its two-column table')
  for (let i = first + 2; i < end; i++) {
    const cells = tableCells(lines[i] as string)
    const place = { line: i + 1, column: 1 }
    if (cells.length !== 2) refuse(place, '表の列は二つです', 'the table has two columns')
    else if (cells[1] === '') refuse(place, '右の列が空です', 'the right cell is empty')
    rows.push([cells[0] ?? '', cells[1] ?? ''])
    places.push(place)
  }
  if (rows.filter(([left]) => left !== '').length < 2) refuse(at, '組が二つ以上要ります', 'two or more pairs are needed')
  return { stemFrom: from, stemTo: first, answer: { form: 'table', header: [header[0] ?? '', header[1] ?? ''], rows }, places }
}
