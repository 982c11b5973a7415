import type { Child } from 'hono/jsx'
import { findCredential } from '../../credential/store.ts'
import type { CredentialRow } from '../../credential/tables.ts'
import { contentPolicy } from '../../platform/http/reply-headers.ts'
import { formActionOf, renderPage } from '../../platform/page/form.tsx'
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

/** A page whose state must be asked for anew each time. */
export async function htmlResponse(
  c: PublicContext,
  body: Child | Promise<Child>,
  status: 200 | 404 | 409 | 410 | 422 | 429 | 503 = 200,
  frameAncestors: "'none'" | '*' = "'none'",
): Promise<Response> {
  const { html, actions } = await renderPage(body)
  return c.html(html, status, {
    'content-security-policy': contentPolicy({
      'connect-src': "'none'",
      'form-action': formActionOf(actions, [c.var.world.settings.origin]),
      'frame-ancestors': frameAncestors,
    }),
    'cache-control': 'no-cache',
    vary: 'accept, accept-language',
  })
}
