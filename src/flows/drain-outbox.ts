import { signingKey } from '../credential/keys.ts'
import { instant, plus, seconds, toRfc3339 } from '../kernel/instant.ts'
import { CALL_TIMEOUT, callMarketplace, type MarketplaceReply } from '../marketplace/call-marketplace.ts'
import { namesOf } from '../platform/log-line.ts'
import type { Message } from '../platform/outbox/message.ts'
import { nextRetryAt, readRetryAfter } from '../platform/outbox/retry-schedule.ts'
import { claimMessages, type Delivery, expedite, settleMessage, type Waiting, waitingDestinations } from '../platform/outbox/store.ts'
import { signWebhook } from '../platform/outbox/webhook-signature.ts'
import { type Budget, noLimit } from '../world/budget.ts'
import type { World } from '../world/world.ts'
import { workerOf } from './address-messages.ts'
import { readAnswer } from './apply-answer.ts'
import { releaseIfPassed } from './apply-standing.ts'
import { keyRingOf } from './key-ring.ts'

/** Letters under way at once, to all destinations together. */
const PLACES = 24
/** Places that destinations leave free for one that has none: it must not wait for a slow one's answers. */
const LEFT_FREE = 4
/** Longer than a try can take, so that two workers never send one letter at once. */
const LEASE_LASTS = seconds(30)
/** A receiver that wants a letter no more, or never will. Everything else may be mended by trying again. */
export const FINAL_STATUSES: ReadonlySet<number> = new Set([400, 404, 405, 410, 413, 422])

export interface Drained {
  readonly delivered: number
  readonly failed: number
}

export interface DrainLimits {
  /** How often each destination is asked for more letters at most. */
  readonly rounds?: number
  /** What the statements of all deliveries may come to. */
  readonly budget?: Budget
  /** No more letters are taken once it is aborted; those under way come to their end. */
  readonly signal?: AbortSignal
}

const MOST_ROUNDS = 50
/** Statements that one letter asks at most: to settle it, and to apply its answer. */
const MOST_PER_LETTER = 25

/** Letters under way by destination: one entry for each whose letters are being delivered. */
const lanesOf = new WeakMap<World, Map<string, number>>()

/**
 * How many letters a destination may have under way: the places are shared out among those that have letters now, and what
 * the others leave is lent, all but a few. There is always one, so that a destination is never kept waiting by others.
 */
function shareOf(lanes: ReadonlyMap<string, number>): number {
  const taken = [...lanes.values()].reduce((sum, letters) => sum + letters, 0)
  return Math.max(1, Math.min(Math.floor(PLACES / lanes.size), PLACES - LEFT_FREE - taken))
}

/** What is being delivered to one destination. */
export interface Lane {
  readonly destination: string
  readonly ended: Promise<Drained>
}

/**
 * Begins to deliver what is due, in order, to every destination to which nothing is being delivered: each goes on by itself
 * until nothing is due there, so that one that answers slowly holds up its own letters only.
 */
export async function openLanes(world: World, limits: DrainLimits = {}): Promise<Lane[]> {
  const lanes = lanesOf.get(world) ?? new Map<string, number>()
  lanesOf.set(world, lanes)
  const idle = (await waitingDestinations(world.db)).filter(({ destination }) => !lanes.has(destination))
  for (const { destination } of idle) lanes.set(destination, 0)
  return idle.map((waiting) => ({
    destination: waiting.destination,
    ended: deliverTo(world, waiting, { lanes, ...limits }).finally(() => lanes.delete(waiting.destination)),
  }))
}

/** How many letters a destination's next round may have: those under way may still use their part of the budget. */
function roundOf(lanes: ReadonlyMap<string, number>, budget: Budget): number {
  const letters = [...lanes.values()].reduce((sum, taken) => sum + taken, 0)
  return Math.min(shareOf(lanes), Math.floor((budget.left() / MOST_PER_LETTER - letters) / lanes.size))
}

