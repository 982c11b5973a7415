import { getCookie } from 'hono/cookie'
import { findCredential } from '../../credential/store.ts'
import type { CredentialRow } from '../../credential/tables.ts'
import { isLanguage } from '../../platform/page/words.ts'
import { textsOf } from '../ui/message.ts'
import type { PageContext } from '../ui/page-context.ts'
import { type CertificateView, viewCertificate } from './certificate-view.ts'
import type { PublicContext } from './public-response.ts'

type PublicLocale = PageContext['locale']

/** The first of the reader's languages that there are pages in; English for who names others only, Japanese for who names none. Source: RFC 9110, §12.5.4. */
function acceptedLocale(header: string): PublicLocale {
  const wishes = header.split(',').map((wish) => {
    const [tag = '', ...parameters] = wish.trim().split(';')
    const weight = parameters.map((parameter) => /^\s*q=([\d.]+)\s*$/.exec(parameter)?.[1]).find(Boolean)
    return { language: tag.slice(0, 2).toLowerCase(), weight: weight === undefined ? 1 : Number(weight) }
  })
  const best = wishes
    .filter(({ language, weight }) => weight > 0 && isLanguage(language))
    .sort((a, b) => b.weight - a.weight)[0]
  if (best) return best.language as PublicLocale
  return wishes.some(({ language }) => /^[a-z]{2}$/.test(language)) ? 'en' : 'ja'
}

export const knownLocale = (locale: string | null | undefined): PublicLocale | undefined =>
  isLanguage(locale) ? locale : undefined

/** The language that is `asked` for, else the one in the address, else the one picked on another page, else the browser's. Frames set no cookie. */
export function publicPageContext(c: PublicContext, asked?: PublicLocale): PageContext {
  const locale =
    asked ??
    knownLocale(c.req.query('lang')) ??
    knownLocale(getCookie(c, 'lang')) ??
    acceptedLocale(c.req.header('accept-language') ?? '')
  const { pathname, search } = new URL(c.req.url)
  const { brand } = c.var.world.settings.marketplace
  return { locale, t: textsOf(locale, brand), brand, path: pathname + search }
}

/** A credential that can be shown. An erased one has lost its signed text and is gone; its number and its status are left. */
export async function shownCredential(c: PublicContext, id: string): Promise<CredentialRow | 'gone' | 'not-found'> {
  const record = await findCredential(c.var.world.db, id)
  return !record ? 'not-found' : record.jwt === '' ? 'gone' : record
}

/** The view of a record, judged now, in the reader's language or in the one that is `asked` for. */
export const viewOf = (c: PublicContext, record: CredentialRow, asked?: 'ja' | 'en'): Promise<CertificateView> =>
  viewCertificate(record, { world: c.var.world, trust: c.var.trust, context: publicPageContext(c, asked) })
