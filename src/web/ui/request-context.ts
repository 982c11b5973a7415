import type { Context } from 'hono'
import { oldLaunch } from '../../flows/note-act.ts'
import { readerTag } from '../../platform/page/language.ts'
import { languageOf, languages, pageTags } from '../../platform/page/words.ts'
import type { WebEnv } from '../web-env.ts'
import { pageBehind } from './page-behind.ts'
import { type PageContext, spokenIn } from './page-context.ts'

/**
 * The language picked here, else the one the marketplace sent along, else the browser's. A pick in the address is kept.
 * `variants`: whether the page has a language's variants too.
 */
export function pageContext(c: Context<WebEnv>, { variants = true } = {}): PageContext {
  const visitor = c.get('session')
  const tag = readerTag(c, { told: visitor?.locale, isKept: true })
  const { pathname, searchParams } = new URL(c.req.url)
  searchParams.delete('lang')
  const query = searchParams.toString()
  const page = c.req.method === 'POST' ? pageBehind(pathname) : pathname
  const behind = page === pathname ? undefined : page
  const needsLaunch =
    visitor !== undefined && visitor.role !== 'worker' && oldLaunch(visitor, c.get('world').now()) !== undefined
  return {
    ...spokenIn(c.get('world').settings, variants ? tag : languageOf(tag), variants ? pageTags : languages),
    visitor,
    path: behind ?? (query ? `${pathname}?${query}` : pathname),
    ...(needsLaunch ? { needsLaunch } : {}),
  }
}
