import type { Loss } from '../authoring/formats/exchange.ts'
import { blocksToMarkdown } from '../authoring/formats/html-to-markdown.ts'
import { type Element, elementsOf, type Markup, parseHtml, textOf } from '../authoring/formats/markup-tree.ts'
import { type Language, say, sentenceOf } from '../authoring/said.ts'

/** What somebody pasted, in the two forms that a clipboard has. */
export interface Pasted {
  readonly html: string
  readonly text: string
}

/** Markdown of our banks, and what there was besides. */
export interface Taken {
  readonly markdown: string
  /** Sentences, each once. */
  readonly lost: readonly string[]
  /** Whether more was pasted than an item may hold. */
  readonly isCut: boolean
}

/** Of a clipboard: what a word processor puts around a page of text is a hundred times as long. */
const LONGEST_HTML = 4_000_000
/** An item holds no more, see `limits/item-size`. */
const LONGEST = 40_000
const MOST_ROWS = 200
const MOST_COLUMNS = 20
const MOST_SENTENCES = 200

/** Comments of word processors, their settings, and pictures inside the text. */
const withoutBallast = (html: string): string =>
  html
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/<(style|script|xml|head)\b[\s\S]*?<\/\1\s*>/gi, '')
    .replace(/<meta\b[^>]*>|<\/?(?:[ovwm]|st1):\w+[^>]*>/gi, '')
    .replace(/\bsrc\s*=\s*(["'])data:[^"']*\1/gi, '')

/** A table by tabs and line ends, as spreadsheets give it: at least two columns, the same in each row. */
export function tableOfTabs(text: string): string | undefined {
  const lines = text.replace(/\r\n?/g, '\n').replace(/\n+$/, '').split('\n')
  const rows = lines.map((line) => line.split('\t').map((cell) => cell.trim().replaceAll('|', '\\|')))
  const width = rows[0]?.length ?? 0
  if (width < 2 || lines.length < 2 || rows.some((row) => row.length !== width)) return undefined
  const lineOf = (cells: readonly string[]) => `| ${cells.slice(0, MOST_COLUMNS).join(' | ')} |`
  const [head = [], ...body] = rows.slice(0, MOST_ROWS)
  return [lineOf(head), lineOf(head.map(() => '---')), ...body.map(lineOf)].join('\n')
}

/** The entries of a list that a word processor writes as paragraphs. */
const LIST_PARAGRAPH = /MsoListParagraph|mso-list/
const BULLET = /^[\s\u00a0]*(?:[·•●○■□§・\-–o]|\(?(\d{1,2})[.)])[\s\u00a0]+/

const isListParagraph = ({ name, attributes }: Element): boolean =>
  name === 'p' && LIST_PARAGRAPH.test(`${attributes.class ?? ''} ${attributes.style ?? ''}`)

interface ListEntry {
  readonly item: Element
  /** Of a list in order; undefined of a bullet. */
  readonly number: number | undefined
  readonly isMarked: boolean
}

/** The same without the mark that stands for its bullet or number: it is a text of its own there. */
function entryOf(paragraph: Element): ListEntry {
  const [first, ...rest] = paragraph.children
  const mark = first === undefined ? '' : typeof first === 'string' ? first : textOf(first)
  const [bullet, digits] = BULLET.exec(mark) ?? []
  const children = bullet === undefined ? paragraph.children : [mark.slice(bullet.length), ...rest]
  return {
    item: { name: 'li', attributes: {}, children },
    number: digits === undefined ? undefined : Number(digits),
    isMarked: bullet !== undefined,
  }
}

/** Lists put together of paragraphs that are one each. */
function withLists(nodes: readonly Markup[]): Markup[] {
  const shown: Markup[] = []
  let list: Element[] = []
  let start: number | undefined
  const flush = () => {
    const [name, attributes]: [string, Element['attributes']] =
      start === undefined ? ['ul', {}] : ['ol', { start: `${start}` }]
    if (list.length > 0) shown.push({ name, attributes, children: list })
    list = []
  }
  for (const node of nodes) {
    if (typeof node === 'string' && node.trim() === '' && list.length > 0) continue
    if (typeof node !== 'string' && isListParagraph(node)) {
      const { item, number, isMarked } = entryOf(node)
      if (isMarked && number !== (start === undefined ? undefined : start + list.length)) flush()
      if (list.length === 0) start = number
      list.push(item)
    } else {
      flush()
      shown.push(typeof node === 'string' ? node : { ...node, children: withLists(node.children) })
    }
  }
  flush()
  return shown
}

const isOf =
  (...names: string[]) =>
  (node: Markup): node is Element =>
    typeof node !== 'string' && names.includes(node.name)

/** Tables of word processors name no head: their first row stands for it, since a table of ours has one. */
function withHeads(nodes: readonly Markup[], isHead = false): Markup[] {
  return nodes.map((node): Markup => {
    if (typeof node === 'string') return node
    if (isHead && node.name === 'td') return { ...node, name: 'th' }
    const children =
      node.name === 'table' && !hasHead(node) ? withFirstRow(node.children) : withHeads(node.children, isHead)
    return { ...node, children }
  })
}

const hasHead = (node: Element): boolean => node.name === 'th' || elementsOf(node).some(hasHead)

/** The children of a table, or of its body, with a head for their first row. */
function withFirstRow(children: readonly Markup[]): Markup[] {
  const first = children.find(isOf('tr', 'tbody'))
  return children.map((child) => {
    if (child !== first) return child
    return first.name === 'tr'
      ? { ...first, children: withHeads(first.children, true) }
      : { ...first, children: withFirstRow(first.children) }
  })
}

/** A page of a spreadsheet has one table and nothing else. */
function isTable(nodes: readonly Markup[]): boolean {
  const shown = nodes.filter((node) => typeof node !== 'string' || node.trim() !== '')
  const [only] = shown
  if (shown.length !== 1 || only === undefined || typeof only === 'string') return false
  return (
    only.name === 'table' ||
    (/^(html|body|div|google-sheets-html-origin)$/.test(only.name) && isTable(elementsOf(only)))
  )
}

/**
 * What was pasted, as Markdown. Text without marks stays as it is; a table of a spreadsheet becomes a table; of a document its
 * paragraphs, lists, tables and emphasis are kept, and all else is named. Undefined where the plain text says as much.
 */
export function takePaste({ html, text }: Pasted, language: Language): Taken | undefined {
  const lost = new Set<string>()
  const lose = ({ message }: Pick<Loss, 'message'>) => void lost.add(sentenceOf(message, language))
  const parsed = html === '' || html.length > LONGEST_HTML ? undefined : parseHtml(withoutBallast(html))
  const isTooMuch = html !== '' && !parsed?.ok
  if (isTooMuch) lose({ message: say('exchange.htmlTooDeep') })
  const tabbed = tableOfTabs(text)
  const isOneTable = tabbed !== undefined && (!parsed?.ok || isTable(parsed.value))
  const marked = () =>
    parsed?.ok ? blocksToMarkdown(withHeads(withLists(parsed.value)), { image: () => undefined, lose }) : ''
  const markdown = isOneTable ? tabbed : marked() || (isTooMuch ? text : '')
  if (markdown.trim() === '' || (!isOneTable && lost.size === 0 && lettersOf(markdown) === lettersOf(text)))
    return undefined
  return {
    markdown: markdown.length > LONGEST ? markdown.slice(0, markdown.lastIndexOf('\n', LONGEST)) : markdown,
    lost: [...lost].slice(0, MOST_SENTENCES),
    isCut: markdown.length > LONGEST,
  }
}

/** What two texts are compared by. */
const lettersOf = (text: string): string => text.replace(/[\s\\]+/g, '')
