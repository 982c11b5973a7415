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
  readonly children: readonly Markup[]
  /** From 1, the outermost. */
  readonly level: number
  /** Of a list in order; undefined of a bullet. */
  readonly number: number | undefined
  readonly isMarked: boolean
}

/** The same without the mark that stands for its bullet or number: it is a text of its own there. */
function entryOf(paragraph: Element): ListEntry {
  const [first, ...rest] = paragraph.children
  const mark = first === undefined ? '' : typeof first === 'string' ? first : textOf(first)
  const [bullet, digits] = BULLET.exec(mark) ?? []
  return {
    children: bullet === undefined ? paragraph.children : [mark.slice(bullet.length), ...rest],
    level: Number(/mso-list:[^;]*\blevel([1-9])\b/.exec(paragraph.attributes.style ?? '')?.[1] ?? 1),
    number: digits === undefined ? undefined : Number(digits),
    isMarked: bullet !== undefined,
  }
}

/** A list that more entries may follow in. */
interface OpenList {
  readonly level: number
  readonly start: number | undefined
  readonly items: Element[]
  /** What is in the last entry of it. */
  last: Markup[]
}

/** The lists that paragraphs of their own make up, each with the level that it is written at. */
function listsOf(entries: readonly ListEntry[]): Markup[] {
  const lists: Markup[] = []
  const open: OpenList[] = []
  for (const { children, level, number, isMarked } of entries) {
    while ((open.at(-1)?.level ?? 0) > level) open.pop()
    const same = open.at(-1)
    if (
      same?.level === level &&
      isMarked &&
      number !== (same.start === undefined ? undefined : same.start + same.items.length)
    )
      open.pop()
    if (open.at(-1)?.level !== level) {
      const list: OpenList = { level, start: number, items: [], last: [] }
      const [name, attributes]: [string, Element['attributes']] =
        number === undefined ? ['ul', {}] : ['ol', { start: `${number}` }]
      const around = open.at(-1)?.last ?? lists
      around.push({ name, attributes, children: list.items })
      open.push(list)
    }
    const list = open.at(-1) as OpenList
    list.last = [...children]
    list.items.push({ name: 'li', attributes: {}, children: list.last })
  }
  return lists
}

/** Lists put together of paragraphs that are one each. */
function withLists(nodes: readonly Markup[]): Markup[] {
  const shown: Markup[] = []
  let entries: ListEntry[] = []
  const flush = () => {
    shown.push(...listsOf(entries))
    entries = []
  }
  for (const node of nodes) {
    if (typeof node === 'string' && node.trim() === '' && entries.length > 0) continue
    if (typeof node !== 'string' && isListParagraph(node)) entries.push(entryOf(node))
    else {
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
