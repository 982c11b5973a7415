import type { OptionSource } from './bank-source.ts'
import { fixOptionMark } from './certain-fix.ts'
import { error, type Place, type Report, withFix } from './diagnostic.ts'
import { ANSWER_NAMES } from './keywords.data.ts'
import { foldWord, readSectionName } from './keywords.ts'
import { sectionWord } from './refuse-markup.ts'
import { say } from './said.ts'
import { outsideFences, sectionMeant } from './section-meant.ts'

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
  const isName = (word: string) => readSectionName(word) || ANSWER_NAMES.has(foldWord(word))
  for (const [line, at] of outsideFences(lines, from, end)) {
    const name = sectionMeant(line, isName)
    if (name !== undefined) report({ line: at + 1, column: line.search(/\S/) + 1 }, sectionWord(name))
  }
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

interface ReadOptions {
  readonly options: OptionSource[]
  readonly places: Place[]
}

const OPTION = /^([-*+]) \[([ xX])\] (\S.*)$/
const OPTION_LIKE = /^[ \t\u3000]*(?:[-*+－＊・‐]|\d+[.)])[ \t\u3000]*[[［]([ \u3000xXｘＸ✓✔]?)[\]］]/
const MARK = /[[［][ \u3000]*[xXｘＸ✓✔][ \u3000]*[\]］]/g

/** Whether a public line begins something that its author meant as an option. */
export const isOptionLike = (line: string): boolean =>
  (line.includes('[') || line.includes('［')) && OPTION_LIKE.test(line)

const checkboxError = (written: string) =>
  error('option/checkbox', say('finding.noOptionMark', { written }), say('advice.writeOptionMark'))

/** The marker as the author wrote it, from the bracket, for the message. */
const writtenMark = (line: string): string =>
  /[[［].{0,3}?[\]］].?/.exec(line)?.[0].trimEnd() ?? line.trim().slice(0, 8)

/**
 * Reads the task list in the lines `from`..`to` (0-based, half open). It reads what was meant even where the marker is
 * wrong, so that one slip does not hide the next.
 */
export function readOptions(lines: readonly string[], from: number, to: number, report: Report): ReadOptions {
  const options: { text: string; correct: boolean }[] = []
  const places: Place[] = []
  // the first line of an option's continuation says how far all of it is indented: what is beyond belongs to code
  let indent: number | undefined
  for (let i = from; i < to; i++) {
    const line = lines[i] as string
    const option = OPTION.exec(line)
    if (option) {
      places.push({ line: i + 1, column: line.length - (option[3] as string).length + 1 })
      options.push({ text: (option[3] as string).trimEnd(), correct: option[2] !== ' ' })
      indent = undefined
      continue
    }
    if (line.trim() === '') continue
    const last = options.at(-1)
    if (/^ {2,}/.test(line) && last && !isOptionLike(line)) {
      const spaces = line.search(/[^ ]/)
      indent ??= Math.min(6, spaces)
      last.text += `${'\n'.repeat(blankLinesBefore(lines, i) + 1)}${line.slice(Math.min(indent, spaces)).trimEnd()}`
      continue
    }
    const meant = readMeant(line, i, report)
    if (meant) {
      options.push(meant)
      indent = undefined
      places.push({ line: i + 1, column: 1 })
    }
  }
  return { options, places }
}

function blankLinesBefore(lines: readonly string[], index: number): number {
  let n = 0
  while (lines[index - 1 - n]?.trim() === '') n += 1
  return n
}

/** A line of the option list that is no well-formed option: says why, and returns the option that was meant. */
function readMeant(line: string, index: number, report: Report): { text: string; correct: boolean } | undefined {
  const bracket = line.search(/[[［]/)
  if (isOptionLike(line)) {
    report(
      { line: index + 1, column: bracket + 1 },
      withFix(checkboxError(writtenMark(line)), fixOptionMark(line, index + 1)),
    )
    return {
      text: line.replace(OPTION_LIKE, '').trim() || '…',
      correct: /[xXｘＸ✓✔]/.test(OPTION_LIKE.exec(line)?.[1] ?? ''),
    }
  }
  if (/^[-*+]\s/.test(line))
    report(
      { line: index + 1, column: 3 },
      error('option/checkbox', say('finding.optionWithoutBox'), say('advice.startWithBox')),
    )
  else
    report(
      { line: index + 1, column: 1 },
      error('option/text-after', say('finding.textAfterOptions'), say('advice.moveText')),
    )
  return undefined
}

/**
 * Reports every mark of the option list that stands elsewhere in the public part: it would reach candidates as text.
 * Of the lines of the option list itself only what follows the option's own mark is looked at.
 */
export function refuseStrayMarks(
  lines: readonly string[],
  from: number,
  to: number,
  report: Report,
  inOptions = false,
): void {
  for (let i = from; i < to; i++) {
    const line = lines[i] as string
    if (!line.includes('[') && !line.includes('［')) continue
    const body = (inOptions ? OPTION.exec(line)?.[3] : undefined) ?? line
    const offset = line.length - body.length
    if (isOptionLike(body))
      report({ line: i + 1, column: offset + body.search(/[[［]/) + 1 }, checkboxError(writtenMark(body)))
    else
      for (const mark of body.matchAll(MARK))
        report({ line: i + 1, column: offset + mark.index + 1 }, checkboxError(mark[0]))
  }
}
