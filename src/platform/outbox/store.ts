import { and, asc, eq, getTableName, gt, inArray, lt, ne, type SQL, sql } from 'drizzle-orm'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import { type Duration, days, hours, type Instant, instant, milliseconds, plus, seconds } from '../../kernel/instant.ts'
import type { Database, Statement } from '../../world/database.ts'
import { type Delivery, MOST_TRIES } from './delivery.ts'
import type { Message, MessageStatus, NewMessage, OutgoingRequest } from './message.ts'
import { deliveryAttempts, messageCounts, outbox } from './tables.ts'

export const fromRow = <Kind extends string>(row: typeof outbox.$inferSelect): Message<Kind> => ({
  seq: row.seq,
  id: row.id,
  destination: row.destination,
  stream: row.stream,
  chain: row.chain,
  kind: row.kind as Kind,
  request: JSON.parse(row.request) as OutgoingRequest,
  about: row.about,
  status: row.status as MessageStatus,
  attempts: row.attempts,
  nextAt: instant(row.nextAt),
  leaseUntil: instant(row.leaseUntil),
  createdAt: instant(row.createdAt),
  ...(row.lastError === null ? {} : { lastError: row.lastError }),
  ...(row.settledAt === null ? {} : { settledAt: instant(row.settledAt) }),
})

/**
 * For each row of a statement that inserts into a table with an AUTOINCREMENT key, the next key: the time in milliseconds, or
 * one more than the last. What is written after an older copy of the database was restored so has a higher key than all that
 * the lost one gave out, whoever restored it and how. `order` is the order of the rows.
 */
export const laterKey = (table: SQLiteTable, now: Instant, order: SQL): SQL =>
  sql`max(coalesce((select seq from sqlite_sequence where name = ${getTableName(table)}), 0) + 1, ${now}) - 1 + row_number() over (order by ${order})`

/** A message whose values are worked out while it is written. */
export type MessageInSql = Readonly<
  Record<'id' | 'destination' | 'stream' | 'chain' | 'kind' | 'request' | 'about', SQL>
>

/** The statement that writes a message for each row of `from`, which says what stands behind FROM, in an order. */
export const enqueueRowsStatement = (
  db: Database,
  { id, destination, stream, chain, kind, request, about }: MessageInSql,
  { from, order, now }: { readonly from: SQL; readonly order: SQL; readonly now: Instant },
): Statement =>
  db
    .insert(outbox)
    .select(
      sql`select ${laterKey(outbox, now, order)}, ${id}, ${destination}, ${stream}, ${chain}, ${kind}, ${request}, 'pending', 0, ${now}, ${now}, null, 0, null, ${now}, null, ${about}, null from ${from} order by ${order}`,
    )

/** A message out of a list that travels as one text. */
const listed: MessageInSql = {
  id: sql`value ->> 'id'`,
  destination: sql`value ->> 'destination'`,
  stream: sql`coalesce(value ->> 'stream', value ->> 'id')`,
  chain: sql`coalesce(value ->> 'chain', value ->> 'id')`,
  kind: sql`value ->> 'kind'`,
  request: sql`value ->> 'request'`,
  about: sql`value ->> 'about'`,
}

/** What a list of messages is written by. */
export interface Enqueueing {
  readonly now: Instant
  /** Asked of each message while it is written, whose JSON is `value`: it is left out where this does not hold. */
  readonly onlyIf?: SQL
}

/** The statement that writes messages, for the batch of what causes them. They take their order from the list. */
export const enqueueStatement = (
  db: Database,
  messages: readonly NewMessage[],
  { now, onlyIf = sql`true` }: Enqueueing,
): Statement =>
  enqueueRowsStatement(db, listed, {
    from: sql`json_each(${JSON.stringify(messages)}) where ${onlyIf}`,
    order: sql`key`,
    now,
  })

/**
 * Writes messages but those that wait to be sent in the very same words: the waiting one will do. One that is being sent does
 * not count, for its answer may be older than what caused this one.
 */
export const enqueueUnlessWaitingStatement = (
  db: Database,
  messages: readonly NewMessage[],
  { now, onlyIf = sql`true` }: Enqueueing,
): Statement =>
  enqueueStatement(db, messages, {
    now,
    onlyIf: sql`${onlyIf} and not exists (
      select 1 from outbox o where o.stream = ${listed.stream} and o.kind = ${listed.kind} and o.request = ${listed.request}
        and o.status in ('pending', 'held') and o.lease_until <= ${now})`,
  })

