import type { Locale } from '../item/item.ts'
import type { Instant } from '../kernel/instant.ts'
import { COMMON_SIGN, knownDesigns, SPECIMEN } from './badge-signs.data.ts'
import { badgeStamp, pictureTexts } from './badge-stamp.ts'
import type { PartResult } from './part-results.ts'
import { escapeXml, type GlyphTable, outlined, type Typesetter, typed } from './typesetting.ts'

declare const byThisRoom: unique symbol
/** A picture that this room has drawn: every text in it is escaped. Nothing else is of this type. */
export type Svg = string & { readonly [byThisRoom]: true }

/** What a badge shows of its credential. `unknown` must not look valid. */
export type BadgeState = 'active' | 'suspended' | 'revoked' | 'expired' | 'unknown'

export interface BadgeArtwork {
  /** Credential id: seeds the guilloche, so that no two badges are drawn alike. */
  readonly id: string
  readonly exam: string
  /** Title of the exam in the badge's language, without the grade. */
  readonly title: string
  readonly level: 1 | 2 | 3
  readonly issuedAt: Instant
  readonly state: BadgeState
  /** What the certificate tells of each part; none where one paper was the whole exam. A specimen has no bands. */
  readonly parts: readonly (Pick<PartResult, 'part'> & Partial<PartResult>)[]
  readonly locale: Locale
  /** A specimen's rim names no date and no credential. */
  readonly isSpecimen?: true
  /** The signed credential, to be baked into an image that is handed out. Source: Open Badges 3.0, §5.3.2. */
  readonly jwt?: string
  /** `page`: named, inside a page; `decoration`: hidden from screen readers, beside its name; `file`: an image of its own. */
  readonly placement: 'page' | 'decoration' | 'file'
  /** Outlines to set its texts with. Without them they are set in the fonts of whoever looks at it. */
  readonly glyphs?: GlyphTable
}

/** What a specimen is drawn from, which is nobody's badge. Of its parts it tells no band. */
export const specimenOf = ({
  exam,
  ...shown
}: Pick<BadgeArtwork, 'exam' | 'title' | 'level' | 'parts' | 'locale' | 'placement' | 'glyphs'>): BadgeArtwork => ({
  ...shown,
  exam,
  id: `specimen-${exam}`,
  issuedAt: 0 as Instant,
  state: 'active',
  isSpecimen: true,
})

const hash = (text: string): number =>
  [...text].reduce((h, c) => (Math.imul(h, 31) + (c.codePointAt(0) as number)) >>> 0, 7)

/** Hue (degrees) and sign of an exam: its own, or derived from its id and title. */
export function badgeDesign(exam: string, title: string): { readonly hue: number; readonly kanji: string } {
  return knownDesigns[exam] ?? { hue: hash(exam) % 360, kanji: /\p{Script=Han}/u.exec(title)?.[0] ?? COMMON_SIGN }
}

const round = (n: number): string => String(Math.round(n * 10) / 10)

/** r = radius · (1 + amplitude · cos(lobes·θ + phase)) about (120, 120). */
export function rosette(radius: number, amplitude: number, lobes: number, phase: number, points = 240): string {
  const at = Array.from({ length: points }, (_, i) => {
    const theta = (i / points) * 2 * Math.PI
    const r = radius * (1 + amplitude * Math.cos(lobes * theta + phase))
    return `${round(120 + r * Math.cos(theta))} ${round(120 + r * Math.sin(theta))}`
  })
  return `M${at.join('L')}Z`
}

/** Ink of a badge at a lightness; `strength` scales the chroma. Grey unless the credential stands. */
type Ink = (lightness: number, strength?: number) => string

export function badgeInk(hue: number, state: BadgeState): Ink {
  const chroma = state === 'active' ? 0.125 : 0.01
  return (lightness, strength = 1) => oklchHex(lightness, chroma * strength, hue)
}

const STAR = 'l1.9 4.4 4.7.3-3.6 3.1 1.1 4.6-4.1-2.5-4.1 2.5 1.1-4.6-3.6-3.1 4.7-.3Z'

function stars(level: 1 | 2 | 3, ink: Ink): string {
  const count = 4 - level
  return Array.from(
    { length: count },
    (_, i) => `<path d="M${120 + (i - (count - 1) / 2) * 15} 69${STAR}" fill="${ink(0.62, 0.9)}"/>`,
  ).join('')
}

/** A number in 0..1 that is drawn from a credential's id, another for each `n`. */
function drawn(id: string, n: number): number {
  let h = hash(`${n} ${id}`)
  for (const prime of [0x85ebca6b, 0xc2b2ae35]) h = Math.imul(h ^ (h >>> 15), prime)
  return ((h ^ (h >>> 16)) >>> 0) / 2 ** 32
}

