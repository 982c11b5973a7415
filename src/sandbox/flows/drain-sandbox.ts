import { minutes, plus, seconds } from '../../kernel/instant.ts'
import { unitHash } from '../../kernel/random.ts'
import { signWebhook } from '../../platform/outbox/webhook-signature.ts'
import { envelope, type Letter, nextTryAt } from '../post/letter.ts'
import { markDelivered, markFailed, takeDueLetters } from '../post/store.ts'
import type { SandboxWorld } from '../sandbox-world.ts'
import { webhookSigners } from '../trust/webhook-keys.ts'

/** Letters of a round, and the most that are under way at once. */
const AT_ONCE = 20
const TIMEOUT = seconds(5)
/** Longer than a whole round can take, so that two drains never send the same letter at once. */
const HOLD = minutes(3)
const LONGEST_RETRY_AFTER_SECONDS = 86_400

export interface Drained {
  readonly delivered: number
  readonly failed: number
}

type Reply = { readonly delivered: true; readonly outcome: string } | { readonly delivered: false; readonly outcome: string; readonly retryAfterSeconds: number; readonly final: boolean }

async function send(world: SandboxWorld, letter: Letter): Promise<Reply> {
  const body = envelope(letter)
  const signature = await signWebhook({ id: letter.id, at: world.trustNow(), body, signers: await webhookSigners(world.settings) })
  try {
    const response = await world.fetch(`${world.settings.pluginOrigin}/webhooks/marketplace`, { method: 'POST', headers: { 'Content-Type': 'application/json', ...signature }, body }, TIMEOUT)
    await response.body?.cancel()
    const outcome = String(response.status)
    if (response.ok) return { delivered: true, outcome }
    const after = Number(response.headers.get('Retry-After') ?? 0)
    return { delivered: false, outcome, retryAfterSeconds: after > 0 ? Math.min(after, LONGEST_RETRY_AFTER_SECONDS) : 0, final: response.status === 410 }
  } catch (error) {
    return { delivered: false, outcome: error instanceof Error ? error.name : 'error', retryAfterSeconds: 0, final: false }
  }
}

async function deliver(world: SandboxWorld, letter: Letter): Promise<boolean> {
  const reply = await send(world, letter)
  if (reply.delivered) {
    await markDelivered(world.db, letter.id, reply.outcome)
    return true
  }
  const attempts = letter.attempts + 1
  const spread = { retryAfter: seconds(reply.retryAfterSeconds), unit: unitHash(`${letter.id}/${attempts}`) }
  await markFailed(world.db, letter.id, { dueAt: reply.final ? undefined : nextTryAt(attempts, world.now(), spread), outcome: reply.outcome })
  return false
}

/** Sends letters one after the other. @returns how many arrived. */
async function deliverInOrder(world: SandboxWorld, letters: readonly Letter[]): Promise<number> {
  let delivered = 0
  for (const letter of letters) if (await deliver(world, letter)) delivered += 1
  return delivered
}

/** Sends what is due to the plugin: what is about one worker in order, what is about different ones side by side. Safe to call at any time, by several at once. */
export async function drainSandbox(world: SandboxWorld): Promise<Drained> {
  const now = world.now()
  const letters = await takeDueLetters(world.db, { now, heldUntil: plus(now, HOLD), limit: AT_ONCE })
  const arrived = await Promise.all([...Map.groupBy(letters, ({ worker }) => worker).values()].map((about) => deliverInOrder(world, about)))
  const delivered = arrived.reduce((sum, n) => sum + n, 0)
  return { delivered, failed: letters.length - delivered }
}
