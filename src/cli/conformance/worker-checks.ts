import * as z from 'zod'
import { LEAST_HIDDEN, readAggregates, readStanding, reviewAggregates, standing } from '../../contract/marketplace.ts'
import type { Bench } from './bench.ts'
import { inShort, ofContract, type Reply } from './call-market.ts'
import { type Check, checksOf, type Finding, fails, holds, notTried, type Of } from './check.ts'

export const standingChecks = checksOf('calls', [
  {
    id: 'standing.shape',
    run: async ({ call, worker }) => {
      const reply = await call(ofContract(readStanding, { path: { worker } }))
      return reply.status === 200 && standing.safeParse(reply.json).success
        ? holds(inShort(reply))
        : fails(inShort(reply))
    },
  },
  {
    id: 'standing.unknown-worker',
    run: async ({ call }) => {
      const reply = await call(ofContract(readStanding, { path: { worker: 'wrk_nobody-has-this-id' } }))
      return reply.status === 404 ? holds(inShort(reply)) : fails(inShort(reply))
    },
  },
])

const FLAKY_CALLS = 6
const SLOW_MS = 1_000

const ask = ({ call }: Bench, worker: string): Promise<Reply> => call(ofContract(readStanding, { path: { worker } }))

const special = (
  what: Of<'worker'>,
  run: (bench: Bench) => Promise<Finding>,
): Omit<Check, 'section' | 'needsTokens'> => ({
  id: `worker.${what}`,
  level: 'optional',
  run: async (bench) => (bench.demo ? run(bench) : notTried((t) => t('conformance.came.sandboxHas'))),
})

export const workerChecks = checksOf('sandbox', [
  special('suspended', async (bench) => {
    const reply = await ask(bench, 'wrk_suspended')
    return standing.safeParse(reply.json).data?.status === 'suspended' ? holds(inShort(reply)) : fails(inShort(reply))
  }),
  special('flaky', async (bench) => {
    const statuses: number[] = []
    for (let n = 0; n < FLAKY_CALLS; n++) statuses.push((await ask(bench, 'wrk_flaky')).status)
    return statuses.includes(503) && statuses.includes(200)
      ? holds(() => statuses.join(' '))
      : fails(() => statuses.join(' '))
  }),
  special('slow', async (bench) => {
    const began = Date.now()
    const reply = await ask(bench, 'wrk_slow')
    const waited = Date.now() - began
    return reply.status === 200 && waited >= SLOW_MS
      ? holds((t) => t('conformance.came.late', { seconds: (waited / 1_000).toFixed(1) }))
      : fails((t) => t('conformance.came.tooSoon', { status: reply.status, milliseconds: waited }))
  }),
])

const readReviews = (bench: Bench): Promise<Reply> =>
  bench.call(ofContract(readAggregates, { path: {}, query: { worker: bench.worker } }))

/** As the contract has it, whatever the hidden part says. */
const visible = reviewAggregates.extend({ hidden: z.unknown() })
const hiddenPart = z.looseObject({ hidden: z.looseObject({ n: z.int().min(LEAST_HIDDEN) }).nullable() })

export const reviewChecks = checksOf(
  'calls',
  [
    {
      id: 'review.shape',
      run: async (bench) => {
        const reply = await readReviews(bench)
        const read = visible.safeParse(reply.json)
        return reply.status === 200 && read.success && read.data.worker === bench.worker && 'hidden' in read.data
          ? holds(inShort(reply))
          : fails(inShort(reply))
      },
    },
    {
      id: 'review.hidden',
      run: async (bench) => {
        const reply = await readReviews(bench)
        const read = hiddenPart.safeParse(reply.json)
        if (!read.success) return fails(inShort(reply))
        const { hidden } = read.data
        return holds((t) => (hidden === null ? 'null' : t('conformance.came.hiddenOf', { count: hidden.n })))
      },
    },
  ],
  'reviews',
)
