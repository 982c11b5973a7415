import type { Contract } from '../../escrow/contract.ts'
import type { StoredEvent } from '../../escrow/evolve.ts'
import type { Books } from '../../flows/read-contracts.ts'
import type { ContractReviews } from '../../flows/show-reviews.ts'
import type { Job } from '../../job/job.ts'
import type { Client } from '../../people/person.ts'
import type { Worker } from '../../people/worker.ts'
import { type Locale, textsOf } from '../texts.ts'

/** Where a contract stands, as far as people have to know. */
export type Situation =
  | 'awaiting-payment'
  | 'payment-pending'
  | 'payment-failed'
  | 'funded'
  | 'in-progress'
  | 'delivered'
  | 'changes-requested'
  | 'accepted'
  | 'released'
  | 'cancelled'
  | 'expired'
  | 'disputed'
  | 'decided'

function unpaid({ payment }: Pick<Contract, 'payment'>): Situation {
  if (payment?.state === 'pending') return 'payment-pending'
  return payment?.state === 'failed' ? 'payment-failed' : 'awaiting-payment'
}

export const situationOf = (contract: Pick<Contract, 'status' | 'payment'>): Situation =>
  contract.status === 'proposed' ? unpaid(contract) : contract.status

type Reader = 'client' | 'worker' | 'operator'

/** Who has to act; null where nobody has to, or where somebody outside does. */
export const actorOf: Readonly<Record<Situation, Reader | null>> = {
  'awaiting-payment': 'client',
  'payment-pending': null,
  'payment-failed': 'client',
  funded: 'worker',
  'in-progress': 'worker',
  delivered: 'client',
  'changes-requested': 'worker',
  accepted: null,
  released: null,
  cancelled: null,
  expired: null,
  disputed: 'operator',
  decided: null,
}

/** Whether a contract waits for somebody: for their step, or for their answer to a proposal to end it. */
export const waitsFor = (
  contract: Pick<Contract, 'status' | 'payment' | 'cancelProposedBy' | 'settledAt'>,
  role: Reader,
): boolean =>
  actorOf[situationOf(contract)] === role ||
  (contract.settledAt === null &&
    role !== 'operator' &&
    contract.cancelProposedBy !== null &&
    contract.cancelProposedBy !== role)

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
