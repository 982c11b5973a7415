import { findCredential } from '../../credential/store.ts'
import type { CredentialRow } from '../../credential/tables.ts'
import { readerTag } from '../../platform/page/language.ts'
import { languages, pageTags } from '../../platform/page/words.ts'
import { type PageContext, spokenIn } from '../ui/page-context.ts'
import { type CertificateView, viewCertificate } from './certificate-view.ts'
import type { PublicContext } from './public-response.ts'

type PublicLocale = PageContext['locale']

/**
 * The language that is `asked` for; else what the address, a pick on another page or the browser says, be it a variant of a
 * language. Frames set no cookie.
 */
export function publicPageContext(c: PublicContext, asked?: PublicLocale): PageContext {
  const [tag, offered] = asked ? [asked, languages] : [readerTag(c), pageTags]
  const { pathname, search } = new URL(c.req.url)
  return { ...spokenIn(c.var.world.settings, tag, offered), path: pathname + search }
}

/** A credential that can be shown. An erased one has lost its signed text and is gone; its number and its status are left. */
export async function shownCredential(c: PublicContext, id: string): Promise<CredentialRow | 'gone' | 'not-found'> {
  const record = await findCredential(c.var.world.db, id)
  return !record ? 'not-found' : record.jwt === '' ? 'gone' : record
}

/** The view of a record, judged now, in the reader's language or in the one that is `asked` for. */
export const viewOf = (c: PublicContext, record: CredentialRow, asked?: 'ja' | 'en'): Promise<CertificateView> =>
  viewCertificate(record, { world: c.var.world, trust: c.var.trust, context: publicPageContext(c, asked) })
