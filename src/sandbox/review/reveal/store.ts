import { and, eq, isNull, lte, or, sql } from 'drizzle-orm'
import type { Instant } from '../../../kernel/instant.ts'
import type { Database, Statement } from '../../../world/database.ts'
import { countsAsEvidence } from '../../escrow/store.ts'
import { announceRow } from '../../outbox/store.ts'
import { recountFirstReviews } from '../first/store.ts'
import { aggregatesDue, pastReviews, reviewPairs, reviews, reviewTotals, reviewVersions } from '../tables.ts'

/** An act that reveals a pair, known by the event it announces. */
export interface Revealing {
  readonly contract: string
  readonly worker: string
  /** Id of the event; of several acts at once the one whose event the pair keeps took place. */
  readonly event: string
  readonly now: Instant
}

const both = sql`(SELECT count(*) FROM ${reviews} WHERE ${reviews.contract} = ${reviewPairs.contract}) = 2`

/** A statement that reveals a pair once both reviews are in or the window has ended; a row comes back from the one that does. */
const revealPair = (db: Database, { contract, event, now }: Revealing) =>
  db
    .update(reviewPairs)
    .set({ revealedAt: now, revealEvent: event })
    .where(
      and(eq(reviewPairs.contract, contract), isNull(reviewPairs.revealedAt), or(lte(reviewPairs.closesAt, now), both)),
    )
    .returning({ contract: reviewPairs.contract })

/** The pair as far as this act revealed it and a client's review is in it: what concerns the worker's standing with clients. */
const revealedBy = (event: string) =>
  sql`FROM ${reviewPairs} JOIN ${reviews} ON ${reviews.contract} = ${reviewPairs.contract} AND ${reviews.side} = 'client' WHERE ${reviewPairs.revealEvent} = ${event}`

/** Of a contract, whether a client's review of it is revealed. */
const revealedOf = (contract: string) =>
  sql`FROM ${reviewPairs} JOIN ${reviews} ON ${reviews.contract} = ${reviewPairs.contract} AND ${reviews.side} = 'client' WHERE ${reviewPairs.contract} = ${contract} AND ${reviewPairs.revealedAt} IS NOT NULL`

const raiseVersion = (db: Database, source: ReturnType<typeof revealedBy>) =>
  db
    .insert(reviewVersions)
    .select(sql`SELECT ${reviewPairs.worker}, 1 ${source}`)
    .onConflictDoUpdate({ target: reviewVersions.worker, set: { version: sql`${reviewVersions.version} + 1` } })

const markDue = (db: Database, source: ReturnType<typeof revealedBy>) =>
  db
    .insert(aggregatesDue)
    .select(sql`SELECT ${reviewPairs.worker}, 1 ${source}`)
    .onConflictDoUpdate({ target: aggregatesDue.worker, set: { marks: sql`${aggregatesDue.marks} + 1` } })

const announceReveal = (db: Database, { event, now }: Revealing) =>
  announceRow(
    db,
    { id: event, type: 'review.revealed', now },
    {
      worker: sql`${reviewPairs.worker}`,
      version: sql`${reviewVersions.version}`,
      data: sql`json_object('contract', ${reviewPairs.contract}, 'review', ${reviews.id}, 'exam', ${reviewPairs.category})`,
      from: sql`${reviewPairs}
        JOIN ${reviews} ON ${reviews.contract} = ${reviewPairs.contract} AND ${reviews.side} = 'client'
        JOIN ${reviewVersions} ON ${reviewVersions.worker} = ${reviewPairs.worker}
        WHERE ${reviewPairs.revealEvent} = ${event}`,
    },
  )

/**
 * Reveals a pair if its time has come, with all that follows: the worker's totals, the event, the mark for the next
 * aggregate. Nothing but the first statement's condition decides, so any number of acts at once reveal once. The event
 * is about a client's review of the worker; a worker's review alone changes nothing that the plugin knows of.
 */
export const revealing = (db: Database, of: Revealing) =>
  [
    revealPair(db, of),
    raiseVersion(db, revealedBy(of.event)),
    ...recountTotals(db, of.worker),
    ...recountFirstReviews(db, of.worker),
    markDue(db, revealedBy(of.event)),
    announceReveal(db, of),
  ] as const satisfies readonly Statement[]

/** What a contract's money means for what is known of its worker: goes behind the change of the contract's row. */
export const recounting = (db: Database, of: { readonly contract: string; readonly worker: string }): Statement[] => [
  raiseVersion(db, revealedOf(of.contract)),
  ...recountTotals(db, of.worker),
  ...recountFirstReviews(db, of.worker),
  markDue(db, revealedOf(of.contract)),
]

/**
 * The reviews that count for a worker: those of the seed, and of the revealed ones whose contract counts as evidence
 * each client's latest.
 */
const countedReviews = (worker: string) => sql`
  SELECT client, skill, quality, schedule, communication, partnership FROM ${pastReviews} WHERE worker = ${worker}
  UNION ALL
  SELECT client, skill, quality, schedule, communication, partnership FROM (
    SELECT reviews.author AS client, skill, quality, schedule, communication, partnership,
      row_number() OVER (PARTITION BY reviews.author ORDER BY reviews.written_at DESC, reviews.id DESC) AS nth
    FROM reviews
    JOIN review_pairs ON review_pairs.contract = reviews.contract AND review_pairs.revealed_at IS NOT NULL
    WHERE reviews.subject = ${worker} AND reviews.side = 'client' AND ${countsAsEvidence(sql`reviews.contract`)}
  ) WHERE nth = 1`

/** Statements that count a worker's reviews anew. A worker without any has no row. */
export const recountTotals = (db: Database, worker: string) =>
  [
    db
      .insert(reviewTotals)
      .select(
        sql`SELECT ${worker}, count(*), count(DISTINCT client), sum(skill), sum(quality), sum(schedule), sum(communication), sum(partnership)
          FROM (${countedReviews(worker)}) WHERE true HAVING count(*) > 0`,
      )
      .onConflictDoUpdate({
        target: reviewTotals.worker,
        set: {
          count: sql`excluded.count`,
          clients: sql`excluded.clients`,
          skill: sql`excluded.skill`,
          quality: sql`excluded.quality`,
          schedule: sql`excluded.schedule`,
          communication: sql`excluded.communication`,
          partnership: sql`excluded.partnership`,
        },
      }),
    db.delete(reviewTotals).where(and(eq(reviewTotals.worker, worker), sql`NOT EXISTS (${countedReviews(worker)})`)),
  ] as const

/** A statement that raises a worker's version when a batch of that id was published. */
export const raiseVersionFor = (db: Database, worker: string, batch: string) =>
  db
    .insert(reviewVersions)
    .select(sql`SELECT ${worker}, 1 FROM hidden_batches WHERE id = ${batch}`)
    .onConflictDoUpdate({ target: reviewVersions.worker, set: { version: sql`${reviewVersions.version} + 1` } })
