import { escapeLineStart, escapeMarkdown } from '../escape-markdown.ts'
import type { Loss } from '../exchange.ts'
import type { Conversion } from '../html-to-markdown.ts'
import { htmlToMarkdown, safeMarkdown } from '../safe-markdown.ts'
import { decodeCharacters, decodeGift, type GiftText, type GiftTextFormat, HARD_LINE } from './gift-text.ts'

/** Stands in a text where its gap goes, through every conversion. */
export const GAP = '\ue01b'

export interface TextContext {
  /** Of the question; its texts have it where they say nothing of their own. */
  readonly format: GiftTextFormat
  readonly image: Conversion['image']
  readonly losses: Loss[]
}

/** A text as Markdown. */
export function textAsMarkdown({ format, text }: GiftText, context: TextContext): string {
  const conversion: Conversion = { image: context.image, lose: (one) => context.losses.push(one) }
  switch (format ?? context.format) {
    case 'markdown':
      return safeMarkdown(decodeGift(text), conversion)
    case 'plain':
      return plainAsMarkdown(text)
    case 'html':
      return htmlToMarkdown(decodeGift(text), conversion)
    case 'moodle':
      return holdsHtml(text)
        ? htmlToMarkdown(decodeCharacters(text).replaceAll(HARD_LINE, '<br>'), conversion)
        : plainAsMarkdown(text)
  }
}

const holdsHtml = (text: string): boolean => /<\/?[a-z][^<>]*>|&(#\d+|#x[\da-f]+|\w+);/i.test(decodeCharacters(text))

/** Empty lines part paragraphs; a written line end stays one, a wrapped line is joined again. */
function plainAsMarkdown(text: string): string {
  return decodeCharacters(text)
    .trim()
    .split(new RegExp(`(?:[ \\t]*(?:\\n|${HARD_LINE})[ \\t]*){2,}`))
    .map((paragraph) =>
      paragraph
        .split(HARD_LINE)
        .map((line) =>
          escapeMarkdown(line.trim())
            .split('\n')
            .map((part, i) => escapeLineStart(part.trim(), i))
            .join('\n'),
        )
        .filter((line) => line !== '')
        .join('\\\n'),
    )
    .filter((paragraph) => paragraph !== '')
    .join('\n\n')
}
