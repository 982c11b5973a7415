import * as z from 'zod'
import { requestOf } from '../../../contract/call.ts'
import { fund, proposeContract } from '../../api/escrow-calls.ts'
import { listApplicants } from '../../api/job-calls.ts'
import { listWorkers } from '../../api/workers-api.ts'
import { chance, drawPlace } from '../../simulation/draw.ts'
import { drawLevel } from '../../simulation/judge-work.ts'
import type { Way } from '../../simulation/summarise-year.ts'
import { said } from './said.data.ts'
import { expect } from './visitors.ts'
import { beginWork } from './work.ts'
import type { ContractStory, JobStory, WorkerStory, Year } from './year.ts'

const found = z.object({
  total: z.number(),
  workers: z.array(z.object({ id: z.string(), draw: z.unknown().optional() })),
})
const applied = z.object({ applications: z.array(z.object({ worker: z.string() })) })
const agreed = z.object({ id: z.string(), milestones: z.array(z.object({ id: z.string() })) })
const state = z.object({ status: z.string() })

/** Contracts that one person works on at once. */
const CAPACITY = 2
/** How often a client with applicants takes one of them instead of searching. */
const TAKES_APPLICANT = 0.4
const READS_AT_ONCE = 6
/** A client who found nobody free looks again the next day, so often. */
const TRIES = 3
const IN_TWO_PARTS = 0.1
const DECLINED = 0.02
const NOT_PAID = 0.02

const isFree = (worker: WorkerStory | undefined): worker is WorkerStory =>
  worker !== undefined && worker.busy < CAPACITY

/** Whom a client chose, and how they came to see them. */
interface Choice {
  readonly worker: WorkerStory
  readonly way: Way
}

/** Of those who applied, one whom the ranking places well is likelier. */
async function chooseApplicant(year: Year, job: JobStory): Promise<Choice | undefined> {
  const { applications } = expect(
    applied,
    await year.visitors.market(job.client, requestOf(listApplicants, { path: { id: job.id } })),
  )
  const free = applications.map(({ worker }) => year.workers.get(worker)).filter(isFree)
  const ranked = free.toSorted((a, b) => (a.place ?? Number.POSITIVE_INFINITY) - (b.place ?? Number.POSITIVE_INFINITY))
  const worker = ranked[drawPlace(year.draws('choices'), Math.max(1, ranked.length)) - 1]
  return worker && { worker, way: 'application' }
}

/** How long the list of a category was when it was last read. */
const lengths = new WeakMap<Year, Map<string, number>>()

/** Goes down the list of the real ranking, less and less patient, and takes the first from there on who is free. */
async function searchWorker(year: Year, job: JobStory): Promise<Choice | undefined> {
  const known = lengths.get(year) ?? new Map<string, number>()
  lengths.set(year, known)
  const after = drawPlace(year.draws('choices'), known.get(job.category) ?? READS_AT_ONCE) - 1
  const { total, workers } = expect(
    found,
    await year.visitors.market(
      null,
      requestOf(listWorkers, { path: {}, query: { category: job.category, limit: READS_AT_ONCE, after } }),
    ),
  )
  known.set(job.category, total)
  for (const { id, draw } of workers) {
    const worker = year.workers.get(id)
    if (isFree(worker)) return { worker, way: draw === undefined ? 'own place' : 'trial place' }
  }
  return undefined
}

async function propose(year: Year, job: JobStory, { worker, way }: Choice): Promise<void> {
  const random = year.draws('agreements')
  const half = Math.floor(job.amount / 2)
  const milestones = chance(random, IN_TWO_PARTS)
    ? [
        { title: said.firstHalf, amount: half },
        { title: said.secondHalf, amount: job.amount - half },
      ]
    : undefined
  const terms = {
    job: job.id,
    worker: worker.id,
    title: job.title,
    category: job.category,
    amount: job.amount,
    ...(milestones ? { milestones } : {}),
  }
  const answer = await year.visitors.market(job.client, requestOf(proposeContract, { path: {}, body: terms }))
  if (!answer.ok) return
  const { id, milestones: parts } = expect(agreed, answer)
  const pay = (paymentMethod: 'declined' | 'card') =>
    year.visitors.market(job.client, requestOf(fund, { path: { id }, body: { paymentMethod } }))
  if (chance(random, NOT_PAID)) return year.note('not paid in time')
  if (chance(random, DECLINED)) {
    await pay('declined')
    year.note('payments declined')
  }
  const paid = await pay('card')
  if (!paid.ok || expect(state, paid).status !== 'funded') return
  const certified = worker.credential !== undefined
  const contract: ContractStory = {
    id,
    client: job.client,
    worker: worker.id,
    category: job.category,
    amount: job.amount,
    formedOn: year.day,
    certified,
    level: drawLevel(random, worker.quality),
    parts: parts.map((part) => part.id),
  }
  year.contracts.push(contract)
  year.note('contracts')
  worker.busy += 1
  worker.firstHire ??= { on: year.day, certified, way }
  beginWork(year, contract)
}

/** A client chooses somebody for a job, agrees and pays into escrow. */
export async function hire(year: Year, job: JobStory, tries = TRIES): Promise<void> {
  if (job.takenDown || year.client(job.client).suspended) return
  // nobody can be hired for a post that waits for a person
  if (year.visitors.hiddenJobs.has(job.id)) return year.inDays(1, () => hire(year, job, tries))
  const fromApplicants = job.applicants.length > 0 && chance(year.draws('agreements'), TAKES_APPLICANT)
  const choice = fromApplicants ? await chooseApplicant(year, job) : await searchWorker(year, job)
  if (choice) return propose(year, job, choice)
  if (tries > 1) year.inDays(1, () => hire(year, job, tries - 1))
}
