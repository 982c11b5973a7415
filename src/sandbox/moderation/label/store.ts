import { and, asc, desc, eq, gt, or, sql } from 'drizzle-orm'
import type { Instant } from '../../../kernel/instant.ts'
import type { Database } from '../../../world/database.ts'
import { labels } from '../tables.ts'

export type Label = typeof labels.$inferSelect

export const labelInsertion = (db: Database, label: Label) => db.insert(labels).values(label)

/** Where a page of labels ended. */
export interface LabelPlace {
  readonly at: Instant
  readonly id: string
}

const isLastWord = sql`NOT EXISTS (SELECT 1 FROM labels AS later WHERE later.job = ${labels.job} AND later.id > ${labels.id})`

/** What operators decided, in order of time: of each post the last word, so that a reversal corrects what was learnt. */
export async function readLabels(
  db: Database,
  page: { readonly after?: LabelPlace | undefined; readonly limit?: number | undefined } = {},
): Promise<Label[]> {
  const { after } = page
  const query = db
    .select()
    .from(labels)
    .where(and(isLastWord, after && or(gt(labels.at, after.at), and(eq(labels.at, after.at), gt(labels.id, after.id)))))
    .orderBy(asc(labels.at), asc(labels.id))
  return page.limit === undefined ? query : query.limit(page.limit)
}

/** The latest of these, in order of time. */
export async function latestLabels(db: Database, limit: number): Promise<Label[]> {
  const rows = await db.select().from(labels).where(isLastWord).orderBy(desc(labels.at), desc(labels.id)).limit(limit)
  return rows.reverse()
}
