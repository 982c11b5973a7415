import { type PluginEvent, pluginEvent } from '../contract/events.ts'
import { instant } from '../kernel/instant.ts'
import type { Issue, WebhookRefusal } from '../kernel/problem.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import { parseBody } from '../platform/http/parse-input.ts'
import { verifyWebhook } from '../platform/outbox/webhook.ts'
import type { Heard } from './marketplace.ts'
import { FOR_GOOD, keyOf, type Store } from './storage.ts'

type Refused =
  | { readonly code: 'signature-invalid'; readonly reason: WebhookRefusal }
  | { readonly code: 'malformed'; readonly issues: readonly Issue[] }

interface Hearing {
  readonly store: Store
  readonly heard: Heard
  now(): number
}

/** Applies an event once, for good. @returns whether it was new. @throws what `heard` throws: it is then as if it had not come. */
export async function hearOnce({ store, heard, now }: Hearing, event: PluginEvent): Promise<boolean> {
  const key = keyOf('heard', event.id)
  if (!(await store.insert(key, event.type, { now: now(), ...FOR_GOOD }))) return false
  try {
    await heard(event)
    return true
  } catch (error) {
    await store.remove(key)
    throw error
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
  return ok({ received: true, duplicate: !(await hearOnce(hearing, event.value)) })
}
