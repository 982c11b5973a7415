import type { ItemStatus, Locale } from '../item/item.ts'
import { STATUS_WORDS } from '../item/source/status-words.data.ts'
import type { ItemPlaces } from './bank-source.ts'
import type { Edit } from './diagnostic.ts'
import { SECTION_WORDS } from './keywords.data.ts'
import { readSectionName, readStatus } from './keywords.ts'
import { cutFrontmatter } from './read-yaml.ts'
import { type ItemBlock, splitDocument } from './split-document.ts'

interface StatusChange {
  readonly status: ItemStatus
  /** Written into the item's notes, as a line of a list. */
  readonly note: string
}

/** The edits that give an item in this text another status and say why in its notes; everything else stays as it is. */
export function statusEdits(
  text: string,
  { places, locale }: { readonly places: Pick<ItemPlaces, 'heading' | 'lastPill'>; readonly locale: Locale },
  { status, note }: StatusChange,
): Edit[] {
  const lines = text.replace(/^\ufeff/, '').split(/\r\n|\r|\n/)
  const end = text.includes('\r\n') ? '\r\n' : '\n'
  const { items } = splitDocument(lines, cutFrontmatter(lines)?.bodyFrom ?? 0, () => {})
  const block = items.find(({ line }) => line === places.heading.line - 1)
  return block
    ? [
        pillEdit(lines, places, `\`${STATUS_WORDS[status][locale]}\``),
        noteEdit(lines, block, { heading: `### ${SECTION_WORDS.notes[locale]}`, note: `- ${note}`, end }),
      ]
    : []
}

/** In place of the status that is written, else after the last pill. */
function pillEdit(
  lines: readonly string[],
  { heading, lastPill }: Pick<ItemPlaces, 'heading' | 'lastPill'>,
  pill: string,
): Edit {
  for (let line = heading.line + 1; line <= lastPill.line; line++)
    for (const { 0: was, 1: word = '', index } of (lines[line - 1] as string).matchAll(/`([^`]+)`/g))
      if (readStatus(word)) return { line, column: index + 1, was, text: pill }
  return { line: lastPill.line, column: lastPill.column, was: lastPill.written, text: `${lastPill.written} ${pill}` }
}

function noteEdit(
  lines: readonly string[],
  block: ItemBlock,
  { heading, note, end }: { readonly heading: string; readonly note: string; readonly end: string },
): Edit {
  const notes = block.sections.find(({ title }) => readSectionName(title) === 'notes')
  const last = lastWritten(lines, notes?.line ?? block.line, notes?.to ?? block.to)
  const before = lines[last] as string
  const isInList = notes !== undefined && last > notes.line && /^(?:[-*+] | {2,}\S)/.test(before)
  return {
    line: last + 1,
    column: before.length + 1,
    was: '',
    text: `${isInList ? end : `${end}${end}`}${notes ? '' : `${heading}${end}${end}`}${note}`,
  }
}

/** Index of the last line of a range that is not blank; its first is none. */
function lastWritten(lines: readonly string[], from: number, to: number): number {
  let last = to - 1
  while (last > from && (lines[last] as string).trim() === '') last -= 1
  return last
}
