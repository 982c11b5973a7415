import type { Context } from 'hono'
import { oldLaunch } from '../../flows/note-act.ts'
import { readerLanguage } from '../../platform/page/language.ts'
import type { WebEnv } from '../web-env.ts'
import { type PageContext, spokenIn } from './page-context.ts'

/** The language picked here, else the one the marketplace sent along, else the browser's. A pick in the address is kept. */
export function pageContext(c: Context<WebEnv>): PageContext {
  const visitor = c.get('session')
  const locale = readerLanguage(c, { told: visitor?.locale, isKept: true })
  const { pathname, searchParams } = new URL(c.req.url)
  searchParams.delete('lang')
  const query = searchParams.toString()
  const needsLaunch =
    visitor !== undefined && visitor.role !== 'worker' && oldLaunch(visitor, c.get('world').now()) !== undefined
  return {
    ...spokenIn(c.get('world').settings, locale),
    visitor,
    path: query ? `${pathname}?${query}` : pathname,
    ...(needsLaunch ? { needsLaunch } : {}),
  }
}
