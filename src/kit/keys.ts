import { base64url, calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose'

/** What a marketplace signs and names with. Secret; kept where other secrets are. */
export interface MarketplaceKeys {
  /** Private P-256 key of launch and service tokens. */
  readonly tokens: JWK
  /** The one that follows it: published already, so that nobody waits on the day it takes over. */
  readonly next?: JWK
  /** Private Ed25519 key of the events. */
  readonly events: JWK
  /** By which clients get names that nobody can trace back, 32 bytes, base64url. Keep it for ever: other names would be other clients. Each Kentei is told other names. */
  readonly names: string
}

async function freshKey(alg: 'ES256' | 'Ed25519'): Promise<JWK> {
  const { privateKey } = await generateKeyPair(alg, { extractable: true })
  const jwk = await exportJWK(privateKey)
  return { ...jwk, kid: await calculateJwkThumbprint(jwk), alg: alg === 'Ed25519' ? 'EdDSA' : alg, use: 'sig' }
}

/**
 * Makes fresh keys.
 *
 * @example
 * const keys = await generateKeys()
 * JSON.stringify(keys) // into your secret store, once
 */
export async function generateKeys(): Promise<MarketplaceKeys> {
  const [tokens, next, events] = await Promise.all([freshKey('ES256'), freshKey('ES256'), freshKey('Ed25519')])
  return { tokens, next, events, names: base64url.encode(crypto.getRandomValues(new Uint8Array(32))) }
}

/**
 * Lets the announced key take over. Publish both until what the old one signed has ended, five minutes, then drop the old.
 *
 * @example
 * const { keys: rotated, old } = await rotateKeys(keys)
 */
export async function rotateKeys(
  keys: MarketplaceKeys,
): Promise<{ readonly keys: MarketplaceKeys; readonly old: JWK }> {
  return {
    keys: { ...keys, tokens: keys.next ?? (await freshKey('ES256')), next: await freshKey('ES256') },
    old: keys.tokens,
  }
}

/** The public half of a key, fit to be published. */
export const publicHalf = ({ kty, crv, x, y, kid, alg }: JWK): JWK =>
  ({ kty, crv, x, ...(y === undefined ? {} : { y }), kid, alg, use: 'sig' }) as JWK

/** `whpk_…` of an Ed25519 key: what Kentei's `MARKETPLACE_WEBHOOK_KEYS` names. */
export const webhookPublicKey = ({ x }: Pick<JWK, 'x'>): string =>
  `whpk_${btoa(String.fromCharCode(...base64url.decode(x as string)))}`

/** A key that signs, not to be read out again. */
export const signingKey = async (jwk: JWK): Promise<CryptoKey> =>
  (await importJWK(jwk, jwk.crv === 'Ed25519' ? 'EdDSA' : 'ES256', { extractable: false })) as CryptoKey
