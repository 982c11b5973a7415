import type { TokenRefusal } from '../../kernel/problem.ts'
import { fail, ok, type Result } from '../../kernel/result.ts'
import { MAX_TOKEN_SECONDS, type ServiceTokenClaims, serviceTokenClaims } from '../../marketplace/contract.ts'
import type { SandboxWorld } from '../sandbox-world.ts'
import { readCompactJws } from './compact-jws.ts'
import { type PluginKeys, verifySignature } from './plugin-keys.ts'

const MAX_BYTES = 4_096
/** How far the plugin's clock may run ahead. An expired token gets no grace: the caller can always make a new one. */
const SKEW_SECONDS = 60

/** Judges the claims of a token whose signature is good. */
export function judgeServiceClaims(payload: unknown, expected: { readonly issuer: string; readonly audience: string; readonly nowSeconds: number }): Result<ServiceTokenClaims, TokenRefusal> {
  const parsed = serviceTokenClaims.safeParse(payload)
  if (!parsed.success) return fail('claims')
  const claims = parsed.data
  if (claims.iss !== expected.issuer) return fail('issuer')
  if (claims.aud !== expected.audience) return fail('audience')
  if (claims.exp <= claims.iat || claims.exp - claims.iat > MAX_TOKEN_SECONDS) return fail('lifetime')
  if (claims.iat > expected.nowSeconds + SKEW_SECONDS) return fail('not-yet-valid')
  if (claims.exp <= expected.nowSeconds) return fail('expired')
  return ok(claims)
}

/** Believes a `service+jwt` of the plugin, or says why not. That it is used once only is the caller's to record. */
export async function verifyServiceToken(world: SandboxWorld, keys: PluginKeys, token: string): Promise<Result<ServiceTokenClaims, TokenRefusal>> {
  const read = readCompactJws(token, MAX_BYTES)
  if (!read.ok) return read
  if (read.value.typ !== 'service+jwt') return fail('type')
  const key = await keys.find(world, [read.value.kid])
  if (!key.ok) return key
  const signature = await verifySignature(read.value, key.value)
  if (!signature.ok) return signature
  const { pluginIssuer, origin } = world.settings
  return judgeServiceClaims(read.value.payload, { issuer: pluginIssuer, audience: origin, nowSeconds: Math.floor(world.trustNow() / 1_000) })
}
