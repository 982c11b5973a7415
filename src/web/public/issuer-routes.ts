import { type BoundedMemory, boundedMemory, encodeBase64url } from '@kentei/verify/parts'
import { Hono } from 'hono'
import { accepts } from 'hono/accepts'
import { embedProof, withoutClaims } from '../../credential/embedded-proof.ts'
import { didDocument, jwks, publicKeyDocument } from '../../credential/key-documents.ts'
import { type KeyRing, publishedKey } from '../../credential/keys.ts'
import { hasStatusList, revokedIndices } from '../../credential/lists/store.ts'
import { signStatusList } from '../../credential/sign-credential.ts'
import { LIST_TTL, statusListCredential } from '../../credential/status-list.ts'
import { keyRingOf } from '../../flows/key-ring.ts'
import { type Instant, milliseconds, plus } from '../../kernel/instant.ts'
import { securityTxt, securityTxtHeaders } from '../../platform/http/security-txt.ts'
import type { World } from '../../world/world.ts'
import { type DocumentEnv, openJson, openResponse, refuse, tagged } from './public-response.ts'

/** A list as it was signed. */
interface SignedList {
  readonly token: string
  /** Strong validator: no two tokens share it, for the same bits are signed differently each time. */
  readonly etag: string
  readonly signedAt: Instant
  /** How many entries it has revoked. They only ever become more, so that this tells its state. */
  readonly revoked: number
}

/** A signature serves until its list's `ttl` is nearly over. */
const RENEWED_BEFORE_TTL = milliseconds(15_000)
const LISTS_KEPT = 100

const etagOf = async (token: string): Promise<string> =>
  `"${encodeBase64url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(token)))).slice(0, 22)}"`

/**
 * Signs status lists and keeps what it signed. The bits are read on every call, so that a change shows at once wherever it
 * was made; a list is compressed and signed again only when a bit has changed or its signature is nearly a `ttl` old.
 */
function createSignedLists(): (world: World, ring: KeyRing, list: number) => Promise<SignedList> {
  const memories = new WeakMap<KeyRing, BoundedMemory<SignedList>>()
  return async (world, ring, list) => {
    const kept = memories.get(ring) ?? boundedMemory<SignedList>(LISTS_KEPT)
    memories.set(ring, kept)
    const revoked = await revokedIndices(world.db, list)
    const now = world.now()
    const known = kept.get(String(list))
    if (
      known &&
      known.revoked === revoked.length &&
      now >= known.signedAt &&
      now < plus(known.signedAt, LIST_TTL) - RENEWED_BEFORE_TTL
    )
      return known
    const token = await signStatusList({ list, revoked }, ring, now)
    const signed = { token, etag: await etagOf(token), signedAt: now, revoked: revoked.length }
    kept.set(String(list), signed)
    return signed
  }
}

/**
 * The signed status lists, as JWS; to who asks for a credential in JSON, with an embedded proof. As its bits are read for
 * every answer, an answer may be kept for the whole `ttl` that the list states, however old its signature is.
 */
function statusRoutes(): Hono<DocumentEnv> {
  const signedList = createSignedLists()
  return new Hono<DocumentEnv>().get('/status/:list', async (c) => {
    const { world } = c.var
    const list = Number(/^[1-9]\d{0,8}$/.exec(c.req.param('list'))?.[0])
    if (Number.isNaN(list) || !(await hasStatusList(world.db, list))) return refuse({ code: 'not-found' })
    const ring = await keyRingOf(world)
    const form = accepts(c, {
      header: 'Accept',
      supports: ['application/vc+jwt', 'application/vc', 'application/ld+json', 'application/json'],
      default: 'application/vc+jwt',
    })
    if (form !== 'application/vc+jwt') {
      const document = await statusListCredential(
        { origin: ring.origin, issuer: ring.issuer, list, revoked: await revokedIndices(world.db, list) },
        world.now(),
      )
      const proven = await embedProof(withoutClaims(document), 'listCredential', ring, world.now())
      if (proven) return openResponse(c, JSON.stringify(proven), form, `public, max-age=${LIST_TTL / 1_000}`)
    }
    const { token, etag } = await signedList(world, ring, list)
    const response = openResponse(c, token, 'application/vc+jwt', `public, max-age=${LIST_TTL / 1_000}`)
    response.headers.set('etag', etag)
    return response
  })
}

/** Short, so that a rotated or blocked key is known soon. */
const KEYS_CACHE = 'public, max-age=300'

/** The published keys: as DID document, as key set, and one by one; and where flaws are reported. */
const keyRoutes = () =>
  new Hono<DocumentEnv>()
    .get('/.well-known/did.json', async (c) =>
      openJson(c, didDocument(c.var.world.settings.origin, await keyRingOf(c.var.world)), KEYS_CACHE),
    )
    .get('/.well-known/jwks.json', async (c) => openJson(c, jwks(await keyRingOf(c.var.world)), KEYS_CACHE))
    .get('/.well-known/security.txt', (c) => {
      const { origin, securityContacts } = c.var.world.settings
      const policy = `${origin}/about/security`
      return c.body(
        securityTxt({
          origin,
          contacts: securityContacts.length > 0 ? securityContacts : [policy],
          policy,
          now: c.var.world.now(),
        }),
        200,
        securityTxtHeaders,
      )
    })
    .get('/keys/:thumbprint', async (c) => {
      const key = publishedKey(await keyRingOf(c.var.world), c.req.param('thumbprint'))
      return key ? openJson(c, publicKeyDocument(key), KEYS_CACHE) : refuse({ code: 'not-found' })
    })

/**
 * What verifiers everywhere ask an issuer for: keys and status lists. The caller must have put the request's `world` into
 * the context. Mount at `/`.
 */
export function issuerRoutes(): Hono<DocumentEnv> {
  const app = new Hono<DocumentEnv>()
  for (const path of ['/.well-known/did.json', '/.well-known/jwks.json', '/keys/*', '/status/*']) app.use(path, tagged)
  for (const routes of [keyRoutes(), statusRoutes()]) app.route('/', routes)
  return app
}
