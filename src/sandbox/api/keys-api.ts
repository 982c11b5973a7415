import { didOfOrigin } from '@kentei/verify/parts'
import { type Context, Hono } from 'hono'
import type { JWK } from 'jose'
import * as z from 'zod'
import { patternOf } from '../../contract/call.ts'
import { jwk } from '../../contract/kentei/answers/credentials.ts'
import { offers, readOffers } from '../../contract/marketplace.ts'
import { ok } from '../../kernel/result.ts'
import { securityTxt, securityTxtHeaders } from '../../platform/http/security-txt.ts'
import type { SandboxEnv } from '../sandbox-world.ts'
import { ownWebhookKey } from '../trust/plugin-trust.ts'
import { publicJwk } from '../trust/sign-token.ts'
import { call, serving } from './serve.ts'

const open = { tag: 'Evidence', security: 'none', method: 'get', headers: ['Cache-Control'], refusals: [] } as const

const DID = 'did:web:market.example'
const address = (example: string) => z.string().meta({ examples: [example] })

const readTokenKeys = call({
  ...open,
  path: '/.well-known/jwks.json',
  summary: "Public keys of the marketplace's launch and service tokens",
  success: [200, '{keys: [JWK]}'],
  answer: z.object({ keys: z.array(jwk()) }),
})

const readDid = call({
  ...open,
  path: '/.well-known/did.json',
  summary: 'The marketplace as did:web, for whoever checks an endorsement of its',
  success: [200, 'DID document'],
  answer: z.object({
    '@context': z.array(address('https://www.w3.org/ns/did/v1')),
    id: address(DID),
    alsoKnownAs: z.array(address('https://market.example')),
    verificationMethod: z.array(
      z.object({
        id: address(`${DID}#1`),
        type: z.literal('JsonWebKey2020'),
        controller: address(DID),
        publicKeyJwk: jwk(),
      }),
    ),
    assertionMethod: z.array(address(`${DID}#1`)),
  }),
})

const readWebhookKeys = call({
  ...open,
  path: '/.well-known/webhook-keys.json',
  summary: "Public keys of the marketplace's webhooks, as `whpk_…`",
  success: [200, '{keys: [key]}'],
  answer: z.object({ keys: z.array(address('whpk_MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=')) }),
})

const readSecurityTxt = call({
  ...open,
  path: '/.well-known/security.txt',
  summary: 'Where flaws are reported (RFC 9116)',
  success: [200, 'Plain text'],
  media: { 'text/plain': 'Contact: https://kentei.example/about/security\nExpires: 2027-05-24T00:00:00.000Z\n' },
})

export const keysCalls = [readTokenKeys, readDid, readWebhookKeys, readOffers, readSecurityTxt] as const

const KEYS_KEPT_SECONDS = 300

/** A key that has a name, as it is published. */
const keyDocument = (key: JWK) => ({ ...publicJwk(key), kty: key.kty as string, kid: key.kid as string })

/** An answer that caches may keep for a while. */
function kept<T>(c: Context<SandboxEnv>, value: T) {
  c.header('Cache-Control', `public, max-age=${KEYS_KEPT_SECONDS}`)
  return ok(value)
}

const PROFILE = '/api/workers/{worker}?category={exam}'

/** What is known of the marketplace without a token: its public keys, for whoever checks what it signs, and what it offers. */
export function keysApi(): Hono<SandboxEnv> {
  const api = new Hono<SandboxEnv>()
  const serve = serving(api)

  serve(readTokenKeys, (_, c) => kept(c, { keys: [keyDocument(c.get('world').settings.keys.service)] }))
  serve(readOffers, (_, c) => kept(c, { offers: [...offers], profile: PROFILE }))
  serve(readWebhookKeys, (_, c) => kept(c, { keys: [ownWebhookKey(c.get('world').settings.keys.webhook)] }))

  serve(readDid, (_, c) => {
    const { origin, keys } = c.get('world').settings
    const did = didOfOrigin(origin)
    const key = keyDocument(keys.service)
    return kept(c, {
      '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/suites/jws-2020/v1'],
      id: did,
      alsoKnownAs: [origin],
      verificationMethod: [{ id: `${did}#${key.kid}`, type: 'JsonWebKey2020', controller: did, publicKeyJwk: key }],
      assertionMethod: [`${did}#${key.kid}`],
    })
  })

  // the reference marketplace is nobody's own: its flaws go where the plugin's go
  api.get(patternOf(readSecurityTxt), (c) => {
    const { settings, now } = c.get('world')
    const policy = `${settings.pluginOrigin}/about/security`
    return c.body(
      securityTxt({ origin: settings.origin, contacts: [policy], policy, now: now() }),
      200,
      securityTxtHeaders,
    )
  })
  return api
}
