import { base64url, type JWK } from 'jose'
import type { WebhookSigner } from '../../platform/outbox/webhook-signature.ts'
import type { SandboxSettings } from '../sandbox-world.ts'

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
