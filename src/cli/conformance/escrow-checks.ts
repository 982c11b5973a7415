import { type EscrowContract, type EscrowContracts, escrowContracts } from '../../contract/marketplace.ts'
import type { Bench } from './bench.ts'
import { inShort, type Reply } from './call-market.ts'
import { checksOf, fails, holds, notTried } from './check.ts'
import { doPaidWork } from './demo-contracts.ts'

const NOTHING_PAID = 'the worker has no paid contract, and the run may leave none behind; see --leave-traces'
const UNREADABLE = 'the list cannot be read'
const MOST_PAGES = 200

const ask = (bench: Bench, query: Readonly<Record<string, string>> = {}): Promise<Reply> =>
  bench.call({
    method: 'GET',
    path: `/v1/escrow/contracts?${new URLSearchParams({ worker: bench.worker, state: 'released', ...query })}`,
    scope: 'escrow:read',
  })

const read = (reply: Reply): EscrowContracts | undefined =>
  reply.status === 200 ? escrowContracts.safeParse(reply.json).data : undefined

/** Makes sure that there is something to list, where the run may. */
async function prepare(bench: Bench) {
  return bench.demo && bench.mayLeaveTraces ? doPaidWork(bench, bench.demo) : []
}

/** Every page, following `next`; undefined when one cannot be read or there is no end. */
async function readPages(bench: Bench): Promise<EscrowContract[][] | undefined> {
  const pages: EscrowContract[][] = []
  for (let after: string | null | undefined; after !== null; ) {
    const page = read(await ask(bench, { limit: '1', ...(after === undefined ? {} : { after }) }))
    if (!page || pages.length > MOST_PAGES) return undefined
    pages.push(page.contracts)
    after = page.next
  }
  return pages
}

export const escrowChecks = checksOf('Plugin → marketplace', [
  {
    id: 'escrow.shape',
    expects:
      'paid work is {contracts: [{contract, client, worker, exam, releasedAt, amountBucket, status, version}], next}',
    run: async (bench) => {
      await prepare(bench)
      const reply = await ask(bench)
      const list = read(reply)
      return list ? holds(`${list.contracts.length} contract(s)`) : fails(inShort(reply))
    },
  },
  {
    id: 'escrow.worker',
    expects: 'the list holds the paid contracts of the worker asked for, and no others',
    run: async (bench) => {
      const paid = await prepare(bench)
      const list = read(await ask(bench))?.contracts
      if (!list) return notTried(UNREADABLE)
      const foreign = list.find(({ worker }) => worker !== bench.worker)
      const missing = paid.find(({ contract }) => !list.some((one) => one.contract === contract))
      const others = read(await ask(bench, { worker: 'wrk_nobody-has-this-id' }))?.contracts ?? []
      if (foreign) return fails(`a contract of ${foreign.worker}`)
      if (missing) return fails(`${missing.contract} was released and is missing`)
      return others.length > 0
        ? fails(`${others.length} contract(s) for a worker who does not exist`)
        : holds(`${list.length} contract(s) of ${bench.worker}`)
    },
  },
  {
    id: 'escrow.cursor',
    expects: 'next leads through every contract once',
    run: async (bench) => {
      await prepare(bench)
      const whole = read(await ask(bench))?.contracts.map(({ contract }) => contract) ?? []
      if (whole.length < 2) return notTried(NOTHING_PAID)
      const pages = await readPages(bench)
      const paged = pages?.flat().map(({ contract }) => contract)
      if (!paged) return fails('a page cannot be read, or there is no last one')
      const same = paged.length === new Set(paged).size && whole.every((contract) => paged.includes(contract))
      return same
        ? holds(`${paged.length} contracts on ${pages?.length} pages`)
        : fails(`${paged.length} entries, ${new Set(paged).size} different, of ${whole.length}`)
    },
  },
  {
    id: 'escrow.buckets',
    expects: 'amounts are told in ranges, never to the yen',
    run: async (bench) => {
      const paid = await prepare(bench)
      const reply = await ask(bench)
      const list = read(reply)?.contracts ?? []
      if (list.length === 0) return notTried(NOTHING_PAID)
      const exact = paid.find(({ amount }) => new RegExp(`(?<!\\d)${amount}(?!\\d)`).test(reply.text))
      const number = list.find(({ amountBucket }) => typeof amountBucket === 'number')
      return exact || number
        ? fails(`an exact amount: ${exact?.amount ?? number?.amountBucket}`)
        : holds(String(list[0]?.amountBucket))
    },
  },
  {
    id: 'escrow.clients',
    expects: 'clients are told apart and not named',
    run: async (bench) => {
      const paid = await prepare(bench)
      const list = read(await ask(bench))?.contracts
      if (paid.length === 0 || !list) return notTried(list ? NOTHING_PAID : UNREADABLE)
      const aliases = new Map(
        paid.map(({ contract, client }) => [client, list.find((one) => one.contract === contract)?.client]),
      )
      const named = [...aliases].find(([client, alias]) => client === alias)
      if (named) return fails(`named: ${named[0]}`)
      const wrong = paid.find(
        ({ contract, client }) => list.find((one) => one.contract === contract)?.client !== aliases.get(client),
      )
      return wrong || new Set(aliases.values()).size !== aliases.size
        ? fails('the names do not tell clients apart')
        : holds(`${aliases.size} clients under ${aliases.size} opaque names`)
    },
  },
])
