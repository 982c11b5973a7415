import type { Context } from 'hono'
import { createMiddleware } from 'hono/factory'
import type { Problem } from '../../kernel/problem.ts'
import { claimIdempotencyKey, type IdempotentReply, keepReply, releaseIdempotencyKey } from '../../marketplace/store.ts'
import { problemResponse } from '../problem-response.ts'
import type { WebEnv } from '../web-env.ts'

const hex = (bytes: ArrayBuffer) => [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('')

async function fingerprint(c: Context): Promise<string> {
  const request = `${c.req.method} ${new URL(c.req.url).pathname}\n${await c.req.text()}`
  return hex(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(request)))
}

/** Whether a kept reply may still be given: the refusal that stands in its place, if it may not. */
type Withdrawn = (c: Context<WebEnv>, reply: IdempotentReply) => Promise<Problem | undefined>

const replay = ({ status, body }: IdempotentReply) => new Response(body, { status, headers: { 'content-type': status < 400 ? 'application/json' : 'application/problem+json' } })

/**
 * Answers a repeated `Idempotency-Key` with the first reply, unless `withdrawn` says that it may not be given any more. The key is a quoted string (RFC 8941), and belongs to its caller.
 * Replies to failures of ours are not kept.
 */
export const answerOnce = (withdrawn?: Withdrawn) =>
  createMiddleware<WebEnv>(async (c, next) => {
    const header = c.req.header('idempotency-key')
    if (header === undefined) return next()
    const key = /^"([\x21\x23-\x5b\x5d-\x7e]{1,128})"$/.exec(header)?.[1]
    if (key === undefined) return problemResponse({ code: 'malformed', issues: [{ path: 'Idempotency-Key', message: 'expected a quoted string of 1 to 128 characters' }] })
    const { world, session } = c.var
    const caller = session?.worker ?? ''
    const claim = await claimIdempotencyKey(world.db, { caller, isWorker: session?.role === 'worker', key, payloadHash: await fingerprint(c), now: world.now() })
    if (!claim.ok) return problemResponse(claim.problem)
    if (claim.value) {
      const refusal = claim.value.status < 400 ? await withdrawn?.(c, claim.value) : undefined
      return refusal ? problemResponse(refusal) : replay(claim.value)
    }
    try {
      await next()
    } catch (error) {
      await releaseIdempotencyKey(world.db, caller, key)
      throw error
    }
    // "try again" must mean that trying again helps
    const mayChange = c.res.status >= 500 || (c.res.status === 409 && (await c.res.clone().text()).includes('"code":"conflict"'))
    if (mayChange) await releaseIdempotencyKey(world.db, caller, key)
    else await keepReply(world.db, caller, key, { status: c.res.status, body: await c.res.clone().text() })
  })
