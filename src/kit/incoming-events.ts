import { type PluginEvent, pluginEvent } from '../contract/events.ts'
import { instant } from '../kernel/instant.ts'
import type { Issue, WebhookRefusal } from '../kernel/problem.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import { parseBody } from '../platform/http/parse-input.ts'
import { verifyWebhook } from '../platform/outbox/webhook.ts'
import type { Heard } from './marketplace.ts'
import { FOR_GOOD, keyOf, type Store } from './storage.ts'

type Refused =
  | { readonly code: 'idempotency-in-flight'; readonly retryAfterSeconds: number }
  | { readonly code: 'signature-invalid'; readonly reason: WebhookRefusal }
  | { readonly code: 'malformed'; readonly issues: readonly Issue[] }

interface Hearing {
  readonly store: Store
  readonly heard: Heard
  now(): number
}

/** How long an event is whoever's began to apply it, in milliseconds: a process that ends meanwhile keeps it no longer. */
const HEARING_LASTS = 60_000

/**
 * Applies an event, and notes for good that it has been. @returns whether it was new, or is being applied at this moment.
 * @throws what `heard` throws: it is then as if it had not come.
 */
export async function hearOnce(
  { store, heard, now }: Hearing,
  event: PluginEvent,
): Promise<'new' | 'known' | 'in-flight'> {
  const [key, claim] = [keyOf('heard', event.id), keyOf('hearing', event.id)]
  const isKnown = async () => (await store.read(key)) !== undefined
  if (await isKnown()) return 'known'
  if (!(await store.insert(claim, '', { now: now(), until: now() + HEARING_LASTS }))) return 'in-flight'
  try {
    // another one may have ended between the look and the claim
    if (await isKnown()) return 'known'
    await heard(event)
    await store.write(key, event.type, FOR_GOOD)
    return 'new'
  } finally {
    await store.remove(claim)
  }
}

/** Takes a signed event: the signature is over the bytes, and is tried before anything is read. */
export async function takeEvent(
  hearing: Hearing & { readonly keys: readonly string[] },
  headers: Headers,
  body: string,
): Promise<Result<{ readonly received: true; readonly duplicate: boolean }, Refused>> {
  const verified = await verifyWebhook({
    headers: (name) => headers.get(name) ?? undefined,
    body,
    keys: hearing.keys,
    now: instant(hearing.now()),
  })
  if (!verified.ok) return verified
  const event = parseBody(pluginEvent, body)
  if (!event.ok) return event
  if (event.value.id !== verified.value)
    return fail({ code: 'malformed', issues: [{ path: 'id', message: 'Differs from the webhook-id header' }] })
  const outcome = await hearOnce(hearing, event.value)
  if (outcome === 'in-flight') return fail({ code: 'idempotency-in-flight', retryAfterSeconds: 1 })
  return ok({ received: true, duplicate: outcome === 'known' })
}
