import { and, asc, desc, eq, isNull, lt, lte, sql } from 'drizzle-orm'
import type { Instant } from '../../../kernel/instant.ts'
import { type Database, isAmong } from '../../../world/database.ts'
import { appeals, measures, moderationDecisions } from '../tables.ts'
import type { Measure } from './actions.ts'

export type Decision = typeof moderationDecisions.$inferSelect
export type Appeal = typeof appeals.$inferSelect
export type StandingMeasure = typeof measures.$inferSelect

export async function findDecision(db: Database, id: string): Promise<Decision | undefined> {
  const [row] = await db.select().from(moderationDecisions).where(eq(moderationDecisions.id, id))
  return row
}

export const decisionsOf = (db: Database, subject: string): Promise<Decision[]> =>
  db
    .select()
    .from(moderationDecisions)
    .where(eq(moderationDecisions.subject, subject))
    .orderBy(asc(moderationDecisions.decidedAt), asc(moderationDecisions.id))

/** Decisions that concern somebody, the newest first; `before` is the id where the last page ended. Ids grow with time. */
export const decisionsConcerning = (
  db: Database,
  person: string,
  page: { readonly before: string | undefined; readonly limit: number },
): Promise<Decision[]> =>
  db
    .select()
    .from(moderationDecisions)
    .where(
      and(
        eq(moderationDecisions.person, person),
        page.before === undefined ? undefined : lt(moderationDecisions.id, page.before),
      ),
    )
    .orderBy(desc(moderationDecisions.id))
    .limit(page.limit)

export const decisionInsertion = (db: Database, decision: Decision) => db.insert(moderationDecisions).values(decision)

export const measureInsertion = (db: Database, decision: string, measure: Measure, until: Instant | null) =>
  db.insert(measures).values({ decision, ...measure, until })

/** What a decision still does. */
export const standingMeasures = (db: Database, decision: string): Promise<StandingMeasure[]> =>
  db
    .select()
    .from(measures)
    .where(and(eq(measures.decision, decision), isNull(measures.endedAt)))

/** What anything still does to a job or a person. */
export const measuresAgainst = (db: Database, target: string): Promise<StandingMeasure[]> =>
  db
    .select()
    .from(measures)
    .where(and(eq(measures.target, target), isNull(measures.endedAt)))

/** The decision by which a job is down until it is corrected; undefined where it is not, or another one keeps it down as well. */
export async function correctionAsked(db: Database, job: string): Promise<Decision | undefined> {
  const [measure, ...others] = await measuresAgainst(db, job)
  const decision = measure && others.length === 0 ? await findDecision(db, measure.decision) : undefined
  return decision?.action === 'correct' ? decision : undefined
}

/** Measures whose time is over, the earliest first. */
export const dueMeasures = (db: Database, now: Instant, limit: number): Promise<StandingMeasure[]> =>
  db
    .select()
    .from(measures)
    .where(and(isNull(measures.endedAt), lte(measures.until, now)))
    .orderBy(asc(measures.until), asc(measures.decision))
    .limit(limit)

/** When something was last decided against each of these jobs, whether it still stands or not; what nothing was decided against is missing. */
export async function lastMeasured(db: Database, jobs: readonly string[]): Promise<ReadonlyMap<string, Instant>> {
  const rows = await db
    .select({ job: measures.target, at: sql<Instant>`max(${moderationDecisions.decidedAt})` })
    .from(measures)
    .innerJoin(moderationDecisions, eq(moderationDecisions.id, measures.decision))
    .where(and(isAmong(measures.target, jobs), eq(measures.kind, 'job')))
    .groupBy(measures.target)
  return new Map(rows.map(({ job, at }) => [job, at]))
}

/** A statement that ends what a decision does. */
export const measuresEnd = (
  db: Database,
  decision: string,
  end: { readonly at: Instant; readonly by: 'time' | 'appeal' | 'reinstatement' | 'correction' },
) =>
  db
    .update(measures)
    .set({ endedAt: end.at, endedBy: end.by })
    .where(and(eq(measures.decision, decision), isNull(measures.endedAt)))

