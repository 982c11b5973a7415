import { type Duration, type Instant, minutes, plus, seconds } from '../../kernel/instant.ts'
import type { TokenRefusal } from '../../kernel/problem.ts'
import { fail, ok, type Result } from '../../kernel/result.ts'
import { readAnswer } from '../../platform/http/read-bounded.ts'
import type { SandboxWorld } from '../sandbox-world.ts'
import type { CompactJws } from './compact-jws.ts'
import { type PublishedKey, readKeySet } from './published-keys.ts'
import { webhookPublicKey } from './webhook-keys.ts'

const TRUSTED_FOR: Duration = minutes(10)
/** At most one look for an unknown key per cooldown, so that nobody can make the sandbox hammer the plugin. */
const COOLDOWN: Duration = seconds(10)
const FETCH_TIMEOUT: Duration = seconds(3)
const MAX_KEY_SET_BYTES = 65_536

/** The plugin's published keys, read over HTTP and kept for a while. */
export interface PluginKeys {
  /** The key that is published under exactly one of these names. */
  find(world: SandboxWorld, names: readonly string[]): Promise<Result<PublishedKey, TokenRefusal>>
  /** `whpk_…` of its Ed25519 keys; none while they cannot be read. */
  webhookKeys(world: SandboxWorld): Promise<readonly string[]>
}

async function fetchKeys(world: SandboxWorld): Promise<readonly PublishedKey[] | undefined> {
  try {
    const response = await world.fetch(`${world.settings.pluginOrigin}/.well-known/jwks.json`, { headers: { Accept: 'application/json' } }, FETCH_TIMEOUT)
    const text = response.ok ? await readAnswer(response, MAX_KEY_SET_BYTES) : undefined
    return text === undefined ? undefined : await readKeySet(text)
  } catch {
    return undefined
  }
}

/** Opens a cache of the plugin's keys; it lives as long as the app that holds it. */
export function createPluginKeys(): PluginKeys {
  let keys: ReadonlyMap<string, PublishedKey> | undefined
  let readAt = 0 as Instant
  let lookedAt: Instant | undefined
  let looking: Promise<void> | undefined

  const look = async (world: SandboxWorld) => {
    lookedAt = world.trustNow()
    const found = await fetchKeys(world)
    // keys that were good stay in use while the plugin cannot be reached
    if (!found) return
    keys = new Map(found.map((key) => [key.kid, key]))
    readAt = world.trustNow()
  }
  const refresh = async (world: SandboxWorld) => {
    if (!looking && lookedAt !== undefined && keys && world.trustNow() < plus(lookedAt, COOLDOWN)) return
    looking ??= look(world).finally(() => {
      looking = undefined
    })
    await looking
  }
  const stale = (world: SandboxWorld) => !keys || world.trustNow() >= plus(readAt, TRUSTED_FOR)

  return {
    async find(world, names) {
      const known = () => names.map((name) => keys?.get(name)).find((key) => key !== undefined)
      if (stale(world) || !known()) await refresh(world)
      if (!keys) return fail('keys-unavailable')
      const key = known()
      return key ? ok(key) : fail('key-unknown')
    },
    async webhookKeys(world) {
      if (stale(world)) await refresh(world)
      return [...(keys?.values() ?? [])].flatMap((key) => (key.alg === 'Ed25519' && key.x ? [webhookPublicKey(key.x)] : []))
    },
  }
}

/** Checks a token's signature with the key that was published for exactly its algorithm. */
export async function verifySignature(jws: CompactJws, published: PublishedKey): Promise<Result<undefined, TokenRefusal>> {
  if (published.alg !== jws.alg) return fail('key-mismatch')
  const algorithm = jws.alg === 'ES256' ? { name: 'ECDSA', hash: 'SHA-256' } : { name: 'RSASSA-PKCS1-v1_5' }
  const good = await crypto.subtle.verify(algorithm, published.key, jws.signature, jws.signed)
  return good ? ok(undefined) : fail('signature')
}
