import { stableHash } from '../../kernel/random.ts'
import { type Brand, HOUSE_COLOUR } from '../../world/brand.ts'
import { brandTones, type Oklch } from '../../world/brand-colours.ts'
import { type Asset, assetResponse, styleSheet } from './asset.ts'

const SHEET = '/assets/brand.css'
const LOGO = '/assets/brand-logo'

const rounded = (value: number, digits: number): string => String(Number(value.toFixed(digits)))
const written = ({ lightness, chroma, hue }: Oklch): string =>
  `oklch(${rounded(lightness, 3)} ${rounded(chroma, 4)} ${rounded(hue, 1)})`

/** The tokens of a marketplace's own colour, in the layer of the house's. */
function sheetText(brand: Brand): string {
  const tokens = brandTones(brand).map(
    ([token, { light, dark }]) => `--${token}:light-dark(${written(light)},${written(dark)})`,
  )
  return `@layer tokens{:root{${tokens.join(';')}}}`
}

const version = (text: string): string => stableHash(text).toString(36)

interface BrandFiles {
  readonly sheet?: Asset | undefined
  readonly logo?: { readonly href: string; readonly type: string } | undefined
}
const known = new WeakMap<Brand, BrandFiles>()

/** What pages load of a marketplace's brand. Its addresses change with what is set, so that they may be cached for ever. */
export function brandFiles(brand: Brand): BrandFiles {
  const made = known.get(brand)
  if (made) return made
  const isOwn = brand.hue !== HOUSE_COLOUR.hue || brand.chroma !== HOUSE_COLOUR.chroma
  const text = sheetText(brand)
  const { logo } = brand
  const files = {
    sheet: isOwn ? styleSheet(SHEET, { text, version: version(text) }) : undefined,
    logo: logo && { href: `${LOGO}?v=${version(new TextDecoder('latin1').decode(logo.bytes))}`, type: logo.type },
  }
  known.set(brand, files)
  return files
}

/** Opened by itself, a logo runs and loads nothing. */
const LOGO_HEADERS = {
  'content-security-policy': "default-src 'none'; sandbox",
  'x-content-type-options': 'nosniff',
  'cache-control': 'public, max-age=31536000, immutable',
}

/** The addresses of a brand's files. */
export const BRAND_PATHS = [SHEET, LOGO]

/** What is at an address of a brand's files; undefined where the brand has none. */
export function brandFile(path: string, brand: Brand): Response | undefined {
  const { logo } = brand
  if (path === LOGO)
    return logo && new Response(logo.bytes, { headers: { ...LOGO_HEADERS, 'content-type': logo.type } })
  const { sheet } = brandFiles(brand)
  return sheet && assetResponse(sheet)
}
