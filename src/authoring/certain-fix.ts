import type { OptionSource } from './bank-source.ts'
import { type Edit, type Place, placeAt } from './diagnostic.ts'
import { COUNTED } from './keywords.data.ts'
import { readSectionName } from './keywords.ts'

const OPTION_MARK = /^([-*+－＊・‐])[ \t\u3000]*[[［]([ \u3000xXｘＸ✓✔]?)[\]］][ \t\u3000]*/

/** A full-width mark as `- [x] `. Nothing where the bracket could be a link, the bullet is a number, or nothing follows. */
export function fixOptionMark(line: string, lineNumber: number): Edit[] {
  const mark = OPTION_MARK.exec(line)
  const next = mark ? line.charAt(mark[0].length) : ''
  if (!mark || next === '' || '([:（［'.includes(next)) return []
  const bullet = /[-*+]/.test(mark[1] as string) ? mark[1] : '-'
  return [
    {
      line: lineNumber,
      column: 1,
      was: mark[0],
      text: `${bullet} [${/[xXｘＸ✓✔]/.test(mark[2] as string) ? 'x' : ' '}] `,
    },
  ]
}

const HEADING_MARK = /^([#＃]{2,3})[ \t\u3000]*/
const ITEM_ID = /^[a-z][a-z0-9-]*-\d{1,6}(?:[ \u3000]|$)/

/** Full-width signs as `### `: only before the name of a section, or before the id of an item. */
export function fixHeadingMark(line: string, lineNumber: number): Edit[] {
  const mark = HEADING_MARK.exec(line)
  if (!mark) return []
  const level = (mark[1] as string).length
  const title = line.slice(mark[0].length).trim()
  const isMeant = level === 3 ? readSectionName(title) !== undefined : ITEM_ID.test(title)
  return isMeant ? [{ line: lineNumber, column: 1, was: mark[0], text: `${'#'.repeat(level)} ` }] : []
}

/** `-` and `・` as `- `. A sign before a digit may be a minus, and `--` or `-*` something else altogether. */
export function fixListMark(line: string, lineNumber: number): Edit[] {
  const mark = /^[-－・‐][ \t\u3000]*(?=[^\s\d０-９.．,*_\-－・‐])/u.exec(line)?.[0]
  return mark === undefined || mark === '- ' ? [] : [{ line: lineNumber, column: 1, was: mark, text: '- ' }]
}

const RANGE = /(?<=[0-9０-９])~(?=[0-9０-９])/g

/** Every `10~20` of a source as `10〜20`, when it holds no other `~` and no code. */
export function fixTildes(source: string, start: Place, dash: string): Edit[] {
  if (source.includes('`')) return []
  const ranges = [...source.matchAll(RANGE)]
  if (ranges.length === 0 || ranges.length !== source.split('~').length - 1) return []
  return ranges.map(({ index }) => {
    const { line, column } = placeAt(source, index - 1, start)
    const was = source.slice(index - 1, index + 2)
    return { line, column, was, text: was.replace('~', dash) }
  })
}

export interface NumberedOptions {
  readonly options: readonly OptionSource[]
  readonly places: readonly Place[]
  /** The value of each option. */
  readonly numbers: readonly number[]
  /** The pill after which the word for a fixed order goes, as it is written; absent when the item has it. */
  readonly lastPill: (Place & { readonly written: string }) | undefined
  readonly fixedWord: string
  /** Whatever may speak of the options by their place. */
  readonly around: string
}

/** Sorts numeric options, unless they are in order already, and keeps them so. */
export function fixOrder({ options, places, numbers, lastPill, fixedWord, around }: NumberedOptions): Edit[] {
  const order = numbers.map((_, i) => i).sort((a, b) => (numbers[a] as number) - (numbers[b] as number))
  const isFalling = numbers.every((n, i) => i === 0 || n <= (numbers[i - 1] as number))
  const isSorted = isFalling || order.every((from, to) => from === to)
  const pill: Edit[] = lastPill
    ? [
        {
          line: lastPill.line,
          column: lastPill.column,
          was: lastPill.written,
          text: `${lastPill.written} \`${fixedWord}\``,
        },
      ]
    : []
  if (isSorted) return pill
  if (COUNTED.test(around) || options.some(({ text }) => text.includes('\n')) || options.length !== places.length)
    return []
  const written = ({ text, correct }: OptionSource) => `[${correct ? 'x' : ' '}] ${text}`
  const moved = order.flatMap((from, to): Edit[] => {
    const [mine, theirs, place] = [options[to], options[from], places[to]] as [OptionSource, OptionSource, Place]
    return from === to
      ? []
      : [{ line: place.line, column: place.column - '[x] '.length, was: written(mine), text: written(theirs) }]
  })
  return [...pill, ...moved]
}

const LINE_END = /(\r\n|\r|\n)/
const BYTE_ORDER_MARK = '\ufeff'

interface FixedText {
  readonly text: string
  /** Of the fixes, those that were made: the others met something else than they expected, or each other. */
  readonly made: readonly (readonly Edit[])[]
}

/**
 * Makes fixes in a text as it stands on disk: line ends and a byte order mark stay as they are. Each fix is made whole or
 * not at all; the first of two that meet wins. Equal edits of two fixes are one.
 */
export function applyFixes(source: string, fixes: readonly (readonly Edit[])[]): FixedText {
  const isMarked = source.startsWith(BYTE_ORDER_MARK)
  const parts = (isMarked ? source.slice(1) : source).split(LINE_END)
  const lineAt = (line: number): string | undefined => parts[2 * (line - 1)]
  const accepted = new Map<number, Edit[]>()
  const made = fixes.filter((fix) => {
    const fits = fix.every(
      (edit) =>
        lineAt(edit.line)?.startsWith(edit.was, edit.column - 1) === true &&
        (accepted.get(edit.line) ?? []).every((other) => !meet(edit, other) || isSame(edit, other)),
    )
    if (fits)
      for (const edit of fix)
        accepted.set(edit.line, [...(accepted.get(edit.line) ?? []).filter((other) => !isSame(edit, other)), edit])
    return fits
  })
  for (const [line, edits] of accepted) {
    const fromTheEnd = edits.sort((a, b) => b.column - a.column)
    parts[2 * (line - 1)] = fromTheEnd.reduce(
      (text, edit) => `${text.slice(0, edit.column - 1)}${edit.text}${text.slice(edit.column - 1 + edit.was.length)}`,
      lineAt(line) as string,
    )
  }
  return { text: `${isMarked ? BYTE_ORDER_MARK : ''}${parts.join('')}`, made }
}

const isSame = (a: Edit, b: Edit): boolean => a.column === b.column && a.was === b.was && a.text === b.text

/** Of one line. */
const meet = (a: Edit, b: Edit): boolean =>
  a.column < b.column + Math.max(1, b.was.length) && b.column < a.column + Math.max(1, a.was.length)
