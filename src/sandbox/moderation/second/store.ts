import { and, asc, desc, eq, isNull, ne, sql } from 'drizzle-orm'
import type { Instant } from '../../../kernel/instant.ts'
import type { Database } from '../../../world/database.ts'
import type { Label } from '../label/store.ts'
import { labels } from '../tables.ts'
import type { Pair } from './agreement.ts'
import type { Finding } from './second.ts'
import { decisionReaders, secondJudgements } from './tables.ts'

export type SecondJudgement = typeof secondJudgements.$inferSelect

/** A drawn decision with the post as it was decided about. */
export interface DrawnPost {
  readonly second: SecondJudgement
  readonly post: Label
}

/** Statement that has a decision judged twice; it goes behind the decision and its label. */
export const secondInsertion = (
  db: Database,
  {
    first,
    ...row
  }: Pick<SecondJudgement, 'id' | 'decision' | 'subject' | 'label' | 'drawnAt' | 'firstBy'> & {
    readonly first: Finding
  },
) => db.insert(secondJudgements).values({ ...row, firstBreach: first.breach, firstKinds: first.kinds })

const drawnPosts = (db: Database) =>
  db
    .select({ second: secondJudgements, post: labels })
    .from(secondJudgements)
    .innerJoin(labels, eq(labels.id, secondJudgements.label))

/** Whether somebody has not read the decision of the row. */
const isUnread = (operator: string) =>
  sql`NOT EXISTS (SELECT 1 FROM ${decisionReaders} WHERE ${decisionReaders.second} = ${secondJudgements.id} AND ${decisionReaders.operator} = ${operator})`

/** Decisions that wait for a second judgement, which this operator neither took nor has read; those that have waited longest first. */
export const waitingSeconds = (
  db: Database,
  of: { readonly operator: string; readonly since: Instant; readonly limit: number },
): Promise<DrawnPost[]> =>
  drawnPosts(db)
    .where(
      // the words of the partial index, which bound values would not match
      and(
        sql`second_at IS NULL`,
        sql`${secondJudgements.drawnAt} >= ${of.since}`,
        ne(secondJudgements.firstBy, of.operator),
        isUnread(of.operator),
      ),
    )
    .orderBy(asc(secondJudgements.drawnAt), asc(secondJudgements.id))
    .limit(of.limit)

/** Decisions that two judged differently, and nobody has settled; those that have waited longest first. */
export const disputedSeconds = (db: Database, limit: number): Promise<DrawnPost[]> =>
  drawnPosts(db)
    .where(sql`agrees = 0 AND settled_at IS NULL`)
    .orderBy(asc(secondJudgements.secondAt), asc(secondJudgements.id))
    .limit(limit)

export async function findSecond(db: Database, id: string): Promise<DrawnPost | undefined> {
  const [row] = await drawnPosts(db).where(eq(secondJudgements.id, id))
  return row
}

export async function hasRead(db: Database, second: string, operator: string): Promise<boolean> {
  const rows = await db
    .select()
    .from(decisionReaders)
    .where(and(eq(decisionReaders.second, second), eq(decisionReaders.operator, operator)))
  return rows.length > 0
}

/** Statement that keeps who has read a decision which waits for a second judgement; does nothing for others. */
export const noteReader = (db: Database, decision: string, operator: string) =>
  db
    .insert(decisionReaders)
    .select(
      db
        .select({ second: secondJudgements.id, operator: sql<string>`${operator}`.as('operator') })
        .from(secondJudgements)
        .where(and(eq(secondJudgements.decision, decision), isNull(secondJudgements.secondAt))),
    )
    .onConflictDoNothing()

/** Writes what the second operator found. @returns whether nobody else had. */
export async function writeSecond(
  db: Database,
  id: string,
  found: Finding & { readonly by: string; readonly reasons: string; readonly agrees: boolean; readonly at: Instant },
): Promise<boolean> {
  const written = await db
    .update(secondJudgements)
    .set({
      secondBy: found.by,
      secondBreach: found.breach,
      secondKinds: found.kinds,
      secondReasons: found.reasons,
      secondAt: found.at,
      agrees: found.agrees,
    })
    .where(and(eq(secondJudgements.id, id), isNull(secondJudgements.secondAt)))
    .returning({ id: secondJudgements.id })
  return written.length > 0
}

/** Statement that settles a difference, once. */
export const settlement = (
  db: Database,
  id: string,
  how: Pick<SecondJudgement, 'settledBy' | 'settledFor' | 'settledReasons' | 'settledAt'>,
) =>
  db
    .update(secondJudgements)
    .set(how)
    .where(and(eq(secondJudgements.id, id), isNull(secondJudgements.settledAt)))

/** What both found in the latest second judgements. */
export async function latestPairs(db: Database, limit: number): Promise<Pair[]> {
  const rows = await db
    .select()
    .from(secondJudgements)
    .where(sql`second_at IS NOT NULL`)
    .orderBy(desc(secondJudgements.secondAt), desc(secondJudgements.id))
    .limit(limit)
  return rows.map(({ firstBreach, firstKinds, secondBreach, secondKinds }) => ({
    first: { breach: firstBreach, kinds: firstKinds },
    second: { breach: secondBreach ?? false, kinds: secondKinds ?? [] },
  }))
}
