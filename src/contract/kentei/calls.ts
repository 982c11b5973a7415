import type { Problem } from '../../kernel/problem.ts'
import type { Call } from '../call.ts'
import { candidateCalls } from './candidate.ts'
import { credentialCalls } from './credentials.ts'
import { launchCalls } from './launch.ts'
import { publishingCalls } from './publishing.ts'
import { staffCalls } from './staff.ts'
import { trustCalls } from './trust.ts'

/** Every public call, in the order in which an integrator meets them. */
export const calls: readonly Call<Problem['code']>[] = [
  ...launchCalls,
  ...candidateCalls,
  ...credentialCalls,
  ...trustCalls,
  ...staffCalls,
  ...publishingCalls,
]
