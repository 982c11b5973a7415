import { readHref } from '../render-markdown.ts'
import { say } from '../said.ts'
import { STRONG, settleEmphasis, WEAK } from './emphasis.ts'
import { escapeLineStart, escapeMarkdown } from './escape-markdown.ts'
import { type Loss, loss } from './exchange.ts'
import { type Element, elementsOf, findElement, type Markup, textOf } from './markup-tree.ts'

/** What the conversion asks of whoever calls it. */
export interface Conversion {
  /** The path below `assets/` of an image; undefined when it cannot be taken. */
  readonly image: (src: string) => string | undefined
  /** Markdown for an element that means something to the format: a gap, a prompt. Undefined leaves it to the conversion. */
  readonly special?: (element: Element) => string | undefined
  readonly lose: (loss: Loss) => void
}

const BLOCKS = new Set(
  'address article aside blockquote center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr legend li main nav ol p pre section summary table tbody td tfoot th thead tr ul content-body choice-interaction order-interaction match-interaction extended-text-interaction gap-match-interaction prompt rubric-block feedback-block template-block stimulus-body'.split(
    ' ',
  ),
)
/** Shown by no page, or run by it: gone, and named. */
const ACTIVE = new Set(
  'script style iframe object embed applet link meta base form input button select textarea audio video source track svg canvas noscript template title head'.split(
    ' ',
  ),
)
/** Of no consequence to what is read. */
const NEUTRAL = new Set(
  'rb rtc span font label small big a abbr cite dfn time var bdi bdo wbr tbody thead tfoot html body content-body prompt stimulus-body div section article main center p'.split(
    ' ',
  ),
)

const said = (name: string) => loss('markup', say('exchange.elementBecameText', { name }))

/** Converts markup to the Markdown of our banks. What has no counterpart loses its form, never silently. */
export function blocksToMarkdown(nodes: readonly Markup[], conversion: Conversion): string {
  return blocksOf(nodes, conversion, false).join('\n\n')
}

/** Converts markup to a single line. */
export const lineToMarkdown = (nodes: readonly Markup[], conversion: Conversion): string =>
  blocksOf(nodes, conversion, true)
    .join(' ')
    .replace(/\\?\n\s*/g, ' ')
    .trim()

function blocksOf(nodes: readonly Markup[], conversion: Conversion, inLine: boolean, inQuote = false): string[] {
  const blocks: string[] = []
  let run: Markup[] = []
  const flush = () => {
    const text = paragraphOf(run, conversion, inQuote)
    if (text !== '') blocks.push(text)
    run = []
  }
  for (const node of nodes) {
    if (typeof node === 'string' || !holdsBlock(node)) run.push(node)
    else {
      flush()
      const special = conversion.special?.(node)
      blocks.push(
        ...(special === undefined
          ? blockOf(node, conversion, { inLine, inQuote, before: blocks.at(-1) ?? '' })
          : [special]
        ).filter((block) => block.trim() !== ''),
      )
    }
  }
  flush()
  return blocks
}

const holdsBlock = (element: Element): boolean =>
  BLOCKS.has(element.name) ||
  (!ACTIVE.has(element.name) && element.children.some((child) => typeof child !== 'string' && holdsBlock(child)))

function paragraphOf(run: readonly Markup[], conversion: Conversion, inQuote: boolean): string {
  const text = settleEmphasis(inlineOf(run, conversion))
    .replace(/[ \t\n]*\ue01a[ \t\n]*/g, '\n')
    .trim()
  const lines = text.split(/\n+/).map(escapeLineStart)
  return lines.join(inQuote ? '\n' : '\\\n')
}

function blockOf(
  element: Element,
  conversion: Conversion,
  { inLine, inQuote, before }: { readonly inLine: boolean; readonly inQuote: boolean; readonly before: string },
): string[] {
  const { name, children } = element
  switch (name) {
    case 'ul':
    case 'ol':
      return [listOf(element, conversion, before)]
    case 'blockquote': {
      const inner = blocksOf(children, conversion, inLine, true).join('\n\n')
      return inner === '' ? [] : [inner.replace(/^/gm, '> ').replace(/^> $/gm, '>')]
    }
    case 'pre':
      return [fenced(preText(children).replace(/^\n|\s+$/g, ''))]
    case 'table':
      return tableOf(element, conversion)
    case 'hr':
      conversion.lose(dropped(element))
      return []
    case 'h1':
    case 'h2':
    case 'h3':
    case 'h4':
    case 'h5':
    case 'h6':
    case 'dt':
    case 'summary':
      return blocksOf([{ name: 'strong', attributes: {}, children }], conversion, inLine, inQuote)
    default:
      if (ACTIVE.has(name)) {
        conversion.lose(dropped(element))
        return []
      }
      return blocksOf(children, conversion, inLine, inQuote)
  }
}

