import { Hono } from 'hono'
import type { SandboxEnv } from '../sandbox-world.ts'
import { publicJwk } from '../trust/launch-token.ts'
import { ownWebhookKey } from '../trust/webhook-keys.ts'
import type { Operation } from './operation.ts'

const KEYS_KEPT_SECONDS = 300
const kept = { 'Cache-Control': `public, max-age=${KEYS_KEPT_SECONDS}` }

export const keysOperations: readonly Operation[] = [
  {
    method: 'get',
    path: '/.well-known/jwks.json',
    tag: 'Evidence',
    summary: "Public keys of the marketplace's launch and service tokens",
    security: 'none',
    success: [200, '{keys: [JWK]}'],
    refusals: [],
  },
  {
    method: 'get',
    path: '/.well-known/webhook-keys.json',
    tag: 'Evidence',
    summary: "Public keys of the marketplace's webhooks, as `whpk_…`",
    security: 'none',
    success: [200, '{keys: [key]}'],
    refusals: [],
  },
]

/** Public keys, for whoever checks what the marketplace signs. Mounted at `/.well-known`. */
export function keysApi(): Hono<SandboxEnv> {
  const api = new Hono<SandboxEnv>()
  api.get('/jwks.json', (c) => c.json({ keys: [publicJwk(c.get('world').settings.keys.service)] }, 200, kept))
  api.get('/webhook-keys.json', (c) => c.json({ keys: [ownWebhookKey(c.get('world').settings.keys.webhook)] }, 200, kept))
  return api
}
