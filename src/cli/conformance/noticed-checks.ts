import {
  examJob,
  examJobs,
  examNoticed,
  MOST_JOBS,
  NOT_OFFERED,
  readExamJobs,
  readNoticed,
  readWorkerNoticed,
  workerNoticed,
} from '../../contract/marketplace.ts'
import { inShort, ofContract } from './call-market.ts'
import { checksOf, fails, holds, notOffered } from './check.ts'

export const noticedChecks = checksOf('calls', [
  {
    id: 'noticed.shape',
    level: 'optional',
    run: async ({ call, exam }) => {
      const reply = await call({ ...ofContract(readNoticed, { path: { exam } }), optional: true })
      if (NOT_OFFERED.has(reply.status)) return notOffered
      const read = examNoticed.safeParse(reply.json)
      return reply.status === 200 && read.success && read.data.exam === exam
        ? holds(inShort(reply))
        : fails(inShort(reply))
    },
  },
  {
    id: 'noticed.worker',
    level: 'optional',
    run: async ({ call, exam, worker }) => {
      const reply = await call({
        ...ofContract(readWorkerNoticed, { path: { worker }, query: { exam } }),
        optional: true,
      })
      if (NOT_OFFERED.has(reply.status)) return notOffered
      return reply.status === 200 && workerNoticed.safeParse(reply.json).success
        ? holds(inShort(reply))
        : fails(inShort(reply))
    },
  },
  {
    id: 'noticed.jobs',
    level: 'optional',
    run: async ({ call, exam, market }) => {
      const reply = await call({ ...ofContract(readExamJobs, { path: { exam } }), optional: true })
      if (NOT_OFFERED.has(reply.status)) return notOffered
      const read = examJobs.safeParse(reply.json)
      if (reply.status !== 200 || !read.success) return fails(inShort(reply))
      const { origin } = new URL(market)
      const wrong = read.data.jobs.slice(0, MOST_JOBS).filter((one) => {
        const job = examJob.safeParse(one)
        return !job.success || new URL(job.data.url).origin !== origin
      })
      return wrong.length === 0 ? holds(inShort(reply)) : fails(() => JSON.stringify(wrong[0]).slice(0, 200))
    },
  },
])
