import type { Locale } from '../item/item.ts'
import { badgeInk, rosette } from './badge-artwork.ts'
import { badgeStamp } from './badge-stamp.ts'
import { SHARE_SIZE } from './share-image.ts'
import { escapeXml, type GlyphTable, outlined } from './typesetting.ts'

/** What stands where the pictures of an erased badge stood. It is the same for every badge: it names no exam, grade, day or number. */
export interface Tombstone {
  /** That the certificate was erased, in words. */
  readonly title: string
  readonly locale: Locale
  readonly glyphs: GlyphTable
}

function drawing({ locale, glyphs }: Tombstone): string {
  const ink = badgeInk(0, 'unknown')
  return [
    `<path d="${rosette(104, 0.035, 18, 0, 360)}" fill="none" stroke="${ink(0.62)}" stroke-width="2" stroke-dasharray="7 4"/>`,
    `<circle cx="120" cy="120" r="80" fill="${ink(0.985, 0.1)}" stroke="${ink(0.8)}"/>`,
    badgeStamp('erased', locale, outlined(glyphs)),
  ].join('')
}

const named = ({ title, locale }: Tombstone, box: string, width: number, height: number, content: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${box}" width="${width}" height="${height}" role="img" aria-label="${escapeXml(title)}" xml:lang="${locale}">${content}</svg>`

/** In the place of a badge, at its size. */
export const tombstoneSvg = (tombstone: Tombstone): string =>
  named(tombstone, '0 0 240 280', 480, 560, `<g transform="translate(0 20)">${drawing(tombstone)}</g>`)

/** In the place of a badge in a square. */
export const squareTombstoneSvg = (tombstone: Tombstone): string =>
  named(tombstone, '-20 -20 280 280', 280, 280, drawing(tombstone))

/** In the place of the image beside a link. */
export function sharedTombstoneSvg(tombstone: Tombstone): string {
  const { title, glyphs } = tombstone
  const { width, height } = SHARE_SIZE
  const text = outlined(glyphs).line({
    text: title,
    x: width / 2,
    y: 540,
    size: Math.min(44, (width - 160) / glyphs.width(title)),
    fill: '#484d58',
    isOnBaseline: true,
  })
  return named(
    tombstone,
    `0 0 ${width} ${height}`,
    width,
    height,
    `<rect width="${width}" height="${height}" fill="#faf8f4"/><g transform="translate(408 60)scale(1.6)">${drawing(tombstone)}</g>${text}`,
  )
}
