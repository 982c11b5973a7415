import * as z from 'zod'
import { requestOf } from '../../../contract/call.ts'
import { days, plus, toRfc3339 } from '../../../kernel/instant.ts'
import * as jobCalls from '../../api/job-calls.ts'
import { inviteWorker, suggestWorkers } from '../../api/job-calls.ts'
import { reportJob } from '../../api/moderation-calls.ts'
import type { LabelledPost } from '../../detector/learn/labelled-posts.ts'
import type { Category } from '../../people/worker.ts'
import { between, chance, count, drawPlace, pick } from '../../simulation/draw.ts'
import { APPLIES, BOARD, INVITES, LOOKS_AFTER, OPEN_DAYS, VISITS } from '../../simulation/population.ts'
import { hire } from './hire.ts'
import { apply, readNotices } from './read-notices.ts'
import { said } from './said.data.ts'
import { expect } from './visitors.ts'
import type { ClientStory, JobStory, WorkerStory, Year } from './year.ts'

const suggested = z.object({ suggestions: z.array(z.object({ id: z.string() })) })

/** Some clients look at whom the marketplace suggests for what they posted, and invite some of them, who read of it today. */
async function inviteForJob(year: Year, job: JobStory): Promise<void> {
  const random = year.draws('invitations')
  if (job.band !== 'publish' || !chance(random, INVITES.posters)) return
  const { suggestions } = expect(
    suggested,
    await year.visitors.market(job.client, requestOf(suggestWorkers, { path: { id: job.id } })),
  )
  for (const { id } of suggestions) {
    if (!chance(random, INVITES.each)) continue
    const invited = await year.visitors.market(
      job.client,
      requestOf(inviteWorker, { path: { id: job.id }, body: { worker: id } }),
    )
    if (!invited.ok) continue
    year.note('invitations')
    await readNotices(year, year.worker(id))
  }
}

const posted = z.object({ id: z.string(), state: z.enum(['published', 'queued', 'held']) })
const board = z.object({ jobs: z.array(z.object({ id: z.string() })) })

/** How often somebody who reads a post that breaks the rules reports it, and a lawful one. */
const REPORTS = { unlawful: 0.35, lawful: 0.01 } as const

const bands = { published: 'publish', queued: 'queue', held: 'hold' } as const

const amountOf = ({ pay }: LabelledPost, year: Year): number =>
  pay?.type === 'fixed' && pay.amount >= 1_000 && pay.amount <= 300_000
    ? Math.round(pay.amount)
    : 1_000 * between(year.draws('amounts'), 4, 60)

async function postOne(year: Year, client: ClientStory): Promise<void> {
  const random = year.draws('posts')
  const post = pick(
    random,
    year.posts.filter(({ kinds }) => kinds.length > 0 !== client.honest),
  )
  const amount = amountOf(post, year)
  const pay =
    post.pay && post.pay.amount >= 1
      ? { type: post.pay.type, amount: Math.round(post.pay.amount) }
      : ({ type: 'fixed', amount } as const)
  const closesAt = toRfc3339(plus(year.pair.market.now(), days(OPEN_DAYS)))
  const answer = await year.visitors.market(
    client.id,
    requestOf(jobCalls.postJob, {
      path: {},
      body: {
        title: post.title.slice(0, 100),
        body: post.body.slice(0, 5_000),
        category: client.category,
        pay,
        closesAt,
        // what is told before it is sent changes nothing here: these posts are what people send in the end
        sendAnyway: true,
      },
    }),
  )
  if (!answer.ok) return
  const { id, state } = expect(posted, answer)
  const job: JobStory = {
    id,
    client: client.id,
    category: client.category,
    kinds: post.kinds,
    title: post.title.slice(0, 100),
    amount,
    postedOn: year.day,
    band: bands[state],
    applicants: [],
    takenDown: false,
    reports: 0,
  }
  year.jobs.set(id, job)
  year.note('jobs')
  if (!client.honest) year.note('scams')
  if (state === 'held') year.visitors.hiddenJobs.set(id, { client: client.id })
  if (state !== 'published') year.note(state)
  if (!client.honest) return
  year.inDays(between(random, LOOKS_AFTER.least, LOOKS_AFTER.most), () => hire(year, job))
  await inviteForJob(year, job)
}

/** Clients post what they need today. */
export async function postJobs(year: Year): Promise<void> {
  const random = year.draws('demand')
  for (const client of year.clients.values()) {
    if (client.suspended || client.from > year.day) continue
    for (let left = count(random, client.rate); left > 0; left -= 1) await postOne(year, client)
  }
}

async function report(year: Year, worker: WorkerStory, job: JobStory): Promise<void> {
  const body = { reason: job.kinds[0] ?? 'other', detail: job.kinds.length > 0 ? said.report : said.uneasy } as const
  const answer = await year.visitors.market(worker.id, requestOf(reportJob, { path: { id: job.id }, body }))
  if (!answer.ok) return
  job.reports += 1
  year.note('reports')
}

async function readJob(year: Year, worker: WorkerStory, job: JobStory): Promise<void> {
  const random = year.draws('readers')
  const unlawful = job.kinds.length > 0
  if (chance(random, unlawful ? REPORTS.unlawful : REPORTS.lawful)) return report(year, worker, job)
  if (unlawful || !chance(random, APPLIES)) return
  await apply(year, worker.id, job.id)
}

async function visitBoard(year: Year, worker: WorkerStory): Promise<void> {
  const random = year.draws('visits')
  const category: Category = worker.category
  const { jobs } = expect(
    board,
    await year.visitors.market(null, requestOf(jobCalls.searchJobs, { path: {}, query: { category, limit: BOARD } })),
  )
  if (jobs.length === 0) return
  const job = year.jobs.get(jobs[drawPlace(random, jobs.length) - 1]?.id ?? '')
  if (!job) return
  const read = await year.visitors.market(worker.id, requestOf(jobCalls.readJob, { path: { id: job.id } }))
  if (read.ok) await readJob(year, worker, job)
}

/** Some workers look at the job board today, read a post, and apply or report it. */
export async function visitBoards(year: Year): Promise<void> {
  const random = year.draws('visitors')
  const present = [...year.workers.values()].filter(({ joinsOn }) => joinsOn === null || joinsOn <= year.day)
  for (let left = count(random, VISITS * present.length); left > 0; left -= 1)
    await visitBoard(year, pick(random, present))
}
