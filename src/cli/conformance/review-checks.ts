import * as z from 'zod'
import { LEAST_HIDDEN, readAggregates, reviewAggregates } from '../../contract/marketplace.ts'
import type { Bench } from './bench.ts'
import { inShort, ofContract, type Reply } from './call-market.ts'
import { checksOf, fails, holds } from './check.ts'

const ask = (bench: Bench): Promise<Reply> =>
  bench.call(ofContract(readAggregates, { path: {}, query: { worker: bench.worker } }))

/** As the contract has it, whatever the hidden part says. */
const visible = reviewAggregates.extend({ hidden: z.unknown() })
const hiddenPart = z.looseObject({ hidden: z.looseObject({ n: z.int().min(LEAST_HIDDEN) }).nullable() })

export const reviewChecks = checksOf('calls', [
  {
    id: 'review.shape',
    run: async (bench) => {
      const reply = await ask(bench)
      const read = visible.safeParse(reply.json)
      return reply.status === 200 && read.success && read.data.worker === bench.worker && 'hidden' in read.data
        ? holds(inShort(reply))
        : fails(inShort(reply))
    },
  },
  {
    id: 'review.hidden',
    run: async (bench) => {
      const reply = await ask(bench)
      const read = hiddenPart.safeParse(reply.json)
      if (!read.success) return fails(inShort(reply))
      const { hidden } = read.data
      return holds((t) => (hidden === null ? 'null' : t('conformance.came.hiddenOf', { count: hidden.n })))
    },
  },
])
