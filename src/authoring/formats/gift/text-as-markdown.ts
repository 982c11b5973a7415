import { escapeLineStart, escapeMarkdown } from '../escape-markdown.ts'
import type { Loss } from '../exchange.ts'
import { htmlToMarkdown, noImages, safeMarkdown } from '../safe-markdown.ts'
import { decodeCharacters, decodeGift, type GiftText, type GiftTextFormat, HARD_LINE } from './gift-text.ts'

/** Stands in a text where its gap goes, through every conversion. */
export const GAP = '\ue01b'

/** A text as Markdown. Without a format of its own it has that of its question. */
export function textAsMarkdown({ format, text }: GiftText, questionFormat: GiftTextFormat, losses: Loss[]): string {
  const conversion = noImages((one) => losses.push(one))
  switch (format ?? questionFormat) {
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
