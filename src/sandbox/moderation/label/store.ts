import { and, asc, desc, eq, gt, inArray, or, sql } from 'drizzle-orm'
import type { Instant } from '../../../kernel/instant.ts'
import type { Database } from '../../../world/database.ts'
import { labels, measures, moderationDecisions } from '../tables.ts'

export type Label = typeof labels.$inferSelect

export const labelInsertion = (db: Database, label: Label) => db.insert(labels).values(label)

/** The post as a decision was about it. */
export async function labelOfDecision(db: Database, job: string, decision: string): Promise<Label | undefined> {
  const [row] = await db
    .select()
    .from(labels)
    .where(and(eq(labels.job, job), eq(labels.decision, decision)))
    .orderBy(asc(labels.at))
    .limit(1)
  return row
}

/** The post as the first decision of a case was about it. */
export async function labelOfCase(
  db: Database,
  { id, ref }: { readonly id: string; readonly ref: string },
): Promise<Label | undefined> {
  const decisions = db
    .select({ id: moderationDecisions.id })
    .from(moderationDecisions)
    .where(eq(moderationDecisions.subject, id))
  const [row] = await db
    .select()
    .from(labels)
    .where(and(eq(labels.job, ref), inArray(labels.decision, decisions)))
    .orderBy(asc(labels.at), asc(labels.id))
    .limit(1)
  return row
}

/** Where a page of labels ended. */
export interface LabelPlace {
  readonly at: Instant
  readonly id: string
}

const isLastWord = sql`NOT EXISTS (SELECT 1 FROM labels AS later WHERE later.job = ${labels.job} AND later.id > ${labels.id})`

/** What a decision did was ended because it should not have been: neither it nor the opposite is learnt. */
const isTakenBack = sql`EXISTS (SELECT 1 FROM ${measures} WHERE ${measures.decision} = ${labels.decision} AND ${measures.endedBy} = 'reinstatement')`
const stands = sql`${isLastWord} AND NOT ${isTakenBack}`

/** What operators decided, in order of time: of each post the last word, so that a reversal corrects what was learnt. */
export async function readLabels(
  db: Database,
  page: { readonly after?: LabelPlace | undefined; readonly limit?: number | undefined } = {},
): Promise<Label[]> {
  const { after } = page
  const query = db
    .select()
    .from(labels)
    .where(and(stands, after && or(gt(labels.at, after.at), and(eq(labels.at, after.at), gt(labels.id, after.id)))))
    .orderBy(asc(labels.at), asc(labels.id))
  return page.limit === undefined ? query : query.limit(page.limit)
}

/** The latest of these, in order of time. */
export async function latestLabels(db: Database, limit: number): Promise<Label[]> {
  const rows = await db.select().from(labels).where(stands).orderBy(desc(labels.at), desc(labels.id)).limit(limit)
  return rows.reverse()
}

/** More decisions than this are not counted. */
const MOST_COUNTED = 2_000

/** How many decisions came after a time; all of them without one. */
export async function countLabelsSince(db: Database, after: Instant | undefined): Promise<number> {
  const some = db
    .select({ id: labels.id })
    .from(labels)
    .where(after === undefined ? undefined : gt(labels.at, after))
    .limit(MOST_COUNTED)
    .as('some')
  const [row] = await db.select({ n: sql<number>`count(*)` }).from(some)
  return row?.n ?? 0
}
