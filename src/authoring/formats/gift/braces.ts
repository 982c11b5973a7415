import { escapeGift } from './gift-text.ts'

/** A question of GIFT: what stands before, within and behind its braces. */
export interface Braces {
  readonly before: string
  readonly inner: string
  readonly after: string
  /** Which gap of a cloze with several it asks for. */
  readonly gap?: { readonly ref: string; readonly place: number; readonly count: number }
}

export const wholeStem = ({ stem }: { readonly stem: string }, inner: string): readonly Braces[] => [
  { before: stem, inner, after: '' },
]

export const listed = (lines: readonly string[]): string => `\n${lines.map((line) => `\t${line}\n`).join('')}`

/** A bracket at the start would be taken for the name of a format. */
export const escapeText = (text: string): string => `${text.startsWith('[') ? '[markdown]' : ''}${escapeGift(text)}`
