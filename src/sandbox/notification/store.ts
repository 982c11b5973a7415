import { and, asc, desc, eq, inArray, isNull, lt, lte, type SQL, sql } from 'drizzle-orm'
import type { Instant } from '../../kernel/instant.ts'
import type { Database, Statement } from '../../world/database.ts'
import type { Notice } from './notice.ts'
import { notifications, weeklyNotices } from './tables.ts'

export type Notification = typeof notifications.$inferSelect

const ROWS_PER_INSERT = 200

/** Statements that tell people something. */
export function notify(
  db: Database,
  told: readonly { readonly id: string; readonly person: string; readonly notice: Notice }[],
  at: Instant,
): Statement[] {
  const statements: Statement[] = []
  for (let from = 0; from < told.length; from += ROWS_PER_INSERT) {
    statements.push(
      db.insert(notifications).values(told.slice(from, from + ROWS_PER_INSERT).map((row) => ({ ...row, at }))),
    )
  }
  return statements
}

/** Statement that tells everybody in `told` something, however many they are: rows of a person and a notice as JSON. Each notice has an id like the given one, with an end of its own. */
export const notifyAll = (db: Database, told: SQL, { id, at }: { readonly id: string; readonly at: Instant }) =>
  db
    .insert(notifications)
    .select(
      sql`SELECT ${id.slice(0, -12)} || lower(hex(randomblob(6))), person, ${at}, notice, NULL, NULL FROM (${told}) WHERE true`,
    )

/** Statement that tells somebody something if a condition holds then, and once only under one name. */
export const notifyOnce = (
  db: Database,
  told: { readonly id: string; readonly person: string; readonly notice: Notice; readonly once: string },
  { at, provided }: { readonly at: Instant; readonly provided: SQL },
): Statement =>
  db
    .insert(notifications)
    .select(
      sql`SELECT ${told.id}, ${told.person}, ${at}, ${JSON.stringify(told.notice)}, NULL, ${told.once} WHERE ${provided}`,
    )
    .onConflictDoNothing()

/** What somebody was told, the newest first; `before` is the id where the last page ended. Ids grow with time. */
export const notificationsOf = (
  db: Database,
  person: string,
  page: { readonly before: string | undefined; readonly unread: boolean; readonly limit: number },
): Promise<Notification[]> =>
  db
    .select()
    .from(notifications)
    .where(
      and(
        eq(notifications.person, person),
        page.unread ? isNull(notifications.readAt) : undefined,
        page.before === undefined ? undefined : lt(notifications.id, page.before),
      ),
    )
    .orderBy(desc(notifications.id))
    .limit(page.limit)

export async function findNotification(db: Database, id: string, person: string): Promise<Notification | undefined> {
  const [row] = await db
    .select()
    .from(notifications)
    .where(and(eq(notifications.id, id), eq(notifications.person, person)))
  return row
}

/** Marks one as read; the first time stays. */
export async function markRead(db: Database, id: string, person: string, now: Instant): Promise<void> {
  await db
    .update(notifications)
    .set({ readAt: now })
    .where(and(eq(notifications.id, id), eq(notifications.person, person), isNull(notifications.readAt)))
}

/** Statement that forgets what an erased person was told. */
export const forgetNotifications = (db: Database, person: string) =>
  db.delete(notifications).where(eq(notifications.person, person))

/** Statement that ends the weekly notices of an erased worker. */
export const forgetWeeklyNotices = (db: Database, worker: string) =>
  db.delete(weeklyNotices).where(eq(weeklyNotices.worker, worker))

/** Whose weekly notice is due. */
export type WeeklyNotice = typeof weeklyNotices.$inferSelect

/** Weekly notices that are due, those first that have been for longest. */
export const dueWeeklyNotices = (db: Database, now: Instant, limit: number): Promise<WeeklyNotice[]> =>
  db
    .select()
    .from(weeklyNotices)
    .where(lte(weeklyNotices.dueAt, now))
    .orderBy(asc(weeklyNotices.dueAt), asc(weeklyNotices.worker))
    .limit(limit)

const asKnown = ({ worker, dueAt }: WeeklyNotice): SQL =>
  sql`${weeklyNotices.worker} = ${worker} AND ${weeklyNotices.dueAt} = ${dueAt}`

/** Whether a weekly notice is still due as it was when it was read, for statements in the same batch. */
export const isStillDue = (due: WeeklyNotice): SQL => sql`EXISTS (SELECT 1 FROM ${weeklyNotices} WHERE ${asKnown(due)})`

/** Statement that puts off the next notice of somebody whose weeks have not changed since they were read. */
export const moveWeeklyNotice = (db: Database, due: WeeklyNotice, to: Pick<WeeklyNotice, 'dueAt' | 'sentAt'>) =>
  db.update(weeklyNotices).set(to).where(asKnown(due))

/** Statement that ends somebody's weekly notices, unless they began anew since they were read. */
export const endWeeklyNotices = (db: Database, due: WeeklyNotice) => db.delete(weeklyNotices).where(asKnown(due))

/** Ends weekly notices that were due before a time already, some at a time. */
export async function endOldWeeklyNotices(db: Database, before: Instant, limit: number): Promise<void> {
  const old = db
    .select({ worker: weeklyNotices.worker })
    .from(weeklyNotices)
    .where(lte(weeklyNotices.dueAt, before))
    .orderBy(asc(weeklyNotices.dueAt))
    .limit(limit)
  await db.delete(weeklyNotices).where(inArray(weeklyNotices.worker, old))
}
