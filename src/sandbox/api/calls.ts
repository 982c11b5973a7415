import type { Call } from '../../contract/call.ts'
import type { SandboxProblem } from '../problem.ts'
import { demoCalls } from './demo-calls.ts'
import { escrowCalls } from './escrow-calls.ts'
import { jobCalls } from './job-calls.ts'
import { keysCalls } from './keys-api.ts'
import { moderationCalls } from './moderation-calls.ts'
import { operatorsCalls } from './operators-calls.ts'
import { pluginCalls } from './plugin-api.ts'
import { reviewCalls } from './review-calls.ts'
import { webhookCalls } from './webhook-door.ts'
import { workersCalls } from './workers-api.ts'

/** Every call, in the order in which an integrator meets them. */
export const calls: readonly Call<SandboxProblem['code']>[] = [
  ...demoCalls,
  ...workersCalls,
  ...pluginCalls,
  ...jobCalls,
  ...escrowCalls,
  ...reviewCalls,
  ...moderationCalls,
  ...operatorsCalls,
  ...webhookCalls,
  ...keysCalls,
]
