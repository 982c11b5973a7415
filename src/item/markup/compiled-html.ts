import { ASKS } from './asking.data.ts'

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Makes text safe between tags and in quoted attributes. */
export const escapeHtml = (text: string): string =>
  /[&<>"']/.test(text) ? text.replace(/[&<>"']/g, (c) => ESCAPES[c] as string) : text

/**
 * Characters that show nothing but change what stands around them: controls, zero-width and bidirectional marks,
 * line separators, and the private use area (the compiler's own placeholders live there).
 */
export const UNSAFE_SIGNS =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u2069\ue000-\uf8ff\ufeff\ufff9-\ufffb\ufffe\uffff]/g

declare const compiled: unique symbol
/**
 * HTML that the Markdown compiler wrote, or that was found to be nothing else. It is the only text that pages write as it
 * stands. A value of this type comes from the compiler or from {@link readCompiledHtml}.
 */
export type CompiledHtml = string & { readonly [compiled]: true }

/** Where block content may stand, and inline content too. */
const FLOW = ['', 'li', 'blockquote']
const HEADINGS = ['h2', 'h3', 'h4', 'h5', 'h6']
const INLINE = [...FLOW, 'p', 'th', 'td', 'strong', 'em', 'code', 'span', 'a', ...HEADINGS]
/** The parents of each element; '' is the piece itself. Elements that would close another one, as `<li>` in a list item's own list would, get no chance to. */
const PARENTS: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(['p', 'ul', 'ol', 'blockquote', 'pre', 'table', 'hr', ...HEADINGS].map((name) => [name, FLOW])),
  ...Object.fromEntries(['strong', 'em', 'code', 'span', 'br', 'wbr', 'img'].map((name) => [name, INLINE])),
  code: [...INLINE, 'pre'],
  a: INLINE.filter((name) => name !== 'a'),
  li: ['ul', 'ol'],
  thead: ['table'],
  tbody: ['table'],
  tr: ['thead', 'tbody'],
  th: ['tr'],
  td: ['tr'],
}

const NAMED: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" }

