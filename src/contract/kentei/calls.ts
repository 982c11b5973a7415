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

/** What the tags of calls and events stand for. */
export const tags = {
  Launch: 'How a person comes over from the marketplace, and how a session begins and ends',
  Candidate: 'Exams, attempts and results of the person of a session',
  Credentials: 'What anybody may ask about badges',
  Marketplace: 'What the marketplace tells, asks and demands',
  Operators: 'What authors and operators do with tools of their own',
  Events: 'What subscribers are told, signed as Standard Webhooks say',
} as const