async function deliverTo(world: World, waiting: Waiting, { lanes, rounds = MOST_ROUNDS, budget = noLimit, signal }: DrainLimits & { readonly lanes: Map<string, number> }): Promise<Drained> {
  const total = { delivered: 0, failed: 0 }
  for (let round = 0; round < rounds && !signal?.aborted; round++) {
    const limit = roundOf(lanes, budget)
    if (limit < 1) break
    const outcomes = await deliverRound(world, waiting, { lanes, limit })
    if (outcomes.length === 0) break
    for (const outcome of outcomes) total[outcome === 'delivered' ? 'delivered' : 'failed'] += 1
  }
  return total
}

async function deliverRound(world: World, waiting: Waiting, { lanes, limit }: { readonly lanes: Map<string, number>; readonly limit: number }): Promise<Delivery['outcome'][]> {
  const lease = world.newId('lse')
  lanes.set(waiting.destination, limit)
  const messages = await claimMessages(world.db, { ...waiting, lease, now: world.now(), lasts: LEASE_LASTS, limit })
  lanes.set(waiting.destination, messages.length)
  const outcomes = await Promise.all(messages.map((message) => deliver(world, message, lease)))
  lanes.set(waiting.destination, 0)
  return outcomes
}

/** Delivers what is due, and what its answers cause, until nothing is or the rounds are over. Safe to run anywhere, by several at once. */
export async function drainOutbox(world: World, limits: DrainLimits = {}): Promise<Drained> {
  const total = { delivered: 0, failed: 0 }
  for (let pass = 0; pass < (limits.rounds ?? MOST_ROUNDS) && (limits.budget?.left() ?? 1) > 0; pass++) {
    const lanes = await Promise.allSettled((await openLanes(world, limits)).map(({ ended }) => ended))
    let settled = 0
    for (const lane of lanes) {
      if (lane.status === 'rejected') throw lane.reason
      total.delivered += lane.value.delivered
      total.failed += lane.value.failed
      settled += lane.value.delivered + lane.value.failed
    }
    if (settled === 0) break
  }
  return total
}

async function deliver(world: World, message: Message, lease: string): Promise<Delivery['outcome']> {
  const startedAt = world.now()
  const tried = await tryOnce(world, message)
  const now = world.now()
  await settleMessage(world.db, { message, lease, delivery: tried.delivery, now, detail: tried.detail, elapsedMs: now - startedAt })
  if (tried.delivery.outcome === 'held' && (message.kind === 'standing' || message.kind === 'recheck')) await releaseIfPassed(world, workerOf(message.stream), message.kind)
  // it failed before and answers now: the others need not wait out their turns
  if (tried.delivery.outcome === 'delivered' && message.attempts > 0) await expedite(world.db, message.destination, now)
  return tried.delivery.outcome
}

interface Try {
  readonly delivery: Delivery
  readonly detail: string
}

async function tryOnce(world: World, message: Message): Promise<Try> {
  let reply: MarketplaceReply
  try {
    reply = message.kind === 'event' ? await sendEvent(world, message) : await sendToMarketplace(world, message)
  } catch (error) {
    const timedOut = error instanceof Error && error.name === 'TimeoutError'
    return retry(world, message, timedOut ? `no answer within ${CALL_TIMEOUT / 1_000} s` : 'no connection', null)
  }
  return judge(world, message, reply)
}

async function sendToMarketplace(world: World, message: Message): Promise<MarketplaceReply> {
  const key = signingKey(await keyRingOf(world), 'service')
  if (!key) throw new Error('there is no active service key')
  const { method, path, body } = message.letter
  // only what may be sent again with other words needs a version
  const versioned = message.kind === 'badge' || message.kind === 'signal' ? { version: message.seq } : {}
  return callMarketplace(world, key, { method, path, ...(body === undefined ? {} : { body: { ...body, ...versioned } }), idempotencyKey: message.id }, world.now())
}

