import { createHash } from 'node:crypto'
import { type EscrowContract, type EscrowContracts, escrowContracts, listPaidWork } from '../../contract/marketplace.ts'
import type { Say } from '../texts.ts'
import type { Bench } from './bench.ts'
import { inShort, ofContract, type Reply } from './call-market.ts'
import { checksOf, fails, holds, notTried } from './check.ts'
import { doPaidWork } from './demo-contracts.ts'

const NOTHING_PAID: Say = (t) => t('conformance.came.nothingPaid')
const UNREADABLE: Say = (t) => t('conformance.came.listUnreadable')
const MOST_PAGES = 200

/** `limit` is no word of the contract: where it is read, pages are short enough for a second one. */
function ask(
  bench: Bench,
  { limit, ...query }: { readonly worker?: string; readonly after?: string; readonly limit?: number } = {},
): Promise<Reply> {
  const call = ofContract(listPaidWork, { path: {}, query: { worker: bench.worker, state: 'released', ...query } })
  return bench.call(limit === undefined ? call : { ...call, path: `${call.path}&limit=${limit}` })
}

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
    const page = read(await ask(bench, { limit: 1, ...(after === undefined ? {} : { after }) }))
    if (!page || pages.length > MOST_PAGES) return undefined
    pages.push(page.contracts)
    after = page.next
  }
  return pages
}

const PLAIN = ['md5', 'sha1', 'sha256', 'sha384', 'sha512'] as const
/** So much of a digest is no accident, in signs. */
const LEAST_OF_DIGEST = 12

/**
 * How whoever knows a client's own id finds out that a name is that client's, and so does everybody else who was told one:
 * by the id within it, or by a digest that has no secret. Undefined where neither is so.
 */
function foundOut(name: string, client: string): string | undefined {
  if (name !== client && name.includes(client)) return client
  return PLAIN.find((algorithm) => {
    const digest = createHash(algorithm).update(client).digest()
    return (['hex', 'base64', 'base64url'] as const).some((form) =>
      name.toLowerCase().includes(digest.toString(form).slice(0, LEAST_OF_DIGEST).toLowerCase()),
    )
  })
}

export const escrowChecks = checksOf(
  'calls',
  [
    {
      id: 'escrow.shape',
      run: async (bench) => {
        await prepare(bench)
        const reply = await ask(bench)
        const list = read(reply)
        return list
          ? holds((t) => t('conformance.came.contracts', { count: list.contracts.length }))
          : fails(inShort(reply))
      },
    },
    {
      id: 'escrow.worker',
      run: async (bench) => {
        const paid = await prepare(bench)
        const list = read(await ask(bench))?.contracts
        if (!list) return notTried(UNREADABLE)
        const foreign = list.find(({ worker }) => worker !== bench.worker)
        const missing = paid.find(({ contract }) => !list.some((one) => one.contract === contract))
        const others = read(await ask(bench, { worker: 'wrk_nobody-has-this-id' }))?.contracts ?? []
        if (foreign) return fails((t) => t('conformance.came.foreignContract', { worker: foreign.worker }))
        if (missing) return fails((t) => t('conformance.came.missingContract', { contract: missing.contract }))
        return others.length > 0
          ? fails((t) => t('conformance.came.contractsOfNobody', { count: others.length }))
          : holds((t) => t('conformance.came.contractsOf', { count: list.length, worker: bench.worker }))
      },
    },
    {
      id: 'escrow.cursor',
      run: async (bench) => {
        await prepare(bench)
        const whole = read(await ask(bench))?.contracts.map(({ contract }) => contract) ?? []
        if (whole.length < 2) return notTried(NOTHING_PAID)
        const pages = await readPages(bench)
        const paged = pages?.flat().map(({ contract }) => contract)
        if (!pages || !paged) return fails((t) => t('conformance.came.pageUnreadable'))
        const same = paged.length === new Set(paged).size && whole.every((contract) => paged.includes(contract))
        return same
          ? holds((t) => t('conformance.came.pages', { count: paged.length, pages: pages.length }))
          : fails((t) =>
              t('conformance.came.pagesDiffer', {
                count: paged.length,
                different: new Set(paged).size,
                all: whole.length,
              }),
            )
      },
    },
    {
      id: 'escrow.buckets',
      run: async (bench) => {
        const paid = await prepare(bench)
        const reply = await ask(bench)
        const list = read(reply)?.contracts ?? []
        if (list.length === 0) return notTried(NOTHING_PAID)
        const exact = paid.find(({ amount }) => new RegExp(`(?<!\\d)${amount}(?!\\d)`).test(reply.text))
        const number = list.find(({ amountBucket }) => typeof amountBucket === 'number')
        return exact || number
          ? fails((t) => t('conformance.came.exactAmount', { amount: String(exact?.amount ?? number?.amountBucket) }))
          : holds(() => String(list[0]?.amountBucket))
      },
    },
    {
      id: 'escrow.clients',
      run: async (bench) => {
        const paid = await prepare(bench)
        const list = read(await ask(bench))?.contracts
        if (paid.length === 0 || !list) return notTried(list ? NOTHING_PAID : UNREADABLE)
        const aliases = new Map(
          paid.map(({ contract, client }) => [client, list.find((one) => one.contract === contract)?.client]),
        )
        const named = [...aliases].find(([client, alias]) => client === alias)
        if (named) return fails((t) => t('conformance.came.named', { client: named[0] }))
        const wrong = paid.find(
          ({ contract, client }) => list.find((one) => one.contract === contract)?.client !== aliases.get(client),
        )
        return wrong || new Set(aliases.values()).size !== aliases.size
          ? fails((t) => t('conformance.came.sameNames'))
          : holds((t) => t('conformance.came.aliases', { clients: aliases.size }))
      },
    },
    {
      id: 'escrow.pairwise',
      run: async (bench) => {
        const paid = await prepare(bench)
        const list = read(await ask(bench))?.contracts
        if (paid.length === 0 || !list) return notTried(list ? NOTHING_PAID : UNREADABLE)
        for (const { contract, client } of paid) {
          const name = list.find((one) => one.contract === contract)?.client ?? ''
          const how = foundOut(name, client)
          if (how) return fails((t) => t('conformance.came.foundOut', { name, client, how }))
        }
        return holds(() => String(list[0]?.client))
      },
    },
  ],
  'paid-work',
)
