import { Hono } from 'hono'
import { didDocument, jwks, publicKeyDocument } from '../../credential/key-documents.ts'
import { publishedKey } from '../../credential/keys.ts'
import { securityTxt, securityTxtHeaders } from '../../platform/http/security-txt.ts'
import { openJson, type PublicEnv, refuse } from './public-response.ts'

/** Short, so that a rotated or blocked key is known soon. */
const KEYS_CACHE = 'public, max-age=300'

/** The published keys: as DID document, as key set, and one by one; and where flaws are reported. */
export function keyRoutes(): Hono<PublicEnv> {
  return new Hono<PublicEnv>()
    .get('/.well-known/did.json', (c) =>
      openJson(c, didDocument(c.var.world.settings.origin, c.var.trust.ring), KEYS_CACHE),
    )
    .get('/.well-known/jwks.json', (c) => openJson(c, jwks(c.var.trust.ring), KEYS_CACHE))
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
    .get('/keys/:thumbprint', (c) => {
      const key = publishedKey(c.var.trust.ring, c.req.param('thumbprint'))
      return key ? openJson(c, publicKeyDocument(key), KEYS_CACHE) : refuse({ code: 'not-found' })
    })
}
