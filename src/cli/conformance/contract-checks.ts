import * as z from 'zod'
import { freezeSkillContext } from '../../contract/marketplace.ts'
import type { Say } from '../texts.ts'
import type { Bench } from './bench.ts'
import { firstThen, inShort, ofContract, type Reply, succeeded } from './call-market.ts'
import { checksOf, type Finding, fails, holds, notTried } from './check.ts'
import { cancelContract, formContract } from './demo-contracts.ts'

const frozen = z.looseObject({ credential: z.string().optional(), frozenAt: z.string().optional() })
/** Times of certificates are whole seconds: one more is surely another. */
const LATER_MS = 1_100
const NO_CONTRACT: Say = (t) => t('conformance.came.noContract')

const freeze = (bench: Bench, contract: string, credential: string): Promise<Reply> =>
  bench.call(ofContract(freezeSkillContext, { path: { contract }, body: { credential } }))

interface Formed {
  readonly contract: string
  /** A badge that stood when the contract was formed, and another one. */
  readonly credentials: readonly [string, string]
}

async function showBadge(bench: Bench): Promise<string> {
  const badge = await bench.newBadge()
  await bench.putBadge(badge, { status: 'active', version: 1 })
  return badge.credential
}

/** Tries something on a contract that is formed for it after two badges were shown, or on the one that was named. */
async function withContract(bench: Bench, act: (formed: Formed) => Promise<Finding>): Promise<Finding> {
  const { demo, standing } = bench
  if (!demo)
    return standing
      ? act({ contract: standing.contract, credentials: [standing.credential, await showBadge(bench)] })
      : notTried(NO_CONTRACT)
  const credentials = [await showBadge(bench), await showBadge(bench)] as const
  const contract = await formContract(bench, demo, { client: 'cli_01', amount: 10_000 })
  const finding = await act({ contract, credentials })
  await cancelContract(demo, 'cli_01', contract)
  return finding
}

export const contractChecks = checksOf(
  'calls',
  [
    {
      id: 'contract.frozen',
      run: (bench) =>
        withContract(bench, async ({ contract, credentials: [first] }) => {
          const reply = await freeze(bench, contract, first)
          return succeeded(reply) ? holds(inShort(reply)) : fails(inShort(reply))
        }),
    },
    {
      id: 'contract.same-again',
      run: (bench) =>
        withContract(bench, async ({ contract, credentials: [credential] }) => {
          const [first, again] = [await freeze(bench, contract, credential), await freeze(bench, contract, credential)]
          const [a, b] = [frozen.safeParse(first.json).data?.frozenAt, frozen.safeParse(again.json).data?.frozenAt]
          return succeeded(again) && a === b ? holds(inShort(again)) : fails(firstThen(first, again))
        }),
    },
    {
      id: 'contract.first-wins',
      run: (bench) =>
        withContract(bench, async ({ contract, credentials: [first, second] }) => {
          await freeze(bench, contract, first)
          const other = await freeze(bench, contract, second)
          const kept = succeeded(other) && frozen.safeParse(other.json).data?.credential === first
          // of a contract that stood before the run, the other certificate is too late besides
          return other.status === 409 || other.status === 422 || kept ? holds(inShort(other)) : fails(inShort(other))
        }),
    },
    {
      id: 'contract.later',
      run: async (bench) => {
        if (!bench.demo) return notTried((t) => t('conformance.came.nobodyActs'))
        const contract = await formContract(bench, bench.demo, { client: 'cli_01', amount: 10_000 })
        await bench.wait(LATER_MS)
        const badge = await bench.newBadge()
        await bench.putBadge(badge, { status: 'active', version: 1 })
        const reply = await freeze(bench, contract, badge.credential)
        await cancelContract(bench.demo, 'cli_01', contract)
        return reply.status >= 400 && reply.status < 500 ? holds(inShort(reply)) : fails(inShort(reply))
      },
    },
    {
      id: 'contract.unknown',
      run: async (bench) => {
        const reply = await freeze(bench, 'ctr_nobody-has-this-id', 'crd_nobody-has-this-id')
        return reply.status === 404 ? holds(inShort(reply)) : fails(inShort(reply))
      },
    },
  ],
  'contracts',
)
