import { escapeHtml } from '../item/markup/compiled-html.ts'
import { phraseBreaks } from './break-phrases.ts'

/** A run of inline content: its HTML with `<wbr>` between Japanese phrases, and its plain text. */
export interface Rendered {
  readonly html: string
  readonly text: string
}

type Piece = { readonly kind: 'markup' | 'text' | 'code'; readonly value: string }

/**
 * Collects the inline content of one block. Phrases are found over the whole text, across `strong` and links, because
 * a phrase does not end where emphasis does. Code is never broken.
 */
export class InlineText {
  private readonly pieces: Piece[] = []

  /** Adds tags or other HTML made by the compiler itself. */
  markup(html: string): void {
    this.pieces.push({ kind: 'markup', value: html })
  }

  text(value: string): void {
    if (value !== '') this.pieces.push({ kind: 'text', value })
  }

  /** Adds the content of a code span; blanks in it are placeholders and are drawn by `draw`. */
  code(value: string): void {
    this.pieces.push({ kind: 'code', value })
  }

  /** Draws the run; `draw` makes HTML of escaped text, for placeholders. */
  finish(draw: (escaped: string) => string): Rendered {
    const text = this.pieces.map((piece) => (piece.kind === 'markup' ? '' : piece.value)).join('')
    return { html: this.htmlOf(phraseBreaks(text), draw), text }
  }

  private htmlOf(breaks: readonly number[], draw: (escaped: string) => string): string {
    let html = ''
    let at = 0
    let next = 0
    for (const { kind, value } of this.pieces) {
      if (kind === 'markup') {
        html += value
        continue
      }
      const end = at + value.length
      let from = at
      for (; next < breaks.length && (breaks[next] as number) < end; next++) {
        const offset = breaks[next] as number
        if (kind === 'code' && offset > at) continue
        html += `${draw(escapeHtml(value.slice(from - at, offset - at)))}<wbr>`
        from = offset
      }
      const rest = draw(escapeHtml(value.slice(from - at)))
      html += kind === 'code' ? `<code>${rest}</code>` : rest
      at = end
    }
    return html
  }
}

const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
  hellip: '…',
  mdash: '—',
  ndash: '–',
  times: '×',
  yen: '¥',
  copy: '©',
  reg: '®',
}

/** Resolves the character references that authors use; others stay as they are written. */
export function decodeReferences(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(
    /&(?:([a-z]{2,6})|#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6}));/g,
    (whole, name?: string, decimal?: string, hex?: string) => {
      if (name !== undefined) return Object.hasOwn(NAMED, name) ? (NAMED[name] as string) : whole
      const code = decimal === undefined ? Number.parseInt(hex as string, 16) : Number(decimal)
      return isPlainCharacter(code) ? String.fromCodePoint(code) : '\ufffd'
    },
  )
}

/** What a numeric reference may stand for: no control, surrogate, private-use, zero-width or bidirectional character. */
const isPlainCharacter = (code: number): boolean =>
  code <= 0x10ffff && !/[\p{C}\u2028\u2029]/u.test(String.fromCodePoint(code))