/** A destination with messages that are not settled, how many, and how many are dead. */
export interface Waiting {
  readonly destination: string
  readonly messages: number
  readonly dead: number
}

/** Where messages wait to be sent, due or not, or are dead. */
export async function waitingDestinations(db: Database): Promise<Waiting[]> {
  const rows = await db
    .select()
    .from(messageCounts)
    .where(and(inArray(messageCounts.status, ['pending', 'dead']), gt(messageCounts.n, 0)))
  const numberOf = (destination: string, status: MessageStatus) =>
    rows.find((row) => row.destination === destination && row.status === status)?.n ?? 0
  return [...new Set(rows.map(({ destination }) => destination))].map((destination) => ({
    destination,
    messages: numberOf(destination, 'pending'),
    dead: numberOf(destination, 'dead'),
  }))
}

/** A message that was given up is tried again after this share of the time that it has been on its way. */
const GIVEN_UP_SHARE = 24
/** Older ones stay what they are until a person sends them again. */
const MOST_AGE: Duration = days(30)

/** Of what was given up for good; no clock gets there. */
export const NEVER: Instant = instant(8.64e15)

/** When a message that is given up may go out again: it waits the longer, the longer it has been on its way. */
function comesBackAt(createdAt: Instant, now: Instant): Instant {
  const at = plus(now, milliseconds(Math.ceil((now - createdAt) / GIVEN_UP_SHARE)))
  return at < plus(createdAt, MOST_AGE) ? at : NEVER
}

/** What a message becomes that goes out again. */
const sentAgain = (now: Instant) => ({
  status: 'pending',
  attempts: 0,
  nextAt: now,
  notBefore: now,
  settledAt: null,
  deadAs: null,
})

/**
 * Lets messages of a destination that were given up, as nobody took them, go out once more, those whose time came first
 * before others: each has one try, and those that fail again wait the longer. What was refused stays dead.
 * @returns how many there were.
 */
export async function reviveGivenUp(
  db: Database,
  { destination, now, limit }: { readonly destination: string; readonly now: Instant; readonly limit: number },
): Promise<number> {
  const givenUp = sql`select seq from outbox where dead_as = 'given-up' and destination = ${destination} and next_at <= ${now} order by next_at limit ${limit}`
  const rows = await db
    .update(outbox)
    .set({ ...sentAgain(now), attempts: MOST_TRIES - 1 })
    .where(sql`${outbox.seq} in (${givenUp})`)
    .returning({ id: outbox.id })
  return rows.length
}

/** Longer than any wait of the schedule, and than any that a receiver may ask for. */
const LONGER_THAN_ANY: Duration = hours(25)

/** Whether nobody has a message: nobody took it, or that has ended, or a clock that was far ahead says that it has not. */
const isFree = (now: Instant): SQL => sql`(lease_until <= ${now} or lease_until > ${plus(now, LONGER_THAN_ANY)})`

/** Due messages of a destination that one claim looks at. */
const LOOKED_AT = 500
/** How soon a message is looked at again that could not go, where so many wait that others would never be looked at. */
const LOOK_AGAIN: Duration = seconds(30)

const dueMessages = (destination: string, now: Instant): SQL =>
  sql`select seq, stream, chain, next_at from outbox where status = 'pending' and destination = ${destination} and next_at <= ${now} and ${isFree(now)} order by next_at limit ${LOOKED_AT}`

/**
 * Claims messages of a destination that are due, those that wait longest first: the first open one of each stream whose chain
 * has nothing undelivered before it. What waits behind a dead message of its chain lets other chains pass. A claim is a lease,
 * so two workers never send one message at once, and a message whose worker died comes back when the lease ends.
 */
export async function claimMessages<Kind extends string>(
  db: Database,
  claim: Waiting & { lease: string; now: Instant; lasts: Duration; limit: number },
): Promise<Message<Kind>[]> {
  const { destination, now } = claim
  const stuck = sql`exists (select 1 from outbox q where q.chain = p.chain and q.seq < p.seq and q.stream = p.stream and q.status = 'dead')`
  const free = sql`select o.seq from (${dueMessages(destination, now)}) o
    where not exists (select 1 from outbox p where p.stream = o.stream and p.seq < o.seq and p.status = 'pending' and not ${stuck})
      and not exists (select 1 from outbox p where p.chain = o.chain and p.seq < o.seq and p.stream = o.stream and p.status <> 'delivered')
    limit ${claim.limit}`
  const rows = await db
    .update(outbox)
    .set({ lease: claim.lease, leaseUntil: plus(now, claim.lasts) })
    .where(and(sql`${outbox.seq} in (${free})`, eq(outbox.status, 'pending'), isFree(now)))
    .returning()
  if (rows.length < claim.limit && claim.messages > LOOKED_AT) await lookAgainLater(db, destination, now)
  return rows.map(fromRow<Kind>).sort((a, b) => a.seq - b.seq)
}

