import * as z from 'zod'
import { requestOf } from '../../../contract/call.ts'
import { fund, proposeContract } from '../../api/escrow-calls.ts'
import { closeJob, listApplicants } from '../../api/job-calls.ts'
import { listWorkers } from '../../api/workers-api.ts'
import {
  type Card,
  type Choice,
  chooseWorker,
  PER_PAGE,
  type Shop,
  usualHabits,
  withRow,
} from '../../simulation/choose.ts'
import { chance } from '../../simulation/draw.ts'
import { drawLevel } from '../../simulation/judge-work.ts'
import { CAPACITY, TRIES } from '../../simulation/population.ts'
import { said } from './said.data.ts'
import { expect } from './visitors.ts'
import { beginWork } from './work.ts'
import type { ContractStory, JobStory, WorkerStory, Year } from './year.ts'

const listed = z.object({
  id: z.string(),
  quality: z.number(),
  reasons: z.array(z.object({ code: z.string() })),
  draw: z.unknown().optional(),
})
const found = z.object({
  total: z.number(),
  workers: z.array(listed),
  row: z.array(listed),
  drawId: z.string().nullable(),
})
const applied = z.object({ applications: z.array(z.object({ worker: z.string() })) })
const agreed = z.object({ id: z.string(), milestones: z.array(z.object({ id: z.string() })) })
const state = z.object({ status: z.string() })

const IN_TWO_PARTS = 0.1
const DECLINED = 0.02
const NOT_PAID = 0.02

const isFree = (worker: WorkerStory | undefined): worker is WorkerStory =>
  worker !== undefined && worker.busy < CAPACITY

/** Codes of those of whom no review is known. */
const UNKNOWN = ['no-evidence', 'certified-newcomer']

/** Somebody as an entry of the search shows them. */
function cardOf(year: Year, entry: z.infer<typeof listed>, way: Card['way']): Card {
  const codes = entry.reasons.map(({ code }) => code)
  const isUnknown = codes.some((code) => UNKNOWN.includes(code))
  return {
    worker: entry.id,
    way,
    free: isFree(year.workers.get(entry.id)),
    reviewed: isUnknown ? undefined : entry.quality,
    certified: year.workers.get(entry.id)?.credential !== undefined,
  }
}

/** Those who applied, in the order in which the client reads them. */
async function readApplicants(year: Year, job: JobStory): Promise<readonly Card[]> {
  if (job.applicants.length === 0) return []
  const { applications } = expect(
    applied,
    await year.visitors.market(job.client, requestOf(listApplicants, { path: { id: job.id } })),
  )
  return applications
    .flatMap(({ worker }) => year.workers.get(worker) ?? [])
    .map((worker) => ({
      worker: worker.id,
      way: 'application',
      free: isFree(worker),
      reviewed: undefined,
      certified: worker.credential !== undefined,
    }))
}

/** The pages of the real search, as the client who is signed in reads them. */
async function openShop(year: Year, job: JobStory): Promise<Shop> {
  let draw: string | undefined
  const read = async (nth: number) => {
    const query = { category: job.category, limit: PER_PAGE, after: (nth - 1) * PER_PAGE, ...(draw ? { draw } : {}) }
    const answer = await year.visitors.market(job.client, requestOf(listWorkers, { path: {}, query }))
    const page = expect(found, answer)
    draw ??= page.drawId ?? undefined
    return page
  }
  return {
    page: async (nth) => {
      const { workers, row } = await read(nth)
      const cards = workers.map((entry) => cardOf(year, entry, entry.draw === undefined ? 'own place' : 'place by lot'))
      return withRow(
        cards,
        row.map((entry) => cardOf(year, entry, 'row')),
      )
    },
    total: async () => (await read(1)).total,
    applicants: await readApplicants(year, job),
  }
}

async function propose(year: Year, job: JobStory, { worker: chosen, way }: Choice): Promise<void> {
  const worker = year.worker(chosen)
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
  const choice = await chooseWorker(year.draws('choices'), await openShop(year, job), usualHabits, () => {})
  if (choice) return propose(year, job, choice)
  if (tries > 1) return year.inDays(1, () => hire(year, job, tries - 1))
  await year.visitors.market(job.client, requestOf(closeJob, { path: { id: job.id }, body: {} }))
}
