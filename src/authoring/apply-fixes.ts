import type { Edit } from './diagnostic.ts'

const LINE_END = /(\r\n|\r|\n)/
const BYTE_ORDER_MARK = '\ufeff'

export interface FixedText {
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
