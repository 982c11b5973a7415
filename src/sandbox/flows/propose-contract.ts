import { fail, ok } from '../../kernel/result.ts'
import { type Contract, feeBasisPoints } from '../escrow/contract.ts'
import { decide } from '../escrow/decide.ts'
import { demandFewProposals, demandThat, eventsOf, findRequestedContract, proposalTimes } from '../escrow/store.ts'
import { isOnlyProposal, isTakenOnWith } from '../escrow/work/store.ts'
import { applicationOf, isApplying } from '../job/application/store.ts'
import { isUnseen, type Job } from '../job/job.ts'
import { findJob } from '../job/store.ts'
import { type Allowance, spansOf } from '../people/allowance.ts'
import type { Person } from '../people/person.ts'
import { findClient } from '../people/store.ts'
import type { Category } from '../people/worker.ts'
import { malformed, type Outcome } from '../problem.ts'
import type { SandboxWorld } from '../sandbox-world.ts'
import { commitContract } from './commit-contract.ts'
import { allowanceOf, refuseBeyond } from './limit-acts.ts'
import { answeredAt, type ContractRequest, mayEnter } from './take-contract-step.ts'

export interface Proposal {
  readonly job?: string | undefined
  readonly worker: string
  readonly title: string
  readonly category: Category
  /** Yen; the sum of the milestones where there are any. */
  readonly amount: number
  readonly milestones?: readonly { readonly title: string; readonly amount: number }[] | undefined
}

/** A job is the client's own, and one that may be seen. */
async function mayHireFor(
  world: SandboxWorld,
  client: string,
  id: string | undefined,
): Promise<Outcome<Job | undefined>> {
  if (id === undefined) return ok(undefined)
  const job = await findJob(world.db, id)
  if (job?.client !== client) return malformed([{ path: 'job', message: 'This client has no such job' }])
  if (isUnseen(job) || job.state === 'taken-down')
    return fail({ code: 'wrong-state', state: job.state, detail: 'Nobody can be hired for this job' })
  return ok(job)
}

/** How much a client may propose, and the job that it is for. */
async function mayPropose(
  world: SandboxWorld,
  client: string,
  { worker, job }: Proposal,
): Promise<Outcome<{ readonly allowance: Allowance; readonly job: Job | undefined }>> {
  const known = await findClient(world.db, client)
  if (!known) return fail({ code: 'not-found' })
  const allowance = await allowanceOf(world, known, 'propose')
  const refused = refuseBeyond(await proposalTimes(world.db, client, allowance.day), allowance, world.now())
  if (!refused.ok) return refused
  const mayBoth = await mayEnter(world, { client, worker })
  if (!mayBoth.ok) return mayBoth
  const mayHire = await mayHireFor(world, client, job)
  return mayHire.ok ? ok({ allowance, job: mayHire.value }) : mayHire
}

/**
 * Whether a worker has taken on what is proposed by applying for the job: work of its kind, for no less than they asked. Whoever
 * withdrew does not want it, and one application is for one contract: it is used up once they were hired, or another one that
 * they took on with it waits for its money.
 */
async function hasTakenOn(
  { db }: SandboxWorld,
  { category, id }: Job,
  proposed: { readonly worker: string; readonly category: Category; readonly amount: number },
): Promise<boolean> {
  if (proposed.category !== category) return false
  const application = await applicationOf(db, id, proposed.worker)
  if (application?.state !== 'open' || proposed.amount < (application.amount ?? 0)) return false
  return !(await isTakenOnWith(db, { job: id, worker: proposed.worker }))
}

async function answered(world: SandboxWorld, request: ContractRequest): Promise<Outcome<Contract> | undefined> {
  const contract = await findRequestedContract(world.db, request.key)
  const [created] = contract ? await eventsOf(world.db, contract.id, 1) : []
  return created && answeredAt(world, created, request)
}

/** Proposes a contract to a worker. The same request makes no second one. */
export async function proposeContract(
  world: SandboxWorld,
  by: { readonly person: Person; readonly request?: ContractRequest | undefined },
  proposal: Proposal,
): Promise<Outcome<Contract>> {
  const { person, request } = by
  const { worker, title, category, amount, milestones } = proposal
  const before = request && (await answered(world, request))
  if (before) return before
  const allowed = await mayPropose(world, person.id, proposal)
  if (!allowed.ok) return allowed
  const { allowance, job } = allowed.value
  const parts = (milestones ?? [{ title, amount }]).map((milestone) => ({ ...milestone, id: world.newId('mst') }))
  const sum = parts.reduce((yen, part) => yen + part.amount, 0)
  const applied = job !== undefined && (await hasTakenOn(world, job, { worker, category, amount: sum }))
  const terms = {
    id: world.newId('ctr'),
    job: job?.id ?? null,
    jobTitle: job?.title ?? null,
    applied,
    client: person.id,
    worker,
    category,
    title,
    feeBasisPoints,
    milestones: parts,
  }
  const at = world.now()
  const events = decide(undefined, { ...terms, type: 'create', by: 'client' }, at)
  if (!events.ok) return events
  const remark = request ? { request: request.key, fingerprint: request.fingerprint } : {}
  const contract = await commitContract(world, {
    before: undefined,
    events: events.value,
    actor: person.id,
    at,
    remark,
    demands: [
      ...spansOf(allowance, at).map((span) => demandFewProposals(world.db, { id: terms.id, client: person.id }, span)),
      ...(job && applied
        ? [isApplying(job.id, worker), isOnlyProposal({ job: job.id, worker, contract: terms.id })]
        : []
      ).map((holds) => demandThat(world.db, terms.id, holds)),
    ],
  })
  if (contract) return ok(contract)
  const asked = request && (await answered(world, request))
  if (asked) return asked
  const overtaken = await mayPropose(world, person.id, proposal)
  return overtaken.ok
    ? fail({
        code: 'conflict',
        detail: 'The same request was made, or the worker withdrew or was hired, at the same time: try again',
      })
    : overtaken
}
