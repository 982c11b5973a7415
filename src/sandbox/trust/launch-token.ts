import { importJWK, type JWK, SignJWT } from 'jose'
import { type LaunchClaims, MAX_TOKEN_SECONDS } from '../../marketplace/contract.ts'
import type { SandboxWorld } from '../sandbox-world.ts'

/** Who is sent over, and for what. */
export type Launch = Pick<LaunchClaims, 'sub' | 'role' | 'name' | 'locale' | 'exam' | 'timeMultiplier' | 'returnUrl'>

/** Signs a `launch+jwt` for one person and one use. */
export async function signLaunchToken(world: SandboxWorld, launch: Launch): Promise<string> {
  const { origin, pluginOrigin, keys } = world.settings
  const iat = Math.floor(world.trustNow() / 1_000)
  const claims: LaunchClaims = { iss: origin, aud: pluginOrigin, iat, exp: iat + MAX_TOKEN_SECONDS, jti: world.newId('jti'), ...launch }
  return new SignJWT({ ...claims }).setProtectedHeader({ alg: 'ES256', kid: keys.service.kid as string, typ: 'launch+jwt' }).sign(await importJWK(keys.service, 'ES256'))
}

/** The page of the plugin that a launched person arrives at. */
export const launchUrl = (world: SandboxWorld, token: string): string => `${world.settings.pluginOrigin}/launch?token=${encodeURIComponent(token)}`

/** The public half of a signing key, fit to be published. */
export function publicJwk({ kty, crv, x, y, kid }: JWK): JWK {
  return { kty, crv, x, ...(y === undefined ? {} : { y }), kid, use: 'sig', alg: kty === 'OKP' ? 'EdDSA' : 'ES256' } as JWK
}
