import * as z from 'zod'
import { type Instant, parseRfc3339 } from '../../kernel/instant.ts'
import type { TokenRefusal } from '../../kernel/problem.ts'
import { fail, ok, type Result } from '../../kernel/result.ts'
import type { SandboxWorld } from '../sandbox-world.ts'
import { readCompactJws } from './compact-jws.ts'
import { type PluginKeys, verifySignature } from './plugin-keys.ts'

const MAX_BYTES = 32_768
const SKEW_SECONDS = 60

/** What the issuer signed and the marketplace relies on. */
export interface VerifiedBadge {
  /** The credential's own id, a URN or URL. */
  readonly id: string
  readonly subject: string
  readonly validFrom: Instant
  readonly validUntil: Instant
}

const issuer = z.union([z.string().transform((id) => ({ id })), z.object({ id: z.string() })])

const claims = z.object({
  iss: z.string(),
  jti: z.string().min(1),
  sub: z.string().min(1),
  nbf: z.int(),
  exp: z.int(),
  id: z.string(),
  type: z.array(z.string()).refine((types) => types.includes('VerifiableCredential')),
  issuer,
  validFrom: z.string(),
  validUntil: z.string(),
  credentialSubject: z.object({ id: z.string() }),
  vc: z.undefined().optional(),
  vp: z.undefined().optional(),
})

/** `did:web` of an origin; a port is percent-encoded. did:web method, §2.5.2. */
export const didWebOf = (origin: string): string => `did:web:${new URL(origin).host.replace(':', '%3A')}`

const inSeconds = (at: Instant): number => Math.floor(at / 1_000)

/** Judges the claims of a badge whose signature is good: the JWT's own claims must say what the credential says. */
export function judgeBadgeClaims(payload: unknown, expected: { readonly did: string; readonly nowSeconds: number }): Result<VerifiedBadge, TokenRefusal> {
  const parsed = claims.safeParse(payload)
  if (!parsed.success) return fail('claims')
  const said = parsed.data
  if (said.iss !== expected.did || said.issuer.id !== expected.did) return fail('issuer')
  const validFrom = parseRfc3339(said.validFrom)
  const validUntil = parseRfc3339(said.validUntil)
  if (validFrom === undefined || validUntil === undefined) return fail('claims')
  const agrees = said.jti === said.id && said.sub === said.credentialSubject.id && said.nbf === inSeconds(validFrom) && said.exp === inSeconds(validUntil)
  if (!agrees || validUntil <= validFrom) return fail('claims')
  if (said.nbf > expected.nowSeconds + SKEW_SECONDS) return fail('not-yet-valid')
  return ok({ id: said.id, subject: said.sub, validFrom, validUntil })
}

/**
 * Believes a badge of the plugin (`vc+jwt`), or says why not. One that has expired is believed: it is shown as expired.
 * The key id is `<issuer DID>#<key>`; the JWK set may list the key under either name.
 */
export async function verifyBadgeToken(world: SandboxWorld, keys: PluginKeys, token: string): Promise<Result<VerifiedBadge, TokenRefusal>> {
  const read = readCompactJws(token, MAX_BYTES)
  if (!read.ok) return read
  if (read.value.typ !== 'vc+jwt') return fail('type')
  const did = didWebOf(world.settings.pluginOrigin)
  const { kid } = read.value
  if (!kid.startsWith(`${did}#`)) return fail('issuer')
  const key = await keys.find(world, [kid, kid.slice(did.length + 1)])
  if (!key.ok) return key
  const signature = await verifySignature(read.value, key.value)
  if (!signature.ok) return signature
  return judgeBadgeClaims(read.value.payload, { did, nowSeconds: inSeconds(world.trustNow()) })
}
