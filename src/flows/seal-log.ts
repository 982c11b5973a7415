import { MOST_PER_SEAL, sealEntries, signSeal } from '../audit/seal.ts'
import {
  enterRefusedLaunches,
  entriesAfter,
  hasRefusedLaunches,
  insertSeal,
  insertSignatureStatement,
  lastSeal,
  lastSignature,
} from '../audit/store.ts'
import type { AuditSealedEvent } from '../contract/events.ts'
import { signingKey } from '../credential/keys.ts'
import { hours, type Instant, minutes, toRfc3339 } from '../kernel/instant.ts'
import { logEventsStatement } from '../marketplace/events/store.ts'
import { isUniqueViolation } from '../world/database.ts'
import type { World } from '../world/world.ts'
import { enqueue, type NewOwnMessage } from './address-messages.ts'
import { keyRingOf } from './key-ring.ts'

const MINUTE = minutes(1)
/** Seals of one run; a longer backlog goes on with the next. */
const MOST_SEALS = 10

const minuteOf = (at: number): number => Math.floor(at / MINUTE)

/**
 * Seals what was written into the log of acts since the last seal, once a minute, so that no act waits for the head of a
 * chain. Several at once make one seal: whoever comes second leaves it to the first. @returns the seals made.
 */
export async function sealLog(world: Pick<World, 'db' | 'now'>): Promise<number> {
  const now = world.now()
  if (await hasRefusedLaunches(world.db, minuteOf(now)))
    await enterRefusedLaunches(world.db, { minute: minuteOf(now), at: now })
  let sealed = 0
  while (sealed < MOST_SEALS && (await sealOnce(world, now))) sealed += 1
  return sealed
}

async function sealOnce({ db }: Pick<World, 'db'>, now: Instant): Promise<boolean> {
  const before = await lastSeal(db)
  const isFull = before !== undefined && (JSON.parse(before.entries) as unknown[]).length >= MOST_PER_SEAL
  if (before && minuteOf(before.at) === minuteOf(now) && !isFull) return false
  const entries = await entriesAfter(db, before?.last ?? 0, MOST_PER_SEAL)
  if (entries.length === 0) return false
  try {
    return await insertSeal(db, await sealEntries(before, entries, now), {
      after: before?.last ?? 0,
      count: entries.length,
    })
  } catch (error) {
    if (isUniqueViolation(error)) return false
    throw error
  }
}

const HOUR = hours(1)

/** A message to each subscriber. */
const messagesFor = (world: World, event: AuditSealedEvent): NewOwnMessage[] =>
  world.settings.subscribers.map((subscriber) => ({
    id: world.newId('msg'),
    about: null,
    destination: `subscriber:${subscriber.id}`,
    stream: `subscriber:${subscriber.id}:audit`,
    kind: 'event',
    request: { method: 'POST', path: subscriber.url, body: event },
  }))

/**
 * Signs the newest seal and sends it out, once an hour where there is a new one: from then on others can tell when the log is
 * cut before it or written anew. Several at once send it once. @returns whether it was sent.
 */
export async function announceSeal(world: World): Promise<boolean> {
  const now = world.now()
  const before = await lastSignature(world.db)
  if (before && Math.floor(before.at / HOUR) === Math.floor(now / HOUR)) return false
  const seal = await lastSeal(world.db)
  const key = signingKey(await keyRingOf(world), 'service')
  if (!seal || !key || seal.number <= (before?.seal ?? 0)) return false
  const token = await signSeal(
    seal,
    { thumbprint: key.thumbprint, alg: key.alg, key: key.privateKey },
    world.settings.origin,
  )
  const event: AuditSealedEvent = {
    id: world.newId('evt'),
    type: 'audit.sealed',
    timestamp: toRfc3339(now),
    data: { version: seal.number, hash: seal.hash, token },
  }
  try {
    await world.db.batch([
      insertSignatureStatement(world.db, { seal: seal.number, at: now, token }),
      enqueue(world, messagesFor(world, event), now),
      logEventsStatement(world.db, [event], now),
    ])
    return true
  } catch (error) {
    if (isUniqueViolation(error)) return false
    throw error
  }
}
