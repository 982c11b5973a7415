import { Hono } from 'hono'
import * as z from 'zod'
import { pluginEvent } from '../../contract/events.ts'
import { ok } from '../../kernel/result.ts'
import { parseBody } from '../../platform/http/parse-input.ts'
import { verifyWebhook } from '../../platform/outbox/webhook.ts'
import { malformed } from '../problem.ts'
import type { SandboxEnv } from '../sandbox-world.ts'
import { pluginWebhookKeys } from '../trust/plugin-trust.ts'
import { recordEvent } from '../trust/store.ts'
import { call, serving } from './serve.ts'

const takeEvent = call({
  tag: 'Evidence',
  security: 'webhook',
  method: 'post',
  path: '/webhooks/kentei',
  summary:
    'Takes one event of the plugin, signed as Standard Webhooks say; a duplicate is taken as well and does nothing',
  body: pluginEvent,
  success: [200, '{received, duplicate}'],
  answer: z.object({ received: z.boolean(), duplicate: z.boolean() }),
  refusals: ['signature-invalid', 'malformed'],
})

export const webhookCalls = [takeEvent] as const

/** Where the plugin tells what became of its credentials, and up to where its log of acts is sealed. */
export function webhookDoor(): Hono<SandboxEnv> {
  const door = new Hono<SandboxEnv>()
  // the signature is over the bytes, and is tried before anything is read
  const { body: eventBody, ...unread } = takeEvent

  serving(door)(unread, async (_, c) => {
    const world = c.get('world')
    const body = await c.req.text()
    const keys = [...world.settings.pluginWebhookKeys, ...(await pluginWebhookKeys(world))]
    const verified = await verifyWebhook({ headers: (name) => c.req.header(name), body, keys, now: world.trustNow() })
    if (!verified.ok) return verified
    const event = parseBody(eventBody, body)
    if (!event.ok) return event
    if (event.value.id !== verified.value)
      return malformed([{ path: 'id', message: 'Differs from the webhook-id header' }])
    const fresh = await recordEvent(world.db, { id: verified.value, type: event.value.type, receivedAt: world.now() })
    return ok({ received: true, duplicate: !fresh })
  })
  return door
}
