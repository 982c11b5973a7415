import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { oldLaunch } from '../../flows/note-act.ts'
import { isLanguage } from '../../platform/page/words.ts'
import type { WebEnv } from '../web-env.ts'
import { type PageLocale, textsOf } from './message.ts'
import type { PageContext } from './page-context.ts'

const COOKIE = 'lang'
const ONE_YEAR_SECONDS = 31_536_000
const known = (locale: string | undefined): PageLocale | undefined => (isLanguage(locale) ? locale : undefined)

/** The first of the reader's languages that there are pages in. Source: RFC 9110, §12.5.4, without the weights: browsers send the list in order. */
const accepted = (header: string | undefined): PageLocale | undefined =>
  header
    ?.split(',')
    .map((wish) => known(wish.trim().slice(0, 2).toLowerCase()))
    .find((locale) => locale !== undefined)

/** The language picked here, else the one the marketplace sent along, else the browser's. A pick in the address is kept. */
export function pageContext(c: Context<WebEnv>): PageContext {
  const visitor = c.get('session')
  const asked = known(c.req.query('lang'))
  if (asked)
    setCookie(c, COOKIE, asked, {
      path: '/',
      sameSite: 'Lax',
      httpOnly: true,
      secure: c.req.url.startsWith('https:'),
      maxAge: ONE_YEAR_SECONDS,
    })
  const locale =
    asked ?? known(getCookie(c, COOKIE)) ?? visitor?.locale ?? accepted(c.req.header('accept-language')) ?? 'ja'
  const { pathname, searchParams } = new URL(c.req.url)
  searchParams.delete('lang')
  const query = searchParams.toString()
  const needsLaunch =
    visitor !== undefined && visitor.role !== 'worker' && oldLaunch(visitor, c.get('world').now()) !== undefined
  return {
    locale,
    t: textsOf(locale, c.get('world').settings.marketplace.brand),
    brand: c.get('world').settings.marketplace.brand,
    visitor,
    path: query ? `${pathname}?${query}` : pathname,
    ...(needsLaunch ? { needsLaunch } : {}),
  }
}