/** The text of character data or of an attribute's value. */
export const decodeText = (written: string): string =>
  written.includes('&')
    ? written.replace(/&(?:amp|lt|gt|quot|#39);/g, (reference) => NAMED[reference] as string)
    : written

/** Character data is written one way: what an escape stands for, escaped again, is the same. */
const isPlainData = (data: string): boolean => escapeHtml(decodeText(data)) === data

/** An address that the compiler would write the same: https or mailto, in the form of the URL standard, without a password. */
function isLink(href: string): boolean {
  const written = decodeText(href)
  if (!isPlainData(href) || !URL.canParse(written)) return false
  const url = new URL(written)
  return (
    url.href === written &&
    (url.protocol === 'https:' || url.protocol === 'mailto:') &&
    url.username === '' &&
    url.password === ''
  )
}

function fits(piece: MarkupPiece, open: readonly string[]): boolean {
  const parent = open.at(-1) ?? ''
  if (piece.kind === 'text')
    return isPlainData(piece.data) && (INLINE.includes(parent) || (parent === 'pre' && piece.data.trim() === ''))
  if (!PARENTS[piece.name]?.includes(parent) || (piece.name === 'a' && open.includes('a'))) return false
  return piece.href === undefined || isLink(piece.href)
}

/** Whether it holds nothing but what the compiler writes: its tags and attributes, each where it may stand and closed where it should be. */
function isCompiled(html: string): boolean {
  const open: string[] = []
  for (const piece of markupPieces(html)) {
    if (piece === undefined) return false
    if (piece.kind === 'close') {
      if (open.pop() !== piece.name) return false
    } else if (!fits(piece, open)) return false
    else if (piece.kind === 'open') open.push(piece.name)
  }
  return open.length === 0
}

/** HTML from elsewhere, if it is as the compiler writes it. */
export const readCompiledHtml = (html: string): CompiledHtml | undefined =>
  isCompiled(html) ? (html as CompiledHtml) : undefined

/** Puts text where the pattern finds something in compiled HTML; the text is shown, whatever it holds. */
export const fillHtml = (html: CompiledHtml, pattern: RegExp, text: (found: string) => string): CompiledHtml =>
  html.replace(pattern, (found) => escapeHtml(text(found))) as CompiledHtml

/** Compiled HTML with its gaps as text: `[[1]]`. */
export const sayBlanks = (html: CompiledHtml): CompiledHtml =>
  html.replace(/<span class="blank" data-blank="(\d+)"><\/span>/g, '<code>[[$1]]</code>') as CompiledHtml

/** Compiled HTML before, between and after its gaps, each followed by the number of the gap behind it. */
const splitAtBlanks = (html: CompiledHtml): CompiledHtml[] =>
  html.split(/<span class="blank" data-blank="(\d+)"><\/span>/) as CompiledHtml[]

/** What a gap is counted in, or how its word goes on: a few letters behind it that are plain text. */
const UNIT = /^[^\s<&、。，．,.;:：；）)」』]{1,4}/

type Piece =
  | { readonly html: CompiledHtml; readonly gap?: undefined; readonly unit?: undefined }
  | { readonly gap: string; readonly unit: string; readonly html?: undefined }

/** Compiled HTML in pieces, and between them its gaps, each by its number and with the plain text that stays on its line. */
export function splitAtGaps(html: CompiledHtml): Piece[] {
  const pieces = splitAtBlanks(html)
  const unitOf = (i: number) => UNIT.exec(pieces[i] ?? '')?.[0] ?? ''
  return pieces.map((piece, i) =>
    i % 2 === 1
      ? { gap: piece, unit: unitOf(i + 1) }
      : { html: piece.slice(i > 0 ? unitOf(i).length : 0) as CompiledHtml },
  )
}

/** The paragraphs of compiled HTML that stand in nothing else: from where to where, tags included. */
function* ownParagraphs(html: string): Generator<readonly [from: number, to: number]> {
  let depth = 0
  let from = 0
  for (const { 0: tag, index } of html.matchAll(/<(\/?)(?:p|ul|ol|blockquote|table|pre)\b[^>]*>/g)) {
    const opens = tag[1] !== '/'
    if (opens && depth === 0) from = index
    depth += opens ? 1 : -1
    if (depth === 0 && tag === '</p>') yield [from, index + tag.length]
  }
}

/**
 * A stem with the paragraph that asks marked by a class: the last one that asks, and where none does the last without gaps.
 * What stands behind it is a note, a label or a text with gaps.
 */
export function markQuestion(html: CompiledHtml, language: keyof typeof ASKS): CompiledHtml {
  const own = [...ownParagraphs(html)].filter(([from, to]) => !html.slice(from, to).includes('class="blank"'))
  const says = ([from, to]: readonly [number, number]) => decodeText(html.slice(from, to).replace(/<[^>]*>/g, ''))
  const asking = own.findLast((one) => ASKS[language].test(says(one))) ?? own.at(-1)
  if (!asking) return html
  const [from] = asking
  return `${html.slice(0, from)}<p class="ask">${html.slice(from + '<p>'.length)}` as CompiledHtml
}

/** The points of compiled HTML that is one plain list; undefined for any other. */
export function splitList(html: CompiledHtml): CompiledHtml[] | undefined {
  const points = /^<ul>(?<points>(?:<li>(?:(?!<\/?(?:ul|ol|li)\b).)*<\/li>)+)<\/ul>$/s.exec(html)?.groups?.points
  return points?.slice('<li>'.length, -'</li>'.length).split('</li><li>') as CompiledHtml[] | undefined
}

/** One piece of compiled HTML: a tag or the text between two of them. */
export type MarkupPiece =
  | {
      readonly kind: 'open' | 'void'
      readonly name: string
      readonly href?: string
      readonly src?: string
      readonly alt?: string
      readonly blank?: string
    }
  | { readonly kind: 'close'; readonly name: string; readonly href?: undefined }
  | { readonly kind: 'text'; readonly data: string }

/** Every tag that the compiler writes, exactly as it writes it. */
const TAG =
  /<(?:(?<close>\/?)(?<plain>p|ul|ol|li|strong|em|code|pre|blockquote|table|thead|tbody|tr|th|td|span|a|h[2-6])|(?<nothing>br|hr|wbr)|(?<list>ol) start="\d{1,9}"|(?<quote>blockquote) lang="(?:ja|en)"|(?<cell>th|td)(?: scope="col")?(?: data-align="(?:left|right|center)")?|(?<gap>span) class="blank" data-blank="(?<blank>\d{1,3})"|(?<link>a) href="(?<href>(?:https:\/\/|mailto:)[^"<>]*)" rel="noopener noreferrer"|(?<image>img) src="(?<src>data:image\/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/]*={0,2})" alt="(?<alt>[^"<>]*)")>/y

function tagOf(groups: Readonly<Record<string, string | undefined>>): MarkupPiece {
  const { close, plain, nothing, image, src, alt, href, blank, list, quote, cell, gap, link } = groups
  if (nothing !== undefined) return { kind: 'void', name: nothing }
  if (image !== undefined) return { kind: 'void', name: image, src, alt }
  const name = (plain ?? list ?? quote ?? cell ?? gap ?? link) as string
  return close
    ? { kind: 'close', name }
    : { kind: 'open', name, ...(href === undefined ? {} : { href }), ...(blank === undefined ? {} : { blank }) }
}

/** The pieces of compiled HTML in order; undefined, and nothing after it, for a `<` that begins no tag of the compiler's. */
export function* markupPieces(html: string): Generator<MarkupPiece | undefined> {
  let at = 0
  while (at < html.length) {
    const next = html.indexOf('<', at)
    const end = next < 0 ? html.length : next
    if (end > at) yield { kind: 'text', data: html.slice(at, end) }
    if (next < 0) return
    TAG.lastIndex = next
    const groups = TAG.exec(html)?.groups
    yield groups && tagOf(groups)
    if (!groups) return
    at = TAG.lastIndex
  }
}
