import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'

/** Units per em: a pixel of a large image is a third of one. */
const EM = 400
const FONT = '@expo-google-fonts/biz-udpmincho/700Bold/BIZUDPMincho_700Bold.ttf'

type Command =
  | { readonly type: 'M' | 'L'; readonly x: number; readonly y: number }
  | { readonly type: 'Q'; readonly x: number; readonly y: number; readonly x1: number; readonly y1: number }
  | { readonly type: 'Z' }

const range = (from: number, to: number): readonly number[] => Array.from({ length: to - from + 1 }, (_, i) => from + i)

/** Printable ASCII and Latin-1, and the signs, kana and kanji of JIS X 0208 level 1: what titles and names of issuers are written with. */
function charactersToExtract(): readonly string[] {
  const jis = new TextDecoder('euc-jp')
  const rows = [...range(1, 5), ...range(16, 47)]
  const cells = rows.flatMap((row) => range(1, 94).map((cell) => jis.decode(Uint8Array.of(0xa0 + row, 0xa0 + cell))))
  const latin = [...range(0x20, 0x7e), ...range(0xa1, 0xff)].map((code) => String.fromCodePoint(code))
  return [...new Set([...latin, '–', '—', ...cells])].filter((character) => !character.includes('\ufffd'))
}

/** Path data in relative whole units: `M`, then `l`, `h`, `v`, `q` and `z`; a command that repeats is not named again. */
function pathData(commands: readonly Command[], scale: number): string {
  const data: (string | number)[] = []
  let [x, y, last] = [0, 0, '']
  const put = (name: string, ...numbers: readonly number[]) => {
    let before = name === last ? ' ' : name
    for (const n of numbers) {
      // a sign parts numbers too
      if (n >= 0 || before !== ' ') data.push(before)
      data.push(n)
      before = ' '
    }
    last = name
  }
  for (const command of commands) {
    if (command.type === 'Z') {
      data.push('z')
      last = 'z'
      continue
    }
    const toX = Math.round(command.x * scale)
    const toY = Math.round(command.y * scale)
    const dx = toX - x
    const dy = toY - y
    if (command.type === 'M') put('M', toX, toY)
    else if (command.type === 'Q') {
      const cx = Math.round(command.x1 * scale) - x
      const cy = Math.round(command.y1 * scale) - y
      // a bend of less than a unit is a straight line
      const bend = Math.abs(cx * dy - cy * dx) / Math.max(1, Math.hypot(dx, dy))
      if (bend >= 1) put('q', cx, cy, dx, dy)
      else put('l', dx, dy)
    } else if (dy === 0) dx !== 0 && put('h', dx)
    else if (dx === 0) put('v', dy)
    else put('l', dx, dy)
    x = toX
    y = toY
  }
  return data.join('')
}

/**
 * The table of outlines that the texts of images are set in (see `readGlyphTable`). Extracting takes seconds, so that a table which was
 * made from the same font by the same program is taken over.
 */
export async function extractGlyphs(before: string | undefined): Promise<string> {
  const [font, program] = await Promise.all([
    readFile(createRequire(import.meta.url).resolve(FONT)),
    readFile(new URL(import.meta.url)),
  ])
  const name = `BIZ UDPMincho Bold, SIL Open Font License 1.1, ${createHash('sha256').update(font).update(program).digest('hex').slice(0, 16)} ${EM}`
  if (before?.startsWith(`${name}\n`)) return before
  const { default: opentype } = await import('opentype.js')
  const type = opentype.parse(new Uint8Array(font).buffer)
  const lines = charactersToExtract().flatMap((character) => {
    const glyph = type.charToGlyph(character)
    if (glyph.index === 0) return []
    const { commands } = glyph.getPath(0, 0, type.unitsPerEm)
    return [
      `${character}${Math.round(((glyph.advanceWidth ?? 0) * EM) / type.unitsPerEm)}${pathData(commands as readonly Command[], EM / type.unitsPerEm)}`,
    ]
  })
  return `${[name, ...lines].join('\n')}\n`
}
