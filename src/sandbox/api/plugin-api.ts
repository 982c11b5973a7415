import { Hono, type MiddlewareHandler } from 'hono'
import * as z from 'zod'
import * as contract from '../../contract/marketplace.ts'
import { contractStatuses } from '../escrow/contract.ts'
import { requireWorker } from '../flows/change-standing.ts'
import { freezeSkillContext } from '../flows/freeze-skill-context.ts'
import { listPaidWork } from '../flows/list-paid-work.ts'
import { showExamJobs } from '../flows/show-exam-jobs.ts'
import { showNoticed } from '../flows/show-noticed.ts'
import { showWorkerNoticed } from '../flows/show-worker-noticed.ts'
import { takeBadge, takeSignal, withdrawSignal } from '../flows/take-evidence.ts'
import { categories } from '../people/worker.ts'
import { problemResponse } from '../problem-response.ts'
import type { SandboxEnv } from '../sandbox-world.ts'
import { describeContext, describePaidWork } from './describe-contract.ts'
import { askedId, page } from './escrow-calls.ts'
import { admitted, call, once, serving, told } from './serve.ts'

const id = z.string()
const time = z.iso.datetime()

const readStanding = call({ ...contract.readStanding, refusals: [...admitted, 'worker-erased'] })
const refusals = [...admitted, 'worker-erased', ...once] as const
const putBadge = call({ ...contract.putBadge, refusals: [...refusals, 'badge-refused'] })
const putSignal = call({ ...contract.putSignal, refusals })
const takeSignalBack = call({ ...contract.withdrawSignal, refusals })

const paidWork = z.object({
  contract: id,
  client: id,
  worker: id,
  exam: z.enum(categories),
  formedAt: time.nullable(),
  releasedAt: time.nullable(),
  amountBucket: z.string(),
  status: z.enum(contractStatuses),
  refunded: z.boolean(),
  reviewed: z.boolean(),
  version: z.int().min(1),
  skillContext: id.optional(),
})

const listWork = call({
  ...contract.listPaidWork,
  query: contract.listPaidWork.query.extend(page),
  answer: z.object({ contracts: z.array(paidWork), next: z.string().nullable() }),
  refusals: [...admitted, 'worker-erased', 'malformed'],
})

const freezeContext = call({
  ...contract.freezeSkillContext,
  body: contract.skillContext.extend({ credential: askedId }),
  answer: z.object({ contract: id, credential: id, frozenAt: time, applied: z.boolean() }),
  refusals: [...admitted, 'wrong-state', 'already-done', ...once],
})

const readNoticed = call({ ...contract.readNoticed, refusals: admitted })
const readWorkerNoticed = call({ ...contract.readWorkerNoticed, refusals: [...admitted, 'worker-erased', 'malformed'] })
const readExamJobs = call({
  ...contract.readExamJobs,
  answer: contract.examJobs.extend({ jobs: z.array(contract.examJob) }),
  refusals: admitted,
})

export const pluginCalls = [
  readStanding,
  putBadge,
  putSignal,
  takeSignalBack,
  listWork,
  freezeContext,
  readNoticed,
  readWorkerNoticed,
  readExamJobs,
] as const

/** Whoever writes about a worker who is not there, or not any more, learns that before anything else. */
const knownWorker: MiddlewareHandler<SandboxEnv> = async (c, next) => {
  const worker = await requireWorker(c.get('world'), c.req.param('worker') ?? '')
  return worker.ok ? next() : problemResponse(worker.problem)
}

/** What the plugin asks and tells about workers and contracts. */
export function pluginApi(): Hono<SandboxEnv> {
  const api = new Hono<SandboxEnv>()
  const serve = serving(api)

  serve(readStanding, async ({ path }, c) =>
    told(await requireWorker(c.get('world'), path.worker), ({ standing: status, standingVersion: version }) => ({
      status,
      version,
    })),
  )

  serve(putBadge, ({ path, body }, c) => takeBadge(c.get('world'), path, body), knownWorker)
  serve(putSignal, ({ path, body }, c) => takeSignal(c.get('world'), path, body), knownWorker)
  serve(takeSignalBack, ({ path, body }, c) => withdrawSignal(c.get('world'), path, body.version), knownWorker)

  serve(listWork, async ({ query }, c) =>
    told(await listPaidWork(c.get('world'), query), ({ work, next }) => ({
      contracts: work.map(describePaidWork),
      next,
    })),
  )
  serve(freezeContext, async ({ path, body }, c) =>
    told(await freezeSkillContext(c.get('world'), path.contract, body.credential), describeContext),
  )
  serve(readNoticed, ({ path }, c) => showNoticed(c.get('world'), path.exam))
  serve(readWorkerNoticed, ({ path, query }, c) => showWorkerNoticed(c.get('world'), { ...path, ...query }))
  serve(readExamJobs, ({ path }, c) => showExamJobs(c.get('world'), path.exam))
  return api
}
