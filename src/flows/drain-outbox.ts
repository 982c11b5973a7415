import { requestOf } from '../contract/call.ts'
import { readStanding } from '../contract/marketplace.ts'
import { signingKey } from '../credential/keys.ts'
import { callMarketplace } from '../marketplace/call-marketplace.ts'
import { namesOf } from '../platform/log-line.ts'
import {
  type Delivery,
  failedTry,
  isInFlight,
  judgeReply,
  maybeGone,
  NOT_HERE,
  REFUSALS,
  type Reply,
  refusedTry,
  type Try,
  unansweredTry,
} from '../platform/outbox/delivery.ts'
import {
  type Drained,
  type DrainLimits,
  drainOutbox as drain,
  type Lane,
  openLanes as open,
} from '../platform/outbox/drain.ts'
import { sendWebhook } from '../platform/outbox/webhook.ts'
import type { World } from '../world/world.ts'
import type { MessageKind, OwnMessage } from './address-messages.ts'
import { readAnswer } from './apply-answer.ts'
import { applyCaseNotTaken } from './apply-case.ts'
import { releaseIfPassed } from './apply-standing.ts'
import { keyRingOf } from './key-ring.ts'

const transport = { deliver, settled }

/** Begins to deliver what is due to the marketplace and to subscribers, a lane for each of them. */
export const openLanes = (world: World, limits?: DrainLimits): Promise<Lane[]> => open(world, transport, limits)

/** Delivers what is due to the marketplace and to subscribers, and what its answers cause. */
export const drainOutbox = (world: World, limits?: DrainLimits): Promise<Drained> => drain(world, transport, limits)

async function deliver(world: World, message: OwnMessage): Promise<Try> {
  let reply: Reply
  try {
    reply = message.kind === 'event' ? await sendEvent(world, message) : await sendToMarketplace(world, message)
  } catch (error) {
    return unansweredTry(message, error, world.now())
  }
  const tried = await judge(world, message, reply)
  if (message.kind !== 'case' || tried.delivery.outcome !== 'dead' || tried.delivery.as !== 'refused') return tried
  // before the message counts as refused, so that a crash asks again
  return applying(world, { message, detail: tried.detail, taken: tried }, () => applyCaseNotTaken(world, message.id))
}

/** Does what follows from a try; where that fails, so has the try. */
async function applying(
  world: World,
  { message, detail, taken }: { readonly message: OwnMessage; readonly detail: string; readonly taken: Try },
  apply: () => Promise<void>,
): Promise<Try> {
  try {
    await apply()
    return taken
  } catch (error) {
    return failedTry(message, `${detail}, could not be applied: ${namesOf(error)}`, world.now())
  }
}

/** A better standing may have been recorded while the message that is held now was under way. */
async function settled(world: World, { kind, about }: OwnMessage, { outcome }: Delivery): Promise<void> {
  if (outcome === 'held' && about !== null && (kind === 'standing' || kind === 'recheck'))
    await releaseIfPassed(world, about, kind)
}

async function sendToMarketplace(world: World, message: OwnMessage): Promise<Reply> {
  const key = signingKey(await keyRingOf(world), 'service')
  if (!key) throw new Error('there is no active service key')
  const { method, path, body } = message.request
  // only what may be sent again with other words needs a version
  const versioned = message.kind === 'badge' || message.kind === 'signal' ? { version: message.seq } : {}
  return callMarketplace(
    world,
    key,
    { method, path, ...(body === undefined ? {} : { body: { ...body, ...versioned } }), idempotencyKey: message.id },
    world.now(),
  )
}

async function sendEvent(world: World, { destination, request, id }: OwnMessage): Promise<Reply> {
  const subscriber = world.settings.subscribers.find((s) => `subscriber:${s.id}` === destination)
  if (!subscriber) return { status: 410, retryAfter: null, body: { code: 'gone' } }
  const key = signingKey(await keyRingOf(world), 'webhook')
  const signers = [
    ...(subscriber.secret ? [{ secret: subscriber.secret }] : []),
    ...(key ? [{ privateKey: key.privateKey }] : []),
  ]
  return sendWebhook(world, {
    url: subscriber.url,
    event: { ...request.body, id: String(request.body?.id ?? id) },
    at: world.now(),
    signers,
  })
}

async function judge(world: World, message: OwnMessage, reply: Reply): Promise<Try> {
  const now = world.now()
  const tried = judgeReply(message, reply, now)
  const { detail } = tried
  if (isInFlight(reply)) return tried
  if (isOptional(message) && (REFUSALS.has(reply.status) || NOT_HERE.has(reply.status)))
    return { delivery: { outcome: 'delivered' }, detail: `${detail}, not wanted` }
  if (isSettled(message, reply)) return refusedTry(detail)
  if (maybeGone(reply) && (await isThereFor(world, message))) return refusedTry(detail)
  if (tried.delivery.outcome !== 'delivered') return tried
  const answer = readAnswer(world, message, reply.body)
  if (!answer) return failedTry(message, `${detail}, not the answer to ${message.kind}`, now)
  const taken: Try = {
    delivery: answer.holds === undefined ? tried.delivery : { outcome: 'held', error: answer.holds },
    detail: answer.detail === undefined ? detail : `${detail} ${answer.detail}`,
  }
  const { apply } = answer
  return apply ? applying(world, { message, detail, taken }, apply) : taken
}

/** Calls that a marketplace cannot do without: what it answers to one of them it answers to every other. */
const ASKS_STANDING: ReadonlySet<MessageKind> = new Set(['standing', 'recheck', 'read-standing'])

/**
 * Whether the marketplace knows the worker of a message that there is nothing for: then it is there, and it is this message
 * that it has nothing for, and does not say so.
 */
async function isThereFor(world: World, { kind, about }: OwnMessage): Promise<boolean> {
  const key = signingKey(await keyRingOf(world), 'service')
  if (kind === 'event' || ASKS_STANDING.has(kind) || about === null || !key) return false
  const call = { ...requestOf(readStanding, { path: { worker: about } }), idempotencyKey: world.newId('msg') }
  try {
    const { status } = await callMarketplace(world, key, call, world.now())
    return status >= 200 && status < 300
  } catch {
    return false
  }
}

/** A contract's certificate is frozen for good: a conflict will not be mended by trying again, and must not keep later messages waiting. */
const isSettled = ({ kind }: OwnMessage, { status }: Reply): boolean => kind === 'skill-context' && status === 409

/** A receiver may do without the seals of our log: its refusal is nothing that an operator has to look into. */
const isOptional = ({ kind, request }: OwnMessage): boolean => kind === 'event' && request.body?.type === 'audit.sealed'
