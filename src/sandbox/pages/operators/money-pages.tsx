import { Hono } from 'hono'
import * as z from 'zod'
import { contractStatuses } from '../../escrow/contract.ts'
import { readContracts } from '../../flows/read-contracts.ts'
import { findClient, findWorker } from '../../people/store.ts'
import type { SandboxEnv } from '../../sandbox-world.ts'
import { namesIn } from '../contracts/load-contract.ts'
import { type PageContext, personOf, readerOf, refuse, show } from '../page-door.tsx'
import { ContractsPage } from './contracts-page.tsx'
import { loadTotals, soon } from './load-money.ts'

const CONTRACTS_PER_PAGE = 25

/** A query parameter that cannot be read counts as not given: a page never fails for its address. */
const contractsQuery = z.object({
  state: z
    .enum([...contractStatuses, 'due'])
    .optional()
    .catch(undefined),
  after: z.string().max(200).optional().catch(undefined),
})

async function contractsPage(c: PageContext): Promise<Response> {
  const world = c.get('world')
  const reader = readerOf(c)
  const { state, after } = contractsQuery.parse(c.req.query())
  const filter = state === 'due' ? { dueBy: soon(world) } : { status: state }
  const found = await readContracts(world, personOf(c), { ...filter, after, limit: CONTRACTS_PER_PAGE })
  if (!found.ok) return refuse(c, found.problem)
  const lines = await Promise.all(
    found.value.contracts.map(async ({ contract }) => ({
      contract,
      names: namesIn(reader.locale, {
        client: await findClient(world.db, contract.client),
        worker: await findWorker(world.db, contract.worker),
      }),
    })),
  )
  return show(
    c,
    <ContractsPage
      reader={reader}
      totals={await loadTotals(world)}
      lines={lines}
      filter={state}
      next={found.value.next}
      further={after !== undefined}
    />,
  )
}

/** Contracts and money, for operators. */
export const moneyPages = (): Hono<SandboxEnv> => new Hono<SandboxEnv>().get('/operators/contracts', contractsPage)
