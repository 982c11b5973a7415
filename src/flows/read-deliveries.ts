import { hours, type Instant, minus } from '../kernel/instant.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { Session } from '../marketplace/session-token.ts'
import {
  attemptsOf,
  attemptsPerHour,
  chainsOf,
  countMessages,
  type DeliveryAttempt,
  listMessages,
} from '../platform/outbox/history/store.ts'
import type { MessageStatus } from '../platform/outbox/message.ts'
import { replay, replayDead } from '../platform/outbox/store.ts'
import type { World } from '../world/world.ts'
import type { MessageKind, OwnMessage } from './address-messages.ts'
import { namePeople } from './name-people.ts'
import { noteActIfDone, staffOf } from './note-act.ts'
import { type Destination, readDestinations } from './read-destinations.ts'

/** `waiting` messages wait for one before them in their stream. */
export type DeliveryState = 'queued' | 'sending' | 'retrying' | 'held' | 'waiting' | 'delivered' | 'dead'

export interface DeliveryView {
  readonly message: OwnMessage
  readonly state: DeliveryState
  /** The messages of its chain, in order, itself among them. */
  readonly chain: readonly Pick<OwnMessage, 'id' | 'kind' | 'status'>[]
  readonly attempts: readonly DeliveryAttempt[]
  /** Whom it is about, where a name is kept. */
  readonly name?: string
}

export interface DeliveriesView {
  readonly now: Instant
  readonly deliveries: readonly DeliveryView[]
  readonly dead: readonly DeliveryView[]
  readonly counts: Readonly<Record<string, number>>
  readonly destinations: readonly Destination[]
  readonly hours: readonly { readonly hour: number; readonly sent: number; readonly failed: number }[]
}

function stateOf(message: OwnMessage, all: readonly OwnMessage[], now: Instant): DeliveryState {
  if (message.status !== 'pending') return message.status
  if (message.leaseUntil > now) return 'sending'
  const stuck = ({ chain, seq }: OwnMessage) =>
    all.some((other) => other.chain === chain && other.seq < seq && other.status === 'dead')
  const blocks = (other: OwnMessage) =>
    (other.status === 'pending' && !stuck(other)) || (other.chain === message.chain && other.status !== 'delivered')
  const before = all.some((other) => other.stream === message.stream && other.seq < message.seq && blocks(other))
  if (before) return 'waiting'
  return message.attempts > 0 ? 'retrying' : 'queued'
}

/** What the operators' deliveries page shows. */
export async function readDeliveries(
  world: World,
  filter: { status?: MessageStatus | undefined; before?: number | undefined } = {},
): Promise<DeliveriesView> {
  const now = world.now()
  const [messages, deadMessages, counts, perHour] = await Promise.all([
    listMessages<MessageKind>(world.db, { ...filter, limit: 50 }),
    listMessages<MessageKind>(world.db, { status: 'dead', limit: 50 }),
    countMessages(world.db),
    attemptsPerHour(world.db, minus(now, hours(24))),
  ])
  const all = await chainsOf<MessageKind>(world.db, [
    ...new Set([...messages, ...deadMessages].map((message) => message.chain)),
  ])
  const { destinations } = await readDestinations(world, minus(now, hours(24)))
  const names = await namePeople(
    world,
    [...messages, ...deadMessages].flatMap(({ about }) => about ?? []),
  )
  const tries = await attemptsOf(world.db, [...new Set([...messages, ...deadMessages].map((message) => message.id))])
  const view = (message: OwnMessage): DeliveryView => ({
    message,
    ...(names.has(message.about ?? '') ? { name: names.get(message.about ?? '') as string } : {}),
    state: stateOf(message, all, now),
    chain: all.filter((other) => other.chain === message.chain),
    attempts: tries.filter((attempt) => attempt.message === message.id),
  })
  return { now, deliveries: messages.map(view), dead: deadMessages.map(view), counts, destinations, hours: perHour }
}

/** Sends a dead message again, or a waiting one at once, under its old id. */
export async function replayMessage(
  world: World,
  { session, id }: { session: Session; id: string },
): Promise<Result<{ readonly id: string }>> {
  if (session.role !== 'operator') return fail({ code: 'forbidden' })
  const noted = await noteActIfDone(world, { act: 'delivery.replayed', actor: staffOf(session), object: id })
  return (await replay(world.db, id, world.now(), noted)) ? ok({ id }) : fail({ code: 'not-found' })
}

const REPLAYED_AT_ONCE = 1_000

/** Sends all dead letters again, those that die meanwhile not: a statement for each thousand, between which others have their turn. */
export async function replayDeadLetters(
  world: World,
  session: Session,
): Promise<Result<{ readonly replayed: number }>> {
  if (session.role !== 'operator') return fail({ code: 'forbidden' })
  const noted = await noteActIfDone(world, { act: 'delivery.replayed', actor: staffOf(session), object: 'dead' })
  const { dead = 0 } = await countMessages(world.db)
  let replayed = 0
  while (replayed < dead) {
    const now = await replayDead(world.db, {
      now: world.now(),
      limit: REPLAYED_AT_ONCE,
      noted: replayed === 0 ? noted : [],
    })
    replayed += now
    if (now < REPLAYED_AT_ONCE) break
  }
  return ok({ replayed })
}
