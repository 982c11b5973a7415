/** A colour in OKLCH: lightness 0..1, chroma 0..0.4, hue in degrees. Source: CSS Color 4, §9.3. */
export interface Oklch {
  readonly lightness: number
  readonly chroma: number
  readonly hue: number
}

/** The chroma of the house's own colour, which its other tones were chosen beside. */
const HOUSE_CHROMA = 0.125
/** Beyond this a colour shouts over the colours of states. */
export const MOST_CHROMA = 0.14
/** Contrast that text needs. Source: WCAG 2.2, 1.4.3 (AA). */
export const TEXT_CONTRAST = 4.5

/** The tones that take the marketplace's hue, by their token: lightness, and chroma as the house's own colour has it. */
const tones = {
  ai: { light: [0.41, 0.125], dark: [0.76, 0.105] },
  'ai-strong': { light: [0.34, 0.12], dark: [0.84, 0.08] },
  'on-ai': { light: [1, 0], dark: [0.2, 0.04] },
  'ai-wash': { light: [0.966, 0.014], dark: [0.275, 0.04] },
  'ai-tint': { light: [0.915, 0.034], dark: [0.335, 0.06] },
} as const

/** What stands before or behind them and is the house's on every marketplace. */
const neutrals = {
  paper: { light: [0.977, 0.006, 90], dark: [0.185, 0.014, 265] },
  card: { light: [1, 0, 0], dark: [0.228, 0.017, 265] },
  wash: { light: [0.962, 0.006, 90], dark: [0.255, 0.017, 265] },
  ink: { light: [0.255, 0.03, 265], dark: [0.94, 0.008, 265] },
  'ink-soft': { light: [0.46, 0.025, 265], dark: [0.75, 0.015, 265] },
} as const

type Tone = keyof typeof tones | keyof typeof neutrals

/** Which text stands on which ground, on any page of either service. */
const read: readonly (readonly [text: Tone, ground: Tone])[] = [
  ...(['card', 'paper', 'wash', 'ai-wash', 'ai-tint'] as const).flatMap((ground) => [
    ['ai', ground] as const,
    ['ai-strong', ground] as const,
    ['ink', ground] as const,
  ]),
  ['ink-soft', 'ai-wash'],
  ['on-ai', 'ai'],
  ['on-ai', 'ai-strong'],
]

type Rgb = readonly [red: number, green: number, blue: number]

/** Linear light, which lies beyond 0..1 where sRGB has no such colour. Source: CSS Color 4, §18 (OKLab to XYZ to sRGB). */
function linearRgb({ lightness, chroma, hue }: Oklch): Rgb {
  const [a, b] = [chroma * Math.cos((hue * Math.PI) / 180), chroma * Math.sin((hue * Math.PI) / 180)]
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ]
}

const ROUNDING = 1e-4
const isShown = (colour: Oklch): boolean => linearRgb(colour).every((one) => one >= -ROUNDING && one <= 1 + ROUNDING)

/** The same with the most chroma that every screen shows, so that what is calculated is what is seen. */
function shown(colour: Oklch): Oklch {
  if (isShown(colour)) return colour
  let [low, high] = [0, colour.chroma]
  while (high - low > 1e-4) {
    const chroma = (low + high) / 2
    if (isShown({ ...colour, chroma })) low = chroma
    else high = chroma
  }
  return { ...colour, chroma: low }
}

/** Source: WCAG 2.2, relative luminance. */
const luminance = ([red, green, blue]: Rgb): number => 0.2126 * red + 0.7152 * green + 0.0722 * blue

/** 1..21. Source: WCAG 2.2, contrast ratio. */
function contrast(one: Rgb, other: Rgb): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}

const decoded = (value: number): number => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
const encoded = (value: number): number => (value <= 0.0031308 ? value * 12.92 : 1.055 * value ** (1 / 2.4) - 0.055)

const rgbOfHex = (hex: string): Rgb =>
  [1, 3, 5].map((at) => decoded(Number.parseInt(hex.slice(at, at + 2), 16) / 255)) as unknown as Rgb

/** `#rrggbb`, as people write a colour. */
export const hexOf = (colour: Oklch): string =>
  `#${linearRgb(shown(colour))
    .map((one) => Math.round(encoded(Math.min(1, Math.max(0, one))) * 255))
    .map((one) => one.toString(16).padStart(2, '0'))
    .join('')}`

/** Hue and chroma of `#rrggbb`. Source: CSS Color 4, §18 (sRGB to XYZ to OKLab). */
export function oklchOfHex(hex: string): Oklch {
  const [red, green, blue] = rgbOfHex(hex)
  const l = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
  const m = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
  const s = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
  const a = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s
  const b = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s
  const hue = (Math.atan2(b, a) * 180) / Math.PI
  return {
    lightness: 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    chroma: Math.hypot(a, b),
    hue: (hue + 360) % 360,
  }
}

/** Contrast of `#rrggbb` with white. */
export const contrastWithWhite = (hex: string): number => contrast(rgbOfHex(hex), [1, 1, 1])

/** A marketplace's colour: the hue of every action and selection, and how much of it. */
export interface BrandColour {
  /** Degrees, 0..360. */
  readonly hue: number
  /** 0..`MOST_CHROMA`. */
  readonly chroma: number
}

export type Scheme = 'light' | 'dark'

/** A tone as the pages of this marketplace have it. Lightness is the house's: text keeps its contrast in every hue. */
function toneOf(tone: Tone, { hue, chroma }: BrandColour, scheme: Scheme): Oklch {
  if (tone in neutrals) {
    const [lightness, own, at] = neutrals[tone as keyof typeof neutrals][scheme]
    return { lightness, chroma: own, hue: at }
  }
  const [lightness, own] = tones[tone as keyof typeof tones][scheme]
  return shown({ lightness, chroma: (own * chroma) / HOUSE_CHROMA, hue })
}

/** The tones of a marketplace, by their token. */
export const brandTones = (
  colour: BrandColour,
): readonly (readonly [token: string, Readonly<Record<Scheme, Oklch>>])[] =>
  Object.keys(tones).map((tone) => [
    tone,
    { light: toneOf(tone as Tone, colour, 'light'), dark: toneOf(tone as Tone, colour, 'dark') },
  ])

/** How well text is read at the least, whichever of the house's texts on whichever ground. */
export const leastContrast = (colour: BrandColour): number =>
  Math.min(
    ...(['light', 'dark'] as const).flatMap((scheme) =>
      read.map(([text, ground]) =>
        contrast(linearRgb(toneOf(text, colour, scheme)), linearRgb(toneOf(ground, colour, scheme))),
      ),
    ),
  )

/** The colour of a button, as somebody would write it: what a marketplace gets for its hue. */
export const actionColour = (colour: BrandColour): string => hexOf(toneOf('ai', colour, 'light'))
