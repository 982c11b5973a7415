import type { Language, Subjects } from '../../dist/texts.d.ts'
import type { Locale } from '../item/item.ts'
import { catalogue } from '../platform/words/catalogue.ts'
import picture from '../texts/badge-picture?texts'
import type { Typesetter } from './typesetting.ts'

/** What stands in the picture of a badge, letter for letter. */
export const pictureTexts = catalogue<Subjects['badge-picture'], Language>([picture], { exact: true }).in

type StampedState = 'suspended' | 'revoked' | 'expired' | 'unknown' | 'erased'

const VERMILION = '#c83314'
const GREY = '#484d58'

interface Stamp {
  readonly ink: string
  /** Half width and half height. */
  readonly size: readonly [number, number]
  readonly corner: number
  /** Passing states are dashed, final ones are not. */
  readonly isDashed: boolean
  readonly hasInnerFrame: boolean
}

const stamps: Readonly<Record<StampedState, Stamp>> = {
  suspended: { ink: VERMILION, size: [58, 19], corner: 19, isDashed: true, hasInnerFrame: false },
  revoked: { ink: VERMILION, size: [58, 23], corner: 4, isDashed: false, hasInnerFrame: true },
  expired: { ink: VERMILION, size: [68, 19], corner: 4, isDashed: false, hasInnerFrame: false },
  unknown: { ink: GREY, size: [62, 19], corner: 4, isDashed: true, hasInnerFrame: false },
  erased: { ink: GREY, size: [68, 19], corner: 4, isDashed: false, hasInnerFrame: false },
}

/** The rotated stamp over a badge that does not stand: word, shape and line differ, not the colour alone. */
export function badgeStamp(state: StampedState, locale: Locale, { line }: Typesetter): string {
  const { ink, size, corner, isDashed, hasInnerFrame } = stamps[state]
  const word = pictureTexts(locale)(`picture.stamps.${state}`)
  const [halfWidth, halfHeight] = size
  const frame = (inset: number, attributes: string) =>
    `<rect x="${120 - halfWidth + inset}" y="${120 - halfHeight + inset}" width="${2 * (halfWidth - inset)}" height="${2 * (halfHeight - inset)}" ${attributes} stroke="${ink}"/>`
  const outer = frame(
    0,
    `rx="${corner}" fill="#fdfcfb" fill-opacity=".94" stroke-width="3"${isDashed ? ' stroke-dasharray="7 4"' : ''}`,
  )
  const inner = hasInnerFrame ? frame(5, 'rx="2" fill="none" stroke-width="1"') : ''
  const [fontSize = 0, spacing] =
    locale === 'ja'
      ? [word.length === 2 ? 26 : 21, word.length === 2 ? 8 : 4]
      : [word.length > 9 ? 11 : word.length > 8 ? 13 : 15, word.length > 8 ? 0.8 : 1.5]
  const text = line({ text: word, x: 120, y: 120, size: fontSize, weight: 800, spacing, fill: ink })
  return `<g transform="rotate(-14 120 120)">${outer}${inner}${text}</g>`
}
