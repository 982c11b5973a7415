import { and, desc, eq, inArray, isNotNull, lt, or, type SQL, sql } from 'drizzle-orm'
import type { Instant } from '../../../kernel/instant.ts'
import type { Database } from '../../../world/database.ts'
import { mayTakeWork } from '../../people/store.ts'
import type { Job } from '../job.ts'
import { jobOf } from '../store.ts'
import { applications, invitations, jobs } from '../tables.ts'
import { type Invitation, type InvitationState, MOST_A_JOB, MOST_OPEN } from './invitation.ts'

/** Invitations of jobs for which people can still apply. */
const stillOpen = (worker: string, now: Instant): SQL =>
  sql`(SELECT count(*) FROM ${invitations} JOIN ${jobs} ON ${jobs.id} = ${invitations.job} WHERE ${invitations.worker} = ${worker} AND ${invitations.state} = 'open' AND (${jobs.closesAt} IS NULL OR ${jobs.closesAt} > ${now}))`

const madeFor = (job: string): SQL => sql`(SELECT count(*) FROM ${invitations} WHERE ${invitations.job} = ${job})`

const hasApplied = (job: string, worker: string): SQL =>
  sql`EXISTS (SELECT 1 FROM ${applications} WHERE ${applications.job} = ${job} AND ${applications.worker} = ${worker})`

/**
 * Statement that invites a worker if the client's job is published, the worker may take work, is free, has not applied and
 * was not invited, and neither the job nor the worker has too many already. What was not written is not there behind it.
 */
export const insertInvitation = (
  db: Database,
  { id, job, client, worker, createdAt }: Omit<Invitation, 'state' | 'answeredAt'>,
  { isFree }: { readonly isFree: SQL },
) =>
  db
    .insert(invitations)
    .select(
      db
        .select({
          id: sql<string>`${id}`.as('id'),
          job: jobs.id,
          client: jobs.client,
          worker: sql<string>`${worker}`.as('worker'),
          state: sql<InvitationState>`'open'`.as('state'),
          createdAt: sql<Instant>`${createdAt}`.as('created_at'),
          answeredAt: sql<Instant | null>`NULL`.as('answered_at'),
        })
        .from(jobs)
        .where(
          and(
            eq(jobs.id, job),
            eq(jobs.client, client),
            eq(jobs.state, 'published'),
            eq(jobs.listed, true),
            sql`(${jobs.closesAt} IS NULL OR ${jobs.closesAt} > ${createdAt})`,
            mayTakeWork(worker),
            isFree,
            sql`NOT ${hasApplied(job, worker)}`,
            sql`${madeFor(job)} < ${MOST_A_JOB}`,
            sql`${stillOpen(worker, createdAt)} < ${MOST_OPEN}`,
          ),
        ),
    )
    .onConflictDoNothing()

/** Whether an invitation was written, for statements of other rooms in the same batch. */
export const isInvited = (id: string): SQL => sql`EXISTS (SELECT 1 FROM ${invitations} WHERE ${invitations.id} = ${id})`

type Row = typeof invitations.$inferSelect

/** Whoever was erased is nobody's invitation any more. */
const named = ({ worker, ...row }: Row): Invitation[] => (worker === null ? [] : [{ ...row, worker }])

/** Invitations of a job, the first one first. */
export const invitationsFor = async (db: Database, job: string): Promise<Invitation[]> =>
  (
    await db
      .select()
      .from(invitations)
      .where(and(eq(invitations.job, job), isNotNull(invitations.worker)))
      .orderBy(invitations.createdAt, invitations.id)
  ).flatMap(named)

/** How many invitations a job has made, those of people who were erased among them. */
export async function countInvitations(db: Database, job: string): Promise<number> {
  const [row] = await db.all<{ n: number }>(sql`SELECT ${madeFor(job)} AS n`)
  return row?.n ?? 0
}

/** How many invitations wait for an answer by a worker. */
export async function countOpenInvitations(db: Database, worker: string, now: Instant): Promise<number> {
  const [row] = await db.all<{ n: number }>(sql`SELECT ${stillOpen(worker, now)} AS n`)
  return row?.n ?? 0
}

export async function invitationOf(db: Database, job: string, worker: string): Promise<Invitation | undefined> {
  const [row] = await db
    .select()
    .from(invitations)
    .where(and(eq(invitations.job, job), eq(invitations.worker, worker)))
  return row && named(row)[0]
}

export interface InvitationWithJob {
  readonly invitation: Invitation
  readonly job: Job
}

export async function findInvitation(db: Database, id: string): Promise<InvitationWithJob | undefined> {
  const [row] = await db
    .select()
    .from(invitations)
    .innerJoin(jobs, eq(jobs.id, invitations.job))
    .where(eq(invitations.id, id))
  const [invitation] = row ? named(row.invitations) : []
  return row && invitation && { invitation, job: jobOf(row.jobs) }
}

/** A worker's invitations, or those that a client made, with their jobs, the newest first, from behind the given one on. */
export async function invitationsOf(
  db: Database,
  of: {
    readonly person: string
    readonly side: 'worker' | 'client'
    readonly after: Pick<Invitation, 'createdAt' | 'id'> | undefined
    readonly limit: number
  },
): Promise<InvitationWithJob[]> {
  const { person, side, after, limit } = of
  const behind =
    after &&
    or(
      lt(invitations.createdAt, after.createdAt),
      and(eq(invitations.createdAt, after.createdAt), lt(invitations.id, after.id)),
    )
  const rows = await db
    .select()
    .from(invitations)
    .innerJoin(jobs, eq(jobs.id, invitations.job))
    .where(and(eq(invitations[side], person), isNotNull(invitations.worker), behind))
    .orderBy(desc(invitations.createdAt), desc(invitations.id))
    .limit(limit)
  return rows.flatMap((row) => named(row.invitations).map((invitation) => ({ invitation, job: jobOf(row.jobs) })))
}

/** Declines a worker's invitation that is open. */
export const declineNow = (db: Database, { id, worker, now }: { id: string; worker: string; now: Instant }) =>
  db
    .update(invitations)
    .set({ state: 'declined', answeredAt: now })
    .where(and(eq(invitations.id, id), eq(invitations.worker, worker), eq(invitations.state, 'open')))
    .returning({ id: invitations.id })

interface Answer {
  readonly job: string
  readonly worker: string
  readonly now: Instant
}

const accepting = (db: Database, { job, worker, now }: Answer, provided?: SQL) =>
  db
    .update(invitations)
    .set({ state: 'accepted', answeredAt: now })
    .where(
      and(
        eq(invitations.job, job),
        eq(invitations.worker, worker),
        inArray(invitations.state, ['open', 'declined']),
        provided,
      ),
    )

/** Statement that accepts the invitation to a job, if there is one, behind the application in the same batch. Who declined and applies all the same has accepted. */
export const acceptByApplying = (db: Database, of: Answer) => accepting(db, of, hasApplied(of.job, of.worker))

/** Statement for the batch in which a contract for the job is formed, with or without an application. */
export const acceptByContract = (db: Database, of: Answer) => accepting(db, of)

/** Statement that takes a worker's name out of the invitations they had; how many a job made stays. */
export const forgetInvitations = (db: Database, worker: string) =>
  db
    .update(invitations)
    .set({
      worker: null,
      state: sql`CASE ${invitations.state} WHEN 'open' THEN 'closed' ELSE ${invitations.state} END`,
    })
    .where(eq(invitations.worker, worker))
