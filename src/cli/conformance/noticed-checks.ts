import { examNoticed, NOT_OFFERED, readNoticed, readWorkerNoticed, workerNoticed } from '../../contract/marketplace.ts'
import { inShort, ofContract } from './call-market.ts'
import { checksOf, fails, holds, notTried } from './check.ts'

export const noticedChecks = checksOf('calls', [
  {
    id: 'noticed.shape',
    required: false,
    run: async ({ call, exam }) => {
      const reply = await call({ ...ofContract(readNoticed, { path: { exam } }), optional: true })
      if (NOT_OFFERED.has(reply.status)) return notTried((t) => t('conformance.came.notOffered'))
      const read = examNoticed.safeParse(reply.json)
      return reply.status === 200 && read.success && read.data.exam === exam
        ? holds(inShort(reply))
        : fails(inShort(reply))
    },
  },
  {
    id: 'noticed.worker',
    required: false,
    run: async ({ call, exam, worker }) => {
      const reply = await call({
        ...ofContract(readWorkerNoticed, { path: { worker }, query: { exam } }),
        optional: true,
      })
      if (NOT_OFFERED.has(reply.status)) return notTried((t) => t('conformance.came.notOffered'))
      return reply.status === 200 && workerNoticed.safeParse(reply.json).success
        ? holds(inShort(reply))
        : fails(inShort(reply))
    },
  },
])
