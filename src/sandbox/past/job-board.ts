import { days, plus } from '../../kernel/instant.ts'
import { applyToJob } from '../flows/apply-to-job.ts'
import { inviteWorker } from '../flows/invite-worker.ts'
import { postJob } from '../flows/post-job.ts'
import { reportJob } from '../flows/report-job.ts'
import { seededJobKey } from '../flows/seed-sandbox.ts'
import { searchWorkers } from '../flows/show-market.ts'
import { noteOpened } from '../flows/show-row.ts'
import type { Draft, Job } from '../job/job.ts'
import type { ReportReason } from '../moderation/report/priority.ts'
import type { Category } from '../people/worker.ts'
import { noFilter } from '../search/worker-filter.ts'
import { inventedJobs } from '../seed/jobs.data.ts'
import { between, chance, pick } from '../simulation/draw.ts'
import { applicationNotes } from './past.data.ts'
import { done, type Past } from './past.ts'

/** A post, known by its id once it is there. */
export interface Posted {
  readonly client: string
  readonly category: Category
  /** Days before the opening. */
  readonly daysAgo: number
  id: string | undefined
}

/** Posts of the seed that its detector finds nothing in. */
const LAWFUL = inventedJobs.length - 3
/** Days before the opening on which the first was posted. */
const FIRST_POSTED = 27
const PAGE = 10

/** Who posts what, who applies and is invited, and who searches. */
export class JobBoard {
  private readonly past: Past

  constructor(past: Past) {
    this.past = past
  }

  post(client: string, draft: Draft, daysAgo: number, requestKey?: string): Posted {
    const posted: Posted = { client, category: draft.category, daysAgo, id: undefined }
    this.past.ago(days(daysAgo), async () => {
      const closesAt = draft.closesAt
      const job: Job = done(
        await postJob(this.past.market, { client, draft: { ...draft, closesAt }, requestKey, anyway: true }),
      )
      posted.id = job.id
    })
    return posted
  }

  /** The posts of the seed, one after the other in the last weeks, each open until another day. */
  postAll(): readonly Posted[] {
    const random = this.past.draws('posts')
    return inventedJobs.map(({ client, ...draft }, nth) => {
      const daysAgo = nth < LAWFUL ? Math.max(0.3, FIRST_POSTED * (1 - nth / LAWFUL)) : 0.2 + 0.9 * (nth - LAWFUL)
      const closesAt = plus(this.past.opens, days(between(random, 2, 45)))
      return this.post(client, { ...draft, closesAt }, daysAgo, seededJobKey(nth))
    })
  }

  apply(worker: string, job: Posted): void {
    const random = this.past.draws('applications')
    const message = pick(random, applicationNotes)
    this.past.ago(days(job.daysAgo * (0.3 + 0.6 * random.unit())), async () => {
      const request = { worker: await this.past.person(worker), job: job.id ?? '', message, amount: null }
      done(await applyToJob(this.past.market, request))
    })
  }

  report(worker: string, job: Posted, of: { reason: ReportReason; detail: string; daysAgo: number }): void {
    this.past.ago(days(of.daysAgo), async () => {
      const { reason, detail } = of
      done(await reportJob(this.past.market, await this.past.person(worker), job.id ?? '', { reason, detail }))
    })
  }

  /** Somebody reads page 1 of a category, opens some of the newcomers on it, and may invite one of them to a post. */
  search(client: string, category: Category, daysAgo: number, job?: Posted): void {
    const random = this.past.draws('searches')
    this.past.ago(days(daysAgo), async () => {
      const { market } = this.past
      const found = await searchWorkers(market, { category, filter: noFilter, limit: PAGE, person: client })
      for (const { candidate } of found.row) {
        if (found.drawId === undefined || !chance(random, 0.4)) continue
        await noteOpened(market, { draw: found.drawId, worker: candidate.id, person: client, isFromHere: true })
        // who was asked often enough, or is taken meanwhile, is not invited
        if (job?.id !== undefined) await inviteWorker(market, { client, job: job.id, worker: candidate.id })
      }
    })
  }

  /** Clients search throughout the last weeks. */
  searchAll(clients: readonly string[], jobs: readonly Posted[]): void {
    const random = this.past.draws('searchers')
    for (let nth = 0; nth < SEARCHES; nth += 1) {
      const client = pick(random, clients)
      const job = jobs.find((one) => one.client === client && one.daysAgo < FIRST_POSTED)
      const category = job?.category ?? pick(random, ['business-admin', 'web-writer'] as const)
      const daysAgo = Math.max(0.1, SEARCHED_FOR * random.unit())
      this.search(client, category, daysAgo, job && daysAgo < job.daysAgo && chance(random, 0.5) ? job : undefined)
    }
  }
}
const SEARCHES = 60
const SEARCHED_FOR = 60
