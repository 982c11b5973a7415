import type { Verification } from '@kentei/verify/parts'
import { Hono } from 'hono'
import { cors } from 'hono/cors'
import { verifyCredential } from '../../contract/kentei/credentials.ts'
import { parseBody, parseTyped } from '../../platform/http/parse-input.ts'
import { allowancePerCaller } from '../rate-limit.ts'
import { type PublicContext, type PublicEnv, refuse } from './public-response.ts'
import { readBatch } from './read-batch.ts'

/** Credentials that a caller may have verified in a minute, in whatever batches. */
const PER_MINUTE = 60_000

const written = ({ verdict, checks, credential }: Verification) => ({ verdict, checks, credential })

/** Anybody may ask about any credential, from any web page. */
export function verifyRoutes(): Hono<PublicEnv> {
  const take = allowancePerCaller({ name: 'verifications', perMinute: PER_MINUTE })
  /** Takes verifications from the caller's allowance; a refusal may be read from any web page too. */
  const refusalOf = async (c: PublicContext, tokens: number): Promise<Response | undefined> => {
    const { headers, refused } = await take(c as never, tokens)
    for (const [header, value] of Object.entries(headers))
      (refused ? refused.headers : c.res.headers).set(header, value)
    refused?.headers.set('access-control-allow-origin', '*')
    return refused
  }
  return new Hono<PublicEnv>()
    .use(
      '/api/credentials/verify/*',
      cors({
        origin: '*',
        allowMethods: ['POST'],
        allowHeaders: ['content-type'],
        exposeHeaders: ['RateLimit', 'RateLimit-Policy', 'Retry-After'],
        maxAge: 86_400,
      }),
    )
    .post('/api/credentials/verify', async (c) => {
      const request = parseBody(verifyCredential.body, await c.req.text(), parseTyped)
      if (!request.ok) return refuse(request.problem)
      const refused = await refusalOf(c, 1)
      return (
        refused ??
        c.json(written(await c.var.trust.verifier.verify(request.value.credential, c.var.world.now())), 200, {
          'cache-control': 'no-store',
        })
      )
    })
    .post('/api/credentials/verify/batch', async (c) => {
      const batch = await readBatch(new Uint8Array(await c.req.arrayBuffer()))
      if (!batch.ok) return refuse(batch.problem)
      const credentials = batch.value
      const refused = await refusalOf(c, credentials.length)
      return (
        refused ??
        c.json({ results: (await c.var.trust.verifier.verifyAll(credentials, c.var.world.now())).map(written) }, 200, {
          'cache-control': 'no-store',
        })
      )
    })
}
