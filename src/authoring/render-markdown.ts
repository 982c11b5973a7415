import { Lexer, type Token, type Tokens } from 'marked'
import { type CompiledHtml, escapeHtml } from '../item/markup/compiled-html.ts'
import { blanksAsText, drawBlanks, holdsBlank } from './cloze-blanks.ts'
import type { Finding } from './diagnostic.ts'
import { decodeReferences, InlineText, type Rendered } from './inline-text.ts'
import { readSectionName } from './keywords.ts'
import * as refuse from './refuse-markup.ts'

/** How a piece of Markdown is rendered. */
export interface RenderOptions {
  /** Takes what must be refused; `raw` is the source text to point at, where it is known. */
  readonly refuse: (finding: Finding, raw: string) => void
  /** Makes a source of an asset path, or says why not. */
  readonly image: (href: string) => { readonly src: string } | Finding
  /** Headings and rules are for the exam's own prose, never for items. */
  readonly prose?: boolean
  /** Language of quoted stimulus, where it is not the locale's own. */
  readonly stimulusLang?: string
}

/** Anything that makes inline text more than text. */
const INLINE_MARK = /[\\`*_~[\]<&\n]/
/** Line starts that make a block more than a paragraph. */
const BLOCK_MARK = /^(?:[ \t]*(?:[>#|`~*+=_[<-]|\d{1,9}[.)])| {4}|\t)|\|[ \t]*$/m

/** Long enough for every section name with emphasis and a colon. */
const LONGEST_SECTION_LINE = 20

const lexer = new Lexer({ gfm: true, breaks: false })
const atTheBeginning = { ...lexer.state }

/** The lexer, which takes a text's link definitions, its queue and what was left open, like a `<pre>`, along to the next one. */
function freshLexer(): Lexer {
  lexer.inlineQueue = []
  lexer.tokens.links = Object.create(null)
  Object.assign(lexer.state, atTheBeginning)
  return lexer
}

const lexBlocks = (source: string): Token[] => freshLexer().blockTokens(source, [])

/** Renders Markdown to HTML built from tokens. Everything that is not explicitly allowed is refused and left out. */
export function renderBlocks(source: string, options: RenderOptions): Compiled {
  if (!BLOCK_MARK.test(source))
    return compiled(joinBlocks(source.split(/\n{2,}/).map((paragraph) => renderParagraph(paragraph, false, options))))
  return compiled(joinBlocks(lexBlocks(source).map((token) => renderBlock(token, false, options))))
}

/** Renders one option, row or cell: without a paragraph around it unless it holds more than one block. */
export function renderPhrase(source: string, options: RenderOptions): Compiled {
  return compiled(
    source.includes('\n') ? unwrapped(renderBlocks(source, options)) : renderInline(source, false, options),
  )
}

/** A finished piece of Markdown. */
type Compiled = Rendered & { readonly html: CompiledHtml }

const compiled = ({ html, text }: Rendered): Compiled => ({ html: html as CompiledHtml, text })

const unwrapped = ({ html, text }: Rendered): Rendered => ({
  html: html.startsWith('<p>') && html.indexOf('<p>', 3) < 0 && html.endsWith('</p>') ? html.slice(3, -4) : html,
  text,
})

const joinBlocks = (blocks: readonly Rendered[]): Rendered => {
  const shown = blocks.filter((block) => block.html !== '')
  return { html: shown.map((block) => block.html).join(''), text: shown.map((block) => block.text).join('\n') }
}

const nothing: Rendered = { html: '', text: '' }

function wrap(tag: string, inner: Rendered, attributes = ''): Rendered {
  return { html: `<${tag}${attributes}>${inner.html}</${tag}>`, text: inner.text }
}

