import { fail, ok } from '../../kernel/result.ts'
import { malformed, type Outcome } from '../problem.ts'
import type { SandboxWorld } from '../sandbox-world.ts'
import { claimKey, keepAnswer, releaseKey } from '../trust/store.ts'

/** A quoted string of an Idempotency-Key header, as in RFC 8941 §3.3.3 but without escapes. */
const QUOTED = /^"([\x20\x21\x23-\x5B\x5D-\x7E]{1,255})"$/

/** Digest by which one request is told from another. */
export async function fingerprintOf(parts: readonly string[]): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(parts.join('\n')))
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** A request as far as it can be repeated. */
export interface Repeatable {
  readonly idempotencyKey: string | undefined
  /** Whose key it is: a person's id; keys of the plugin stand alone. */
  readonly caller?: string | undefined
  readonly method: string
  readonly path: string
  readonly body: string
}

/**
 * Does an act at most once per Idempotency-Key: the same request gets the same answer, another one is refused. Only
 * answers of acts that took place are kept; after a refusal the key is free again.
 */
export async function answerOnce<T extends object>(world: SandboxWorld, request: Repeatable, act: () => Promise<Outcome<T>>): Promise<Outcome<T>> {
  if (request.idempotencyKey === undefined) return act()
  const quoted = QUOTED.exec(request.idempotencyKey)?.[1]
  if (quoted === undefined) return malformed([{ path: 'Idempotency-Key', message: 'Must be a quoted string of at most 255 characters' }])
  const key = request.caller === undefined ? quoted : `${request.caller}/${quoted}`
  const claim = await claimKey(world.db, key, await fingerprintOf([request.method, request.path, request.body]), world.now())
  if (claim.state === 'in-flight') return fail({ code: 'idempotency-in-flight' })
  if (claim.state === 'other-request') return fail({ code: 'idempotency-mismatch' })
  if (claim.state === 'answered') return ok(JSON.parse(claim.answer) as T)
  return settle(world, key, act)
}

async function settle<T extends object>(world: SandboxWorld, key: string, act: () => Promise<Outcome<T>>): Promise<Outcome<T>> {
  let outcome: Outcome<T> | undefined
  try {
    outcome = await act()
    return outcome
  } finally {
    if (outcome?.ok) await keepAnswer(world.db, key, JSON.stringify(outcome.value))
    else await releaseKey(world.db, key)
  }
}
