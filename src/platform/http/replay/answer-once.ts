import type { Context, Env, MiddlewareHandler } from 'hono'
import type { Instant } from '../../../kernel/instant.ts'
import type { Database } from '../../../world/database.ts'
import type { Malformed } from '../parse-input.ts'
import { fingerprintOf, keyInQuotes } from './request-key.ts'
import { claimIdempotencyKey, type KeptReply, type KeyOfRequest, keepReply, releaseIdempotencyKey } from './store.ts'

/** The key of a request that may be repeated, and the digest of what it asks. */
export interface RepeatableRequest {
  readonly key: string
  readonly fingerprint: string
}

/** What a request says of being repeated: nothing, or its key; `malformed` where the header is none. */
export async function repeatableRequest(c: Context): Promise<RepeatableRequest | undefined | 'malformed'> {
  const header = c.req.header('idempotency-key')
  if (header === undefined) return undefined
  const key = keyInQuotes(header)
  return key === undefined
    ? 'malformed'
    : { key, fingerprint: await fingerprintOf([c.req.method, c.req.path, await c.req.text()]) }
}

type Refusal = Malformed | { readonly code: 'idempotency-mismatch' } | { readonly code: 'idempotency-in-flight' }

export interface OnceOptions<E extends Env> {
  readonly place: (c: Context<E>) => { readonly db: Database; now(): Instant }
  /** Whose key it is, and on which condition it is kept. */
  readonly caller: (c: Context<E>) => Pick<KeyOfRequest, 'caller' | 'provided'>
  readonly refuse: (c: Context<E>, problem: Refusal) => Response
  /** Why a kept reply may not be given any more: what is answered in its place. */
  readonly withdrawn?: (c: Context<E>, reply: KeptReply) => Promise<Response | undefined>
}

const NOT_QUOTED: Refusal = {
  code: 'malformed',
  issues: [{ path: 'Idempotency-Key', message: 'expected a quoted string of 1 to 255 characters' }],
}

const replayed = ({ status, body }: KeptReply) =>
  new Response(body, { status, headers: { 'content-type': 'application/json' } })

/**
 * Does what a request asks at most once per `Idempotency-Key`: the same request gets the same reply, another one is refused.
 * Only replies to what took place are kept: a refusal changed nothing, and "try again" must mean that trying again helps.
 */
export function answerOnce<E extends Env>({ place, caller, refuse, withdrawn }: OnceOptions<E>): MiddlewareHandler<E> {
  return async (c, next) => {
    const request = c.req.method === 'GET' || c.req.method === 'HEAD' ? undefined : await repeatableRequest(c)
    if (request === undefined) return next()
    if (request === 'malformed') return refuse(c, NOT_QUOTED)
    const [world, who] = [place(c), caller(c)]
    const claim = await claimIdempotencyKey(world.db, {
      ...who,
      key: request.key,
      payloadHash: request.fingerprint,
      now: world.now(),
    })
    if (claim.state === 'in-flight') return refuse(c, { code: 'idempotency-in-flight' })
    if (claim.state === 'other-request') return refuse(c, { code: 'idempotency-mismatch' })
    if (claim.state === 'answered') return (await withdrawn?.(c, claim.reply)) ?? replayed(claim.reply)
    let isDone = false
    try {
      await next()
      isDone = c.res.status < 300 && c.error === undefined
    } finally {
      if (isDone)
        await keepReply(world.db, who.caller, request.key, { status: c.res.status, body: await c.res.clone().text() })
      else await releaseIdempotencyKey(world.db, who.caller, request.key)
    }
  }
}
