import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { cors } from 'hono/cors'
import { verifyRequest } from '../requests.ts'
import { type PublicContext, type PublicEnv, refuse } from './public-response.ts'

/** A token of 32 KB and its wrapping; a larger token that still fits is judged, as too large. */
const MAX_BODY_BYTES = 40_960

async function readJson(c: PublicContext): Promise<unknown> {
  try {
    return await c.req.json()
  } catch {
    return undefined
  }
}

/** Anybody may ask about any credential, from any web page. */
export function verifyRoutes(): Hono<PublicEnv> {
  return new Hono<PublicEnv>()
    .use('/api/credentials/verify', cors({ origin: '*', allowMethods: ['POST'], allowHeaders: ['content-type'], maxAge: 86_400 }))
    .post('/api/credentials/verify', bodyLimit({ maxSize: MAX_BODY_BYTES, onError: (c) => refuse(c, { code: 'payload-too-large', limitBytes: MAX_BODY_BYTES }) }), async (c) => {
      const request = verifyRequest.safeParse(await readJson(c))
      if (!request.success) return refuse(c, { code: 'malformed', issues: request.error.issues.map(({ path, message }) => ({ path: path.join('.'), message })) })
      const { verdict, checks, credential } = await c.var.trust.verifier.verify(request.data.credential, c.var.world.now())
      return c.json({ verdict, checks, credential }, 200, { 'cache-control': 'no-store' })
    })
}
