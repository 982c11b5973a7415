import type { Contract } from '../../escrow/contract.ts'

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
