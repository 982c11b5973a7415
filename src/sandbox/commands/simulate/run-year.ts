import * as z from 'zod'
import { requestOf } from '../../../contract/call.ts'
import { moveClock as moveTestClock } from '../../api/demo-calls.ts'
import { readJob } from '../../api/job-calls.ts'
import { listWorkers } from '../../api/workers-api.ts'
import { categories } from '../../people/worker.ts'
import { doubtCertificates, keepOrder } from './keep-order.ts'
import { readWeeklyNotices } from './read-notices.ts'
import { startExams, submitExams } from './sit-exam.ts'
import { postJobs, visitBoards } from './trade-jobs.ts'
import { expect } from './visitors.ts'
import { fillMarket, welcomeNewcomers } from './welcome.ts'
import type { Year } from './year.ts'

const page = z.object({
  total: z.number(),
  workers: z.array(z.object({ id: z.string(), position: z.number() })),
  next: z.number().nullable(),
})

const PAGE = 500

/** Reads the order of every category to its end, and notes where everybody stands. */
async function takeCensus(year: Year): Promise<void> {
  for (const category of categories) {
    let after: number | null = 0
    while (after !== null) {
      const read: z.infer<typeof page> = expect(
        page,
        await year.visitors.market(null, requestOf(listWorkers, { path: {}, query: { category, limit: PAGE, after } })),
      )
      for (const { id, position } of read.workers) {
        const worker = year.worker(id)
        if (worker.joinsOn !== null)
          year.census.push({
            worker: id,
            day: year.day,
            percentile: (100 * (read.total - position)) / Math.max(1, read.total - 1),
          })
      }
      after = read.next
    }
  }
}

const WEEK = 7
const QUARTER = 91
/** Jobs that are asked for by name each day although nobody may see them. */
const PROBED = 3

async function moveClock(year: Year, advance: string): Promise<void> {
  const moved = await year.visitors.market(null, requestOf(moveTestClock, { path: {}, body: { advance } }))
  if (!moved.ok) throw new Error(`the clock did not move: ${moved.text}`)
  await year.pair.tend()
}

/** Somebody who knows the address of a job that may not be seen asks for it. */
async function probeHiddenJobs(year: Year): Promise<void> {
  const { hiddenJobs, watched } = year.visitors
  for (const id of [...hiddenJobs.keys()].slice(-PROBED)) {
    const { status } = await year.visitors.market(null, requestOf(readJob, { path: { id } }))
    const { day } = year
    if (status !== 404 && status !== 410)
      watched.hiddenJobsShown.push((t) => t('sandbox.check.jobs.answered', { job: id, status, day }))
  }
}

async function liveDay(year: Year): Promise<void> {
  await welcomeNewcomers(year)
  const sittings = await startExams(year)
  await keepOrder(year)
  await readWeeklyNotices(year)
  await postJobs(year)
  await visitBoards(year)
  await year.keepAppointments()
  await probeHiddenJobs(year)
  await moveClock(year, 'PT15M')
  await submitExams(year, sittings)
  doubtCertificates(
    year,
    sittings.flatMap(({ worker }) => (worker.certifiedOn === year.day ? [worker.id] : [])),
  )
  await year.pair.tend()
  if (year.day % WEEK === WEEK - 1) await takeCensus(year)
  if (year.day % WEEK === WEEK - 1)
    for (const path of ['/', '/jobs', '/workers', '/ranking']) await year.visitors.market(null, { method: 'GET', path })
  await moveClock(year, 'PT23H45M')
  if (year.day % QUARTER === QUARTER - 1) await year.pair.reconcile()
}

/** Lives the year, day by day. `tell` hears of each day that is over. */
export async function runYear(year: Year, tell: (day: number) => void): Promise<void> {
  await fillMarket(year)
  for (; year.day < year.options.days; year.day += 1) {
    year.visitors.day = year.day
    await liveDay(year)
    tell(year.day + 1)
  }
  await year.pair.reconcile()
  await year.pair.tend()
}
