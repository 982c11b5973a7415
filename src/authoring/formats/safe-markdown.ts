import { Marked } from 'marked'
import { isWithinLimits } from '../read-item.ts'
import { renderBlocks } from '../render-markdown.ts'
import { say } from '../said.ts'
import { textToMarkdown } from './escape-markdown.ts'
import { type Loss, loss } from './exchange.ts'
import { blocksToMarkdown, type Conversion } from './html-to-markdown.ts'
import { parseHtml } from './markup-tree.ts'

const marked = new Marked({ gfm: true, breaks: false })

/** A text beyond this is not Markdown that anybody wrote. */
const LONGEST = 40_000

/** HTML as Markdown. */
export function htmlToMarkdown(html: string, conversion: Conversion): string {
  const parsed = html.length > LONGEST * 4 ? undefined : parseHtml(html)
  if (html.includes('<!--')) conversion.lose(loss('markup', say('exchange.commentsLost')))
  if (parsed?.ok) return blocksToMarkdown(parsed.value, conversion)
  conversion.lose(loss('markup', say('exchange.htmlTooDeep')))
  return textToMarkdown(html.slice(0, LONGEST))
}

/**
 * Markdown of elsewhere as Markdown of our banks. What we render without complaint stays as it is written; anything else
 * (raw HTML, headings, pictures, links to nowhere) goes by way of HTML, where it is converted or named.
 */
export function safeMarkdown(markdown: string, conversion: Conversion): string {
  const text = markdown.trim()
  const lines = text.split('\n')
  // beyond what the lexer may see, it is left as it is: no bank takes it
  if (text === '' || !isWithinLimits(lines, { line: 0, to: lines.length }, () => {})) return text
  let isClean = true
  renderBlocks(text, {
    image: (href) => {
      const path = conversion.image(href)
      if (path !== href) isClean = false
      return { src: path ?? '' }
    },
    refuse: (finding) => {
      if (finding.severity === 'error') isClean = false
    },
  })
  return isClean ? text : htmlToMarkdown(marked.parse(text, { async: false }), conversion)
}

/** Images that cannot come along: the file holds their names only. */
export const noImages = (lose: (loss: Loss) => void): Conversion => ({ image: () => undefined, lose })
