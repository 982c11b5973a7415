import type { MiddlewareHandler } from 'hono'
import { jwtVerify } from 'jose'
import { publishedKey } from '../../credential/keys.ts'
import { keyRingOf } from '../../flows/key-ring.ts'
import { MAX_TOKEN_SECONDS, type Scope, serviceTokenClaims } from '../../marketplace/contract.ts'
import type { World } from '../../world/world.ts'
import { problemResponse } from '../problem-response.ts'
import { bearerOf } from '../session-cookie.ts'
import type { WebEnv } from '../web-env.ts'

/** Whether a token was signed by the product's own service key, for this scope. */
export async function carriesScope(world: World, token: string, scope: Scope): Promise<boolean> {
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
    const claims = serviceTokenClaims.parse(payload)
    return claims.exp - claims.iat <= MAX_TOKEN_SECONDS && claims.scope.split(' ').includes(scope)
  } catch {
    return false
  }
}

/** For whoever holds the service key of this very service: the command line of its operators. */
export const requireScope =
  (scope: Scope): MiddlewareHandler<WebEnv> =>
  async (c, next) => {
    const token = bearerOf(c)
    if (token === undefined || !(await carriesScope(c.var.world, token, scope))) return problemResponse({ code: 'unauthenticated' })
    return next()
  }
