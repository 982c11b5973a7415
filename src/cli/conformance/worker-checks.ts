import { standing } from '../../contract/marketplace.ts'
import type { Bench } from './bench.ts'
import { inShort, type Reply } from './call-market.ts'
import { type Check, checksOf, type Finding, fails, holds, notTried } from './check.ts'

const FLAKY_CALLS = 6
const SLOW_MS = 1_000

const ask = ({ call }: Bench, worker: string): Promise<Reply> =>
  call({ method: 'GET', path: `/v1/workers/${worker}/standing`, scope: 'standing:read' })

const special = (what: string, expects: string, run: (bench: Bench) => Promise<Finding>): Omit<Check, 'section'> => ({
  id: `worker.${what}`,
  required: false,
  expects,
  run: async (bench) => (bench.demo ? run(bench) : notTried('the sandbox has such workers')),
})

export const workerChecks = checksOf('Sandbox only', [
  special('suspended', 'wrk_suspended is suspended', async (bench) => {
    const reply = await ask(bench, 'wrk_suspended')
    return standing.safeParse(reply.json).data?.status === 'suspended' ? holds(inShort(reply)) : fails(inShort(reply))
  }),
  special('flaky', 'calls about wrk_flaky fail with 503 now and then', async (bench) => {
    const statuses: number[] = []
    for (let n = 0; n < FLAKY_CALLS; n++) statuses.push((await ask(bench, 'wrk_flaky')).status)
    return statuses.includes(503) && statuses.includes(200) ? holds(statuses.join(' ')) : fails(statuses.join(' '))
  }),
  special('slow', 'calls about wrk_slow are answered late', async (bench) => {
    const began = Date.now()
    const reply = await ask(bench, 'wrk_slow')
    const waited = Date.now() - began
    return reply.status === 200 && waited >= SLOW_MS
      ? holds(`after ${(waited / 1_000).toFixed(1)} s`)
      : fails(`${reply.status} after ${waited} ms`)
  }),
])
