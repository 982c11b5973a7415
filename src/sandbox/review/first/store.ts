import type { Cohort } from '@kentei/marketplace/estimator'
import { and, eq, sql } from 'drizzle-orm'
import { type Database, isAmong } from '../../../world/database.ts'
import { countsAsEvidence, firstContractOf } from '../../escrow/work/store.ts'
import { versionAt } from '../../evidence/belief/store.ts'
import { certifiedVersion } from '../../evidence/store.ts'
import { isPresent } from '../../people/store.ts'
import { isInBlock } from '../block/store.ts'
import { firstReviewCounts, firstReviews, pastReviews } from '../tables.ts'

/**
 * A row of what is known of a worker's first reviews, or none: of whoever began with a past, was erased, or has no counted
 * review yet. Of each client's reviews that count the first, of these the first three to be revealed; none of a block's.
 */
const countedFirst = (worker: string) => sql`
  SELECT category AS exam, coalesce(version, '') AS version, CASE WHEN credential IS NULL THEN 'other' ELSE 'certified' END AS cohort,
    count(*) AS n, sum(stars) AS stars
  FROM (
    SELECT category, credential, version, stars FROM (
      SELECT begun.category, begun.credential,
        coalesce((${certifiedVersion(sql`begun.credential`)}), (${versionAt(sql`begun.category`, sql`begun.agreed_at`)})) AS version,
        skill + quality + schedule + communication + partnership AS stars, review_pairs.revealed_at, reviews.id,
        row_number() OVER (PARTITION BY reviews.author ORDER BY reviews.written_at, reviews.id) AS nth
      FROM (${firstContractOf(worker)}) AS begun
      JOIN reviews ON reviews.subject = ${worker} AND reviews.side = 'client'
      JOIN review_pairs ON review_pairs.contract = reviews.contract AND review_pairs.revealed_at IS NOT NULL
        AND review_pairs.category = begun.category
      WHERE ${countsAsEvidence(sql`reviews.contract`)} AND ${isPresent(sql`${worker}`)}
        AND NOT ${isInBlock(sql`reviews.author`)}
        AND NOT EXISTS (SELECT 1 FROM ${pastReviews} WHERE ${pastReviews.worker} = ${worker})
    ) WHERE nth = 1 ORDER BY revealed_at, id LIMIT 3
  ) WHERE true GROUP BY 1, 2, 3`

/** Statements that count a worker's first reviews anew: after a review was revealed, money moved, or a certificate was told of. */
export const recountFirstReviews = (db: Database, worker: string) =>
  [
    db
      .insert(firstReviews)
      .select(sql`SELECT ${worker}, exam, version, cohort, n, stars FROM (${countedFirst(worker)}) WHERE true`)
      .onConflictDoUpdate({
        target: firstReviews.worker,
        set: {
          exam: sql`excluded.exam`,
          version: sql`excluded.version`,
          cohort: sql`excluded.cohort`,
          n: sql`excluded.n`,
          stars: sql`excluded.stars`,
        },
      }),
    db.delete(firstReviews).where(and(eq(firstReviews.worker, worker), sql`NOT EXISTS (${countedFirst(worker)})`)),
  ] as const

/** A statement that forgets whose first reviews they were; they stay in the count. Goes behind the erasure itself. */
export const forgetFirstReviews = (db: Database, worker: string) =>
  db.delete(firstReviews).where(eq(firstReviews.worker, worker))

/** How many people of a cohort have exactly `n` first reviews, and the sum of all their stars over the five axes. */
export interface FirstReviewCount {
  readonly cohort: Cohort
  readonly n: number
  readonly people: number
  readonly stars: number
}

/**
 * The counts of those who held a certificate of one of these versions of the exam when their first contract was made, and of
 * those who held none while one of them was the newest; empty is that none was known.
 */
export const firstReviewCountsOf = (
  db: Database,
  of: { readonly exam: string; readonly versions: readonly string[] },
): Promise<FirstReviewCount[]> =>
  db
    .select({
      cohort: firstReviewCounts.cohort,
      n: firstReviewCounts.n,
      people: sql<number>`sum(${firstReviewCounts.people})`,
      stars: sql<number>`sum(${firstReviewCounts.stars})`,
    })
    .from(firstReviewCounts)
    .where(and(eq(firstReviewCounts.exam, of.exam), isAmong(firstReviewCounts.version, of.versions)))
    .groupBy(firstReviewCounts.cohort, firstReviewCounts.n)

/** The same counts of some workers alone, those who were erased left out. */
export const firstReviewCountsAmong = (
  db: Database,
  of: { readonly exam: string; readonly versions: readonly string[]; readonly workers: readonly string[] },
): Promise<FirstReviewCount[]> =>
  db
    .select({
      cohort: firstReviews.cohort,
      n: firstReviews.n,
      people: sql<number>`count(*)`,
      stars: sql<number>`sum(${firstReviews.stars})`,
    })
    .from(firstReviews)
    .where(
      and(
        isAmong(firstReviews.worker, of.workers),
        eq(firstReviews.exam, of.exam),
        isAmong(firstReviews.version, of.versions),
      ),
    )
    .groupBy(firstReviews.cohort, firstReviews.n)
