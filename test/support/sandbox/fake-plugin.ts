import { gzipSync } from 'node:zlib'
import { exportJWK, generateKeyPair, type JWK, type JWTHeaderParameters, SignJWT } from 'jose'
import { type Instant, instant, toRfc3339 } from '../../../src/kernel/instant.ts'

export const PLUGIN = 'https://kentei.example'
export const MARKET = 'https://market.example'
export const DID = 'did:web:kentei.example'
const LIST = `${PLUGIN}/status/1`

/** The entry of a badge in the plugin's status list. */
export const listed = (index: number) => ({
  type: 'BitstringStatusListEntry',
  statusPurpose: 'revocation',
  statusListIndex: String(index),
  statusListCredential: LIST,
})

export interface Delivery {
  readonly headers: Record<string, string>
  readonly body: string
}

/** The other side of the contract: publishes keys, signs tokens and badges, receives webhooks. */
export interface FakePlugin {
  readonly deliveries: Delivery[]
  readonly keyFetches: () => number
  /** Status the webhook door answers with; 0 is a lost connection. */
  webhookStatus: number
  jwksStatus: number
  listStatus: number
  /** Indexes of the status list that are revoked. */
  readonly revoked: Set<number>
  fetch(url: string, init: RequestInit): Promise<Response>
  serviceToken(change?: {
    claims?: Record<string, unknown>
    header?: Partial<JWTHeaderParameters>
    key?: CryptoKey
  }): Promise<string>
  badge(
    credential: string,
    change?: { claims?: Record<string, unknown>; header?: Partial<JWTHeaderParameters>; key?: CryptoKey },
  ): Promise<string>
}

export async function fakePlugin(clock: { now: Instant }): Promise<FakePlugin> {
  const { privateKey, publicKey } = await generateKeyPair('ES256')
  const jwk: JWK = { ...(await exportJWK(publicKey)), kid: 'key-1', alg: 'ES256', use: 'sig' }
  const kid = `${DID}#key-1`
  const didDocument = {
    id: DID,
    assertionMethod: [kid],
    verificationMethod: [
      { id: kid, type: 'JsonWebKey2020', controller: DID, publicKeyJwk: { ...jwk, kid: undefined } },
    ],
  }
  let fetches = 0
  let tokens = 0
  const seconds = () => Math.floor(clock.now / 1_000)
  async function statusList(): Promise<string> {
    const bits = new Uint8Array(16_384)
    for (const index of plugin.revoked) bits[index >>> 3] = (bits[index >>> 3] as number) | (0x80 >> (index & 7))
    const encodedList = `u${gzipSync(bits).toString('base64url')}`
    const subject = {
      id: `${LIST}#list`,
      type: 'BitstringStatusList',
      statusPurpose: 'revocation',
      encodedList,
      ttl: 60_000,
    }
    const list = {
      type: ['VerifiableCredential', 'BitstringStatusListCredential'],
      id: LIST,
      jti: LIST,
      iss: DID,
      issuer: DID,
      sub: subject.id,
      nbf: seconds() - 60,
      credentialSubject: subject,
    }
    return new SignJWT(list).setProtectedHeader({ alg: 'ES256', kid, typ: 'vc+jwt' }).sign(privateKey)
  }
  const plugin: FakePlugin = {
    deliveries: [],
    keyFetches: () => fetches,
    webhookStatus: 200,
    jwksStatus: 200,
    listStatus: 200,
    revoked: new Set(),
    async fetch(url, init) {
      if (url === `${PLUGIN}/.well-known/jwks.json`) {
        fetches += 1
        return plugin.jwksStatus === 200
          ? Response.json({ keys: [jwk, { kty: 'oct', kid: 'odd' }] })
          : new Response(null, { status: plugin.jwksStatus })
      }
      if (url === `${PLUGIN}/.well-known/did.json`)
        return plugin.jwksStatus === 200
          ? Response.json(didDocument)
          : new Response(null, { status: plugin.jwksStatus })
      if (url === LIST)
        return plugin.listStatus === 200
          ? new Response(await statusList())
          : new Response(null, { status: plugin.listStatus })
      if (url !== `${PLUGIN}/webhooks/marketplace`) throw new Error(`unexpected call of ${url}`)
      if (plugin.webhookStatus === 0) throw new TypeError('fetch failed')
      plugin.deliveries.push({ headers: init.headers as Record<string, string>, body: init.body as string })
      return new Response(null, { status: plugin.webhookStatus })
    },
    serviceToken({ claims, header, key } = {}) {
      tokens += 1
      const payload = {
        iss: PLUGIN,
        aud: MARKET,
        iat: seconds(),
        exp: seconds() + 60,
        jti: `token-${tokens}-${Math.random()}`,
        scope: 'standing:read badges:write signals:write',
        ...claims,
      }
      return new SignJWT(payload)
        .setProtectedHeader({ alg: 'ES256', kid: 'key-1', typ: 'service+jwt', ...header })
        .sign(key ?? privateKey)
    },
    badge(credential, { claims, header, key } = {}) {
      const id = `${PLUGIN}/credentials/${credential}`
      const [from, until] = [instant(seconds() * 1_000), instant((seconds() + 86_400 * 365) * 1_000)]
      const payload = {
        '@context': ['https://www.w3.org/ns/credentials/v2'],
        type: ['VerifiableCredential', 'OpenBadgeCredential'],
        id,
        issuer: { id: DID, type: ['Profile'] },
        validFrom: toRfc3339(from),
        validUntil: toRfc3339(until),
        credentialSubject: { id: 'urn:uuid:3f6c1f0e-2b51-4d7c-9a43-0d5f6a1b2c3d', type: ['AchievementSubject'] },
        iss: DID,
        jti: id,
        sub: 'urn:uuid:3f6c1f0e-2b51-4d7c-9a43-0d5f6a1b2c3d',
        nbf: from / 1_000,
        exp: until / 1_000,
        ...claims,
      }
      return new SignJWT(payload)
        .setProtectedHeader({ alg: 'ES256', kid: `${DID}#key-1`, typ: 'vc+jwt', ...header })
        .sign(key ?? privateKey)
    },
  }
  return plugin
}