function renderParagraph(source: string, quoted: boolean, options: RenderOptions): Rendered {
  const written = source.trim()
  if (!options.prose && written.length < LONGEST_SECTION_LINE) {
    const bare = written.replace(/^[*_]+|[*_]+$|[:：]$/g, '')
    if (readSectionName(bare)) options.refuse(refuse.sectionWord(bare), source)
  }
  return wrap('p', renderInline(written, quoted, options))
}

function renderBlock(token: Token, quoted: boolean, options: RenderOptions): Rendered {
  switch (token.type) {
    case 'space':
    // the mark of a task item, which the list itself refuses
    case 'checkbox':
      return nothing
    case 'paragraph':
      return renderParagraph((token as Tokens.Paragraph).text, quoted, options)
    case 'text':
      return renderInline((token as Tokens.Text).text, quoted, options)
    case 'code': {
      const code = token as Tokens.Code
      return { html: `<pre><code>${drawBlanks(escapeHtml(code.text))}</code></pre>`, text: blanksAsText(code.text) }
    }
    case 'blockquote': {
      const inner = joinBlocks((token.tokens ?? []).map((child) => renderBlock(child, true, options)))
      return wrap('blockquote', inner, options.stimulusLang ? ` lang="${options.stimulusLang}"` : '')
    }
    case 'list':
      return renderList(token as Tokens.List, quoted, options)
    case 'table':
      return renderTable(token as Tokens.Table, options)
    case 'heading':
      if (options.prose)
        return wrap(
          `h${Math.min(6, Math.max(2, (token as Tokens.Heading).depth))}`,
          renderInline((token as Tokens.Heading).text, false, options),
        )
      break
    case 'hr':
      if (options.prose) return { html: '<hr>', text: '' }
      break
    case 'html':
      options.refuse(refuse.rawHtml(token.raw), token.raw)
      return nothing
  }
  options.refuse(refuse.unsupported(token.type, token.raw), token.raw)
  return nothing
}

function renderList(list: Tokens.List, quoted: boolean, options: RenderOptions): Rendered {
  const items = list.items.map((item) => {
    if (item.task) options.refuse(refuse.nestedTask(item.raw), item.raw)
    const blocks = item.tokens.map((token) => renderBlock(token, quoted, options))
    return wrap(
      'li',
      item.loose
        ? joinBlocks(
            item.tokens.map((token, i) =>
              token.type === 'text' ? wrap('p', blocks[i] as Rendered) : (blocks[i] as Rendered),
            ),
          )
        : joinBlocks(blocks),
    )
  })
  const start = list.ordered && list.start !== 1 && list.start !== '' ? ` start="${list.start}"` : ''
  return wrap(list.ordered ? 'ol' : 'ul', joinBlocks(items), start)
}

function renderTable(table: Tokens.Table, options: RenderOptions): Rendered {
  const row = (cells: readonly Tokens.TableCell[], tag: 'th' | 'td'): Rendered => {
    const drawn = cells.map((cell) =>
      wrap(
        tag,
        renderInline(cell.text, false, options),
        `${tag === 'th' ? ' scope="col"' : ''}${cell.align ? ` data-align="${cell.align}"` : ''}`,
      ),
    )
    return {
      html: `<tr>${drawn.map((cell) => cell.html).join('')}</tr>`,
      text: drawn.map((cell) => cell.text).join('\t'),
    }
  }
  const head = row(table.header, 'th')
  const body = table.rows.map((cells) => row(cells, 'td'))
  return {
    html: `<table><thead>${head.html}</thead><tbody>${body.map((r) => r.html).join('')}</tbody></table>`,
    text: [head, ...body].map((r) => r.text).join('\n'),
  }
}

/** Renders inline Markdown. Plain text never meets the lexer. */
export function renderInline(source: string, quoted: boolean, options: RenderOptions): Rendered {
  const inline = new InlineText()
  if (INLINE_MARK.test(source)) {
    for (const token of freshLexer().inlineTokens(source, [])) addInline(inline, token, quoted, options)
  } else inline.text(source)
  const { html, text } = inline.finish(drawBlanks)
  return { html, text: blanksAsText(text) }
}