/** The pattern that is this badge's own: how far each layer is turned and how deep it swings are drawn from the id. */
function guilloche(id: string, level: 1 | 2 | 3, ink: Ink): string {
  const [lobes, layers] = [
    [15, 7],
    [12, 5],
    [9, 3],
  ][level - 1] as [number, number]
  const layer = (p: number) =>
    rosette(87, 0.032 + 0.036 * drawn(id, 2 * p), lobes, ((p + 0.8 * drawn(id, 2 * p + 1)) / layers) * 2 * Math.PI)
  return Array.from(
    { length: layers },
    (_, p) => `<path d="${layer(p)}" fill="none" stroke="${ink(0.83, 0.6)}" stroke-width=".7" stroke-opacity=".9"/>`,
  ).join('')
}

/** Font size at which a text fits the upper arc (218 units long), at most 10.5. */
function arcSize(text: string): number {
  const ems = [...text].reduce((sum, c) => sum + ((c.codePointAt(0) as number) > 0x2e7f ? 1 : 0.58), 0)
  return Math.min(10.5, Math.floor((20 * (200 - 1.2 * [...text].length)) / ems) / 20)
}

let dates: Intl.DateTimeFormat | undefined
/** The day in Japan, as `2026-11-27`. The first format of a process takes milliseconds to make. */
function dayOf(at: Instant): string {
  dates ??= new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Tokyo', dateStyle: 'short' })
  return dates.format(at)
}

function inscriptions(art: BadgeArtwork, ids: string, { line, arc }: Typesetter, ink: Ink): string {
  const centre = [120, 120] as const
  const grade = pictureTexts(art.locale)('picture.grade', { level: art.level })
  const { kanji } = badgeDesign(art.exam, art.title)
  return [
    arc({
      text: art.title,
      side: 'top',
      centre,
      radius: 69.5,
      size: arcSize(art.title),
      weight: 700,
      spacing: 1.2,
      fill: ink(0.34),
      path: `${ids}a`,
    }),
    arc({
      text: art.isSpecimen ? SPECIMEN : `ISSUED ${dayOf(art.issuedAt)} · ${art.id.slice(-6)}`,
      side: 'bottom',
      centre,
      radius: 76.5,
      size: 7.6,
      spacing: 1.3,
      fill: ink(0.4),
      path: `${ids}c`,
    }),
    line({ text: kanji, x: 120, y: 117, size: 54, weight: 800, fill: ink(0.33) }),
    line({
      text: grade,
      x: 120,
      y: 165,
      size: art.locale === 'ja' ? 17 : 14,
      weight: 700,
      fill: ink(0.33),
      isOnBaseline: true,
    }),
    stars(art.level, ink),
  ].join('')
}

function ribbonOf({ parts, locale }: BadgeArtwork): string {
  const kind = parts.some(({ part }) => part === 'practical') ? 'both' : 'knowledge'
  return pictureTexts(locale)(`picture.ribbon.${kind}`)
}

/** A band as it is read: `70–80`. */
const bandText = (band: string): string => band.replace('-', '–')

/** The tails under the badge; each tells the band of one part, where the certificate has parts. */
function tails({ parts, locale }: BadgeArtwork, { line }: Typesetter, ink: Ink): string {
  const t = pictureTexts(locale)
  const bands = parts.flatMap(({ part, band }, i) => {
    if (band === undefined) return []
    const row = { x: i === 0 ? 95 : 145, fill: ink(0.985, 0.1), weight: 700, isOnBaseline: true } as const
    return [
      line({ ...row, text: t(`picture.band.${part}`), y: 243, size: locale === 'ja' ? 9 : 7.6 }),
      line({ ...row, text: bandText(band), y: 256, size: 11.5 }),
    ]
  })
  return [
    `<path d="M72 184V278L96 263 120 278V190Z" fill="${ink(0.5)}"/><path d="M168 184V278L144 263 120 278V190Z" fill="${ink(0.43)}"/>`,
    ...bands,
  ].join('')
}

/** The ribbon across the tails: what the certificate rests on. */
function ribbon(art: BadgeArtwork, { line }: Typesetter, ink: Ink): string {
  const [half, size] = art.locale === 'ja' ? [62, 14] : [72, 10.5]
  const [left, right] = [120 - half, 120 + half]
  return [
    `<path d="M${left} 206H${right}L${right - 6} 218.5 ${right} 231H${left}L${left + 6} 218.5Z" fill="${ink(0.985, 0.1)}" stroke="${ink(0.37)}" stroke-width="1.5"/>`,
    line({ text: ribbonOf(art), x: 120, y: 218.5, size, weight: 700, fill: ink(0.33) }),
  ].join('')
}

/** Says in words what the picture shows. */
export function badgeTitle(art: BadgeArtwork): string {
  const { title, level, issuedAt, state, parts, locale } = art
  const t = pictureTexts(locale)
  const bands = parts.map(({ part, band }) =>
    band === undefined ? '' : t('picture.banded', { part: t(`picture.band.${part}`), band: bandText(band) }),
  )
  const named = t('picture.title', {
    title,
    level,
    ribbon: ribbonOf(art),
    bands: bands.join(''),
    date: dayOf(issuedAt),
  })
  return state === 'active' ? named : named + t('picture.state', { state: t(`picture.states.${state}`) })
}

