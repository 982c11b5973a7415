import { decodeBase64url } from '@kentei/verify/parts'
import { embedProof, withoutClaims } from '../credential/embedded-proof.ts'
import { type KeyRing, publishedKey } from '../credential/keys.ts'
import { keepWalletExport } from '../credential/store.ts'
import type { CredentialRow } from '../credential/tables.ts'
import type { World } from '../world/world.ts'
import { keyRingOf } from './key-ring.ts'

/** Whether the key that made the proof is published still: it is not when it was blocked. A proof outside a list, as an early release made it, is none. */
const standsBy = (ring: KeyRing, exported: string): boolean =>
  publishedKey(ring, String(JSON.parse(exported).proof?.[0]?.verificationMethod).split('#')[1] ?? '') !== undefined

/**
 * The credential with an embedded proof, as JSON. It is made when the credential is; one that has none, or one by a key that
 * has been blocked since, gets a new one from the record the first time somebody asks. Undefined without a key for it, or
 * for an erased holder.
 */
export async function walletExportOf(world: World, record: CredentialRow): Promise<string | undefined> {
  const ring = await keyRingOf(world)
  if (record.walletExport !== null && standsBy(ring, record.walletExport)) return record.walletExport
  const payload = decodeBase64url(record.jwt.split('.')[1] ?? '')
  if (!payload) return undefined
  const document = withoutClaims(JSON.parse(new TextDecoder().decode(payload)))
  const exported = await embedProof(document, 'badge', ring, world.now())
  return exported && keepWalletExport(world.db, record, JSON.stringify(exported))
}