function addInline(inline: InlineText, token: Token, quoted: boolean, options: RenderOptions): void {
  switch (token.type) {
    case 'text':
      addText(inline, token.raw, quoted, options)
      return
    case 'escape':
      inline.text((token as Tokens.Escape).text)
      return
    case 'strong':
    case 'em':
      inline.markup(`<${token.type}>`)
      for (const child of token.tokens ?? []) addInline(inline, child, quoted, options)
      inline.markup(`</${token.type}>`)
      return
    case 'codespan':
      inline.code((token as Tokens.Codespan).text)
      return
    case 'br':
      inline.markup('<br>')
      inline.text('\n')
      return
    case 'link':
      addLink(inline, token as Tokens.Link, quoted, options)
      return
    case 'image':
      addImage(inline, token as Tokens.Image, options)
      return
    case 'del':
      options.refuse(refuse.strikethrough(token.raw), token.raw)
      return
    case 'html':
      options.refuse(refuse.rawHtml(token.raw), token.raw)
      return
    default:
      options.refuse(refuse.unsupported(token.type, token.raw), token.raw)
  }
}

const WIDE = /[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef\u2018-\u201f\u2026]/

/** Text keeps its line ends as `<br>` in quotes (mails, forms); elsewhere a line end joins Japanese and parts Latin text. */
function addText(inline: InlineText, raw: string, quoted: boolean, options: RenderOptions): void {
  if (/<!--|-->|<\/?script/i.test(raw)) options.refuse(refuse.rawHtml(raw), raw)
  if (raw.includes('**')) options.refuse(refuse.literalStars(), raw)
  else if (/[0-9０-９]~+[0-9０-９]/.test(raw)) options.refuse(refuse.loneTilde(raw), raw)
  const lines = decodeReferences(raw).split('\n')
  lines.forEach((line, i) => {
    if (i > 0 && quoted) inline.markup('<br>')
    if (i > 0) {
      const before = (lines[i - 1] as string).trimEnd().at(-1) ?? ''
      const joins = !quoted && WIDE.test(before) && WIDE.test(line.trimStart().charAt(0))
      inline.text(quoted ? '\n' : joins ? '' : ' ')
    }
    inline.text(lines.length > 1 ? (i > 0 ? line.trimStart() : line.trimEnd()) : line)
  })
}

function addLink(inline: InlineText, link: Tokens.Link, quoted: boolean, options: RenderOptions): void {
  // an address in running text (a phishing mail, say) is text, not something to click
  if (link.autolink && !link.raw.startsWith('<')) return inline.text(link.text)
  const href = readHref(link.href)
  if (!href) return options.refuse(refuse.badLink(link.href), link.raw)
  if (holdsBlank(link.raw)) return options.refuse(refuse.blankInLink(), link.raw)
  inline.markup(`<a href="${escapeHtml(href)}" rel="noopener noreferrer">`)
  for (const child of link.tokens) addInline(inline, child, quoted, options)
  inline.markup('</a>')
}

/** The normalised address of an https or mailto link; undefined for every other scheme, relative paths included. */
export function readHref(written: string): string | undefined {
  const url = /^(?:https:\/\/|mailto:)[^\s\\]+$/i.test(written) ? URL.parse(written) : null
  if (!url) return undefined
  const { protocol, href, username, password } = url
  return (protocol === 'https:' || protocol === 'mailto:') && username === '' && password === '' ? href : undefined
}

function addImage(inline: InlineText, image: Tokens.Image, options: RenderOptions): void {
  const found = options.image(image.href)
  if (!('src' in found)) return options.refuse(found, image.raw)
  const alt = decodeReferences(image.text).trim()
  if (alt === '') return options.refuse(refuse.imageWithoutAlt(), image.raw)
  inline.markup(`<img src="${escapeHtml(found.src)}" alt="${escapeHtml(alt)}">`)
}
