import * as z from 'zod'
import { requestOf } from '../../../contract/call.ts'
import { applyToJob, declineInvitation } from '../../api/job-calls.ts'
import { listNotifications, markNotification } from '../../api/moderation-calls.ts'
import { chance, pick } from '../../simulation/draw.ts'
import { CAPACITY, INVITES, NOTICE_DAYS, REACTS } from '../../simulation/population.ts'
import { said } from './said.data.ts'
import { expect } from './visitors.ts'
import type { WorkerStory, Year } from './year.ts'

const invited = z.object({ kind: z.literal('invited'), id: z.string(), invitation: z.string(), job: z.string() })
const starterJobs = z.object({ kind: z.literal('starter-jobs'), id: z.string(), jobs: z.array(z.string()).min(1) })
const another = z.object({ id: z.string() }).transform(({ id }) => ({ kind: 'another', id }) as const)
const told = z.object({ notifications: z.array(z.union([invited, starterJobs, another])) })

const WEEK = 7

/** Applies for a job; tells whether that was taken. */
export async function apply(year: Year, worker: string, job: string): Promise<boolean> {
  const applied = await year.visitors.market(
    worker,
    requestOf(applyToJob, { path: { id: job }, body: { message: said.application } }),
  )
  if (!applied.ok) return false
  year.jobs.get(job)?.applicants.push(worker)
  year.note('applications')
  return true
}

/** Whoever is invited applies, or declines. */
async function answerInvitation(
  year: Year,
  worker: WorkerStory,
  { invitation, job }: z.infer<typeof invited>,
): Promise<void> {
  if (worker.busy < CAPACITY && chance(year.draws('invitations'), INVITES.applies)) {
    if (await apply(year, worker.id, job)) year.note('invitations accepted')
    return
  }
  const declined = await year.visitors.market(
    worker.id,
    requestOf(declineInvitation, { path: { id: invitation }, body: {} }),
  )
  if (declined.ok) year.note('invitations declined')
}

async function reactToWeekly(year: Year, worker: WorkerStory, { jobs }: z.infer<typeof starterJobs>): Promise<void> {
  const random = year.draws('notices')
  worker.weeklyReadOn = year.day
  year.note('weekly notices')
  if (!chance(random, worker.credential === undefined ? REACTS.other : REACTS.certified)) return
  if (await apply(year, worker.id, pick(random, jobs))) year.note('applications after a weekly notice')
}

/** Somebody reads what they were told since they last did, and acts on it. */
export async function readNotices(year: Year, worker: WorkerStory): Promise<void> {
  const { notifications } = expect(
    told,
    await year.visitors.market(
      worker.id,
      requestOf(listNotifications, { path: {}, query: { unread: 'true', limit: 100 } }),
    ),
  )
  for (const notice of notifications) {
    await year.visitors.market(worker.id, requestOf(markNotification, { path: { id: notice.id } }))
    if (notice.kind === 'invited') await answerInvitation(year, worker, notice)
    if (notice.kind === 'starter-jobs') await reactToWeekly(year, worker, notice)
  }
}

/** Newcomers without a contract look each day whether they were told of jobs to start with, until a week's notice has come. */
export async function readWeeklyNotices(year: Year): Promise<void> {
  for (const worker of year.workers.values()) {
    const { joinsOn, certifiedOn, firstHire, weeklyReadOn } = worker
    if (joinsOn === null || firstHire) continue
    const since = year.day - (certifiedOn ?? joinsOn)
    if (since <= 0 || since > NOTICE_DAYS) continue
    if (weeklyReadOn === undefined || year.day - weeklyReadOn >= WEEK) await readNotices(year, worker)
  }
}
