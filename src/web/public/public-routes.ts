import { Hono } from 'hono'
import type { World } from '../../world/world.ts'
import { achievementRoutes } from './achievement-page.tsx'
import { checkRoutes } from './check-routes.tsx'
import { concernRoutes } from './concern-page.tsx'
import { credentialRoutes } from './credential-routes.tsx'
import { embedRoutes } from './embed/embed-routes.tsx'
import { evidenceRoutes } from './evidence-page.tsx'
import { imageRoutes } from './image-routes.ts'
import { type PublicEnv, tagged } from './public-response.ts'
import { createTrust } from './trust.ts'
import { verifyRoutes } from './verify-routes.ts'

/**
 * Everything anybody may read without a session, but keys and status lists: achievements, credentials and the verifier.
 * The caller must have put the request's `world` into the context. Mount at `/`.
 */
export function publicRoutes(): Hono<{ Variables: { world: World } }> {
  const trustOf = createTrust()
  const app = new Hono<PublicEnv>()
  for (const path of ['/achievements/*', '/credentials/*', '/api/credentials/*', '/embed/*', '/oembed', '/check']) {
    app.use(path, async (c, next) => {
      c.set('trust', await trustOf(c.var.world))
      await next()
    })
  }
  // documents that change seldom are asked for often: who has them already is not sent them again
  for (const path of ['/achievements/*', '/credentials/*']) app.use(path, tagged)
  for (const routes of [
    achievementRoutes(),
    verifyRoutes(),
    imageRoutes(),
    credentialRoutes(),
    concernRoutes(),
    embedRoutes(),
    evidenceRoutes(),
    checkRoutes(),
  ])
    app.route('/', routes)
  return app as unknown as Hono<{ Variables: { world: World } }>
}
