import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import type { Language } from '../../../dist/texts.d.ts'
import { isLanguage } from './words.ts'

const NAME = 'lang'
const ONE_YEAR_SECONDS = 31_536_000

/** A language that there are pages in, by its tag. */
export const knownLanguage = (tag: string | null | undefined): Language | undefined =>
  isLanguage(tag) ? tag : undefined

/** The first of the reader's languages that there are pages in; English for who names others only. Source: RFC 9110, §12.5.4. */
function acceptedLanguage(header: string): Language | undefined {
  const wishes = header.split(',').map((wish) => {
    const [tag = '', ...parameters] = wish.trim().split(';')
    const weight = parameters.map((parameter) => /^\s*q=([\d.]+)\s*$/.exec(parameter)?.[1]).find(Boolean)
    return { language: tag.slice(0, 2).toLowerCase(), weight: weight === undefined ? 1 : Number(weight) }
  })
  const best = wishes
    .filter(({ language, weight }) => weight > 0 && isLanguage(language))
    .sort((a, b) => b.weight - a.weight)[0]
  if (best) return best.language as Language
  return wishes.some(({ language }) => /^[a-z]{2}$/.test(language)) ? 'en' : undefined
}

interface Wish {
  /** Whoever sent the reader here says which they read. */
  readonly told?: Language | undefined
  /** Whether what stands in the address counts on the next page too. */
  readonly isKept?: boolean
}

/**
 * The language of a page: the one in its address, else the one picked on another page, else the one that `told` says, else
 * the browser's, else Japanese.
 */
export function readerLanguage(c: Context, { told, isKept = false }: Wish = {}): Language {
  const asked = knownLanguage(c.req.query(NAME))
  if (asked && isKept)
    setCookie(c, NAME, asked, {
      path: '/',
      sameSite: 'Lax',
      httpOnly: true,
      secure: c.req.url.startsWith('https:'),
      maxAge: ONE_YEAR_SECONDS,
    })
  return (
    asked ??
    knownLanguage(getCookie(c, NAME)) ??
    told ??
    acceptedLanguage(c.req.header('accept-language') ?? '') ??
    'ja'
  )
}

/** The same page in another language: everything else in its address stays. */
export function hrefInLanguage(href: string, language: Language): string {
  const [path = '/', query = ''] = href.split('?')
  const parameters = new URLSearchParams(query)
  parameters.set(NAME, language)
  return `${path}?${parameters}`
}
