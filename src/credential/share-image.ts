import { type BadgeArtwork, badgeDesign, badgeDrawing, badgeInk, guillocheBand } from './badge-artwork.ts'
import { type GlyphTable, outlined } from './typesetting.ts'

/** Size of the image that other sites show beside a link, in pixels: what they all agree on. */
export const SHARE_SIZE = { width: 1_200, height: 630 } as const

export interface ShareImage {
  readonly badge: BadgeArtwork
  readonly glyphs: GlyphTable
  /** The exam and its grade, as the badge is called. */
  readonly name: string
  /** The state in words and the day it was looked up: whoever shows the image may keep it for weeks. */
  readonly state: string
  /** The day that matters beside the state, with what it is. */
  readonly day: string
  readonly issuer: string
  readonly host: string
}

const LEFT = 500
const WIDTH = 640
const INK = '#1f2430'
const PALE = '#565b66'

const tones: Readonly<Record<BadgeArtwork['state'], string>> = {
  active: '#15683f',
  suspended: '#7d5200',
  revoked: '#c83314',
  expired: '#484d58',
  unknown: '#484d58',
}

/** What must not be broken: a word, a number with its grade (U+7D1A), and a character with the katakana or the marks after it. */
const wordsOf = (text: string): readonly string[] =>
  text.match(
    / ?[\u0021-\u024f]+\u7d1a?|[^\u0021-\u024f][\u3001\u3002\uff0c\uff0e\u30fb\u30fc\u3041\u3043\u3045\u3047\u3049\u3063\u3083\u3085\u3087\u30a1-\u30e9\u30ea-\u30ff]*/gu,
  ) ?? []

/** Breaks a text into lines of at most `ems`, as evenly as whole words allow. */
function breakText(glyphs: GlyphTable, text: string, ems: number): readonly string[] {
  const count = Math.max(1, Math.ceil(glyphs.width(text) / ems))
  const even = glyphs.width(text) / count
  const lines: string[] = []
  for (const word of wordsOf(text)) {
    const last = lines.at(-1)
    const isFull =
      last === undefined || glyphs.width(last + word) > ems || (glyphs.width(last) >= even && lines.length < count)
    if (isFull) lines.push(word.trimStart())
    else lines[lines.length - 1] = last + word
  }
  return lines
}

/** The largest size, of three, at which the name stands on two lines; on three small ones otherwise. */
function fitName(glyphs: GlyphTable, name: string): { readonly size: number; readonly lines: readonly string[] } {
  const tries = [68, 56, 46].map((size) => ({ size, lines: breakText(glyphs, name, WIDTH / size) }))
  return (
    tries.find(({ lines }) => lines.length <= 2) ?? { size: 40, lines: breakText(glyphs, name, WIDTH / 40).slice(0, 3) }
  )
}

/**
 * The image beside a link to a certificate. It does not name the holder: other sites keep it long after the holder may have
 * asked to be forgotten, and names need characters that no table holds.
 */
export function shareImage({ badge, glyphs, name, state, day, issuer, host }: ShareImage): string {
  const { line } = outlined(glyphs)
  const ink = badgeInk(badgeDesign(badge.exam, badge.title).hue, badge.state)
  const { size, lines } = fitName(glyphs, name)
  const left = (text: string, y: number, fontSize: number, fill: string) =>
    line({
      text,
      x: LEFT,
      y,
      size: Math.min(fontSize, WIDTH / glyphs.width(text)),
      fill,
      anchor: 'start',
      isOnBaseline: true,
    })
  const top = 292 - ((lines.length - 1) * size * 1.35) / 2
  const under = top + (lines.length - 1) * size * 1.35
  const band = guillocheBand(badge.exam, badge.title, badge.state).replace(
    '<svg',
    '<svg x="0" y="0" width="1200" height="22"',
  )
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1200 630" width="1200" height="630"><rect width="1200" height="630" fill="#faf8f4"/>${band}`,
    `<g transform="translate(70 96)scale(1.6)">${badgeDrawing({ ...badge, glyphs }, 's')}</g>`,
    left('Kentei', 112, 30, ink(0.37)),
    ...lines.map((text, i) => left(text, top + i * size * 1.35, size, INK)),
    `<rect x="${LEFT}" y="${under + 44}" width="10" height="34" fill="${tones[badge.state]}"/>`,
    line({
      text: state,
      x: LEFT + 26,
      y: under + 61,
      size: Math.min(32, (WIDTH - 26) / glyphs.width(state)),
      fill: tones[badge.state],
      anchor: 'start',
    }),
    left(day, under + 128, 26, PALE),
    `<path d="M${LEFT} 506H1140" stroke="#d9d6d0" stroke-width="2"/>`,
    left(issuer, 548, 26, INK),
    left(host, 584, 22, PALE),
    '</svg>',
  ].join('')
}
