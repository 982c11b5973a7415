import type { Place, Report } from './diagnostic.ts'
import { refuseStrayMarks } from './read-options.ts'

/** The public lines of an item taken apart: the stem, and the answer where the type keeps it in the public part. */
export interface ReadPublic<Answer> {
  readonly stemFrom: number
  readonly stemTo: number
  readonly answer?: Answer
  readonly places: readonly Place[]
}

/** The public lines of a type whose key is secret: all of them are the stem. */
export function readStemAlone(lines: readonly string[], from: number, end: number, report: Report): ReadPublic<never> {
  refuseStrayMarks(lines, from, end, report)
  return { stemFrom: from, stemTo: end, places: [] }
}

/** Behind the last of these lines that is not empty. */
export function lastContentLine(lines: readonly string[], from: number, to: number): number {
  let end = to
  while (end > from && (lines[end - 1] as string).trim() === '') end -= 1
  return end
}

/** The cells of a table row; a pipe inside a cell is written `\|`. */
export function tableCells(line: string): string[] {
  const inner = line
    .trim()
    .replace(/^\|/, '')
    .replace(/(?<!\\)\|$/, '')
  return inner.split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll('\\|', '|'))
}