function opening(art: BadgeArtwork, ids: string): string {
  const name = `<title id="${ids}t">${escapeXml(badgeTitle(art))}</title>`
  const font = art.glyphs
    ? ''
    : ` font-family="'Noto Serif CJK JP','Hiragino Mincho ProN','BIZ UDPMincho','Noto Serif JP',serif"`
  if (art.placement === 'decoration') return `<svg viewBox="0 0 240 280" class="badge" aria-hidden="true"${font}>`
  if (art.placement === 'page')
    return `<svg viewBox="0 0 240 280" class="badge" role="img" aria-labelledby="${ids}t"${font}>${name}`
  const namespaces = `xmlns="http://www.w3.org/2000/svg"${art.jwt ? ' xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0"' : ''}`
  const baked = art.jwt ? `<openbadges:credential verify="${escapeXml(art.jwt)}"/>` : ''
  return `<svg ${namespaces} viewBox="0 0 240 280" width="480" height="560" role="img" aria-labelledby="${ids}t" xml:lang="${art.locale}"${font}>${baked}${name}`
}

/** What is drawn of a badge, in a square of 240 by 280 units. */
export function badgeDrawing(art: BadgeArtwork, ids: string): string {
  const ink = badgeInk(badgeDesign(art.exam, art.title).hue, art.state)
  const typesetter = art.glyphs ? outlined(art.glyphs) : typed
  const lobes = { 1: 30, 2: 24, 3: 18 }[art.level]
  return [
    tails(art, typesetter, ink),
    `<path d="${rosette(104, 0.035, lobes, 0, 360)}" fill="${ink(0.37)}"/><circle cx="120" cy="120" r="96" fill="none" stroke="${ink(0.8, 0.7)}"/>`,
    guilloche(art.id, art.level, ink),
    `<circle cx="120" cy="120" r="80" fill="${ink(0.985, 0.1)}"/><circle cx="120" cy="120" r="62" fill="none" stroke="${ink(0.37)}"/>`,
    inscriptions(art, ids, typesetter, ink),
    ribbon(art, typesetter, ink),
    art.state === 'active' ? '' : badgeStamp(art.state, art.locale, typesetter),
  ].join('')
}

/** Draws a badge as SVG text: parametric, in sRGB hex, without style attributes or scripts, every text escaped. */
export function badgeSvg(art: BadgeArtwork): Svg {
  const ids = `b${hash(`${art.id}${art.placement}`).toString(36)}`
  return `${opening(art, ids)}${badgeDrawing(art, ids)}</svg>` as Svg
}

/** A badge in the middle of a square, as sites with profiles want their pictures. */
export const squareBadgeSvg = (art: BadgeArtwork): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="-20 0 280 280" width="280" height="280">${badgeDrawing(art, 's')}</svg>`

/** The guilloche band over a certificate, in the badge's ink: 1200 × 22 units, decoration only. */
export function guillocheBand(exam: string, title: string, state: BadgeState): Svg {
  const ink = badgeInk(badgeDesign(exam, title).hue, state)
  const wave = (p: number) => {
    const y = (x: number) => 11 + 9 * Math.sin(x / 34 + p * 1.05) * Math.cos(x / 190 + p * 0.52)
    return Array.from({ length: 201 }, (_, i) => `${i ? 'L' : 'M'}${i * 6} ${round(y(i * 6))}`).join('')
  }
  const waves = Array.from(
    { length: 6 },
    (_, p) => `<path d="${wave(p)}" fill="none" stroke="${ink(0.83, 0.6)}" stroke-width=".7" stroke-opacity=".85"/>`,
  )
  return `<svg class="guil" viewBox="0 0 1200 22" preserveAspectRatio="xMidYMid slice" aria-hidden="true"><rect width="1200" height="22" fill="${ink(0.37)}"/>${waves.join('')}</svg>` as Svg
}

/**
 * An OKLCH colour as sRGB hex, so that every rasteriser shows the same; what lies outside sRGB is clipped per channel.
 * `lightness` 0..1, `chroma` 0..0.4, `hue` in degrees. Source: B. Ottosson 2020, "A perceptual color space for image processing".
 */
export function oklchHex(lightness: number, chroma: number, hue: number): string {
  const [a, b] = [chroma * Math.cos((hue * Math.PI) / 180), chroma * Math.sin((hue * Math.PI) / 180)]
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  const linear = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ]
  return `#${linear.map(channel).join('')}`
}

function channel(linear: number): string {
  const value = linear <= 0.0031308 ? 12.92 * linear : 1.055 * linear ** (1 / 2.4) - 0.055
  return Math.round(255 * Math.min(1, Math.max(0, value)))
    .toString(16)
    .padStart(2, '0')
}
