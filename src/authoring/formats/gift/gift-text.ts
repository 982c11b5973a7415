/** Characters that mean something to GIFT and are escaped with a backslash; each stands for itself as a private-use one. */
const ESCAPED = '\\~=#{}:'
const FIRST = 0xe020
/** A line end written as `\n`. */
export const HARD_LINE = '\ue01a'

const ENCODED = /[\ue020-\ue026]/g

/** Puts escaped characters out of the parser's sight. The text holds no private-use characters: decoding took them out. */
export const encodeEscapes = (text: string): string =>
  text.includes('\\')
    ? text.replace(/\\([\\~=#{}:n])/g, (_, c: string) =>
        c === 'n' ? HARD_LINE : String.fromCharCode(FIRST + ESCAPED.indexOf(c)),
      )
    : text

/** The text as it is meant; line ends of both kinds are line ends. */
export const decodeGift = (text: string): string => decodeCharacters(text).replaceAll(HARD_LINE, '\n')

/** The same, but a written line end stays told from a wrapped line. */
export const decodeCharacters = (text: string): string =>
  text.replace(ENCODED, (c) => ESCAPED.charAt(c.charCodeAt(0) - FIRST))

/** Writes text so that GIFT reads it as it is. A raw line end would end the question if an empty line followed. */
export const escapeGift = (text: string): string => text.replace(/[\\~=#{}:]/g, '\\$&').replaceAll('\n', '\\n')

/** How a text is to be read; Moodle's own light HTML unless it says otherwise. */
export type GiftTextFormat = 'html' | 'moodle' | 'plain' | 'markdown'

/** A text with its escapes still encoded, so that a line end that was written (`\n`) differs from one that wraps a line. */
export interface GiftText {
  readonly format?: GiftTextFormat
  readonly text: string
}

export function readText(written: string, trims = true): GiftText {
  const text = trims ? written.trim() : written.trimStart()
  const format = /^\[(html|moodle|plain|markdown)\]/i.exec(text)
  return format
    ? { format: (format[1] as string).toLowerCase() as GiftTextFormat, text: text.slice(format[0].length) }
    : { text }
}

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
