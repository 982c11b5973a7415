import { type Change, changesBetween } from './compare.ts'

// What pages know of a manuscript: it stands in the field `text`, and what was changed in it can be listed and undone.

/** Brief, rules and the field are all there is. */
export type DraftMaterials = Readonly<Record<string, never>>

/** The name of the one field. */
export const TEXT_FIELD = 'text'

/** One change as people see it. */
export interface Edit extends Change {
  /** The paragraph of the manuscript in which it stands, counted from 1. */
  readonly paragraph: number
}

/** Changes with so few characters between them are one. */
const NEAR = 3

/** What was changed in a manuscript, in its order. Changes that stand within three characters of one another are one. */
export function editsOf(initial: string, current: string): Edit[] {
  const edits: Change[] = []
  for (const change of changesBetween(initial, current)) {
    const last = edits.at(-1)
    const between = last ? initial.slice(last.from + last.was.length, change.from) : ''
    if (!last || between.length > NEAR || between.includes('\n')) edits.push(change)
    else
      edits[edits.length - 1] = {
        ...last,
        was: last.was + between + change.was,
        now: last.now + between + change.now,
      }
  }
  return edits.map((edit) => ({ ...edit, paragraph: initial.slice(0, edit.from).split(/\n+/).length }))
}

/** The current text with one of its edits taken back. */
export const undo = (current: string, { at, was, now }: Change): string =>
  current.slice(0, at) + was + current.slice(at + now.length)

/** A stretch of a text that shows its changes: kept, taken out, or put in. */
export interface ShownPiece {
  readonly as: 'same' | 'del' | 'ins'
  readonly text: string
}

/** A text with its edits shown in it. */
export function piecesOf(edits: readonly Change[], current: string): ShownPiece[] {
  const pieces: ShownPiece[] = []
  let done = 0
  for (const { at, was, now } of edits) {
    pieces.push({ as: 'same', text: current.slice(done, at) }, { as: 'del', text: was }, { as: 'ins', text: now })
    done = at + now.length
  }
  return [...pieces, { as: 'same' as const, text: current.slice(done) }].filter(({ text }) => text !== '')
}

/** The ends of a long change, and its line ends as a sign. */
export function shorten(text: string): string {
  const signs = [...text.replaceAll('\n', '\u21b5')]
  return signs.length <= 40 ? signs.join('') : `${signs.slice(0, 24).join('')}\u2026${signs.slice(-12).join('')}`
}

/** Characters without line ends. */
export const signsIn = (text: string): number => [...text.replaceAll('\n', '')].length
