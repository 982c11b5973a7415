import { Hono } from 'hono'
import * as z from 'zod'
import { marketplaceEventTypes } from '../../contract/events.ts'
import { workerId } from '../../contract/tokens.ts'
import { parseBody } from '../../platform/http/parse-input.ts'
import { triggerEvent } from '../flows/trigger-event.ts'
import { respond } from '../problem-response.ts'
import type { SandboxEnv } from '../sandbox-world.ts'
import { answerOnce } from './answer-once.ts'
import type { Operation } from './operation.ts'

const triggerBody = z.object({
  event: z.enum(marketplaceEventTypes, `Must be one of ${marketplaceEventTypes.join(', ')}`),
  /** Whom it happens to; somebody of the seed when it is left out. */
  worker: workerId.optional(),
})

const triggeredAnswer = z.object({ event: z.object({ id: z.string().optional(), type: z.enum(marketplaceEventTypes) }), worker: workerId, did: z.array(z.string()) })

export const triggerOperations: readonly Operation[] = [
  {
    method: 'post',
    path: '/demo/trigger',
    tag: 'Demo',
    summary: 'Brings about an event of the contract, through the same acts as people would: a contract is made and paid, a case is decided',
    security: 'none',
    body: triggerBody,
    success: [200, '{event: {id, type}, worker, did: [ids]}'],
    answer: triggeredAnswer,
    refusals: ['malformed', 'not-found', 'worker-erased', 'standing', 'wrong-state', 'conflict', 'idempotency-mismatch', 'idempotency-in-flight'],
  },
]

/** What a demonstration or a check has happen. Mounted at `/demo`. */
export function triggerApi(): Hono<SandboxEnv> {
  return new Hono<SandboxEnv>().post('/trigger', answerOnce, async (c) => {
    const body = parseBody(triggerBody, await c.req.text())
    return respond(c, body.ok ? await triggerEvent(c.get('world'), body.value) : body)
  })
}
