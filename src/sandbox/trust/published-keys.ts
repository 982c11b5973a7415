import * as z from 'zod'

/** A public key of the plugin, imported for the one algorithm it may be used with. */
export interface PublishedKey {
  readonly kid: string
  readonly alg: 'ES256' | 'RS256' | 'Ed25519'
  readonly key: CryptoKey
  /** Public half of an Ed25519 key, base64url. */
  readonly x: string | undefined
}

const jwk = z.object({
  kty: z.string(),
  kid: z.string().min(1).max(512),
  alg: z.string().optional(),
  use: z.string().optional(),
  crv: z.string().optional(),
  x: z.string().optional(),
  y: z.string().optional(),
  n: z.string().optional(),
  e: z.string().optional(),
})

const keySet = z.object({ keys: z.array(z.unknown()).max(100) })

const imports = {
  ES256: { name: 'ECDSA', namedCurve: 'P-256' },
  RS256: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
  Ed25519: { name: 'Ed25519' },
} as const

/** The algorithm follows from the key, never from a token. */
function algorithmOf(key: z.infer<typeof jwk>): PublishedKey['alg'] | undefined {
  if (key.use !== undefined && key.use !== 'sig') return undefined
  if (key.kty === 'EC' && key.crv === 'P-256' && (key.alg ?? 'ES256') === 'ES256') return 'ES256'
  // 342 base64url digits are 2048 bits
  if (key.kty === 'RSA' && (key.n?.length ?? 0) >= 342 && (key.alg ?? 'RS256') === 'RS256') return 'RS256'
  if (key.kty === 'OKP' && key.crv === 'Ed25519' && ['EdDSA', 'Ed25519'].includes(key.alg ?? 'Ed25519')) return 'Ed25519'
  return undefined
}

async function importKey(candidate: unknown): Promise<PublishedKey | undefined> {
  const parsed = jwk.safeParse(candidate)
  const alg = parsed.success ? algorithmOf(parsed.data) : undefined
  if (!parsed.success || !alg) return undefined
  const { kid, kty, crv, x, y, n, e } = parsed.data
  try {
    const key = await crypto.subtle.importKey('jwk', { kty, crv, x, y, n, e } as JsonWebKey, imports[alg], false, ['verify'])
    return { kid, alg, key, x }
  } catch {
    return undefined
  }
}

/** Reads a JWK set; keys that cannot be used are left out. Undefined when it is no JWK set. */
export async function readKeySet(text: string): Promise<PublishedKey[] | undefined> {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return undefined
  }
  const parsed = keySet.safeParse(json)
  if (!parsed.success) return undefined
  const keys = await Promise.all(parsed.data.keys.map(importKey))
  return keys.filter((key) => key !== undefined)
}
