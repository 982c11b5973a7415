import { embedProof, withoutClaims } from '../credential/embedded-proof.ts'
import { keepWalletExport } from '../credential/store.ts'
import type { CredentialRow } from '../credential/tables.ts'
import { decodeBase64url } from '../credential/verify/base64url.ts'
import type { World } from '../world/world.ts'
import { keyRingOf } from './key-ring.ts'

/**
 * The credential with an embedded proof, as JSON. It is made when the credential is; one that was issued before there was a
 * key for it gets its export the first time somebody asks. Undefined without such a key, or for an erased holder.
 */
export async function walletExportOf(world: World, { id, jwt, walletExport }: CredentialRow): Promise<string | undefined> {
  if (walletExport !== null) return walletExport
  const payload = decodeBase64url(jwt.split('.')[1] ?? '')
  if (!payload) return undefined
  const document = withoutClaims(JSON.parse(new TextDecoder().decode(payload)))
  const exported = await embedProof(document, 'badge', await keyRingOf(world), world.now())
  return exported && keepWalletExport(world.db, id, JSON.stringify(exported))
}
