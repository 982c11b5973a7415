/** One character as drawn, for a baseline at y = 0. */
export interface Glyph {
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
