import { and, asc, inArray, lt, sql } from 'drizzle-orm'
import type { AttemptId } from '../../kernel/id.ts'
import { type Duration, days, type Instant, minus, minutes, plus } from '../../kernel/instant.ts'
import type { Database } from '../../world/database.ts'
import { NETWORK_SLACK } from '../attempt.ts'
import { attempts, postponedAttempts } from '../tables.ts'

// nothing is put off longer than this, unless by a clock that was far ahead
const isNotPutOff = (now: Instant) =>
  sql`not exists (select 1 from postponed_attempts p where p.attempt_id = ${attempts.id} and p.next_at > ${now} and p.next_at <= ${plus(now, LONGEST_PUT_OFF)})`

/** How long an attempt is put off that a sweep could not settle: twice as long each time, a day at most. */
const FIRST_PUT_OFF: Duration = minutes(1)
const LONGEST_PUT_OFF: Duration = days(1)
/** The most that one sweep forgets. */
const MOST_FORGOTTEN = 1_000
/** After so many doublings it is the longest in any case. */
const DOUBLINGS = 11

/** Puts an attempt off that could not be settled, so that it does not keep others from a sweep. */
export async function putOff(db: Database, id: string, now: Instant): Promise<void> {
  const again = sql`${postponedAttempts.tries} + 1`
  await db
    .insert(postponedAttempts)
    .values({ attempt: id, tries: 1, nextAt: now + FIRST_PUT_OFF })
    .onConflictDoUpdate({
      target: postponedAttempts.attempt,
      set: {
        tries: again,
        nextAt: sql`${now} + min(${LONGEST_PUT_OFF}, ${FIRST_PUT_OFF} << min(${postponedAttempts.tries}, ${DOUBLINGS}))`,
      },
    })
}

/** Forgets what was put off and is settled by now: what is not was tried again, and put off anew. */
export async function forgetPutOff(db: Database, now: Instant): Promise<void> {
  const over = db
    .select({ id: postponedAttempts.attempt })
    .from(postponedAttempts)
    .where(lt(postponedAttempts.nextAt, minus(now, LONGEST_PUT_OFF)))
    .limit(MOST_FORGOTTEN)
  await db.delete(postponedAttempts).where(inArray(postponedAttempts.attempt, over))
}

/** Ids of attempts that need a sweep, at most `limit`: open and overdue, the longest first, then closed and not yet graded; none that is put off. */
export async function attemptsToSweep(db: Database, now: Instant, limit: number): Promise<AttemptId[]> {
  // the statuses are written out: SQLite takes a partial index only where the statement itself says so
  const overdue = await db
    .select({ id: attempts.id })
    .from(attempts)
    .where(and(sql`${attempts.status} = 'open'`, lt(attempts.deadline, minus(now, NETWORK_SLACK)), isNotPutOff(now)))
    .orderBy(asc(attempts.deadline))
    .limit(limit)
  const ungraded = await db
    .select({ id: attempts.id })
    .from(attempts)
    .where(and(sql`${attempts.status} = 'closed'`, isNotPutOff(now)))
    .orderBy(asc(attempts.closedAt))
    .limit(limit - overdue.length)
  return [...overdue, ...ungraded].map((row) => row.id as AttemptId)
}
