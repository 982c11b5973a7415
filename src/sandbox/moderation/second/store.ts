import { and, asc, desc, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { Instant } from '../../../kernel/instant.ts'
import type { Database } from '../../../world/database.ts'
import type { Label } from '../label/store.ts'
import { labels, moderationDecisions, moderationEvents } from '../tables.ts'
import type { Pair } from './agreement.ts'
import type { Finding } from './second.ts'
import { caseReaders, judgedTwice } from './tables.ts'

export type SecondJudgement = typeof judgedTwice.$inferSelect

/** A drawn decision; where it is about a post, with the post as it was decided about. */
export interface Drawn {
  readonly second: SecondJudgement
  readonly post: Label | null
}

/** Statement that has a decision judged twice; it goes behind the decision and its label. */
export const secondInsertion = (
  db: Database,
  {
    first,
    ...row
  }: Pick<SecondJudgement, 'id' | 'decision' | 'subject' | 'surface' | 'label' | 'drawnAt' | 'firstBy'> & {
    readonly first: Finding
  },
) => db.insert(judgedTwice).values({ ...row, firstBreach: first.breach, firstKinds: first.kinds })

const drawnDecisions = (db: Database) =>
  db.select({ second: judgedTwice, post: labels }).from(judgedTwice).leftJoin(labels, eq(labels.id, judgedTwice.label))

/** Whether somebody has read nothing of the case, and done nothing with it. */
const isUnknownTo = (operator: string) =>
  sql`NOT EXISTS (SELECT 1 FROM ${caseReaders} WHERE ${caseReaders.subject} = ${judgedTwice.subject} AND ${caseReaders.operator} = ${operator})
    AND NOT EXISTS (SELECT 1 FROM ${moderationEvents} WHERE ${moderationEvents.subject} = ${judgedTwice.subject} AND ${moderationEvents.actor} = ${operator})`

/** Whether there is something to read: what a person wrote who was erased is gone. */
const isThere = sql`(${judgedTwice.label} IS NOT NULL OR EXISTS (SELECT 1 FROM ${moderationEvents} WHERE ${moderationEvents.subject} = ${judgedTwice.subject} AND json_extract(${moderationEvents.data}, '$.surface') IS NOT NULL AND json_extract(${moderationEvents.data}, '$.evidence') IS NOT NULL))`

/** Decisions that wait for a second judgement, of which this operator knows nothing; those that have waited longest first. */
export const waitingSeconds = (
  db: Database,
  of: { readonly operator: string; readonly since: Instant; readonly limit: number },
): Promise<Drawn[]> =>
  drawnDecisions(db)
    .where(
      // the words of the partial index, which bound values would not match
      and(sql`second_at IS NULL`, sql`${judgedTwice.drawnAt} >= ${of.since}`, isUnknownTo(of.operator), isThere),
    )
    .orderBy(asc(judgedTwice.drawnAt), asc(judgedTwice.id))
    .limit(of.limit)

/** Decisions that two judged differently, and nobody has settled; those that have waited longest first. */
export const disputedSeconds = (db: Database, limit: number): Promise<Drawn[]> =>
  drawnDecisions(db)
    .where(sql`agrees = 0 AND settled_at IS NULL`)
    .orderBy(asc(judgedTwice.secondAt), asc(judgedTwice.id))
    .limit(limit)

export async function findSecond(db: Database, id: string): Promise<Drawn | undefined> {
  const [row] = await drawnDecisions(db).where(eq(judgedTwice.id, id))
  return row
}

/** Whether somebody has read a case. */
export async function hasRead(db: Database, subject: string, operator: string): Promise<boolean> {
  const rows = await db
    .select()
    .from(caseReaders)
    .where(and(eq(caseReaders.subject, subject), eq(caseReaders.operator, operator)))
  return rows.length > 0
}

/** Whether somebody has done anything with a case: taken it, given it back, decided it or an appeal. */
export async function hasActed(db: Database, subject: string, operator: string): Promise<boolean> {
  const rows = await db
    .select({ seq: moderationEvents.seq })
    .from(moderationEvents)
    .where(and(eq(moderationEvents.subject, subject), eq(moderationEvents.actor, operator)))
    .limit(1)
  return rows.length > 0
}

/** Statement that keeps who has read cases. */
export const noteReader = (db: Database, subjects: readonly [string, ...string[]], operator: string) =>
  db
    .insert(caseReaders)
    .values(subjects.map((subject) => ({ subject, operator })))
    .onConflictDoNothing()

/** Writes what the second operator found. @returns whether nobody else had. */
export async function writeSecond(
  db: Database,
  id: string,
  found: Finding & { readonly by: string; readonly reasons: string; readonly agrees: boolean; readonly at: Instant },
): Promise<boolean> {
  const written = await db
    .update(judgedTwice)
    .set({
      secondBy: found.by,
      secondBreach: found.breach,
      secondKinds: found.kinds,
      secondReasons: found.reasons,
      secondAt: found.at,
      agrees: found.agrees,
    })
    .where(and(eq(judgedTwice.id, id), isNull(judgedTwice.secondAt)))
    .returning({ id: judgedTwice.id })
  return written.length > 0
}

/** Statement that settles a difference. It fails its whole batch where somebody has settled it meanwhile: it was drawn at some time. */
export const settlement = (
  db: Database,
  id: string,
  how: Pick<SecondJudgement, 'settledBy' | 'settledFor' | 'settledReasons' | 'settledAt'>,
) =>
  db
    .update(judgedTwice)
    .set({
      ...how,
      drawnAt: sql`CASE WHEN ${judgedTwice.settledAt} IS NULL THEN ${judgedTwice.drawnAt} END`,
    })
    .where(eq(judgedTwice.id, id))

/** Whether a batch failed because a difference was settled already, and changed nothing. */
export function isSettled(error: unknown): boolean {
  for (let e: unknown = error; e instanceof Error; e = e.cause)
    if (/NOT NULL constraint failed: judged_twice\.drawn_at/.test(e.message)) return true
  return false
}

/** Statement that forgets the words in which decisions about an erased person were judged again and settled; what was found stays. */
export const forgetSecondReasons = (db: Database, person: string) =>
  db
    .update(judgedTwice)
    .set({
      secondReasons: sql`CASE WHEN ${judgedTwice.secondReasons} IS NULL THEN NULL ELSE '' END`,
      settledReasons: sql`CASE WHEN ${judgedTwice.settledReasons} IS NULL THEN NULL ELSE '' END`,
    })
    .where(
      inArray(
        judgedTwice.decision,
        db
          .select({ id: moderationDecisions.id })
          .from(moderationDecisions)
          .where(eq(moderationDecisions.person, person)),
      ),
    )

/** What both found in the latest second judgements. */
export async function latestPairs(db: Database, limit: number): Promise<Pair[]> {
  const rows = await db
    .select()
    .from(judgedTwice)
    .where(sql`second_at IS NOT NULL`)
    .orderBy(desc(judgedTwice.secondAt), desc(judgedTwice.id))
    .limit(limit)
  return rows.map(({ surface, firstBreach, firstKinds, secondBreach, secondKinds }) => ({
    surface,
    first: { breach: firstBreach, kinds: firstKinds },
    second: { breach: secondBreach ?? false, kinds: secondKinds ?? [] },
  }))
}
