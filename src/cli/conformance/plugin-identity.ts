import { publicMembers } from '@kentei/verify/parts'
import { type CryptoKey, importJWK, type JWK } from 'jose'
import { type KeyRing, openKeyRing } from '../../credential/keys.ts'
import type { StoredKey } from '../../world/settings.ts'
import { UsageError } from '../terminal.ts'

/** A key pair that signs service tokens. */
export interface SigningKey {
  readonly kid: string
  readonly privateKey: CryptoKey
  readonly publicJwk: JWK
}

/** Whom the marketplace takes the conformance run for. */
export interface PluginIdentity {
  /** Its origin: `iss` of service tokens, and host of its issuer DID. */
  readonly origin: string
  readonly service: SigningKey
  /** The published key that will sign next; absent where nobody knows its private half. */
  readonly next: SigningKey | undefined
  /** Signs credentials. */
  readonly ring: KeyRing
  readonly keys: readonly StoredKey[]
}

export async function signingKeyOf({ jwk }: StoredKey): Promise<SigningKey> {
  const { key_ops, ext, use, ...members } = jwk
  return {
    kid: String(jwk.kid),
    privateKey: (await importJWK(members, 'ES256')) as CryptoKey,
    publicJwk: { ...publicMembers(jwk), kid: String(jwk.kid), alg: 'ES256', use: 'sig' },
  }
}

/** Opens the plugin's own keys. @throws a `UsageError` when the service or the credential key is missing. */
export async function openIdentity(origin: string, keys: readonly StoredKey[]): Promise<PluginIdentity> {
  const of = (state: StoredKey['state']) =>
    keys.find((key) => key.use === 'service' && key.state === state && key.jwk.d !== undefined)
  const [active, next] = [of('active'), of('next')]
  if (!active || !keys.some((key) => key.use === 'credential' && key.state === 'active'))
    throw new UsageError((t) => t('usage.conformance.noActiveKey'))
  return {
    origin,
    service: await signingKeyOf(active),
    next: next && (await signingKeyOf(next)),
    ring: await openKeyRing(origin, keys),
    keys,
  }
}