/** Puts off what a claim has looked at and left, so that the next one looks at others. */
async function lookAgainLater(db: Database, destination: string, now: Instant): Promise<void> {
  await db
    .update(outbox)
    .set({ nextAt: plus(now, LOOK_AGAIN) })
    .where(
      and(
        sql`${outbox.seq} in (select seq from (${dueMessages(destination, now)}))`,
        eq(outbox.status, 'pending'),
        isFree(now),
      ),
    )
}

/** Whether a message may still be taken without anybody's doing: it waits or is held. */
export async function isOnItsWay(db: Database, id: string): Promise<boolean> {
  const rows = await db
    .select({ id: outbox.id })
    .from(outbox)
    .where(and(eq(outbox.id, id), inArray(outbox.status, ['pending', 'held'])))
  return rows.length > 0
}

/** Whether a message was given up and is never sent again, but by a person. */
export async function isLost(db: Database, id: string): Promise<boolean> {
  const rows = await db
    .select({ id: outbox.id })
    .from(outbox)
    .where(and(eq(outbox.id, id), eq(outbox.status, 'dead'), eq(outbox.nextAt, NEVER)))
  return rows.length > 0
}

/** Whether a message of another chain to the same address comes after this one in its stream. */
export async function isOvertaken(
  db: Database,
  { stream, chain, seq }: Pick<Message, 'stream' | 'chain' | 'seq'>,
  { kind, request }: Pick<Message, 'kind' | 'request'>,
): Promise<boolean> {
  const rows = await db
    .select({ seq: outbox.seq })
    .from(outbox)
    .where(
      and(
        eq(outbox.stream, stream),
        gt(outbox.seq, seq),
        ne(outbox.chain, chain),
        eq(outbox.kind, kind),
        sql`request ->> 'path' = ${request.path}`,
      ),
    )
    .limit(1)
  return rows.length > 0
}

const settings = (delivery: Delivery, { createdAt }: Message, now: Instant) => {
  switch (delivery.outcome) {
    case 'delivered':
      return { status: 'delivered', settledAt: now, lastError: null }
    case 'dead':
      return {
        status: 'dead',
        deadAs: delivery.as,
        settledAt: now,
        lastError: delivery.error,
        attempts: sql`attempts + 1`,
        ...(delivery.as === 'given-up' ? { nextAt: comesBackAt(createdAt, now) } : {}),
      }
    case 'held':
      return { status: 'held', lastError: delivery.error }
    case 'retry':
      return {
        nextAt: delivery.nextAt,
        notBefore: delivery.notBefore,
        lastError: delivery.error,
        ...(delivery.counts ? { attempts: sql`attempts + 1` } : {}),
      }
    default:
      return delivery satisfies never
  }
}

/** Settles a claimed message and writes the try down. Without the lease it has no effect: somebody else has the message now. */
export async function settleMessage(
  db: Database,
  settle: { message: Message; lease: string; delivery: Delivery; now: Instant; detail: string; elapsedMs: number },
): Promise<void> {
  const { message, lease, delivery, now } = settle
  const mine = and(eq(outbox.seq, message.seq), eq(outbox.lease, lease), eq(outbox.status, 'pending'))
  // of a message that was destroyed while it was under way nothing is noted
  const note = db
    .insert(deliveryAttempts)
    .select(
      sql`select ${message.id}, ${now}, ${lease}, ${delivery.outcome}, ${settle.detail}, ${settle.elapsedMs} from outbox where seq = ${message.seq}`,
    )
    .onConflictDoNothing()
  const update = db
    .update(outbox)
    .set({ ...settings(delivery, message, now), leaseUntil: 0, lease: null })
    .where(mine)
  // what hangs on a held message is held with it, so that messages of other chains may pass
  const holdChain = db
    .update(outbox)
    .set({ status: 'held' })
    .where(and(eq(outbox.chain, message.chain), eq(outbox.status, 'pending'), gt(outbox.seq, message.seq)))
  await db.batch(delivery.outcome === 'held' ? [update, note, holdChain] : [update, note])
}

