import type { Contract, ContractStatus, PaymentMethod } from './contract.ts'
import type { ContractEvent } from './contract-event.ts'

export const actorRoles = ['client', 'worker', 'operator', 'system'] as const
/** In what quality somebody acts on a contract; `system` is the clock or the payment provider. */
export type ActorRole = (typeof actorRoles)[number]

/** What can be asked of a contract. Yen amounts; a milestone may be left out where only one can be meant. */
export type Act =
  | ({ readonly type: 'create' } & Omit<Extract<ContractEvent, { type: 'created' }>, 'type'>)
  | { readonly type: 'fund'; readonly transfer: string; readonly method: PaymentMethod }
  | { readonly type: 'settle-payment'; readonly transfer: string; readonly outcome: 'succeeded' | 'failed' }
  | { readonly type: 'start' }
  | { readonly type: 'deliver'; readonly milestone?: string | undefined; readonly note: string }
  | { readonly type: 'request-changes'; readonly milestone?: string | undefined; readonly note: string }
  | { readonly type: 'accept'; readonly milestone?: string | undefined }
  /** Releases `amount` of what is left of a milestone; all of it when none is given. */
  | { readonly type: 'release'; readonly milestone?: string | undefined; readonly amount?: number | undefined }
  | { readonly type: 'cancel' }
  | { readonly type: 'dispute'; readonly note: string }
  | { readonly type: 'decide'; readonly releaseToWorker: number; readonly refundToClient: number }
  | { readonly type: 'correct'; readonly to: 'worker' | 'client'; readonly amount: number }
  | { readonly type: 'run-timer' }

export type Command = Act & {
  readonly by: ActorRole
  /** Why; an operator has to say. */
  readonly reason?: string | undefined
}

export type CommandType = Act['type']

/** Who may take a step, and in which states it can end. */
export interface Step {
  readonly by: readonly ActorRole[]
  readonly to: readonly ContractStatus[]
}

type StepType = Exclude<CommandType, 'create'>
type Steps = Readonly<Record<ContractStatus, Readonly<Partial<Record<StepType, Step>>>>>

const step = (by: readonly ActorRole[], ...to: readonly ContractStatus[]): Step => ({ by, to })

const anyParty = ['client', 'worker', 'operator'] as const
const payer = ['client', 'operator'] as const
const doer = ['worker', 'operator'] as const

/** Where a contract of several milestones can be once one of them has moved on. */
const working = ['in-progress', 'delivered', 'changes-requested'] as const
const workingOrPaid = [...working, 'released'] as const

/** Ends with the release of the last milestone, or shows whichever of the others waits. */
const underway = {
  deliver: step(doer, 'delivered'),
  release: step(payer, ...workingOrPaid),
  cancel: step(anyParty, 'cancelled', ...working),
  dispute: step(anyParty, 'disputed'),
  'run-timer': step(['system'], 'cancelled', ...workingOrPaid),
} as const

const over = {
  'settle-payment': step(['system'], 'cancelled', 'expired'),
  correct: step(['operator'], 'released', 'cancelled', 'decided'),
} as const

/**
 * Every step there is: in which state, which command, by whom, to where. Each state that waits for somebody has a step of
 * the clock (`run-timer`), and each step of a party can be taken by an operator.
 */
export const steps: Steps = {
  proposed: {
    fund: step(payer, 'proposed', 'funded'),
    'settle-payment': step(['system'], 'proposed', 'funded'),
    cancel: step(anyParty, 'cancelled'),
    'run-timer': step(['system'], 'expired'),
  },
  funded: {
    start: step(doer, 'in-progress'),
    deliver: step(doer, 'delivered'),
    cancel: step(anyParty, 'cancelled'),
    'run-timer': step(['system'], 'cancelled'),
  },
  'in-progress': underway,
  delivered: {
    ...underway,
    'request-changes': step(payer, 'delivered', 'changes-requested'),
    accept: step(payer, ...workingOrPaid),
  },
  'changes-requested': { ...underway, accept: step(payer, ...workingOrPaid) },
  accepted: { release: step(payer, ...workingOrPaid), 'run-timer': step(['system'], ...workingOrPaid) },
  disputed: { decide: step(['operator'], 'decided'), 'run-timer': step(['system'], 'decided') },
  released: { correct: over.correct },
  cancelled: over,
  expired: { 'settle-payment': over['settle-payment'] },
  decided: { correct: over.correct },
}

/** What somebody may ask of a contract as it stands, for a page that offers it. */
export const stepsOpenTo = (contract: Pick<Contract, 'status'>, role: ActorRole): StepType[] =>
  Object.entries(steps[contract.status])
    .filter(([, { by }]) => by.includes(role))
    .map(([command]) => command as StepType)
