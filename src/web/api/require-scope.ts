import type { MiddlewareHandler } from 'hono'
import { jwtVerify } from 'jose'
import { publishedKey } from '../../credential/keys.ts'
import { keyRingOf } from '../../flows/key-ring.ts'
import type { Problem } from '../../kernel/problem.ts'
import { type Scope, type ServiceTokenClaims, serviceTokenClaims } from '../../marketplace/contract.ts'
import { refusalOfLife, useTokenUp } from '../../marketplace/trusted-token.ts'
import type { World } from '../../world/world.ts'
import { problemResponse } from '../problem-response.ts'
import { bearerOf } from '../session-cookie.ts'
import type { WebEnv } from '../web-env.ts'

/** What a token says that was signed by the product's own service key, for this scope. It is not used up yet. */
export async function readOwnToken(world: World, token: string, scope: Scope): Promise<ServiceTokenClaims | undefined> {
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
    return refusalOfLife(claims, world.now()) === undefined && claims.scope.split(' ').includes(scope) ? claims : undefined
  } catch {
    return undefined
  }
}

/** Uses up a token of the product's own service key. @returns why not. */
export async function refusalOfOwnToken(world: World, token: string | undefined, scope: Scope): Promise<Problem | undefined> {
  const claims = token === undefined ? undefined : await readOwnToken(world, token, scope)
  if (!claims) return { code: 'unauthenticated' }
  return (await useTokenUp(world, claims)) ? undefined : { code: 'token-refused', reason: 'replayed' }
}

/** For whoever holds the service key of this very service: the command line of its operators. */
export const requireScope =
  (scope: Scope): MiddlewareHandler<WebEnv> =>
  async (c, next) => {
    const problem = await refusalOfOwnToken(c.var.world, bearerOf(c), scope)
    return problem ? problemResponse(problem) : next()
  }
