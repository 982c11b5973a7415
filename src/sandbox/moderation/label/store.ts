import { and, asc, eq, gt, max, or } from 'drizzle-orm'
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

/** What operators decided, in order of time: of each post the last word, so that a reversal corrects what was learnt. */
export async function readLabels(db: Database, page: { readonly after?: LabelPlace | undefined; readonly limit?: number | undefined } = {}): Promise<Label[]> {
  const { after } = page
  const last = db
    .select({ job: labels.job, id: max(labels.id).as('last_id') })
    .from(labels)
    .groupBy(labels.job)
    .as('last')
  const query = db
    .select()
    .from(labels)
    .innerJoin(last, eq(labels.id, last.id))
    .where(and(after && or(gt(labels.at, after.at), and(eq(labels.at, after.at), gt(labels.id, after.id)))))
    .orderBy(asc(labels.at), asc(labels.id))
  const rows = await (page.limit === undefined ? query : query.limit(page.limit))
  return rows.map(({ labels: label }) => label)
}
