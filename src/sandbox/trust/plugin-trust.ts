import { type CredentialVerifier, createVerifier, type Verification } from '@kentei/verify'
import { base64url, type JWK } from 'jose'
import { MAX_TOKEN_SECONDS, type ServiceTokenClaims, serviceTokenClaims } from '../../contract/tokens.ts'
import { milliseconds } from '../../kernel/instant.ts'
import type { TokenRefusal } from '../../kernel/problem.ts'
import type { Result } from '../../kernel/result.ts'
import { publishedKeys, type TokenIssuer, verifyToken } from '../../platform/http/trusted-token.ts'
import type { WebhookSigner } from '../../platform/outbox/webhook.ts'
import type { SandboxSettings, SandboxWorld } from '../sandbox-world.ts'

/** What is believed of the plugin, and kept for a while: its published keys, and a verifier of its badges. */
interface PluginTrust {
  readonly tokens: TokenIssuer
  readonly badges: CredentialVerifier
}

const trusts = new WeakMap<SandboxWorld, PluginTrust>()

function trustOf(world: SandboxWorld): PluginTrust {
  const known = trusts.get(world)
  if (known) return known
  const { pluginOrigin, pluginIssuer, origin } = world.settings
  const now = () => world.trustNow()
  const fetch: SandboxWorld['fetch'] = (url, init, timeout) => world.fetch(url, init, timeout)
  const trust: PluginTrust = {
    tokens: {
      issuer: pluginIssuer,
      audience: origin,
      keys: publishedKeys(`${pluginOrigin}/.well-known/jwks.json`, { fetch, now }),
      mostSeconds: MAX_TOKEN_SECONDS,
    },
    badges: createVerifier({
      issuers: [pluginOrigin],
      fetch: (url, init, timeout) => fetch(url, init, milliseconds(timeout)),
      now,
    }),
  }
  trusts.set(world, trust)
  return trust
}

/** Believes a service token of the plugin, or says why not. That it is used once only is the caller's to record. */
export const verifyServiceToken = (
  world: SandboxWorld,
  token: string,
): Promise<Result<ServiceTokenClaims, TokenRefusal>> =>
  verifyToken(trustOf(world).tokens, token, { typ: 'service+jwt', claims: serviceTokenClaims, now: world.trustNow() })

/** Judges a badge of the plugin as any marketplace would: signature, issuer, validity and status list. */
export const verifyBadge = (world: SandboxWorld, token: string): Promise<Verification> =>
  trustOf(world).badges.verify(token)

/** `whpk_…` of the Ed25519 keys that the plugin publishes; none while they cannot be read. */
export async function pluginWebhookKeys(world: SandboxWorld): Promise<readonly string[]> {
  const { keys } = trustOf(world).tokens
  if (!keys.fresh) await keys.reload().catch(() => undefined)
  return (keys.jwks()?.keys ?? []).flatMap(({ kty, crv, x }) =>
    kty === 'OKP' && crv === 'Ed25519' && x ? [webhookPublicKey(x)] : [],
  )
}

/** `whpk_…` of an Ed25519 key, as a receiver of webhooks configures it. `x` is its public half, base64url. */
export const webhookPublicKey = (x: string): string => `whpk_${btoa(String.fromCharCode(...base64url.decode(x)))}`

/** Every webhook carries a `v1a` signature; a `v1` one too when a secret is shared. */
export async function webhookSigners({ keys, webhookSecret }: SandboxSettings): Promise<WebhookSigner[]> {
  const privateKey = await crypto.subtle.importKey('jwk', keys.webhook as JsonWebKey, { name: 'Ed25519' }, false, [
    'sign',
  ])
  return webhookSecret ? [{ secret: webhookSecret }, { privateKey }] : [{ privateKey }]
}

/** The sandbox's own public webhook key. */
export const ownWebhookKey = (key: JWK): string => webhookPublicKey(key.x as string)
