import type { MiddlewareHandler } from 'hono'
import { jwtVerify } from 'jose'
import { type Scope, type ServiceTokenClaims, serviceTokenClaims } from '../../contract/tokens.ts'
import { publishedKey } from '../../credential/keys.ts'
import { keyRingOf } from '../../flows/key-ring.ts'
import { fail, ok, type Result } from '../../kernel/result.ts'
import { isInItsLife, useTokenUp } from '../../marketplace/trusted-token.ts'
import type { StoredKey } from '../../world/settings.ts'
import type { World } from '../../world/world.ts'
import { problemResponse } from '../problem-response.ts'
import { bearerOf } from '../session-cookie.ts'
import type { WebEnv } from '../web-env.ts'

/** What a key of each use may ask this service for: its own service key anything, a tool's key one thing. */
const scopes: Partial<Readonly<Record<StoredKey['use'], readonly Scope[]>>> = {
  service: ['exams:publish', 'statistics:read', 'sessions:end'],
  author: ['exams:publish'],
  statistics: ['statistics:read'],
}

/** A token of one of the service's own keys, or of a tool that it knows. */
interface OwnToken {
  readonly claims: ServiceTokenClaims
  /** Whose key it is, where that is on record. */
  readonly person?: string | undefined
}

/** Reads a token that was signed for this scope by a key that may ask for it. It is not used up yet. */
export async function readOwnToken(world: World, token: string, scope: Scope): Promise<OwnToken | undefined> {
  const { origin } = world.settings
  const ring = await keyRingOf(world)
  try {
    const { payload, protectedHeader } = await jwtVerify(
      token,
      ({ kid }) => {
        const key = publishedKey(ring, kid ?? '')
        if (!key || !scopes[key.use]?.includes(scope)) throw new Error('no such key')
        return key.publicKey
      },
      {
        typ: 'service+jwt',
        issuer: origin,
        audience: origin,
        algorithms: ['ES256', 'RS256'],
        currentDate: new Date(world.now()),
      },
    )
    const claims = serviceTokenClaims.parse(payload)
    const isGood = isInItsLife(claims, world.now()) && claims.scope.split(' ').includes(scope)
    return isGood ? { claims, person: publishedKey(ring, protectedHeader.kid ?? '')?.person } : undefined
  } catch {
    return undefined
  }
}

/** Uses up a token of one of the service's own keys, or of a tool that it knows. */
export async function takeOwnToken(world: World, token: string | undefined, scope: Scope): Promise<Result<OwnToken>> {
  const read = token === undefined ? undefined : await readOwnToken(world, token, scope)
  if (!read) return fail({ code: 'unauthenticated' })
  return (await useTokenUp(world, read.claims)) ? ok(read) : fail({ code: 'token-refused', reason: 'replayed' })
}

/** For whoever holds a key that this very service knows: the command line of its operators. */
export const requireOwnScope =
  (scope: Scope): MiddlewareHandler<WebEnv> =>
  async (c, next) => {
    const taken = await takeOwnToken(c.var.world, bearerOf(c), scope)
    return taken.ok ? next() : problemResponse(taken.problem)
  }
