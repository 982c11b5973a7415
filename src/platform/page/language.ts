import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import type { Language } from '../../../dist/texts.d.ts'
import { languageOf, languages, type PageTag, pageTags } from './words.ts'

const NAME = 'lang'
const ONE_YEAR_SECONDS = 31_536_000

const knownTag = (tag: string | null | undefined): PageTag | undefined => pageTags.find((known) => known === tag)

/** A language that there are pages in, by its tag. */
export const knownLanguage = (tag: string | null | undefined): Language | undefined =>
  languages.find((known) => known === tag)

/** What a page is read in for a reader of a tag: `ja` for `ja-JP`, itself for a variant. Source: RFC 4647, 3.4. */
function lookUp(tag: string): PageTag | undefined {
  const subtags = tag.toLowerCase().split('-')
  return subtags.map((_, at) => knownTag(subtags.slice(0, subtags.length - at).join('-'))).find(Boolean)
}

/** The first of the reader's languages that there are pages in; English for who names others only. Source: RFC 9110, §12.5.4. */
function acceptedLanguage(header: string): PageTag | undefined {
  const wishes = header.split(',').map((wish) => {
    const [tag = '', ...parameters] = wish.trim().split(';')
    const weight = parameters.map((parameter) => /^\s*q=([\d.]+)\s*$/.exec(parameter)?.[1]).find(Boolean)
    return { tag, known: lookUp(tag), weight: weight === undefined ? 1 : Number(weight) }
  })
  const best = wishes.filter(({ known, weight }) => weight > 0 && known).sort((a, b) => b.weight - a.weight)[0]
  return best?.known ?? (wishes.some(({ tag }) => /^[a-z]{2}\b/i.test(tag)) ? 'en' : undefined)
}

interface Wish {
  /** Whoever sent the reader here says which they read. */
  readonly told?: Language | undefined
  /** Whether what stands in the address counts on the next page too. */
  readonly isKept?: boolean
}

/**
 * What a page is read in, be it a variant of a language: as its address says, else as picked on another page, else as `told`
 * says, else as the browser, else in Japanese.
 */
export function readerTag(c: Context, { told, isKept = false }: Wish = {}): PageTag {
  const asked = knownTag(c.req.query(NAME))
  if (asked && isKept)
    setCookie(c, NAME, asked, {
      path: '/',
      sameSite: 'Lax',
      httpOnly: true,
      secure: c.req.url.startsWith('https:'),
      maxAge: ONE_YEAR_SECONDS,
    })
  return (
    asked ?? knownTag(getCookie(c, NAME)) ?? told ?? acceptedLanguage(c.req.header('accept-language') ?? '') ?? 'ja'
  )
}

/** The same of a page that has no variants. */
export const readerLanguage = (c: Context, wish?: Wish): Language => languageOf(readerTag(c, wish))

/** The language, or the variant of it that the reader picked before. */
export function pickedOf(c: Context, language: Language): PageTag {
  const picked = knownTag(getCookie(c, NAME))
  return picked && languageOf(picked) === language ? picked : language
}

/** The same page in another language: everything else in its address stays. */
export function hrefInLanguage(href: string, language: PageTag): string {
  const [path = '/', query = ''] = href.split('?')
  const parameters = new URLSearchParams(query)
  parameters.set(NAME, language)
  return `${path}?${parameters}`
}
