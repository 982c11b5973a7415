import { sql } from 'drizzle-orm'
import type { Instant } from '../../../kernel/instant.ts'
import type { Database } from '../../../world/database.ts'
import type { Category } from '../../people/worker.ts'
import { CLIENT_PAID, MANY_APPLICANTS, STARTER_YEN } from '../job.ts'
import { applications, clientHistories, jobListings, jobs } from '../tables.ts'

/** Listed jobs to start with, those in good places first, of which the rest is asked. */
const LOOKED_AT = 200

/**
 * Jobs of a category to start with, those in good places first: newcomers are welcome or the fixed pay is small, few have
 * applied, the client has paid for contracts before, and no person has still to look at the post.
 */
export async function findStarterJobs(
  db: Database,
  { category, now }: { readonly category: Category; readonly now: Instant },
): Promise<string[]> {
  // the words of the index, so that it is used
  const isSmall = sql.raw(`(welcomes_newcomers OR (pay_type = 'fixed' AND pay_amount <= ${STARTER_YEN}))`)
  const listed = sql`SELECT doc, rank FROM ${jobListings} WHERE category = ${category} AND ${isSmall} AND (closes_at IS NULL OR closes_at > ${now}) ORDER BY rank DESC LIMIT ${LOOKED_AT}`
  const applicants = sql`SELECT count(*) FROM (SELECT 1 FROM ${applications} AS a WHERE a.job = j.id AND a.state <> 'withdrawn' LIMIT ${MANY_APPLICANTS})`
  const rows = await db.all<{ id: string }>(
    sql`SELECT j.id AS id FROM (${listed}) AS l CROSS JOIN ${jobs} AS j ON j.doc = l.doc CROSS JOIN ${clientHistories} AS h ON h.client = j.client
      WHERE j.state = 'published' AND h.paid >= ${CLIENT_PAID} AND (${applicants}) < ${MANY_APPLICANTS} ORDER BY l.rank DESC`,
  )
  return rows.map(({ id }) => id)
}
