import { didOfOrigin } from '@kentei/verify/parts'
import { Hono } from 'hono'
import { securityTxt, securityTxtHeaders } from '../../platform/http/security-txt.ts'
import type { SandboxEnv } from '../sandbox-world.ts'
import { publicJwk } from '../trust/sign-token.ts'
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
    path: '/.well-known/did.json',
    tag: 'Evidence',
    summary: 'The marketplace as did:web, for whoever checks an endorsement of its',
    security: 'none',
    success: [200, 'DID document'],
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
  {
    method: 'get',
    path: '/.well-known/security.txt',
    tag: 'Evidence',
    summary: 'Where flaws are reported (RFC 9116)',
    security: 'none',
    success: [200, 'Plain text'],
    refusals: [],
  },
]

/** Public keys, for whoever checks what the marketplace signs. Mounted at `/.well-known`. */
export function keysApi(): Hono<SandboxEnv> {
  const api = new Hono<SandboxEnv>()
  api.get('/jwks.json', (c) => c.json({ keys: [publicJwk(c.get('world').settings.keys.service)] }, 200, kept))
  api.get('/did.json', (c) => {
    const { origin, keys } = c.get('world').settings
    const did = didOfOrigin(origin)
    const key = publicJwk(keys.service)
    const document = {
      '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/jwk/v1'],
      id: did,
      alsoKnownAs: [origin],
      verificationMethod: [{ id: `${did}#${key.kid}`, type: 'JsonWebKey', controller: did, publicKeyJwk: key }],
      assertionMethod: [`${did}#${key.kid}`],
    }
    return c.json(document, 200, kept)
  })
  // the reference marketplace is nobody's own: its flaws go where the plugin's go
  api.get('/security.txt', (c) => {
    const { settings, now } = c.get('world')
    const policy = `${settings.pluginOrigin}/about/security`
    return c.body(securityTxt({ origin: settings.origin, contacts: [policy], policy, now: now() }), 200, securityTxtHeaders)
  })
  api.get('/webhook-keys.json', (c) => c.json({ keys: [ownWebhookKey(c.get('world').settings.keys.webhook)] }, 200, kept))
  return api
}
