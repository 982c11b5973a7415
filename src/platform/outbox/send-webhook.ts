import type { Instant } from '../../kernel/instant.ts'
import type { World } from '../../world/world.ts'
import { ANSWER_WITHIN, type Reply } from './delivery.ts'
import { signWebhook, type WebhookSigner } from './webhook-signature.ts'

/**
 * Sends an event as Standard Webhooks do; of the answer, the body is not read. `at` is the time of the signature.
 * @throws when there is no answer in time.
 */
export async function sendWebhook(
  { fetch }: Pick<World, 'fetch'>,
  {
    url,
    event,
    at,
    signers,
  }: {
    readonly url: string
    readonly event: { readonly id: string }
    readonly at: Instant
    readonly signers: readonly WebhookSigner[]
  },
): Promise<Reply> {
  const body = JSON.stringify(event)
  const headers = await signWebhook({ id: event.id, at, body, signers })
  const response = await fetch(
    url,
    { method: 'POST', redirect: 'manual', headers: { 'content-type': 'application/json', ...headers }, body },
    ANSWER_WITHIN,
  )
  await response.body?.cancel()
  return { status: response.status, retryAfter: response.headers.get('retry-after'), body: undefined }
}
