/** One character as drawn, for a baseline at y = 0. */
interface Glyph {
  /** Width, in units of the table. */
  readonly advance: number
  /** SVG path data, in units of the table; empty for a space. */
  readonly path: string
}

/**
 * The characters that the texts of images are set in. An image that is handed out is drawn with outlines and names no font,
 * so that it looks the same wherever it is opened, and every rasteriser agrees.
 */
export interface GlyphTable {
  /** Units of the table per em. */
  readonly em: number
  glyph(character: string): Glyph
  /** Width of a text set solid, in ems. */
  width(text: string): number
}

/** Printers put a geta where they had no type for a character. */
const MISSING = '\u3013'

/**
 * Reads a table of outlines: a first line with a name, the units per em and how many follow, then one line per character:
 * itself, its advance, its path from the first `M`. It is searched, not parsed: an image needs some fifty characters of thousands.
 */
export function readGlyphTable(table: string): GlyphTable {
  const em = Number(/ (\d+)$/.exec(table.slice(0, table.indexOf('\n')))?.[1])
  if (!(em > 0)) throw new Error('not a table of glyphs')
  const known = new Map<string, Glyph | undefined>()
  const look = (character: string): Glyph | undefined => {
    const at = character === '\n' ? -1 : table.indexOf(`\n${character}`)
    if (at < 0) return undefined
    const from = at + 1 + character.length
    const [, advance = '', path = ''] = /^(\d+)(.*)$/.exec(table.slice(from, table.indexOf('\n', from))) ?? []
    return { advance: Number(advance), path }
  }
  const glyph = (character: string): Glyph => {
    if (!known.has(character)) {
      const found = look(character)
      // what is not in the table is not remembered: there is no end of it
      if (!found) return character === MISSING ? { advance: em, path: '' } : glyph(MISSING)
      known.set(character, found)
    }
    return known.get(character) as Glyph
  }
  return { em, glyph, width: (text) => [...text].reduce((sum, character) => sum + glyph(character).advance, 0) / em }
}

/** A text on a straight baseline. Lengths are units of the picture. */
export interface LineOfText {
  readonly text: string
  readonly x: number
  /** Middle of the text's height; the baseline if `isOnBaseline`. */
  readonly y: number
  readonly size: number
  readonly fill: string
  readonly weight?: number
  readonly spacing?: number
  /** `middle` unless told otherwise. */
  readonly anchor?: 'start' | 'middle'
  readonly isOnBaseline?: boolean
}

/** A text along a circle, centred at its top or its bottom. */
export interface ArcOfText {
  readonly text: string
  readonly side: 'top' | 'bottom'
  readonly centre: readonly [number, number]
  readonly radius: number
  readonly size: number
  readonly fill: string
  readonly weight?: number
  readonly spacing?: number
  /** Id of the path to set the text on, where it is set as text. */
  readonly path: string
}

/** How the texts of a picture are set: as text for pages, which have fonts, or as outlines for files, which have none. */
export interface Typesetter {
  line(line: LineOfText): string
  arc(arc: ArcOfText): string
}

/** Escapes text for an element or a double-quoted attribute. */
export const escapeXml = (text: string): string =>
  text
    .replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: XML cannot hold them
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')

const round = (n: number): number => Math.round(n * 100) / 100

/** Kanji stand in a square whose middle is this far above the baseline, in ems. */
const MIDDLE = 0.36

const attributesOf = ({
  size,
  fill,
  weight,
  spacing,
}: Pick<LineOfText, 'size' | 'fill' | 'weight' | 'spacing'>): string =>
  `font-size="${size}"${weight ? ` font-weight="${weight}"` : ''}${spacing ? ` letter-spacing="${spacing}"` : ''} fill="${fill}"`

/** Text as text. */
export const typed: Typesetter = {
  line: (line) => {
    const { text, x, y, size, spacing = 0, anchor = 'middle', isOnBaseline } = line
    // the space after the last character counts as its own
    const at = anchor === 'middle' ? x + spacing / 2 : x
    return `<text x="${at}" y="${round(isOnBaseline ? y : y + size * MIDDLE)}" ${anchor === 'middle' ? 'text-anchor="middle" ' : ''}${attributesOf(line)}>${escapeXml(text)}</text>`
  },
  arc: (arc) => {
    const { side, centre, radius, path, text } = arc
    const sweep = side === 'top' ? 1 : 0
    const circle = `<path id="${path}" fill="none" d="M${round(centre[0] - radius)} ${centre[1]}a${radius} ${radius} 0 0 ${sweep} ${2 * radius} 0"/>`
    return `${circle}<text ${attributesOf(arc)}><textPath href="#${path}" startOffset="50%" text-anchor="middle">${escapeXml(text)}</textPath></text>`
  },
}

interface Placed {
  readonly path: string
  /** Middle of the character, from the middle of the text. */
  readonly middle: number
  readonly half: number
}

/** Sets a text solid with spacing between its characters, around its own middle. */
function place(glyphs: GlyphTable, text: string, size: number, spacing: number): readonly Placed[] {
  const found = [...text].map((character) => glyphs.glyph(character))
  const widths = found.map(({ advance }) => (advance * size) / glyphs.em)
  let from = -(widths.reduce((sum, width) => sum + width, 0) + spacing * Math.max(0, found.length - 1)) / 2
  return found.map(({ path }, i) => {
    const half = (widths[i] as number) / 2
    const middle = from + half
    from += 2 * half + spacing
    return { path, middle, half }
  })
}

/** Text as outlines. */
export function outlined(glyphs: GlyphTable): Typesetter {
  const scaled = (size: number) => `scale(${Math.round((1e5 * size) / glyphs.em) / 1e5})`
  const group = (fill: string, paths: readonly string[]) => `<g fill="${fill}">${paths.join('')}</g>`
  return {
    line: ({ text, x, y, size, fill, spacing = 0, anchor = 'middle', isOnBaseline }) => {
      const placed = place(glyphs, text, size, spacing)
      const first = placed[0]
      const start = anchor === 'start' && first ? x - (first.middle - first.half) : x
      const baseline = round(isOnBaseline ? y : y + size * MIDDLE)
      const shown = placed.filter(({ path }) => path !== '')
      return group(
        fill,
        shown.map(
          ({ path, middle, half }) =>
            `<path transform="translate(${round(start + middle - half)} ${baseline})${scaled(size)}" d="${path}"/>`,
        ),
      )
    },
    arc: ({ text, side, centre: [x, y], radius, size, fill, spacing = 0 }) => {
      const sign = side === 'top' ? 1 : -1
      const shown = place(glyphs, text, size, spacing).filter(({ path }) => path !== '')
      return group(
        fill,
        shown.map(({ path, middle, half }) => {
          const degrees = round((sign * middle * 180) / (Math.PI * radius))
          return `<path transform="rotate(${degrees} ${x} ${y})translate(${round(x - half)} ${round(y - sign * radius)})${scaled(size)}" d="${path}"/>`
        }),
      )
    },
  }
}
