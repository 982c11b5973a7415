import { judgeReply, type Reply, type Try, unansweredTry } from '../../platform/outbox/delivery.ts'
import { type Drained, type DrainLimits, drainOutbox } from '../../platform/outbox/drain.ts'
import type { Message } from '../../platform/outbox/message.ts'
import { sendWebhook } from '../../platform/outbox/webhook.ts'
import { eventOf } from '../outbox/announcement.ts'
import type { SandboxWorld } from '../sandbox-world.ts'
import { webhookSigners } from '../trust/plugin-trust.ts'

async function deliver(world: SandboxWorld, message: Message): Promise<Try> {
  const signers = await webhookSigners(world.settings)
  let reply: Reply
  try {
    reply = await sendWebhook(world, {
      url: `${world.settings.pluginOrigin}${message.request.path}`,
      event: eventOf(message),
      at: world.trustNow(),
      signers,
    })
  } catch (error) {
    return unansweredTry(message, error, world.now())
  }
  return judgeReply(message, reply, world.now())
}

/** Sends what is due to the plugin: what is about one worker in order, what is about different ones side by side. Safe to call at any time, by several at once. */
export const drainSandbox = (world: SandboxWorld, limits?: DrainLimits): Promise<Drained> =>
  drainOutbox(world, { deliver }, limits)
