import { randomUUID } from 'node:crypto'
import { type JWK, SignJWT } from 'jose'
import type { Scope } from '../../contract/tokens.ts'
import type { PluginIdentity, SigningKey } from './plugin-identity.ts'

/** What is different about a token than about a good one. */
export interface TokenChange {
  readonly header?: Readonly<Record<string, string>>
  readonly claims?: Readonly<Record<string, unknown>>
  readonly key?: SigningKey
}

/** What a good token says. `nowSeconds` since 1970. */
export interface TokenFacts {
  readonly plugin: PluginIdentity
  readonly audience: string
  readonly nowSeconds: number
  readonly scope: Scope | ''
}

const LASTS_SECONDS = 120

const claimsOf = ({ plugin, audience, nowSeconds, scope }: TokenFacts, change: TokenChange) => ({
  iss: plugin.origin,
  aud: audience,
  iat: nowSeconds,
  exp: nowSeconds + LASTS_SECONDS,
  jti: randomUUID(),
  scope,
  ...change.claims,
})

/** A service token, good but for the change. */
export async function serviceToken(facts: TokenFacts, change: TokenChange = {}): Promise<string> {
  const key = change.key ?? facts.plugin.service
  return new SignJWT(claimsOf(facts, change))
    .setProtectedHeader({ alg: 'ES256', kid: key.kid, typ: 'service+jwt', ...change.header })
    .sign(key.privateKey)
}

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')

/** A token that says it needs no signature. RFC 7515, appendix A.5. */
export function unsignedToken(facts: TokenFacts): string {
  return `${part({ alg: 'none', kid: facts.plugin.service.kid, typ: 'service+jwt' })}.${part(claimsOf(facts, {}))}.`
}

async function pemOf(jwk: JWK): Promise<Uint8Array> {
  const key = await crypto.subtle.importKey('jwk', jwk as JsonWebKey, { name: 'ECDSA', namedCurve: 'P-256' }, true, [
    'verify',
  ])
  const base64 = Buffer.from(await crypto.subtle.exportKey('spki', key)).toString('base64')
  return new TextEncoder().encode(
    `-----BEGIN PUBLIC KEY-----\n${base64.replace(/(.{64})/g, '$1\n').trimEnd()}\n-----END PUBLIC KEY-----\n`,
  )
}

/** Tokens whose HMAC secret is the public key, as PEM and as JWK: anybody could make them. RFC 8725, §2.1. */
export async function tokensKeyedWithPublicKey(facts: TokenFacts): Promise<string[]> {
  const { publicJwk, kid } = facts.plugin.service
  const secrets = [await pemOf(publicJwk), new TextEncoder().encode(JSON.stringify(publicJwk))]
  return Promise.all(
    secrets.map((secret) =>
      new SignJWT(claimsOf(facts, {})).setProtectedHeader({ alg: 'HS256', kid, typ: 'service+jwt' }).sign(secret),
    ),
  )
}
