import { callOf } from '../contract/marketplace.ts'
import type { Scope } from '../contract/tokens.ts'
import type { Duration, Instant } from '../kernel/instant.ts'
import { readJsonAnswer } from '../platform/http/read-bounded.ts'
import { traceOf, traceparent } from '../platform/http/trace.ts'
import { ANSWER_WITHIN, type Reply } from '../platform/outbox/delivery.ts'
import type { World } from '../world/world.ts'
import { type ServiceKey, signServiceToken } from './trusted-token.ts'

/** The most of a reply that is read; one that is longer counts as none. */
const MAX_REPLY_BYTES = 262_144

export interface MarketplaceCall {
  readonly method: string
  readonly path: string
  readonly body?: unknown
  /** Sent as the quoted `Idempotency-Key`. */
  readonly idempotencyKey: string
  /** How long an answer is waited for, where that is not as long as a delivery takes at most. */
  readonly within?: Duration
}

/** The narrowest scope that a request needs. @throws for what is no call of the contract. */
function scopeOf(request: MarketplaceCall): Scope {
  const scope = callOf(request)?.scope
  if (!scope) throw new Error(`the contract has no ${request.method} ${request.path}`)
  return scope
}

/** Calls the marketplace under a fresh service token. @throws when there is no answer in time. */
export async function callMarketplace(
  world: World,
  key: ServiceKey,
  call: MarketplaceCall,
  now: Instant,
): Promise<Reply> {
  const { origin, marketplace } = world.settings
  const jti = world.newId('jti')
  const token = await signServiceToken({
    key,
    issuer: origin,
    audience: marketplace.audience,
    jti,
    scope: scopeOf(call),
    now,
  })
  const response = await world.fetch(
    `${marketplace.api}${call.path}`,
    {
      method: call.method,
      redirect: 'manual',
      headers: {
        authorization: `Bearer ${token}`,
        'idempotency-key': `"${call.idempotencyKey}"`,
        traceparent: traceparent(world.trace ?? traceOf(call.idempotencyKey), jti),
        ...(call.body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
    },
    call.within ?? ANSWER_WITHIN,
  )
  const date = Date.parse(response.headers.get('date') ?? '')
  if (!Number.isNaN(date)) world.note?.({ fact: 'clock-compared', aheadMs: date - world.now() })
  return {
    status: response.status,
    retryAfter: response.headers.get('retry-after'),
    body: await readJsonAnswer(response, MAX_REPLY_BYTES),
  }
}
