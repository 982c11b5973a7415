import { Hono } from 'hono'
import type { Call } from '../../contract/call.ts'
import { schemasOf } from '../../contract/call-schemas.ts'
import { marketplaceEventKinds } from '../../contract/event-kinds.ts'
import { openApi } from '../../contract/openapi.ts'
import { ok } from '../../kernel/result.ts'
import type { SandboxProblem } from '../problem.ts'
import { problemKinds } from '../problem-response.ts'
import type { SandboxEnv } from '../sandbox-world.ts'
import { carried } from './carried.ts'
import { demoCalls, readDocument } from './demo-calls.ts'
import { escrowCalls } from './escrow-calls.ts'
import { exampleValues } from './example-values.ts'
import { jobCalls } from './job-calls.ts'
import { keysCalls } from './keys-api.ts'
import { moderationCalls } from './moderation-calls.ts'
import { operatorsCalls } from './operators-calls.ts'
import { payoutCalls } from './payout-api.ts'
import { pluginCalls } from './plugin-api.ts'
import { reviewCalls } from './review-calls.ts'
import { sampleCalls } from './sample-api.ts'
import { serving } from './serve.ts'
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
  ...payoutCalls,
  ...sampleCalls,
  ...webhookCalls,
  ...keysCalls,
]

/** What the tags of calls and events stand for. */
export const tags = {
  Demo: 'What a demonstration or a check does in the place of people, of the clock and of the payment provider',
  Workers: 'The search, and what workers show of themselves',
  Evidence: 'What the plugin tells and asks, and the keys behind signatures',
  Jobs: 'Posting, search, applications, invitations',
  Escrow: 'Contracts and their money',
  Reviews: 'Reviews of both sides, and their numbers',
  Moderation: 'Reports, decisions, appeals, notices',
  Operators: 'What operators read and decide',
  Events: 'What the plugin is told, signed as Standard Webhooks say',
} as const

type Code = SandboxProblem['code']

/** What any call can be answered with besides what is its own. */
export const furtherRefusals = ({ body, method }: Call): readonly Code[] => [
  'rate-limited',
  'busy',
  'internal',
  // from a page of somebody else's
  ...(method === 'get' ? [] : (['forbidden'] as const)),
  ...(method === 'get' ? [] : (['unreadable', 'payload-too-large'] as const)),
  ...(body ? (['malformed'] as const) : []),
]

/** The plugin's calls fail so while a fault is set, about `wrk_flaky`, and when its keys cannot be read: it tries again. */
export const failsForAWhile = ({ security, refusals }: Call<Code>): readonly Code[] =>
  security === 'service' ? ['internal', 'token-refused', ...refusals.filter((code) => code === 'badge-refused')] : []

/** The OpenAPI 3.1 document of the reference marketplace. */
export const apiDocument = (origin: string) =>
  openApi<Code>({
    title: 'Kentei reference marketplace',
    summary: 'The other side of the contract: escrow, reviews, moderation, search',
    description:
      'What a marketplace serves to the plugin, and what its own people do. JSON in and out; times are RFC 3339 in UTC with milliseconds, ids opaque. Refusals are problem documents (RFC 9457) with a code that never changes its meaning. Answers may get more fields.',
    origin,
    calls,
    schemas: schemasOf({ calls, carried, events: marketplaceEventKinds() }),
    tags,
    refusals: problemKinds,
    furtherRefusals,
    failsForAWhile,
    session: 'The session of POST /demo/session',
    exampleValues,
  })

/** The contract, for programs. */
export function openApiRoutes(): Hono<SandboxEnv> {
  const api = new Hono<SandboxEnv>()
  serving(api)(readDocument, (_, c) => {
    c.header('Access-Control-Allow-Origin', '*')
    return ok(apiDocument(c.get('world').settings.origin))
  })
  return api
}
