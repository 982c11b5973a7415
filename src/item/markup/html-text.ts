import { type CompiledHtml, decodeText, type MarkupPiece, markupPieces } from './compiled-html.ts'

const BLOCKS = new Set([
  'p',
  'ul',
  'ol',
  'li',
  'blockquote',
  'pre',
  'table',
  'thead',
  'tbody',
  'tr',
  'th',
  'td',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
])

/** A block that is still open: the finished blocks in it, and the inline text after them. */
interface Frame {
  readonly name: string
  readonly blocks: string[]
  run: string | undefined
}

/** How the parts of one kind of text are said. */
interface Notation {
  readonly inline: (piece: MarkupPiece) => string | undefined
  /** A finished block in its own notation. */
  readonly block: (name: string, text: string, href?: string) => string
  readonly betweenCells: string
}

function finish(frame: Frame, { betweenCells }: Notation): string {
  if (frame.run !== undefined) frame.blocks.push(frame.run)
  frame.run = undefined
  return frame.blocks.join(frame.name === 'tr' ? betweenCells : '\n')
}

/** Blocks stand on lines of their own, the cells of a row beside each other. */
function textIn(html: CompiledHtml, notation: Notation): string {
  const root: Frame = { name: '', blocks: [], run: undefined }
  const open = [root]
  for (const piece of markupPieces(html)) {
    const frame = open.at(-1) as Frame
    if (piece === undefined) return html
    if (piece.kind !== 'text' && (BLOCKS.has(piece.name) || piece.name === 'hr')) {
      if (piece.kind === 'close') {
        open.pop()
        const parent = open.at(-1) ?? root
        const text = notation.block(frame.name, finish(frame, notation))
        if (frame.name === 'thead' || frame.name === 'tbody') parent.blocks.push(...frame.blocks)
        else parent.blocks.push(text)
      } else {
        if (frame.run !== undefined) frame.blocks.push(frame.run)
        frame.run = undefined
        if (piece.kind === 'open') open.push({ name: piece.name, blocks: [], run: undefined })
        else frame.blocks.push(notation.block('hr', ''))
      }
      continue
    }
    const said = notation.inline(piece)
    if (said !== undefined) frame.run = `${frame.run ?? ''}${said}`
  }
  return finish(root, notation)
}

const plain: Notation = {
  betweenCells: '\t',
  block: (_, text) => text,
  inline: (piece) => {
    if (piece.kind === 'text') return decodeText(piece.data)
    if (piece.kind === 'open') return piece.blank === undefined ? '' : '___'
    // the compiler writes the line end itself behind a <br>
    return piece.name === 'wbr' ? undefined : ''
  },
}

/** The text of compiled HTML, as the compiler itself says it in `Choice.text`: no emphasis, no addresses, no pictures, gaps as `___`. */
export const textOfHtml = (html: CompiledHtml): string => (/[<&]/.test(html) ? textIn(html, plain) : html)

const EMPHASIS: Readonly<Record<string, string>> = { strong: '**', em: '*', code: '`' }

/** How large the picture of a data URL is, in bytes. */
const bytesOf = (src: string): number => {
  const data = src.slice(src.indexOf(',') + 1)
  return Math.floor((data.replace(/=+$/, '').length * 3) / 4)
}

/** A picture in words: its description, kind and size. */
export const sayPicture = ({ alt = '', src = '' }: { readonly alt?: string; readonly src?: string }): string =>
  `[${decodeText(alt)}: ${src.slice(5, src.indexOf(';'))}, ${bytesOf(src)} B]`

const readable: Notation = {
  betweenCells: ' | ',
  block: (name, text) => {
    if (name === 'li') return `- ${text.replaceAll('\n', '\n  ')}`
    if (name === 'blockquote') return text.replace(/^/gm, '> ')
    return name === 'hr' ? '---' : text
  },
  inline: (piece) => {
    if (piece.kind === 'text') return decodeText(piece.data)
    if (piece.kind === 'void') return piece.name === 'img' ? sayPicture(piece) : piece.name === 'wbr' ? undefined : ''
    if (piece.kind === 'open')
      return piece.href === undefined
        ? piece.blank === undefined
          ? (EMPHASIS[piece.name] ?? '')
          : `[[${piece.blank}]]`
        : `<${decodeText(piece.href)}>`
    return EMPHASIS[piece.name] ?? ''
  },
}

/** Compiled HTML in words that a person compares: with emphasis, addresses of links before their text, and what pictures are said to show. */
export const readableHtml = (html: CompiledHtml): string => textIn(html, readable)

/** The pictures in compiled HTML. */
export const picturesIn = (html: CompiledHtml): { readonly src: string; readonly alt: string }[] =>
  [...markupPieces(html)].flatMap((piece) =>
    piece?.kind === 'void' && piece.src !== undefined ? [{ src: piece.src, alt: decodeText(piece.alt ?? '') }] : [],
  )

/** The gaps in compiled HTML, in order. */
export const blanksIn = (html: CompiledHtml): string[] =>
  [...markupPieces(html)].flatMap((piece) => (piece?.kind === 'open' && piece.blank !== undefined ? [piece.blank] : []))
