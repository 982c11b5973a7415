import { importJWK, type JWK, SignJWT } from 'jose'
import { PLUGIN } from './fake-market.ts'
import { type FixedWorld, NOON } from './fixed-world.ts'

const iat = NOON / 1_000

/** A token of the product's own service key. */
export async function ownToken(w: FixedWorld, scope: string, change: Record<string, unknown> = {}): Promise<string> {
  const jwk = w.world.settings.keys.find(({ use }) => use === 'service')?.jwk as JWK
  return new SignJWT({ iss: PLUGIN, aud: PLUGIN, iat, exp: iat + 300, jti: crypto.randomUUID(), scope, ...change })
    .setProtectedHeader({ alg: 'ES256', kid: jwk.kid as string, typ: 'service+jwt' })
    .sign(await importJWK({ ...jwk, use: undefined } as JWK, 'ES256'))
}
