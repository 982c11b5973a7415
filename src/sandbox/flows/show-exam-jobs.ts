import { type ExamJob, type ExamJobs, MOST_JOBS } from '../../contract/marketplace.ts'
import { toRfc3339 } from '../../kernel/instant.ts'
import { fail, ok } from '../../kernel/result.ts'
import { countApplicants } from '../job/application/store.ts'
import { areasOf } from '../job/areas.data.ts'
import { isCategory } from '../people/worker.ts'
import type { Outcome } from '../problem.ts'
import type { SandboxWorld } from '../sandbox-world.ts'
import { searchJobs } from './search-jobs.ts'
import type { ShownJob } from './show-job.ts'

const LOOKED_AT = 50
const MOST_AREAS = 3

const rounded = (mean: number): number => Math.round(mean * 10) / 10

async function describeJob(world: SandboxWorld, { job, clientName, history }: ShownJob): Promise<ExamJob> {
  const { requests, requestSum } = history
  return {
    id: job.id,
    title: job.title,
    url: `${world.settings.origin}/jobs/${encodeURIComponent(job.id)}`,
    client: {
      name: clientName,
      ...(requests > 0 ? { rating: rounded(requestSum / requests), reviews: requests } : {}),
    },
    pay: { type: job.payType, amount: job.payAmount },
    closesAt: job.closesAt === null ? null : toRfc3339(job.closesAt),
    applicants: await countApplicants(world.db, job.id),
    welcomesNewcomers: job.welcomesNewcomers,
    areas: areasOf(job).slice(0, MOST_AREAS),
  }
}

/** Open jobs for which a certificate of an exam helps: those that welcome newcomers first. What a person has still to look at is not among them. */
export async function showExamJobs(
  world: SandboxWorld,
  exam: string,
): Promise<Outcome<ExamJobs & { readonly jobs: ExamJob[] }>> {
  if (!isCategory(exam)) return fail({ code: 'not-found' })
  const { jobs, found } = await searchJobs(world, { category: exam, limit: LOOKED_AT })
  const fitting = jobs
    .filter(({ job }) => job.state === 'published' && areasOf(job).length > 0)
    .sort((a, b) => Number(b.job.welcomesNewcomers) - Number(a.job.welcomesNewcomers))
    .slice(0, MOST_JOBS)
  return ok({
    jobs: await Promise.all(fitting.map((one) => describeJob(world, one))),
    total: found.count,
    url: `${world.settings.origin}/jobs?category=${exam}`,
  })
}
