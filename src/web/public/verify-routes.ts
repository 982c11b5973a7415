import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { cors } from 'hono/cors'
import type * as z from 'zod'
import type { Verification } from '../../credential/verify/verification.ts'
import { allowancePerCaller } from '../rate-limit.ts'
import { verifyBatchRequest, verifyRequest } from '../requests.ts'
import { type PublicContext, type PublicEnv, refuse } from './public-response.ts'

/** A token of 32 KB and its wrapping; a larger token that still fits is judged, as too large. */
const MAX_BODY_BYTES = 40_960

/** A thousand badges that list the skills of a whole exam are 16 MB: their average may be a quarter more, while single ones may have their 32 KB. */
const MAX_BATCH_BYTES = 20_971_520

/** Credentials that a caller may have verified in a minute, in whatever batches. */
const PER_MINUTE = 60_000

async function readJson(c: PublicContext): Promise<unknown> {
  try {
    return await c.req.json()
  } catch {
    return undefined
  }
}

const limitBytes = (limit: number) => bodyLimit({ maxSize: limit, onError: () => refuse({ code: 'payload-too-large', limitBytes: limit }) })

const malformed = ({ issues }: z.ZodError) => refuse({ code: 'malformed', issues: issues.map(({ path, message }) => ({ path: path.join('.'), message })) })

const written = ({ verdict, checks, credential }: Verification) => ({ verdict, checks, credential })

/** Anybody may ask about any credential, from any web page. */
export function verifyRoutes(): Hono<PublicEnv> {
  const take = allowancePerCaller({ name: 'verifications', perMinute: PER_MINUTE })
  /** Takes verifications from the caller's allowance; a refusal may be read from any web page too. */
  const refusalOf = (c: PublicContext, tokens: number): Response | undefined => {
    const { headers, refused } = take(c as never, tokens)
    for (const [header, value] of Object.entries(headers)) (refused ? refused.headers : c.res.headers).set(header, value)
    refused?.headers.set('access-control-allow-origin', '*')
    return refused
  }
  return new Hono<PublicEnv>()
    .use('/api/credentials/verify/*', cors({ origin: '*', allowMethods: ['POST'], allowHeaders: ['content-type'], exposeHeaders: ['RateLimit', 'RateLimit-Policy', 'Retry-After'], maxAge: 86_400 }))
    .post('/api/credentials/verify', limitBytes(MAX_BODY_BYTES), async (c) => {
      const request = verifyRequest.safeParse(await readJson(c))
      if (!request.success) return malformed(request.error)
      const refused = refusalOf(c, 1)
      return refused ?? c.json(written(await c.var.trust.verifier.verify(request.data.credential, c.var.world.now())), 200, { 'cache-control': 'no-store' })
    })
    .post('/api/credentials/verify/batch', limitBytes(MAX_BATCH_BYTES), async (c) => {
      const request = verifyBatchRequest.safeParse(await readJson(c))
      if (!request.success) return malformed(request.error)
      const { credentials } = request.data
      const refused = refusalOf(c, credentials.length)
      return refused ?? c.json({ results: (await c.var.trust.verifier.verifyAll(credentials, c.var.world.now())).map(written) }, 200, { 'cache-control': 'no-store' })
    })
}
