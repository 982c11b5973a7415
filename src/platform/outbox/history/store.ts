import { and, asc, count, desc, eq, gte, lt, sql } from 'drizzle-orm'
import { type Instant, instant } from '../../../kernel/instant.ts'
import type { Database } from '../../../world/database.ts'
import type { Message, MessageStatus } from '../message.ts'
import { fromRow, NEVER } from '../store.ts'
import { deliveryAttempts, messageCounts, outbox } from '../tables.ts'

/** Messages of a status or of all, the newest first. */
export async function listMessages<Kind extends string>(
  db: Database,
  filter: { status?: MessageStatus | undefined; limit: number; before?: number | undefined },
): Promise<Message<Kind>[]> {
  const rows = await db
    .select()
    .from(outbox)
    .where(
      and(filter.status && eq(outbox.status, filter.status), filter.before ? lt(outbox.seq, filter.before) : undefined),
    )
    .orderBy(desc(outbox.seq))
    .limit(filter.limit)
  return rows.map(fromRow<Kind>)
}

/** The messages about somebody, in order. */
export async function messagesAbout<Kind extends string>(db: Database, about: string): Promise<Message<Kind>[]> {
  const rows = await db.select().from(outbox).where(eq(outbox.about, about)).orderBy(asc(outbox.seq))
  return rows.map(fromRow<Kind>)
}

/** The messages of these chains, in order. */
export async function chainsOf<Kind extends string>(db: Database, chains: readonly string[]): Promise<Message<Kind>[]> {
  if (chains.length === 0) return []
  const rows = await db
    .select()
    .from(outbox)
    .where(sql`${outbox.chain} in (select value from json_each(${JSON.stringify(chains)}))`)
    .orderBy(asc(outbox.seq))
  return rows.map(fromRow<Kind>)
}

/** A message with when it was first taken, which stands also while it is sent once more. */
export interface TakenMessage<Kind extends string = string> extends Message<Kind> {
  readonly deliveredAt?: Instant
}

/** The chain of the last message of a kind to an address of a stream, in order; none where there was no such message. */
export async function lastChainTo<Kind extends string>(
  db: Database,
  { stream, kind, path }: { readonly stream: string; readonly kind: Kind; readonly path: string },
): Promise<TakenMessage<Kind>[]> {
  const last = sql`(select chain from outbox where stream = ${stream} and kind = ${kind} and request ->> 'path' = ${path} order by seq desc limit 1)`
  const chain = await db.select().from(outbox).where(eq(outbox.chain, last)).orderBy(asc(outbox.seq))
  const tries = await attemptsOf(
    db,
    chain.map(({ id }) => id),
  )
  return chain.map((row) => {
    const taken = tries.find(({ message, outcome }) => message === row.id && outcome === 'delivered')
    const deliveredAt = taken?.at ?? (row.status === 'delivered' ? row.settledAt : null)
    return { ...fromRow<Kind>(row), ...(deliveredAt === null ? {} : { deliveredAt: instant(deliveredAt) }) }
  })
}

export interface DeliveryAttempt {
  readonly message: string
  readonly at: Instant
  readonly outcome: string
  readonly detail: string
  readonly elapsedMs: number
}

/** Tries to deliver these messages, oldest first. */
export async function attemptsOf(db: Database, messages: readonly string[]): Promise<DeliveryAttempt[]> {
  const { message, at, outcome, detail, elapsedMs } = deliveryAttempts
  const rows = await db
    .select({ message, at, outcome, detail, elapsedMs })
    .from(deliveryAttempts)
    .where(sql`${deliveryAttempts.message} in (select value from json_each(${JSON.stringify(messages)}))`)
    .orderBy(asc(deliveryAttempts.at))
  return rows.map((row) => ({ ...row, at: instant(row.at) }))
}

/** Tries per hour since a time: `hour` is whole hours since 1970. */
export async function attemptsPerHour(
  db: Database,
  since: Instant,
): Promise<{ hour: number; sent: number; failed: number }[]> {
  const hour = sql<number>`cast(${deliveryAttempts.at} / 3600000 as integer)`
  return db
    .select({
      hour,
      sent: count(),
      failed: sql<number>`sum(case outcome when 'retry' then 1 when 'dead' then 1 else 0 end)`,
    })
    .from(deliveryAttempts)
    .where(gte(deliveryAttempts.at, since))
    .groupBy(hour)
}

/** Messages by status, for the counters of the deliveries page: as kept, without counting. */
export async function countMessages(db: Database): Promise<Record<string, number>> {
  const rows = await db
    .select({ status: messageCounts.status, n: sql<number>`sum(${messageCounts.n})` })
    .from(messageCounts)
    .groupBy(messageCounts.status)
  return Object.fromEntries(rows.map((row) => [row.status, row.n]))
}

/** The same by destination. */
export const countByDestination = (
  db: Database,
): Promise<{ destination: string; status: MessageStatus; n: number }[]> =>
  db
    .select({
      destination: messageCounts.destination,
      status: sql<MessageStatus>`${messageCounts.status}`,
      n: messageCounts.n,
    })
    .from(messageCounts)
    .orderBy(messageCounts.destination)

/** Pending messages that are looked at, the oldest first: a destination whose messages are all younger has none of the oldest. */
const OLDEST_READ = 2_000

