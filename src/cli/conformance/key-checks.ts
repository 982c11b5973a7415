import * as z from 'zod'
import type { Bench } from './bench.ts'
import { inShort, type Reply } from './call-market.ts'
import { checksOf, fails, holds, notTried } from './check.ts'

const keySet = z.object({ keys: z.array(z.looseObject({ kty: z.string(), kid: z.string().optional() })).min(1) })
const PRIVATE_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k']

const published = ({ call }: Bench): Promise<Reply> => call({ method: 'GET', path: '/.well-known/jwks.json' })

export const keyChecks = checksOf('trust', [
  {
    id: 'keys.published',
    run: async (bench) => {
      const reply = await published(bench)
      const read = keySet.safeParse(reply.json)
      return read.success && read.data.keys.every(({ kid }) => kid)
        ? holds((t) => t('conformance.came.keys', { count: read.data.keys.length }))
        : fails(inShort(reply))
    },
  },
  {
    id: 'keys.no-private',
    run: async (bench) => {
      const read = keySet.safeParse((await published(bench)).json)
      if (!read.success) return notTried((t) => t('conformance.came.noKeys'))
      const leaked = read.data.keys.flatMap((key) => PRIVATE_MEMBERS.filter((member) => member in key))
      return leaked.length === 0
        ? holds((t) => t('conformance.came.publicOnly'))
        : fails((t) => t('conformance.came.leaked', { members: [...new Set(leaked)].join(', ') }))
    },
  },
])