const dropped = ({ name }: Element): Loss =>
  loss(/audio|video|object|embed|iframe/.test(name) ? 'media' : 'markup', say('exchange.elementNotTaken', { name }))

const preText = (nodes: readonly Markup[]): string =>
  nodes.map((node) => (typeof node === 'string' ? node : node.name === 'br' ? '\n' : preText(node.children))).join('')

function fenced(text: string): string {
  const longest = Math.max(2, ...(text.match(/^`+/gm) ?? []).map((ticks) => ticks.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}\n${text}\n${fence}`
}

/** A list right behind another one has other marks, or the two would be read as one. */
function listOf({ name, attributes, children }: Element, conversion: Conversion, before: string): string {
  const dot = /^\d+\. /.test(before) ? ')' : '.'
  const start = Number(attributes.start ?? 1)
  const entries = children.filter((child) => typeof child !== 'string' || child.trim() !== '')
  return entries
    .map((entry, i) => {
      const mark = name === 'ol' ? `${(Number.isInteger(start) && start >= 0 ? start : 1) + i}${dot} ` : '- '
      const blocks = blocksOf(
        typeof entry !== 'string' && entry.name === 'li' ? entry.children : [entry],
        conversion,
        false,
      )
      // a number other than 1 opens no list within a paragraph
      const isTight = blocks.length <= 2 && blocks.slice(1).every((block) => /^(- |1\. )/.test(block))
      return `${mark}${blocks.join(isTight ? '\n' : '\n\n').replace(/\n(?=[^\n])/g, `\n${' '.repeat(mark.length)}`)}`
    })
    .join('\n')
}

function tableOf(table: Element, conversion: Conversion): string[] {
  const rows = rowsOf(table)
  const width = Math.max(0, ...rows.map((row) => row.length))
  if (width === 0) return []
  if (
    rows.some((row) =>
      row.some(({ attributes }) => Number(attributes.colspan ?? 1) > 1 || Number(attributes.rowspan ?? 1) > 1),
    )
  )
    conversion.lose(loss('markup', say('exchange.cellsParted')))
  const lineOf = (cells: readonly string[]) =>
    `| ${Array.from({ length: width }, (_, i) => cells[i] ?? '').join(' | ')} |`
  const lines = rows.map((row) =>
    lineOf(row.map((cell) => lineToMarkdown(cell.children, conversion).replaceAll('|', '\\|'))),
  )
  const caption = findElement(table.children, 'caption')
  const header = rows[0]?.some(({ name }) => name === 'th') ? [] : [lineOf([])]
  const [first = '', ...body] = [...header, ...lines]
  const rules = Array.from({ length: width }, (_, i) => {
    const { attributes } = rows[0]?.[i] ?? { attributes: {} as Readonly<Record<string, string>> }
    return RULES[attributes['data-align'] ?? attributes.align ?? ''] ?? '---'
  })
  return [...(caption ? blocksOf(caption.children, conversion, true) : []), [first, lineOf(rules), ...body].join('\n')]
}

/** What stands below the head of a column, by how its cells are aligned. */
const RULES: Readonly<Record<string, string>> = { left: ':---', right: '---:', center: ':---:' }

const rowsOf = (element: Element): Element[][] =>
  elementsOf(element).flatMap((child) =>
    child.name === 'tr'
      ? [elementsOf(child).filter(({ name }) => name === 'td' || name === 'th')]
      : /^t(head|body|foot)$/.test(child.name)
        ? rowsOf(child)
        : [],
  )

/** Marks of private use stand for emphasis and hard line ends until the whole run is known. */
function inlineOf(nodes: readonly Markup[], conversion: Conversion): string {
  return nodes
    .map((node) =>
      typeof node === 'string' ? escapeMarkdown(node.replace(/[ \t\n]+/g, ' ')) : inlineElement(node, conversion),
    )
    .join('')
}

function inlineElement(element: Element, conversion: Conversion): string {
  const special = conversion.special?.(element)
  if (special !== undefined) return special
  const { name, attributes, children } = element
  const inner = () => inlineOf(children, conversion)
  switch (name) {
    case 'strong':
    case 'b':
      return STRONG[0] + inner() + STRONG[1]
    case 'em':
    case 'i':
      return WEAK[0] + inner() + WEAK[1]
    case 'u':
    case 'ins':
    case 'mark':
      if (isLink(children)) return inner()
      conversion.lose(loss('markup', say('exchange.elementBecameStrong', { name })))
      return STRONG[0] + inner() + STRONG[1]
    case 'q': {
      const quoted = inner()
      return JAPANESE.test(quoted) ? `「${quoted}」` : `“${quoted}”`
    }
    case 'br':
      return '\ue01a'
    case 'code':
    case 'kbd':
    case 'samp':
    case 'tt':
      return codeSpan(textOf(element))
    case 'a': {
      const href = attributes.href === undefined ? undefined : readHref(attributes.href)
      if (attributes.href !== undefined && !href)
        conversion.lose(loss('markup', say('exchange.linkTakenOut', { href: attributes.href.slice(0, 60) })))
      return href
        ? `[${labelOf(inlineOf(children.flatMap(withoutLine), conversion))}](${href.replaceAll(')', '%29').replaceAll('(', '%28')})`
        : inner()
    }
    case 'img':
      return imageOf(attributes, conversion)
    case 'sup':
    case 'sub':
      return raisedOf(element, conversion)
    case 'math':
      return mathOf(element, conversion)
    case 'ruby':
      return inner()
    case 'rt':
      return `（${inner()}）`
    case 'rp':
      return ''
    default:
      if (ACTIVE.has(name)) {
        conversion.lose(dropped(element))
        return ''
      }
      if (!NEUTRAL.has(name)) conversion.lose(said(name))
      return inner()
  }
}

const JAPANESE = /[\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Han}]/u

/** Links are underlined anyway. */
const withoutLine = (node: Markup): readonly Markup[] =>
  typeof node === 'string'
    ? [node]
    : node.name === 'u'
      ? node.children.flatMap(withoutLine)
      : [{ ...node, children: node.children.flatMap(withoutLine) }]

const isLink = (nodes: readonly Markup[]): boolean =>
  nodes.some((node) => typeof node !== 'string' && node.name === 'a') &&
  nodes.every((node) => (typeof node === 'string' ? node.trim() === '' : node.name === 'a'))

/** The text of a link: a bracket in it would end it. Escapes, code and pictures have theirs. */
const labelOf = (text: string): string =>
  text
    .trim()
    .replace(/\\.|`+[^`]*`+|!\[(?:\\.|[^\]\\])*\]\([^)]*\)|[[\]]/gs, (part) =>
      /^[[\]]$/.test(part) ? `\\${part}` : part,
    )
    // what looks like a link of its own
    .replaceAll('\\](', '\\]\\(')

function codeSpan(text: string): string {
  const line = text.replace(/\s+/g, ' ')
  if (line.trim() === '') return ''
  const longest = Math.max(0, ...(line.match(/`+/g) ?? []).map((ticks) => ticks.length))
  const fence = '`'.repeat(longest + 1)
  return longest > 0 || line.startsWith('`') || line.endsWith('`') ? `${fence} ${line.trim()} ${fence}` : `\`${line}\``
}

