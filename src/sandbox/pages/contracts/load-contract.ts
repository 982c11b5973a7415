import { fail, ok } from '../../../kernel/result.ts'
import type { StoredEvent } from '../../escrow/evolve.ts'
import { type Books, readContractEvents, readLedger } from '../../flows/read-contracts.ts'
import { type ContractReviews, showContractReviews } from '../../flows/show-reviews.ts'
import type { Job } from '../../job/job.ts'
import { findJob } from '../../job/store.ts'
import type { Client, Person } from '../../people/person.ts'
import { findClient, findWorker } from '../../people/store.ts'
import type { Worker } from '../../people/worker.ts'
import type { Outcome } from '../../problem.ts'
import type { SandboxWorld } from '../../sandbox-world.ts'
import { type Locale, textsOf } from '../texts.ts'

/** All that the page of a contract shows. */
export interface ContractDetails extends Books {
  readonly events: readonly StoredEvent[]
  readonly reviews: ContractReviews
  readonly client: Client | undefined
  readonly worker: Worker | undefined
  readonly job: Job | undefined
}

/** The two of a contract, as they are called in the reader's language. */
export interface Names {
  readonly client: string
  readonly worker: string
}

/** What somebody is called in a language; people who left are not called by name. */
export const calledIn = (
  locale: Locale,
  person: { readonly name: string; readonly reading: string } | undefined,
): string => (locale === 'en' ? person?.reading : person?.name) || textsOf(locale)('contract.gone')

export const namesIn = (locale: Locale, { client, worker }: Pick<ContractDetails, 'client' | 'worker'>): Names => ({
  client: calledIn(locale, client),
  worker: calledIn(locale, worker),
})

/** Reads a contract for one of its sides or an operator; for anybody else there is none. */
export async function loadContract(world: SandboxWorld, person: Person, id: string): Promise<Outcome<ContractDetails>> {
  const [books, history, reviews] = [
    await readLedger(world, person, id),
    await readContractEvents(world, person, id),
    await showContractReviews(world, id, person),
  ]
  if (!books.ok || !history.ok || !reviews.ok) return fail({ code: 'not-found' })
  const { contract } = books.value
  const [client, worker, job] = await Promise.all([
    findClient(world.db, contract.client),
    findWorker(world.db, contract.worker),
    contract.job === null ? undefined : findJob(world.db, contract.job),
  ])
  return ok({ ...books.value, events: history.value.events, reviews: reviews.value, client, worker, job })
}
