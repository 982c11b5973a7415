import type { ActorRole, CommandType } from './command.ts'
import type { Contract, ContractStatus } from './contract.ts'

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