/** Lets the held messages of a stream go on at a time, from the first. */
export const releaseStatement = (db: Database, stream: string, at: Instant): Statement =>
  db
    .update(outbox)
    // from then on it waits for its receiver
    .set({ status: 'pending', nextAt: at, notBefore: at, attempts: 0 })
    .where(and(eq(outbox.stream, stream), eq(outbox.status, 'held')))

/** Destroys all messages about somebody who no longer exists, the delivered ones too, and the notes of their tries: they name the person. */
export const destroyMessagesStatements = (db: Database, about: string): [Statement, Statement] => [
  db.delete(deliveryAttempts).where(sql`${deliveryAttempts.message} in (select id from outbox where about = ${about})`),
  db.delete(outbox).where(eq(outbox.about, about)),
]

/** Waits shorter than this are left alone when a destination comes back. */
const LONG_WAIT = 60_000
/** The most messages that one sign of life brings forward; each of them, when it is delivered, is another one. */
const MOST_EXPEDITED = 200

/**
 * A destination is alive again: what waits long for it is due now, the first to be due first, unless it asked for more time
 * itself. The try that this brings forward is not counted, so that a destination that comes and goes cannot use a message's
 * tries up.
 */
export async function expedite(db: Database, destination: string, now: Instant): Promise<void> {
  const waiting = sql`select seq from outbox where status = 'pending' and destination = ${destination} and next_at > ${now + LONG_WAIT} and not_before <= ${now + LONG_WAIT} order by next_at limit ${MOST_EXPEDITED}`
  await db
    .update(outbox)
    .set({ nextAt: sql`max(${now}, not_before)`, attempts: sql`max(1, attempts - 1)` })
    .where(sql`${outbox.seq} in (${waiting})`)
}

/** Makes due what was put off longer than anything can be, for a batch: by a clock that was far ahead. */
export const dueAgainStatement = (db: Database, now: Instant): Statement => {
  const waiting = sql`select o.seq from message_counts c cross join outbox o
    where c.status = 'pending' and c.n > 0 and o.status = 'pending' and o.destination = c.destination
      and o.next_at > ${plus(now, LONGER_THAN_ANY)} limit ${MOST_EXPEDITED}`
  return db.update(outbox).set({ nextAt: now, notBefore: now, leaseUntil: 0 }).where(sql`${outbox.seq} in (${waiting})`)
}

/** Sends a dead message again, or a waiting one now, under its old id. `noted` stands right after it in the batch. @returns whether there was such a message. */
export async function replay(db: Database, id: string, now: Instant, noted: readonly Statement[]): Promise<boolean> {
  const again = db
    .update(outbox)
    .set({ ...sentAgain(now), attempts: sql`case status when 'dead' then 0 else attempts end` })
    .where(and(eq(outbox.id, id), inArray(outbox.status, ['dead', 'pending'])))
    .returning({ id: outbox.id })
  const [rows] = (await db.batch([again, ...noted])) as [{ id: string }[]]
  return rows.length === 1
}

const listOf = (texts: readonly string[]): SQL => sql`(select value from json_each(${JSON.stringify(texts)}))`

/** Places of the last message of each of these kinds to each address of these streams. */
const lastOfKinds = (streams: readonly string[], kinds: readonly string[]): SQL =>
  sql`(select max(seq) from outbox where stream in ${listOf(streams)} and kind in ${listOf(kinds)} group by stream, kind, request ->> 'path')`

/**
 * Sends the last messages of these kinds to each address of these streams again, under their old ids and versions: a receiver
 * that has them ignores them. Messages that still wait go their own way.
 */
export function resendLastStatement(
  db: Database,
  resend: { streams: readonly string[]; kinds: readonly string[]; now: Instant },
): Statement {
  const last = lastOfKinds(resend.streams, resend.kinds)
  return db
    .update(outbox)
    .set(sentAgain(resend.now))
    .where(and(sql`${outbox.seq} in ${last}`, inArray(outbox.status, ['delivered', 'dead'])))
}

/** Messages that are to be sent once more as new ones, under ids and chains of their own. */
export type Repeated = Pick<Message, 'seq' | 'id' | 'chain'>

