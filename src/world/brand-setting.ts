import * as z from 'zod'
import { type Brand, type BrandLogo, type BrandText, HOUSE_COLOUR } from './brand.ts'
import {
  actionColour,
  contrastWithWhite,
  leastContrast,
  MOST_CHROMA,
  oklchOfHex,
  TEXT_CONTRAST,
} from './brand-colours.ts'

const words = (most: number) =>
  z
    .string()
    .trim()
    .min(1, 'write it, or leave the field out')
    .max(most, `at most ${most} characters`)
    .regex(/^\P{C}+$/u, 'one line, without control characters')

/** A string for every language, or one for each of some: the first of these is for all others. */
const text = (most: number) =>
  z.union(
    [
      words(most).transform((one): BrandText => ({ otherwise: one, in: {} })),
      z
        .record(z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]+)*$/, 'a language, such as ja or en'), words(most))
        .refine((one) => Object.keys(one).length > 0, 'name a language, such as ja or en')
        .transform((one): BrandText => ({ otherwise: Object.values(one)[0] ?? '', in: one })),
    ],
    { error: `a text, or one for each language such as {"ja": "…", "en": "…"}, each at most ${most} characters` },
  )

const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])$/
const isOpened = (address: string, schemes: readonly string[]): boolean => {
  if (!URL.canParse(address)) return false
  const { protocol, hostname, username } = new URL(address)
  return username === '' && (schemes.includes(protocol) || (protocol === 'http:' && LOOPBACK.test(hostname)))
}

/** An address in which exactly these may be filled in, and `needed` must be. */
const address = ({ needed, schemes = ['https:'] }: { needed?: string; schemes?: readonly string[] } = {}) =>
  z
    .string()
    .max(500, 'at most 500 characters')
    .superRefine((template, context) => {
      const refuse = (message: string) => context.addIssue({ code: 'custom', message })
      const named = [...template.matchAll(/\{(.*?)\}/g)].map(([, name = '']) => name)
      const stranger = named.find((name) => name !== needed && name !== 'language')
      if (stranger !== undefined)
        return refuse(`{${stranger}} is not filled in here; write ${needed ? `{${needed}}` : 'the address without it'}`)
      if (needed && !named.includes(needed)) return refuse(`write {${needed}} where it belongs in the address`)
      const [origin = ''] = /^[^/]*\/\/[^/]*/.exec(template) ?? []
      if (origin.includes('{')) return refuse('what is filled in belongs behind the host')
      if (!isOpened(template.replace(/\{\w+\}/g, 'x'), schemes))
        return refuse(
          `write an address that begins with ${schemes.map((one) => (one === 'https:' ? 'https://' : one)).join(' or ')}`,
        )
    })

/** Every page loads it, and may weigh 40 KB with all that it loads. */
const MOST_LOGO_BYTES = 16_384
const MOST_PIXELS = 1_024

/** What a drawing is made of. Nothing that runs, loads or shows text of elsewhere. */
const DRAWN = new Set(
  'svg g defs title desc path rect circle ellipse line polyline polygon text tspan use symbol clipPath mask linearGradient radialGradient stop'.split(
    ' ',
  ),
)

/** Why an SVG is no logo; undefined where it is one. */
function whyNotDrawn(svg: string): string | undefined {
  const body = svg.replace(/^\uFEFF?\s*(<\?xml[^>]*\?>)?\s*/, '').replace(/<!--[\s\S]*?-->/g, '')
  if (!/^<svg[\s>]/.test(body) || !/<\/svg>\s*$/.test(body)) return 'the SVG must begin with <svg and end with </svg>'
  if (!/^<svg[^>]*\sxmlns="http:\/\/www\.w3\.org\/2000\/svg"/.test(body))
    return 'the SVG lacks xmlns="http://www.w3.org/2000/svg"'
  if (/<[!?]/.test(body)) return 'the SVG must not contain <! or <?'
  const stranger = [...body.matchAll(/<\/?\s*([^\s/>]+)/g)]
    .map(([, name = '']) => name)
    .find((name) => !DRAWN.has(name))
  if (stranger !== undefined) return `the SVG must not contain <${stranger.slice(0, 40)}>`
  if (body.includes('&#')) return 'the SVG must not write letters as numbers (&#…;)'
  const [, event] = /\s(on[a-z]+)\s*=/i.exec(body) ?? []
  if (event) return `the SVG must not contain ${event}=`
  if (/(?:href|src)\s*=\s*(?!["']#)/i.test(body) || /url\(\s*["']?(?!["']?#)/i.test(body) || /@import/i.test(body))
    return 'the SVG may refer to nothing but parts of itself (#…)'
  return undefined
}

/** Why bytes are no PNG of a fit size; undefined where they are one. Source: PNG 3, §5.2 and §11.2.1. */
function whyNotPng(bytes: Uint8Array): string | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < 33 || view.getUint32(0) !== 0x89504e47 || view.getUint32(12) !== 0x49484452) return 'it is no PNG'
  const [width, height] = [view.getUint32(16), view.getUint32(20)]
  return width > MOST_PIXELS || height > MOST_PIXELS
    ? `the PNG is ${width}×${height}; at most ${MOST_PIXELS}×${MOST_PIXELS}`
    : undefined
}

