import { standing } from '../../contract/marketplace.ts'
import { inShort } from './call-market.ts'
import { checksOf, fails, holds } from './check.ts'

export const standingChecks = checksOf('calls', [
  {
    id: 'standing.shape',
    run: async ({ call, worker }) => {
      const reply = await call({
        method: 'GET',
        path: `/v1/workers/${encodeURIComponent(worker)}/standing`,
        scope: 'standing:read',
      })
      return reply.status === 200 && standing.safeParse(reply.json).success
        ? holds(inShort(reply))
        : fails(inShort(reply))
    },
  },
  {
    id: 'standing.unknown-worker',
    run: async ({ call }) => {
      const reply = await call({
        method: 'GET',
        path: '/v1/workers/wrk_nobody-has-this-id/standing',
        scope: 'standing:read',
      })
      return reply.status === 404 ? holds(inShort(reply)) : fails(inShort(reply))
    },
  },
])
