import { Hono } from 'hono'
import * as z from 'zod'
import { pluginEvent } from '../../contract/events.ts'
import { ok } from '../../kernel/result.ts'
import { parseBody } from '../../platform/http/parse-input.ts'
import { verifyWebhook } from '../../platform/outbox/webhook-signature.ts'
import { malformed, type Outcome } from '../problem.ts'
import { respond } from '../problem-response.ts'
import type { SandboxEnv, SandboxWorld } from '../sandbox-world.ts'
import { pluginWebhookKeys } from '../trust/plugin-trust.ts'
import { recordEvent } from '../trust/store.ts'
import type { Operation } from './operation.ts'

const receipt = z.object({ received: z.boolean(), duplicate: z.boolean() })

export const webhookOperations: readonly Operation[] = [
  {
    method: 'post',
    path: '/webhooks/kentei',
    tag: 'Evidence',
    summary: 'Takes one event of the plugin, signed as Standard Webhooks say; a duplicate is taken as well and does nothing',
    security: 'webhook',
    body: pluginEvent,
    success: [200, '{received, duplicate}'],
    answer: receipt,
    refusals: ['signature-invalid', 'malformed'],
  },
]

/** Takes one event of the plugin; a duplicate is taken as well and does nothing. */
async function takeEvent(world: SandboxWorld, call: { headers: (name: string) => string | undefined; body: string }): Promise<Outcome<{ received: boolean; duplicate: boolean }>> {
  const trusted = [...world.settings.pluginWebhookKeys, ...(await pluginWebhookKeys(world))]
  const verified = await verifyWebhook({ ...call, keys: trusted, now: world.trustNow() })
  if (!verified.ok) return verified
  const event = parseBody(pluginEvent, call.body)
  if (!event.ok) return event
  if (event.value.id !== verified.value) return malformed([{ path: 'id', message: 'Differs from the webhook-id header' }])
  const fresh = await recordEvent(world.db, { id: verified.value, type: event.value.type, receivedAt: world.now() })
  return ok({ received: true, duplicate: !fresh })
}

/** Where the plugin tells what became of its credentials, and up to where its log of acts is sealed. */
export function webhookDoor(): Hono<SandboxEnv> {
  const door = new Hono<SandboxEnv>()
  door.post('/kentei', async (c) => respond(c, await takeEvent(c.get('world'), { headers: (name) => c.req.header(name), body: await c.req.text() })))
  return door
}