function imageOf({ src = '', alt = '' }: Readonly<Record<string, string>>, { image, lose }: Conversion): string {
  const path = image(src)
  const described = alt.replace(/\s+/g, ' ').trim()
  const shown = src.startsWith('data:') ? 'data:' : src.slice(0, 80)
  if (path !== undefined && described !== '') return `![${escapeMarkdown(described).replaceAll(']', '\\]')}](${path})`
  lose(
    path === undefined
      ? loss('image', say('exchange.imageNotTaken', { shown }))
      : loss('image', say('exchange.imageWithoutDescription', { shown })),
  )
  return escapeMarkdown(described)
}

const RAISED: Readonly<Record<string, string>> = { sup: '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ', sub: '₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₙ' }

/** `x²` where there are such characters. */
function raisedOf(element: Element, conversion: Conversion): string {
  const text = textOf(element).trim()
  const places = [...text].map((c) => '0123456789+-=()n'.indexOf(c.replace('−', '-')))
  if (!places.includes(-1)) return places.map((place) => [...(RAISED[element.name] as string)][place]).join('')
  conversion.lose(said(element.name))
  return `${element.name === 'sup' ? '^' : '\\_'}(${inlineOf(element.children, conversion)})`
}

/** A formula becomes its TeX where it carries it, else its bare signs. */
function mathOf(element: Element, { lose }: Conversion): string {
  const tex = findElement(element.children, 'annotation')
  const text = (tex ? textOf(tex) : textOf(element)).replace(/\s+/g, ' ').trim()
  lose(loss('markup', say('exchange.formulaBecameText', { text: text.slice(0, 60) })))
  return codeSpan(text)
}
