import { type CompactJWSHeaderParameters, CompactSign } from 'jose'
import { expect } from 'vitest'
import { type RingKey, signingKey } from '../../src/credential/keys.ts'
import { signCredential } from '../../src/credential/sign-credential.ts'
import type { Reason } from '../../src/verify/reasons.ts'
import { dayAfter, input, ringOf, verifierOf } from './sample-credential.ts'

/** A forger's bench: a ring, a verifier of it, a genuine token, and the means to sign whatever one likes. */
export const ring = await ringOf()
export const verifier = verifierOf(ring)
export const token = await signCredential(input, ring)
export const { kid } = ring.keys[0] as RingKey
export const [head, body, signature] = token.split('.') as [string, string, string]

export const b64 = (text: string | Uint8Array) => Buffer.from(text).toString('base64url')

export const signed = (
  payload: unknown,
  header: Record<string, unknown> = {},
  by: CryptoKey | Uint8Array = signingKey(ring, 'credential')?.privateKey as CryptoKey,
) =>
  new CompactSign(new TextEncoder().encode(typeof payload === 'string' ? payload : JSON.stringify(payload)))
    .setProtectedHeader({ alg: 'ES256', kid, typ: 'vc+jwt', ...header } as CompactJWSHeaderParameters)
    .sign(by)

/** Expects a refusal for this very reason, and no credential in the answer. */
export async function refused(text: string, code: Reason, by = verifier) {
  const { verdict, checks, credential } = await by.verify(text, dayAfter)
  expect({ verdict, code: checks.at(-1)?.code, outcome: checks.at(-1)?.outcome, credential }).toEqual({
    verdict: 'invalid',
    code,
    outcome: 'failed',
    credential: undefined,
  })
}