/** The chains, whole and in order, that hold the last message of one of these kinds to an address of these streams. */
export const lastChains = (
  db: Database,
  { streams, kinds }: { readonly streams: readonly string[]; readonly kinds: readonly string[] },
): Promise<Pick<Message, 'seq' | 'chain'>[]> => {
  const chains = sql`(select chain from outbox where seq in ${lastOfKinds(streams, kinds)})`
  return db
    .select({ seq: outbox.seq, chain: outbox.chain })
    .from(outbox)
    .where(sql`${outbox.chain} in ${chains}`)
    .orderBy(asc(outbox.seq))
}

/**
 * Writes messages once more, in the order of the list, under new ids and so under higher versions. One of `kinds` is left out
 * where a later one goes to its address: that says how things are.
 */
export const repeatStatement = (
  db: Database,
  repeated: readonly Repeated[],
  { kinds, now }: { readonly kinds: readonly string[]; readonly now: Instant },
): Statement =>
  enqueueRowsStatement(
    db,
    {
      id: sql`value ->> 'id'`,
      destination: sql`o.destination`,
      stream: sql`o.stream`,
      chain: sql`value ->> 'chain'`,
      kind: sql`o.kind`,
      request: sql`o.request`,
      about: sql`o.about`,
    },
    {
      from: sql`json_each(${JSON.stringify(repeated)}) cross join outbox o on o.seq = value ->> 'seq'
        where o.kind not in ${listOf(kinds)} or not exists (
          select 1 from outbox l where l.stream = o.stream and l.seq > o.seq and l.kind = o.kind
            and l.request ->> 'path' = o.request ->> 'path')`,
      order: sql`key`,
      now,
    },
  )

/**
 * Sends the dead messages of these streams again under their old ids, but those that were refused as a conflict: that does
 * not mend itself.
 */
export const reviveStatement = (db: Database, streams: readonly string[], now: Instant): Statement =>
  db
    .update(outbox)
    .set(sentAgain(now))
    .where(
      and(
        sql`${outbox.stream} in (select value from json_each(${JSON.stringify(streams)}))`,
        eq(outbox.status, 'dead'),
        sql`coalesce(last_error, '') not like '409%'`,
      ),
    )

/** Forgets settled messages of these streams, and the tries to deliver them: of answered questions nothing needs to be kept. */
export function forgetSettledStatements(
  db: Database,
  streams: readonly string[],
  settledBefore: Instant,
): [Statement, Statement] {
  const settled = and(
    sql`${outbox.stream} in (select value from json_each(${JSON.stringify(streams)}))`,
    inArray(outbox.status, ['delivered', 'dead']),
    lt(outbox.settledAt, settledBefore),
  )
  return [
    db
      .delete(deliveryAttempts)
      .where(inArray(deliveryAttempts.message, db.select({ id: outbox.id }).from(outbox).where(settled))),
    db.delete(outbox).where(settled),
  ]
}

/** Tries that one statement forgets at most. */
const MOST_TRIES_FORGOTTEN = 5_000

/** Forgets of old tries of these streams' messages those that only told once more what had been delivered before. */
export const forgetRepeatsStatement = (db: Database, streams: readonly string[], before: Instant): Statement => {
  const repeats = sql`select t.rowid from outbox o cross join delivery_attempts t
    where o.stream in ${listOf(streams)} and t.message_id = o.id and t.outcome = 'delivered' and t.at < ${before}
      and exists (select 1 from delivery_attempts f where f.message_id = t.message_id and f.outcome = 'delivered' and f.at < t.at)
    limit ${MOST_TRIES_FORGOTTEN}`
  return db.delete(deliveryAttempts).where(sql`rowid in (${repeats})`)
}

/** Sends dead messages again, the oldest first, at most `limit`. `noted` stands right after it in the batch. @returns how many. */
export async function replayDead(
  db: Database,
  { now, limit, noted }: { readonly now: Instant; readonly limit: number; readonly noted: readonly Statement[] },
): Promise<number> {
  const dead = db
    .select({ seq: outbox.seq })
    .from(outbox)
    .where(eq(outbox.status, 'dead'))
    .orderBy(asc(outbox.seq))
    .limit(limit)
  const again = db.update(outbox).set(sentAgain(now)).where(inArray(outbox.seq, dead)).returning({ id: outbox.id })
  const [rows] = (await db.batch([again, ...noted])) as [{ id: string }[]]
  return rows.length
}