async function sendEvent(world: World, message: Message): Promise<MarketplaceReply> {
  const subscriber = world.settings.subscribers.find((s) => `subscriber:${s.id}` === message.destination)
  if (!subscriber) return { status: 410, retryAfter: null, body: undefined }
  const body = JSON.stringify(message.letter.body)
  const key = signingKey(await keyRingOf(world), 'webhook')
  const signers = [...(subscriber.secret ? [{ secret: subscriber.secret }] : []), ...(key ? [{ privateKey: key.privateKey }] : [])]
  const headers = await signWebhook({ id: String(message.letter.body?.id ?? message.id), at: world.now(), body, signers })
  const response = await world.fetch(subscriber.url, { method: 'POST', redirect: 'manual', headers: { 'content-type': 'application/json', ...headers }, body }, CALL_TIMEOUT)
  await response.body?.cancel()
  return { status: response.status, retryAfter: response.headers.get('retry-after'), body: undefined }
}

async function judge(world: World, message: Message, reply: MarketplaceReply): Promise<Try> {
  // what the header means, never what it says
  const wait = readRetryAfter(reply.retryAfter, world.now())
  const status = `${reply.status}${wait === undefined ? '' : ` Retry-After ${Math.ceil(wait / 1_000)}`}`
  if (isInFlight(reply)) return retryInFlight(world, status)
  if (isOptional(message) && FINAL_STATUSES.has(reply.status)) return { delivery: { outcome: 'delivered' }, detail: `${status}, not wanted` }
  if (FINAL_STATUSES.has(reply.status) || isSettled(message, reply)) return { delivery: { outcome: 'dead', error: status }, detail: status }
  if (reply.status < 200 || reply.status >= 300) return retry(world, message, status, reply.retryAfter)
  const answer = readAnswer(world, message, reply.body)
  if (!answer) return retry(world, message, `${status}, not the answer to ${message.kind}`, null)
  try {
    await answer.apply?.()
  } catch (error) {
    return retry(world, message, `${status}, could not be applied: ${namesOf(error)}`, null)
  }
  const detail = answer.detail === undefined ? status : `${status} ${answer.detail}`
  return { delivery: answer.holds === undefined ? { outcome: 'delivered' } : { outcome: 'held', error: answer.holds }, detail }
}

/** A contract's certificate is frozen for good: a conflict will not be mended by trying again, and must not keep later letters waiting. */
const isSettled = ({ kind }: Message, { status }: MarketplaceReply): boolean => kind === 'skill-context' && status === 409

/** A receiver may do without the seals of our log: its refusal is nothing that an operator has to look into. */
const isOptional = ({ kind, letter }: Message): boolean => kind === 'event' && letter.body?.type === 'audit.sealed'

function retry(world: World, message: Message, error: string, retryAfterHeader: string | null): Try {
  const now = world.now()
  const retryAfter = readRetryAfter(retryAfterHeader, now)
  const nextAt = nextRetryAt(message.attempts + 1, now, world.drawBelow(1_000) / 1_000, retryAfter)
  if (nextAt === undefined) return { delivery: { outcome: 'dead', error: `${error}; given up at ${toRfc3339(now)}` }, detail: error }
  return { delivery: { outcome: 'retry', error, nextAt, notBefore: instant(now + (retryAfter ?? 0)), counts: true }, detail: error }
}

/** How soon a letter is tried again whose earlier try the receiver is still busy with. */
export const IN_FLIGHT_WAIT = seconds(10)

/** A try that was cut off may hold its idempotency key for a while at the receiver: asking again is no further failure. */
const isInFlight = ({ status, body }: MarketplaceReply): boolean => status === 409 && typeof body === 'object' && body !== null && 'code' in body && body.code === 'idempotency-in-flight'

function retryInFlight(world: World, detail: string): Try {
  const nextAt = plus(world.now(), IN_FLIGHT_WAIT)
  return { delivery: { outcome: 'retry', error: `${detail}, an earlier try is in flight`, nextAt, notBefore: nextAt, counts: false }, detail }
}
