import { and, eq, lt, sql } from 'drizzle-orm'
import { RECENT_PAPERS } from '../../form/assemble-form.ts'
import type { Exposure } from '../../form/draw-sections.ts'
import { type Form, shownOn } from '../../form/form.ts'
import { leakedItems } from '../../item/store.ts'
import type { AttemptId } from '../../kernel/id.ts'
import type { Database, Statement } from '../../world/database.ts'
import { examPapers, itemExposures, recentPapers, shownItems } from '../tables.ts'

/** Counts what a paper shows, for the batch that starts its attempt: nothing where that did not begin. */
export function exposeStatements(db: Database, a: { readonly id: AttemptId; readonly form: Form }): Statement[] {
  const itemIds = JSON.stringify(shownOn(a.form))
  return [
    db
      .insert(shownItems)
      .select(
        sql`select a.worker, a.exam, j.value, a.id from attempts a, json_each(${itemIds}) j where a.id = ${a.id}`,
      ),
    db
      .insert(itemExposures)
      .select(sql`select a.exam, j.value, 1, 0, 0 from attempts a, json_each(${itemIds}) j where a.id = ${a.id}`)
      .onConflictDoUpdate({ target: [itemExposures.exam, itemExposures.item], set: { shown: sql`shown + 1` } }),
    db
      .insert(examPapers)
      .select(sql`select exam, 1, 0, 0 from attempts where id = ${a.id}`)
      .onConflictDoUpdate({ target: examPapers.exam, set: { papers: sql`papers + 1` } }),
    db
      .insert(recentPapers)
      .select(
        sql`select p.exam, (p.papers - 1) % ${RECENT_PAPERS}, ${itemIds} from attempts a, exam_papers p where a.id = ${a.id} and p.exam = a.exam`,
      )
      .onConflictDoUpdate({ target: [recentPapers.exam, recentPapers.place], set: { items: sql`excluded.items` } }),
  ]
}

/** What assembly needs to know about the past of an exam and of a worker. However long the past is, it reads as much. */
export async function readExposure(db: Database, worker: string, exam: string): Promise<Exposure> {
  // many rows as one: each row that is handed over costs more than reading it
  const shown = db
    .select({ times: sql<string>`json_group_object(${itemExposures.item}, ${itemExposures.shown})` })
    .from(itemExposures)
    .where(eq(itemExposures.exam, exam))
  const own = db
    .select({ items: sql<string>`json_group_array(${shownItems.item})` })
    .from(shownItems)
    .where(and(eq(shownItems.worker, worker), eq(shownItems.exam, exam)))
    .groupBy(shownItems.attempt)
  const recent = db
    .select({ items: recentPapers.items })
    .from(recentPapers)
    .where(and(eq(recentPapers.exam, exam), lt(recentPapers.place, RECENT_PAPERS)))
  const [[kept], ownPapers, latest, leaked] = await Promise.all([shown, own, recent, leakedItems(db, exam)])
  const papersOf = (rows: readonly { readonly items: string }[]) =>
    rows.map(({ items }) => new Set(JSON.parse(items) as string[]))
  return {
    timesShown: JSON.parse(kept?.times ?? '{}') as Exposure['timesShown'],
    ownPapers: papersOf(ownPapers),
    leaked,
    recentPapers: papersOf(latest),
  }
}

/** How often papers held an item, how many of those were graded, and how many of them passed. */
export interface ItemUse {
  readonly papers: number
  readonly graded: number
  readonly passed: number
}

/** The papers of an exam so far, and the use of every item that any of them held: as kept, without counting. */
export async function itemUse(
  db: Database,
  exam: string,
): Promise<{ readonly papers: number; readonly items: ReadonlyMap<string, ItemUse> }> {
  const [total] = await db.select({ papers: examPapers.papers }).from(examPapers).where(eq(examPapers.exam, exam))
  const rows = await db
    .select({
      item: itemExposures.item,
      papers: itemExposures.shown,
      graded: itemExposures.graded,
      passed: itemExposures.passed,
    })
    .from(itemExposures)
    .where(eq(itemExposures.exam, exam))
  return { papers: total?.papers ?? 0, items: new Map(rows.map(({ item, ...use }) => [item, use])) }
}
