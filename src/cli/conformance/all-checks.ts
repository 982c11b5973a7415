import { answerChecks } from './answer-checks.ts'
import { badgeChecks } from './badge-checks.ts'
import { caseChecks } from './case-checks.ts'
import type { Check } from './check.ts'
import { contractChecks } from './contract-checks.ts'
import { escrowChecks } from './escrow-checks.ts'
import { eventChecks } from './event-checks.ts'
import { launchChecks } from './launch-checks.ts'
import { moneyChecks } from './money-checks.ts'
import { noticedChecks } from './noticed-checks.ts'
import { renewalChecks } from './renewal-checks.ts'
import { lateChecks, saidChecks } from './said-checks.ts'
import { signalChecks } from './signal-checks.ts'
import { keyChecks, rotationChecks, tokenChecks } from './token-checks.ts'
import { webhookChecks } from './webhook-checks.ts'
import { reviewChecks, standingChecks, workerChecks } from './worker-checks.ts'

/** Everything that is tried, in this order: what takes long was started by then, what sums up comes last. */
export const allChecks: readonly Check[] = [
  ...keyChecks,
  ...tokenChecks,
  ...standingChecks,
  ...badgeChecks,
  ...signalChecks,
  ...renewalChecks,
  ...contractChecks,
  ...escrowChecks,
  ...moneyChecks,
  ...reviewChecks,
  ...saidChecks,
  ...noticedChecks,
  ...caseChecks,
  ...launchChecks,
  ...workerChecks,
  ...webhookChecks,
  ...eventChecks,
  ...rotationChecks,
  ...lateChecks,
  ...answerChecks,
]
