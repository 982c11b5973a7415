import { Hono } from 'hono'
import type { Call } from '../../contract/call.ts'
import { schemasOf } from '../../contract/call-schemas.ts'
import { openApi } from '../../contract/openapi.ts'
import { ok } from '../../kernel/result.ts'
import type { SandboxProblem } from '../problem.ts'
import { problemKinds } from '../problem-response.ts'
import type { SandboxEnv } from '../sandbox-world.ts'
import { demoCalls, readDocument } from './demo-calls.ts'
import { escrowCalls } from './escrow-calls.ts'
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

type Code = SandboxProblem['code']

/** What any call can be answered with besides what is its own. */
const furtherRefusals = ({ body }: Call): readonly Code[] => [
  'rate-limited',
  'busy',
  ...(body ? (['payload-too-large'] as const) : []),
]

/** The plugin's calls fail so while a fault is set, about `wrk_flaky`, and when its keys cannot be read: it tries again. */
const failsForAWhile = ({ security }: Call): readonly Code[] =>
  security === 'service' ? ['internal', 'token-refused'] : []

/** The OpenAPI 3.1 document of the reference marketplace. */
const documentOf = (origin: string) =>
  openApi<Code>({
    title: 'Kentei reference marketplace',
    summary: 'The other side of the contract: escrow, reviews, moderation, search',
    origin,
    calls,
    schemas: schemasOf(calls),
    statusOf: (code) => problemKinds[code].status,
    furtherRefusals,
    failsForAWhile,
    session: 'The session of POST /demo/session',
  })

/** The contract, for programs. */
export function openApiRoutes(): Hono<SandboxEnv> {
  const api = new Hono<SandboxEnv>()
  serving(api)(readDocument, (_, c) => {
    c.header('Access-Control-Allow-Origin', '*')
    return ok(documentOf(c.get('world').settings.origin))
  })
  return api
}
