import type { Context } from 'hono'
import { Hono } from 'hono'
import type * as z from 'zod'
import { badge, rankingSignal, signalWithdrawal, standing, versionedWrite } from '../../marketplace/contract.ts'
import { parseBody } from '../../platform/http/parse-input.ts'
import { requireWorker } from '../flows/change-standing.ts'
import { type Taken, takeBadge, takeSignal, withdrawSignal } from '../flows/take-evidence.ts'
import type { Outcome } from '../problem.ts'
import { respond } from '../problem-response.ts'
import type { SandboxEnv } from '../sandbox-world.ts'
import type { Operation } from './operation.ts'
import { requireScope } from './service-door.ts'

const evidenceWrite = (method: Operation['method'], path: string, summary: string, body: z.ZodType): Operation => ({
  method,
  path,
  tag: 'Evidence',
  summary,
  security: 'service',
  body,
  success: [200, '{version, applied}'],
  answer: versionedWrite,
  refusals: ['unauthenticated', 'token-refused', 'forbidden', 'not-found', 'worker-erased', 'malformed', 'badge-refused', 'idempotency-mismatch', 'idempotency-in-flight'],
})

export const pluginOperations: readonly Operation[] = [
  {
    method: 'get',
    path: '/v1/workers/{worker}/standing',
    tag: 'Evidence',
    summary: "A worker's standing; scope standing:read",
    security: 'service',
    success: [200, '{status, version}'],
    answer: standing,
    refusals: ['unauthenticated', 'token-refused', 'forbidden', 'not-found', 'worker-erased'],
  },
  evidenceWrite('put', '/v1/workers/{worker}/badges/{credential}', 'Shows a badge; scope badges:write', badge),
  evidenceWrite('put', '/v1/workers/{worker}/ranking-signals/{exam}', 'What a certificate is worth as evidence; scope signals:write', rankingSignal),
  evidenceWrite('delete', '/v1/workers/{worker}/ranking-signals/{exam}', 'Takes a signal back; scope signals:write', signalWithdrawal),
]

/** One write of evidence about a worker: known worker, well-formed body. */
async function takeWrite<T>(c: Context<SandboxEnv>, of: { readonly worker: string; readonly schema: z.ZodType<T> }, act: (body: T) => Promise<Outcome<Taken>>): Promise<Response> {
  const worker = await requireWorker(c.get('world'), of.worker)
  if (!worker.ok) return respond(c, worker)
  const body = parseBody(of.schema, await c.req.text())
  return respond(c, body.ok ? await act(body.value) : body)
}

/** What the plugin calls: standing, badges, ranking signals. */
export function pluginApi(): Hono<SandboxEnv> {
  const api = new Hono<SandboxEnv>()

  api.get('/workers/:worker/standing', requireScope('standing:read'), async (c) => {
    const worker = await requireWorker(c.get('world'), c.req.param('worker'))
    return respond(c, worker.ok ? { ok: true, value: { status: worker.value.standing, version: worker.value.standingVersion } } : worker)
  })

  api.put('/workers/:worker/badges/:credential', requireScope('badges:write'), (c) => {
    const { worker, credential } = c.req.param()
    return takeWrite(c, { worker, schema: badge }, (body) => takeBadge(c.get('world'), { worker, credential }, body))
  })

  api.put('/workers/:worker/ranking-signals/:exam', requireScope('signals:write'), (c) => {
    const { worker, exam } = c.req.param()
    return takeWrite(c, { worker, schema: rankingSignal }, (body) => takeSignal(c.get('world'), { worker, exam }, body))
  })

  api.delete('/workers/:worker/ranking-signals/:exam', requireScope('signals:write'), (c) => {
    const { worker, exam } = c.req.param()
    return takeWrite(c, { worker, schema: signalWithdrawal }, (body) => withdrawSignal(c.get('world'), { worker, exam }, body.version))
  })

  return api
}
