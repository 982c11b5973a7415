import { Hono } from 'hono'
import { etag, RETAINED_304_HEADERS } from 'hono/etag'
import type { World } from '../../world/world.ts'
import { achievementRoutes } from './achievement-page.tsx'
import { concernRoutes } from './concern-page.tsx'
import { credentialRoutes } from './credential-routes.tsx'
import { embedRoutes } from './embed/embed-routes.tsx'
import { evidenceRoutes } from './evidence-page.tsx'
import { imageRoutes } from './image-routes.ts'
import { keyRoutes } from './key-routes.ts'
import type { PublicEnv } from './public-response.ts'
import { statusRoutes } from './status-routes.ts'
import { createTrust } from './trust.ts'
import { verifyRoutes } from './verify-routes.ts'

const tagged = etag({
  retainedHeaders: [
    ...RETAINED_304_HEADERS,
    'access-control-allow-origin',
    'cross-origin-resource-policy',
    'x-content-type-options',
  ],
})

/**
 * Everything anybody may read without a session: keys, achievements, credentials, status lists and the verifier.
 * The caller must have put the request's `world` into the context. Mount at `/`.
 */
export function publicRoutes(): Hono<{ Variables: { world: World } }> {
  const trustOf = createTrust()
  const app = new Hono<PublicEnv>()
  for (const path of [
    '/.well-known/did.json',
    '/.well-known/jwks.json',
    '/keys/*',
    '/achievements/*',
    '/credentials/*',
    '/status/*',
    '/api/credentials/*',
    '/embed/*',
    '/oembed',
  ]) {
    app.use(path, async (c, next) => {
      c.set('trust', await trustOf(c.var.world))
      await next()
    })
  }
  // documents that change seldom are asked for often: who has them already is not sent them again
  for (const path of [
    '/.well-known/did.json',
    '/.well-known/jwks.json',
    '/keys/*',
    '/achievements/*',
    '/credentials/*',
    '/status/*',
  ])
    app.use(path, tagged)
  for (const routes of [
    keyRoutes(),
    statusRoutes(),
    achievementRoutes(),
    verifyRoutes(),
    imageRoutes(),
    credentialRoutes(),
    concernRoutes(),
    embedRoutes(),
    evidenceRoutes(),
  ])
    app.route('/', routes)
  return app as unknown as Hono<{ Variables: { world: World } }>
}