/** A picture as a data address. */
const logo = z.string().transform((value, context): BrandLogo => {
  const refuse = (message: string) => {
    context.addIssue({ code: 'custom', message })
    return z.NEVER
  }
  const [, type, base64 = ''] = /^data:(image\/svg\+xml|image\/png);base64,([A-Za-z0-9+/]+=*)$/.exec(value) ?? []
  if (!type) return refuse('an SVG or PNG as data:image/svg+xml;base64,… or data:image/png;base64,…')
  if (base64.length > MOST_LOGO_BYTES * 1.4) return refuse(`at most ${MOST_LOGO_BYTES / 1_024} KB`)
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
  if (bytes.length > MOST_LOGO_BYTES) return refuse(`at most ${MOST_LOGO_BYTES / 1_024} KB`)
  const why = type === 'image/png' ? whyNotPng(bytes) : whyNotDrawn(new TextDecoder().decode(bytes))
  return why ? refuse(why) : { type: type as BrandLogo['type'], bytes }
})

const HEX = /^#[0-9a-f]{6}$/i

/** What is wrong with the colour, and the nearest that is right. */
function whyNotColour({
  colour,
  hue,
  chroma,
}: {
  colour?: string | undefined
  hue?: number | undefined
  chroma?: number | undefined
}): readonly [field: string, why: string] | undefined {
  const said = (at: { hue: number; chroma: number }) =>
    `hue ${Math.round(at.hue)} with chroma ${at.chroma.toFixed(2)}, which is ${actionColour(at)}`
  if (colour !== undefined) {
    if (hue !== undefined || chroma !== undefined) return ['colour', 'write either colour, or hue and chroma']
    const own = oklchOfHex(colour)
    const nearest = { hue: own.hue, chroma: Math.min(own.chroma, MOST_CHROMA) }
    const has = contrastWithWhite(colour)
    return has < TEXT_CONTRAST
      ? [
          'colour',
          `${colour} has a contrast of ${has.toFixed(1)} with white, and text needs ${TEXT_CONTRAST}; the nearest that holds is ${said(nearest)}`,
        ]
      : undefined
  }
  const asked = { hue: hue ?? HOUSE_COLOUR.hue, chroma: chroma ?? HOUSE_COLOUR.chroma }
  if (asked.chroma > MOST_CHROMA)
    return ['chroma', `at most ${MOST_CHROMA}; the nearest that holds is ${said({ ...asked, chroma: MOST_CHROMA })}`]
  return leastContrast(asked) < TEXT_CONTRAST ? ['hue', `text could not be read in ${said(asked)}`] : undefined
}

/** Half a full-width letter: what the header of a phone has room for beside whoever is signed in. */
const MOST_CELLS = 32
const cells = (name: string): number =>
  [...name].reduce((sum, letter) => sum + ((letter.codePointAt(0) ?? 0) >= 0x2e80 ? 2 : 1), 0)

/** `MARKETPLACE_BRAND`: everything may be left out. */
export const brandSetting = z
  .strictObject({
    name: text(40).optional(),
    shortName: text(16).optional(),
    logo: logo.optional(),
    colour: z.string().regex(HEX, 'a colour such as #8a2a6b').optional(),
    hue: z.number('degrees from 0 to 360').min(0, 'degrees from 0 to 360').max(360, 'degrees from 0 to 360').optional(),
    chroma: z.number(`from 0 to ${MOST_CHROMA}`).min(0, `from 0 to ${MOST_CHROMA}`).optional(),
    words: z.strictObject({ worker: text(20).optional(), client: text(20).optional() }).optional(),
    links: z
      .strictObject({
        profile: address({ needed: 'worker' }).optional(),
        jobs: address({ needed: 'exam' }).optional(),
        hiring: address({ needed: 'worker' }).optional(),
        support: address({ schemes: ['https:', 'mailto:'] }).optional(),
      })
      .optional(),
  })
  .superRefine((brand, context) => {
    const [field, message] = whyNotColour(brand) ?? []
    if (field && message) context.addIssue({ code: 'custom', path: [field], message })
    const names = brand.name ? [brand.name.otherwise, ...Object.values(brand.name.in)] : []
    if (!brand.shortName && names.some((name) => cells(name) > MOST_CELLS))
      context.addIssue({
        code: 'custom',
        path: ['shortName'],
        message: 'the name is too long for the header of a phone: write a short one, at most 16 characters',
      })
  })
  .transform(({ colour, hue, chroma, words: said = {}, links = {}, ...brand }): Brand => {
    const own = colour ? oklchOfHex(colour) : { hue: hue ?? HOUSE_COLOUR.hue, chroma: chroma ?? HOUSE_COLOUR.chroma }
    return { ...brand, hue: own.hue, chroma: Math.min(own.chroma, MOST_CHROMA), words: said, links }
  })
export type BrandSetting = z.input<typeof brandSetting>
