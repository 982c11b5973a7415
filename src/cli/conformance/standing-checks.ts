import { readStanding, standing } from '../../contract/marketplace.ts'
import { inShort, ofContract } from './call-market.ts'
import { checksOf, fails, holds } from './check.ts'

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
