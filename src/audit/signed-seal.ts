import { type CryptoKey, decodeProtectedHeader, jwtVerify, SignJWT } from 'jose'
import * as z from 'zod'
import type { Seal, SignedSeal } from './seal.ts'

/** `typ` of a signed seal, which keeps it from being taken for a token, and a token for it. */
const SEAL_TYPE = 'audit-seal+jwt'

/** A key that signs or signed, under its thumbprint. */
interface SealKey<Key> {
  readonly thumbprint: string
  readonly alg: string
  readonly key: Key
}

/**
 * Signs a seal with the service key: the one with which the service speaks for itself, and whose public half every
 * marketplace has from the JWKS already. The token does not end.
 */
export const signSeal = (
  { number, hash, last, at }: Seal,
  { thumbprint, alg, key }: SealKey<CryptoKey>,
  issuer: string,
): Promise<string> =>
  new SignJWT({ seal: number, hash, last })
    .setProtectedHeader({ alg, kid: thumbprint, typ: SEAL_TYPE })
    .setIssuer(issuer)
    .setIssuedAt(Math.floor(at / 1_000))
    .sign(key)

const claims = z.object({ iss: z.string(), seal: z.int().min(1), hash: z.string(), last: z.int() })

/** The thumbprint that a token names, if it is one. */
export function sealKid(token: string): string | undefined {
  try {
    return decodeProtectedHeader(token).kid
  } catch {
    return undefined
  }
}

/** Reads a signed seal; undefined where the signature is not of this key, or the token something else. */
export async function readSignedSeal(token: string, key: CryptoKey): Promise<SignedSeal | undefined> {
  try {
    // signed once and kept: what is asked is whether the chain still holds it, not how old it is
    const { payload } = await jwtVerify(token, key, { typ: SEAL_TYPE, algorithms: ['ES256'] })
    const { iss, ...signed } = claims.parse(payload)
    return { issuer: iss, ...signed }
  } catch {
    return undefined
  }
}
