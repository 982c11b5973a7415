import { fail, ok } from '../../../kernel/result.ts'
import { listContracts } from '../../escrow/store.ts'
import { showApplicants } from '../../flows/apply-to-job.ts'
import { marketNorms } from '../../flows/consult-book.ts'
import type { Application, Job } from '../../job/job.ts'
import { findJob } from '../../job/store.ts'
import type { Person } from '../../people/person.ts'
import type { Outcome } from '../../problem.ts'
import type { SandboxWorld } from '../../sandbox-world.ts'
import { type Listing, listingsOf } from '../../search/market.ts'
import { readFactsOf } from '../../search/store.ts'

export interface Applicant {
  readonly application: Application
  /** Undefined for somebody who left. */
  readonly listing: Listing | undefined
  /** The contract that came of it. */
  readonly contract: string | undefined
}

export interface ApplicantsOf {
  readonly job: Job
  readonly applicants: readonly Applicant[]
}

const MOST_CONTRACTS = 100

/** Who applied for a job, for its poster and operators, with certificates and reviews. */
export async function loadApplicants(world: SandboxWorld, person: Person, id: string): Promise<Outcome<ApplicantsOf>> {
  const [applications, job] = [await showApplicants(world, person, id), await findJob(world.db, id)]
  if (!applications.ok || !job) return fail({ code: 'not-found' })
  const ids = applications.value.map(({ worker }) => worker)
  const [facts, contracts] = await Promise.all([
    readFactsOf(world.db, await marketNorms(world), ids),
    listContracts(world.db, { job: id, limit: MOST_CONTRACTS }),
  ])
  const listings = listingsOf(facts, { category: job.category, now: world.now() })
  const applicants = applications.value.map((application) => ({
    application,
    listing: listings.get(application.worker),
    contract: contracts.find(
      ({ worker, status }) => worker === application.worker && status !== 'expired' && status !== 'cancelled',
    )?.id,
  }))
  return ok({ job, applicants })
}
