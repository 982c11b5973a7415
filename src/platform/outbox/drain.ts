import { type Instant, minutes, plus, seconds } from '../../kernel/instant.ts'
import type { Database } from '../../world/database.ts'
import { type Budget, noLimit, type World as WholeWorld } from '../../world/world.ts'
import type { Delivery, Try } from './delivery.ts'
import type { Message } from './message.ts'
import { claimMessages, expedite, reviveGivenUp, settleMessage, type Waiting, waitingDestinations } from './store.ts'

/** Messages under way at once, to all destinations together. */
const PLACES = 24
/** Places that destinations leave free for one that has none: it must not wait for a slow one's answers. */
const LEFT_FREE = 4
/** Longer than a try can take, so that two workers never send one message at once. */
const LEASE_LASTS = seconds(30)

/** What an outbox needs of its service. */
export interface OutboxWorld extends Pick<WholeWorld, 'note'> {
  readonly db: Database
  now(): Instant
  newId(kind: 'lse'): string
}

/** How a service delivers what its outbox holds. */
export interface Transport<World extends OutboxWorld, Kind extends string> {
  /** Tries once. That a receiver refuses or does not answer is a value; what is thrown is a bug. */
  deliver(world: World, message: Message<Kind>): Promise<Try>
  /** Told of a try once it is settled. */
  settled?(world: World, message: Message<Kind>, delivery: Delivery): Promise<void>
}

export interface Drained {
  readonly delivered: number
  readonly failed: number
}

export interface DrainLimits {
  /** How often each destination is asked for more messages at most. */
  readonly rounds?: number
  /** What the statements of all deliveries may come to. */
  readonly budget?: Budget
  /** No more messages are taken once it is aborted; those under way come to their end. */
  readonly signal?: AbortSignal
}

const MOST_ROUNDS = 50
/** Statements that one message asks at most: to settle it, and to apply its answer. */
const MOST_PER_MESSAGE = 25

/** Messages that were given up and go out again with a round in which their destination took one that had failed before. */
const MOST_REVIVED = 200

/** Messages under way by destination: one entry for each to which something is being delivered. */
type Lanes = Map<string, number>
const lanesOf = new WeakMap<OutboxWorld, Lanes>()

/**
 * How many messages a destination may have under way: the places are shared out among those that have messages now, and what
 * the others leave is lent, all but a few. There is always one, so that a destination is never kept waiting by others.
 */
function shareOf(lanes: Lanes): number {
  const taken = [...lanes.values()].reduce((sum, messages) => sum + messages, 0)
  return Math.max(1, Math.min(Math.floor(PLACES / lanes.size), PLACES - LEFT_FREE - taken))
}

/** How many messages a destination's next round may have: those under way may still use their part of the budget. */
function roundOf(lanes: Lanes, budget: Budget): number {
  const messages = [...lanes.values()].reduce((sum, taken) => sum + taken, 0)
  return Math.min(shareOf(lanes), Math.floor((budget.left() / MOST_PER_MESSAGE - messages) / lanes.size))
}

/** How often a destination that seems to be gone is asked with a message that was given up. */
const PROBED_EVERY = minutes(10)

// by the database of a service
const probes = new WeakMap<object, Map<string, Instant>>()

/** Lets one message that was given up ask whether its destination is back, now and then: others wait behind it. @returns how many wait there. */
async function probe(world: OutboxWorld, { destination, messages, dead }: Waiting): Promise<number> {
  if (dead === 0) return messages
  const place = world.db.place ?? world.db
  const asked = probes.get(place) ?? new Map<string, Instant>()
  probes.set(place, asked)
  const [now, last] = [world.now(), asked.get(destination)]
  // a clock that was set back makes nothing last longer
  if (last !== undefined && last <= now && now < plus(last, PROBED_EVERY)) return messages
  asked.set(destination, now)
  return messages + (await reviveGivenUp(world.db, { destination, now, limit: 1 }))
}

/** What is being delivered to one destination. */
export interface Lane {
  readonly destination: string
  readonly ended: Promise<Drained>
}

/**
 * Begins to deliver what is due, in order, to every destination to which nothing is being delivered: each goes on by itself
 * until nothing is due there, so that one that answers slowly holds up its own messages only.
 */