/**
 * Since when the message waits that waits longest to be taken, by destination. One that is sent once more waits since that,
 * or since the first try that failed after it was last taken; what hangs on a dead one of its chain waits for a person.
 */
export async function oldestPending(db: Database): Promise<{ destination: string; since: Instant }[]> {
  const { seq, id, destination, stream, chain, attempts, notBefore, createdAt } = outbox
  const some = db
    .select({ seq, id, destination, stream, chain, attempts, notBefore, createdAt })
    .from(outbox)
    .where(eq(outbox.status, 'pending'))
    .orderBy(asc(outbox.seq))
    .limit(OLDEST_READ)
    .as('some')
  const taken = sql`(select max(d.at) from delivery_attempts d where d.message_id = some.id and d.outcome = 'delivered')`
  const failing = sql`(select min(t.at) from delivery_attempts t where t.message_id = some.id and t.outcome in ('retry', 'dead') and t.at > coalesce(${taken}, 0))`
  const since = sql<number>`min(case some.attempts when 0 then max(some.created_at, some.not_before) else coalesce(${failing}, some.created_at) end)`
  const rows = await db
    .select({ destination: some.destination, since })
    .from(some)
    .where(
      sql`not exists (select 1 from outbox q where q.chain = some.chain and q.status = 'dead' and q.seq < some.seq and q.stream = some.stream)`,
    )
    .groupBy(some.destination)
  return rows.map((row) => ({ ...row, since: instant(row.since) }))
}

/** Messages that were given up and come back by themselves: how many of each destination there are, of the first 2,000, and when the oldest came to be. */
export async function givenUp(db: Database): Promise<{ destination: string; messages: number; createdAt: Instant }[]> {
  const { destination, createdAt } = outbox
  const some = db
    .select({ destination, createdAt })
    .from(outbox)
    .where(and(sql`dead_as = 'given-up'`, lt(outbox.nextAt, NEVER)))
    .limit(OLDEST_READ)
    .as('some')
  const rows = await db
    .select({ destination: some.destination, messages: count(), createdAt: sql<number>`min(${some.createdAt})` })
    .from(some)
    .groupBy(some.destination)
  return rows.map((row) => ({ ...row, createdAt: instant(row.createdAt) }))
}

/** A try to deliver, with when its message came to be. */
export interface Try extends Pick<DeliveryAttempt, 'at' | 'outcome'> {
  readonly destination: string
  readonly createdAt: Instant
  /** Whether nobody answered in the last try of a message: it was given up, and may have been sent again since. */
  readonly isGivenUp: boolean
  /** Whether the message had been taken before: it was sent once more, and its age says nothing of how long it took. */
  readonly isAgain: boolean
}

/** Tries to deliver since a time, the newest first. */
export async function latestTries(db: Database, since: Instant, limit: number): Promise<Try[]> {
  const rows = await db
    .select({
      destination: outbox.destination,
      at: deliveryAttempts.at,
      outcome: deliveryAttempts.outcome,
      createdAt: outbox.createdAt,
      isGivenUp: sql<number>`${deliveryAttempts.outcome} = 'dead' and ${outbox.deadAs} is not 'refused'`,
      isAgain: sql<number>`exists (select 1 from delivery_attempts as earlier where earlier.message_id = ${outbox.id} and earlier.outcome = 'delivered' and earlier.at < ${deliveryAttempts.at})`,
    })
    .from(deliveryAttempts)
    .innerJoin(outbox, eq(outbox.id, deliveryAttempts.message))
    .where(gte(deliveryAttempts.at, since))
    .orderBy(desc(deliveryAttempts.at))
    .limit(limit)
  return rows.map((row) => ({
    ...row,
    at: instant(row.at),
    createdAt: instant(row.createdAt),
    isGivenUp: row.isGivenUp === 1,
    isAgain: row.isAgain === 1,
  }))
}

/** Tries, to whatever destination, that are looked at for when one fell silent. */
const TRIES_LOOKED_AT = 10_000

/**
 * The first try at a destination after the last that it answered, of the latest tries since a time: nothing was answered since;
 * undefined where there was none. Refusing is an answer.
 */
export async function unansweredSince(
  db: Database,
  { destination, since }: { readonly destination: string; readonly since: Instant },
): Promise<Instant | undefined> {
  const { message, at, outcome } = deliveryAttempts
  const latest = db
    .select({ message, at, outcome })
    .from(deliveryAttempts)
    .where(gte(at, since))
    .orderBy(desc(at))
    .limit(TRIES_LOOKED_AT)
    .as('latest')
  const isSilence = sql`(${latest.outcome} = 'retry' or ${latest.outcome} = 'dead' and ${outbox.deadAs} is not 'refused')`
  const answeredAt = sql<number>`max(case when ${isSilence} then 0 else ${latest.at} end) over ()`.as('answered_at')
  const own = db
    .select({ at: latest.at, isSilence: sql<number>`${isSilence}`.as('is_silence'), answeredAt })
    .from(latest)
    // the tries stand outside, so that each finds its message by the id
    .crossJoin(outbox)
    .where(and(eq(outbox.id, latest.message), sql`+${outbox.destination} = ${destination}`))
    .as('own')
  const [row] = await db
    .select({ at: sql<number | null>`min(${own.at})` })
    .from(own)
    .where(and(eq(own.isSilence, 1), gte(own.at, own.answeredAt)))
  return row?.at == null ? undefined : instant(row.at)
}
