import { Hono } from 'hono'
import { accepts } from 'hono/accepts'
import { embedProof, withoutClaims } from '../../credential/embedded-proof.ts'
import { hasStatusList, revokedIndices } from '../../credential/lists/store.ts'
import { LIST_TTL, statusListCredential } from '../../credential/status-list.ts'
import { openResponse, type PublicEnv, refuse } from './public-response.ts'
import { createSignedLists } from './signed-lists.ts'

/**
 * The signed status lists, as JWS; to who asks for a credential in JSON, with an embedded proof. As its bits are read for
 * every answer, an answer may be kept for the whole `ttl` that the list states, however old its signature is.
 */
export function statusRoutes(): Hono<PublicEnv> {
  const signedList = createSignedLists()
  return new Hono<PublicEnv>().get('/status/:list', async (c) => {
    const { world, trust } = c.var
    const list = Number(/^[1-9]\d{0,8}$/.exec(c.req.param('list'))?.[0])
    if (Number.isNaN(list) || !(await hasStatusList(world.db, list))) return refuse({ code: 'not-found' })
    const form = accepts(c, {
      header: 'Accept',
      supports: ['application/vc+jwt', 'application/vc', 'application/ld+json', 'application/json'],
      default: 'application/vc+jwt',
    })
    if (form !== 'application/vc+jwt') {
      const document = await statusListCredential(
        { origin: trust.ring.origin, issuer: trust.ring.issuer, list, revoked: await revokedIndices(world.db, list) },
        world.now(),
      )
      const proven = await embedProof(withoutClaims(document), 'listCredential', trust.ring, world.now())
      if (proven) return openResponse(c, JSON.stringify(proven), form, `public, max-age=${LIST_TTL / 1_000}`)
    }
    const { token, etag } = await signedList(world, trust.ring, list)
    const response = openResponse(c, token, 'application/vc+jwt', `public, max-age=${LIST_TTL / 1_000}`)
    response.headers.set('etag', etag)
    return response
  })
}
