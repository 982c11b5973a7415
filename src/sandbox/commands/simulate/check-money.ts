import * as z from 'zod'
import { requestOf } from '../../../contract/call.ts'
import * as escrow from '../../api/escrow-calls.ts'
import type { Say } from '../texts.ts'
import { type Check, checkThat } from './check.ts'
import { expect } from './visitors.ts'
import type { Year } from './year.ts'

const page = z.object({
  contracts: z.array(z.object({ id: z.string(), status: z.string() })),
  next: z.string().nullable(),
})
const books = z.object({
  funded: z.number(),
  released: z.number(),
  fee: z.number(),
  refunded: z.number(),
  held: z.number(),
  entries: z.array(
    z.object({ transaction: z.string(), account: z.string(), debit: z.number(), credit: z.number(), kind: z.string() }),
  ),
  transfers: z.array(z.object({ kind: z.string(), state: z.string(), amount: z.number() })),
})
type Books = z.infer<typeof books>
const sheet = z.object({ debits: z.number(), credits: z.number() })

const OPERATOR = 'opr_demo'

/** What the entries of one contract say against what the contract says of itself. */
function contradictions(id: string, { entries, transfers, funded, released, fee, refunded, held }: Books): Say[] {
  const sum = (side: 'debit' | 'credit', of: (account: string) => boolean, kind?: string) =>
    entries.reduce(
      (total, entry) => total + (of(entry.account) && (kind === undefined || entry.kind === kind) ? entry[side] : 0),
      0,
    )
  const escrow = (account: string) => account === `escrow:${id}`
  const transactions = Map.groupBy(entries, ({ transaction }) => transaction)
  const unbalanced = [...transactions.values()].filter(
    (lines) => lines.reduce((total, { debit, credit }) => total + debit - credit, 0) !== 0,
  ).length
  const told = [
    ['funded', funded, sum('credit', escrow)],
    ['held', held, sum('credit', escrow) - sum('debit', escrow)],
    ['released', released, sum('credit', (account) => account.startsWith('worker:'), 'release')],
    ['fee', fee, sum('credit', (account) => account === 'fee')],
    ['refunded', refunded, sum('credit', (account) => account.startsWith('client:'), 'refund')],
    ['inAll', funded, released + fee + refunded + held],
  ] as const
  const against: Say[] = []
  if (unbalanced > 0) against.push((t) => t('sandbox.check.contracts.unbalanced', { contract: id, count: unbalanced }))
  for (const [part, says, booked] of told)
    if (says !== booked)
      against.push((t) => {
        const what = t(`sandbox.check.contracts.${part}`)
        return t('sandbox.check.contracts.differs', { contract: id, what, says, booked })
      })
  if (held < 0) against.push((t) => t('sandbox.check.contracts.negative', { contract: id, yen: held }))
  for (const { kind, state } of transfers)
    if (state === 'pending') against.push((t) => t('sandbox.check.contracts.pending', { contract: id, kind }))
  return against
}

/** The books balance to the yen: all together, and contract by contract. */
export async function checkMoney(year: Year): Promise<{
  readonly checks: readonly Check[]
  readonly paid: number
  readonly statuses: ReadonlyMap<string, number>
}> {
  const statuses = new Map<string, number>()
  const against: Say[] = []
  let [after, lines, paid]: [string | null, number, number] = ['', 0, 0]
  while (after !== null) {
    const read: z.infer<typeof page> = expect(
      page,
      await year.visitors.market(
        OPERATOR,
        requestOf(escrow.listContracts, { path: {}, query: { limit: 100, after: after === '' ? undefined : after } }),
      ),
    )
    for (const { id, status } of read.contracts) {
      const ledger = expect(books, await year.visitors.market(OPERATOR, requestOf(escrow.readLedger, { path: { id } })))
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
      lines += ledger.entries.length
      paid += ledger.released
      against.push(...contradictions(id, ledger))
    }
    after = read.next
  }
  const contracts = [...statuses.values()].reduce((sum, n) => sum + n, 0)
  const { debits, credits } = expect(
    sheet,
    await year.visitors.market(OPERATOR, requestOf(escrow.readBalances, { path: {} })),
  )
  return {
    paid,
    statuses,
    checks: [
      checkThat(
        (t) => t('sandbox.check.ledger'),
        debits === credits ? [] : [(t) => t('sandbox.check.ledger.differs', { debits, credits })],
        (t) => t('sandbox.check.ledger.seen', { yen: debits, entries: lines }),
      ),
      checkThat(
        (t) => t('sandbox.check.contracts'),
        against,
        (t) => t('sandbox.check.contracts.seen', { contracts }),
      ),
    ],
  }
}
