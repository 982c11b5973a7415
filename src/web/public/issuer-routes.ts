import { Hono } from 'hono'
import { didDocument, jwks, publicKeyDocument } from '../../credential/key-documents.ts'
import { publishedKey } from '../../credential/keys.ts'
import { keyRingOf } from '../../flows/key-ring.ts'
import { securityTxt, securityTxtHeaders } from '../../platform/http/security-txt.ts'
import { type DocumentEnv, openJson, refuse, tagged } from './public-response.ts'
import { statusRoutes } from './status-routes.ts'

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