export async function openLanes<World extends OutboxWorld, Kind extends string>(
  world: World,
  transport: Transport<World, Kind>,
  limits: DrainLimits = {},
): Promise<Lane[]> {
  const lanes: Lanes = lanesOf.get(world) ?? new Map()
  lanesOf.set(world, lanes)
  const known = (await waitingDestinations(world.db)).filter(({ destination }) => !lanes.has(destination))
  const idle: Waiting[] = []
  for (const one of known) {
    const messages = await probe(world, one)
    // somebody else may have opened a lane meanwhile
    if (messages === 0 || lanes.has(one.destination)) continue
    lanes.set(one.destination, 0)
    idle.push({ ...one, messages })
  }
  return idle.map((waiting) => ({
    destination: waiting.destination,
    ended: deliverTo({ world, transport, lanes, waiting }, limits).finally(() => lanes.delete(waiting.destination)),
  }))
}

interface Run<World extends OutboxWorld, Kind extends string> {
  readonly world: World
  readonly transport: Transport<World, Kind>
  readonly lanes: Lanes
  readonly waiting: Waiting
}

async function deliverTo<World extends OutboxWorld, Kind extends string>(
  run: Run<World, Kind>,
  { rounds = MOST_ROUNDS, budget = noLimit, signal }: DrainLimits,
): Promise<Drained> {
  const total = { delivered: 0, failed: 0 }
  for (let round = 0; round < rounds && !signal?.aborted; round++) {
    const limit = roundOf(run.lanes, budget)
    if (limit < 1) break
    const outcomes = await deliverRound(run, limit)
    if (outcomes.length === 0) break
    const { destination, dead } = run.waiting
    // it failed before and answers now
    if (dead > 0 && outcomes.some(({ outcome, failures }) => outcome === 'delivered' && failures > 0))
      await reviveGivenUp(run.world.db, { destination, now: run.world.now(), limit: MOST_REVIVED })
    for (const { outcome } of outcomes) total[outcome === 'delivered' ? 'delivered' : 'failed'] += 1
  }
  return total
}

/** What a try came to, and how many of the message's failed before it. */
interface Outcome extends Pick<Delivery, 'outcome'> {
  readonly failures: number
}

async function deliverRound<World extends OutboxWorld, Kind extends string>(
  { world, transport, lanes, waiting }: Run<World, Kind>,
  limit: number,
): Promise<Outcome[]> {
  const lease = world.newId('lse')
  lanes.set(waiting.destination, limit)
  const messages = await claimMessages<Kind>(world.db, {
    ...waiting,
    lease,
    now: world.now(),
    lasts: LEASE_LASTS,
    limit,
  })
  lanes.set(waiting.destination, messages.length)
  const outcomes = await Promise.all(messages.map((message) => deliver(world, transport, { message, lease })))
  lanes.set(waiting.destination, 0)
  return outcomes
}

async function deliver<World extends OutboxWorld, Kind extends string>(
  world: World,
  transport: Transport<World, Kind>,
  { message, lease }: { readonly message: Message<Kind>; readonly lease: string },
): Promise<Outcome> {
  const startedAt = world.now()
  const { delivery, detail } = await transport.deliver(world, message)
  const now = world.now()
  await settleMessage(world.db, { message, lease, delivery, now, detail, elapsedMs: now - startedAt })
  const { outcome } = delivery
  world.note?.({
    fact: 'tried',
    destination: message.destination,
    outcome,
    failed: outcome === 'retry' ? delivery.counts : outcome === 'dead' && delivery.as === 'given-up',
  })
  await transport.settled?.(world, message, delivery)
  // it failed before and answers now: the others need not wait out their turns
  if (delivery.outcome === 'delivered' && message.attempts > 0) await expedite(world.db, message.destination, now)
  return { outcome, failures: message.attempts }
}

/** Delivers what is due, and what its answers cause, until nothing is or the rounds are over. Safe to run anywhere, by several at once. */
export async function drainOutbox<World extends OutboxWorld, Kind extends string>(
  world: World,
  transport: Transport<World, Kind>,
  limits: DrainLimits = {},
): Promise<Drained> {
  const total = { delivered: 0, failed: 0 }
  for (let pass = 0; pass < (limits.rounds ?? MOST_ROUNDS) && (limits.budget?.left() ?? 1) > 0; pass++) {
    const lanes = await Promise.allSettled((await openLanes(world, transport, limits)).map(({ ended }) => ended))
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
