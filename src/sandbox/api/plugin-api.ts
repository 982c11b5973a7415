import { Hono, type MiddlewareHandler } from 'hono'
import * as contract from '../../contract/marketplace.ts'
import { ok } from '../../kernel/result.ts'
import { requireWorker } from '../flows/change-standing.ts'
import { takeBadge, takeSignal, withdrawSignal } from '../flows/take-evidence.ts'
import { problemResponse } from '../problem-response.ts'
import type { SandboxEnv } from '../sandbox-world.ts'
import { admitted, call, once, serving } from './serve.ts'

const readStanding = call({ ...contract.readStanding, refusals: [...admitted, 'worker-erased'] })
const refusals = [...admitted, 'worker-erased', ...once, 'badge-refused'] as const
const putBadge = call({ ...contract.putBadge, refusals })
const putSignal = call({ ...contract.putSignal, refusals })
const takeSignalBack = call({ ...contract.withdrawSignal, refusals })

export const pluginCalls = [readStanding, putBadge, putSignal, takeSignalBack] as const

/** Whoever writes about a worker who is not there, or not any more, learns that before anything else. */
const knownWorker: MiddlewareHandler<SandboxEnv> = async (c, next) => {
  const worker = await requireWorker(c.get('world'), c.req.param('worker') ?? '')
  return worker.ok ? next() : problemResponse(worker.problem)
}

/** What the plugin calls: standing, badges, ranking signals. */
export function pluginApi(): Hono<SandboxEnv> {
  const api = new Hono<SandboxEnv>()
  const serve = serving(api)

  serve(readStanding, async ({ path }, c) => {
    const worker = await requireWorker(c.get('world'), path.worker)
    return worker.ok ? ok({ status: worker.value.standing, version: worker.value.standingVersion }) : worker
  })

  serve(putBadge, ({ path, body }, c) => takeBadge(c.get('world'), path, body), knownWorker)
  serve(putSignal, ({ path, body }, c) => takeSignal(c.get('world'), path, body), knownWorker)
  serve(takeSignalBack, ({ path, body }, c) => withdrawSignal(c.get('world'), path, body.version), knownWorker)
  return api
}
