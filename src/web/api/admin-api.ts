import { Hono, type MiddlewareHandler } from 'hono'
import { jwtVerify } from 'jose'
import * as z from 'zod'
import { publishedKey } from '../../credential/keys.ts'
import { keyRingOf } from '../../flows/key-ring.ts'
import { publishExam } from '../../flows/publish-exam.ts'
import type { Bank } from '../../item/bank.ts'
import { MAX_TOKEN_SECONDS, serviceTokenClaims } from '../../marketplace/contract.ts'
import type { World } from '../../world/world.ts'
import { limitBody } from '../limit-body.ts'
import { problemResponse } from '../problem-response.ts'
import type { WebEnv } from '../web-env.ts'
import { readBody } from './read-body.ts'

/** D1 keeps at most 2 MB in a row. */
const MAX_BODY_BYTES = 1_900_000

/** The compiler checked the bank; this only keeps out what is no bank at all. */
const bank = z.looseObject({
  exam: z.looseObject({ id: z.string().regex(/^[a-z0-9-]{1,64}$/), version: z.int().min(1), sections: z.array(z.looseObject({ topic: z.string() })).min(1) }),
  items: z.array(z.looseObject({ id: z.string(), hash: z.string() })).min(1),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
})

/** Whether a token was signed by the product's own service key to publish exams. */
async function mayPublish(world: World, token: string): Promise<boolean> {
  const { origin } = world.settings
  const ring = await keyRingOf(world)
  try {
    const { payload } = await jwtVerify(
      token,
      ({ kid }) => {
        const key = publishedKey(ring, kid ?? '')
        if (key?.use !== 'service') throw new Error('no such key')
        return key.publicKey
      },
      { typ: 'service+jwt', issuer: origin, audience: origin, algorithms: ['ES256', 'RS256'], currentDate: new Date(world.now()) },
    )
    const { iat, exp, scope } = serviceTokenClaims.parse(payload)
    return exp - iat <= MAX_TOKEN_SECONDS && scope.split(' ').includes('exams:publish')
  } catch {
    return false
  }
}

const requirePublisher: MiddlewareHandler<WebEnv> = async (c, next) => {
  const authorization = c.req.header('authorization')
  if (!authorization?.startsWith('Bearer ') || !(await mayPublish(c.var.world, authorization.slice(7)))) return problemResponse({ code: 'unauthenticated' })
  return next()
}

/** The door of `kentei publish --to`: whoever holds the service key publishes exams. */
export function adminApi(): Hono<WebEnv> {
  return new Hono<WebEnv>().post('/admin/exams', requirePublisher, limitBody(MAX_BODY_BYTES), async (c) => {
    const read = await readBody(c, bank)
    if (!read.ok) return problemResponse(read.problem)
    await publishExam(c.var.world, read.value as unknown as Bank)
    return c.json({ exam: read.value.exam.id, version: read.value.exam.version, hash: read.value.hash }, 201)
  })
}
