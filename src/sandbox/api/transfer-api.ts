import { Hono } from 'hono'
import { ok } from '../../kernel/result.ts'
import { parseBody } from '../../platform/http/parse-input.ts'
import { resolveTransfer } from '../flows/resolve-transfer.ts'
import { respond } from '../problem-response.ts'
import type { SandboxEnv } from '../sandbox-world.ts'
import { transferAnswer } from './contract-answers.ts'
import { resolveBody } from './contract-bodies.ts'
import { describeTransfer } from './describe-contract.ts'
import type { Operation } from './operation.ts'

export const transferOperations: readonly Operation[] = [
  {
    method: 'post',
    path: '/demo/transfers/{id}/resolve',
    tag: 'Demo',
    summary: "Answers in the payment provider's place about a transfer that is pending",
    security: 'none',
    body: resolveBody,
    success: [200, 'The transfer'],
    answer: transferAnswer,
    refusals: ['malformed', 'not-found', 'already-done', 'conflict'],
  },
]

/** What a demonstration or a check does in the payment provider's place. Mounted at `/demo`. */
export function transferApi(): Hono<SandboxEnv> {
  return new Hono<SandboxEnv>().post('/transfers/:id/resolve', async (c) => {
    const body = parseBody(resolveBody, await c.req.text())
    const transfer = body.ok ? await resolveTransfer(c.get('world'), c.req.param('id'), body.value.outcome) : body
    return respond(c, transfer.ok ? ok(describeTransfer(transfer.value)) : transfer)
  })
}
