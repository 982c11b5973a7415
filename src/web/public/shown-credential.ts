import { findCredential } from '../../credential/store.ts'
import type { CredentialRow } from '../../credential/tables.ts'
import { type CertificateView, viewCertificate } from './certificate-view.ts'
import { publicPageContext } from './page-locale.ts'
import type { PublicContext } from './public-response.ts'

/** A credential that can be shown. An erased one has lost its signed text and is gone; its number and its status are left. */
export async function shownCredential(c: PublicContext, id: string): Promise<CredentialRow | 'gone' | 'not-found'> {
  const record = await findCredential(c.var.world.db, id)
  return !record ? 'not-found' : record.jwt === '' ? 'gone' : record
}

/** The view of a record, judged now, in the reader's language or in the one that is `asked` for. */
export const viewOf = (c: PublicContext, record: CredentialRow, asked?: 'ja' | 'en'): Promise<CertificateView> =>
  viewCertificate(record, { world: c.var.world, trust: c.var.trust, context: publicPageContext(c, asked) })