/** A standing as the measures make it that have not ended, to be worked out by the statement that it stands in. */
export const standingByMeasures = (person: string) => {
  const some = (effect: string) =>
    sql`EXISTS (SELECT 1 FROM ${measures} WHERE ${measures.target} = ${person} AND ${measures.endedAt} IS NULL AND ${measures.effect} = ${effect})`
  return sql<
    'good' | 'restricted' | 'suspended'
  >`CASE WHEN ${some('suspend')} THEN 'suspended' WHEN ${some('restrict')} THEN 'restricted' ELSE 'good' END`
}

/** Whether no decision keeps a job down, to be judged by the statement that it stands in. */
export const isLetUp = (job: string) =>
  sql<boolean>`NOT EXISTS (SELECT 1 FROM ${measures} WHERE ${measures.target} = ${job} AND ${measures.endedAt} IS NULL)`

export async function findAppeal(db: Database, id: string): Promise<Appeal | undefined> {
  const [row] = await db.select().from(appeals).where(eq(appeals.id, id))
  return row
}

export async function findAppealAgainst(db: Database, decision: string): Promise<Appeal | undefined> {
  const [row] = await db.select().from(appeals).where(eq(appeals.decision, decision))
  return row
}

export const appealsOf = (db: Database, subject: string): Promise<Appeal[]> =>
  db.select().from(appeals).where(eq(appeals.subject, subject)).orderBy(asc(appeals.at))

/** The place of an appeal in its list: when it came, or when it was judged. */
export interface AppealPlace {
  readonly at: Instant
  readonly id: string
}

/** Appeals that wait for a judgement, the oldest first, or those that were judged, the latest first; from behind the given place on. */
export const listAppeals = (
  db: Database,
  {
    judged,
    after,
    limit,
  }: { readonly judged: boolean; readonly after?: AppealPlace | undefined; readonly limit: number },
): Promise<Appeal[]> =>
  judged
    ? db
        .select()
        .from(appeals)
        .where(
          and(
            sql`outcome IS NOT NULL`,
            after && sql`(${appeals.decidedAt}, ${appeals.id}) < (${after.at}, ${after.id})`,
          ),
        )
        .orderBy(desc(appeals.decidedAt), desc(appeals.id))
        .limit(limit)
    : db
        .select()
        .from(appeals)
        .where(and(sql`outcome IS NULL`, after && sql`(${appeals.at}, ${appeals.id}) > (${after.at}, ${after.id})`))
        .orderBy(asc(appeals.at), asc(appeals.id))
        .limit(limit)

export const appealInsertion = (
  db: Database,
  appeal: Pick<Appeal, 'id' | 'decision' | 'subject' | 'person' | 'text' | 'at'>,
) => db.insert(appeals).values(appeal)

export const appealOutcome = (
  db: Database,
  appeal: string,
  outcome: Pick<Appeal, 'outcome' | 'reasons' | 'decidedBy' | 'decidedAt'>,
) => db.update(appeals).set(outcome).where(eq(appeals.id, appeal))

/** Statements that forget what an erased person wrote and the words in which it was decided about them; that it was decided stays. */
export const forgetDecisions = (db: Database, person: string) =>
  [
    db
      .update(appeals)
      .set({ text: '', reasons: sql`CASE WHEN ${appeals.reasons} IS NULL THEN NULL ELSE '' END` })
      .where(eq(appeals.person, person)),
    db
      .update(moderationDecisions)
      .set({
        statement: sql`json_replace(${moderationDecisions.statement}, '$.facts', '', '$.rule.text.ja', '', '$.rule.text.en', '', '$.text.ja', '', '$.text.en', '')`,
      })
      .where(eq(moderationDecisions.person, person)),
  ] as const
