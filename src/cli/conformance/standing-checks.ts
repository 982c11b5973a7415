import { standing } from '../../contract/marketplace.ts'
import { inShort } from './call-market.ts'
import { checksOf, fails, holds } from './check.ts'

export const standingChecks = checksOf('Plugin → marketplace', [
  {
    id: 'standing.shape',
    expects: 'a standing is {status: good | restricted | suspended, version ≥ 1}',
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
    expects: 'an unknown worker is 404',
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
