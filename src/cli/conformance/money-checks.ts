import * as z from 'zod'
import { escrowContracts, listPaidWork } from '../../contract/marketplace.ts'
import type { Bench } from './bench.ts'
import { inShort, must, ofContract, type Reply } from './call-market.ts'
import { checksOf, type Finding, fails, holds, notTried } from './check.ts'
import { cancelContract, type Deal, formContract, stepOf } from './demo-contracts.ts'
import type { DemoMarket } from './demo-market.ts'
import { TRACES } from './traces.data.ts'

const CLIENT = 'cli_02'
const OPERATOR = 'opr_demo'
const AMOUNT = 20_000

/** A contract as its client reads it at the sandbox, in yen. */
const view = z.looseObject({
  funded: z.number(),
  released: z.number(),
  fee: z.number(),
  refunded: z.number(),
  held: z.number(),
})
const books = z.looseObject({ transfers: z.array(z.looseObject({ kind: z.string(), amount: z.number() })) })

type Money = z.infer<typeof view>

/** A deal whose money can be looked at, or the finding that it cannot. */
async function withDeal(
  bench: Bench,
  act: (of: Deal & { readonly demo: DemoMarket; look(): Promise<Money> }) => Promise<Finding>,
): Promise<Finding> {
  const { demo } = bench
  if (!demo) return notTried((t) => t('conformance.came.nobodyActs'))
  if (!bench.mayLeaveTraces) return notTried((t) => t('conformance.came.contractStays'))
  const deal = { client: CLIENT, contract: await formContract(bench, demo, { client: CLIENT, amount: AMOUNT }) }
  const read = () => demo.as(CLIENT, { method: 'GET', path: `/v1/contracts/${deal.contract}` })
  if (!view.safeParse((await read()).json).success) return notTried((t) => t('conformance.came.moneyUnseen'))
  return act({ ...deal, demo, look: async () => view.parse(must(await read()).json) })
}

const say = (money: Money) => () =>
  (['funded', 'held', 'released', 'fee', 'refunded'] as const).map((name) => `${name} ${money[name]}`).join(', ')

/** Judges sums of money that are seen at one moment. */
const judge = (money: Money, is: boolean): Finding => (is ? holds(say(money)) : fails(say(money)))

async function isListed(bench: Bench, contract: string) {
  const reply = await bench.call(ofContract(listPaidWork, { path: {}, query: { worker: bench.worker } }))
  return escrowContracts.safeParse(reply.json).data?.contracts.find((one) => one.contract === contract)
}

const refusedStart = async (bench: Bench, demo: DemoMarket): Promise<Reply> => {
  const contract = await formContract(bench, demo, { client: CLIENT, amount: AMOUNT, unpaid: true })
  return demo.as(bench.worker, { method: 'POST', path: `/v1/contracts/${contract}/start`, body: {} })
}

/** Money lies in escrow from the contract on, and goes to the worker at acceptance or back to the client, once. */
export const moneyChecks = checksOf(
  'behaviour',
  [
    {
      id: 'escrow.funded',
      run: (bench) =>
        withDeal(bench, async ({ look, demo, contract }) => {
          const money = await look()
          await cancelContract(demo, CLIENT, contract)
          if (money.held !== AMOUNT || money.funded !== AMOUNT || money.released !== 0) return fails(say(money))
          const started = await refusedStart(bench, demo)
          return started.status >= 400 && started.status < 500 ? holds(say(money)) : fails(inShort(started))
        }),
    },
    {
      id: 'escrow.accepted',
      run: (bench) =>
        withDeal(bench, async ({ look, demo, ...deal }) => {
          const step = stepOf(demo, deal)
          await step(bench.worker, 'start')
          await step(bench.worker, 'deliver', { note: TRACES.delivery })
          const before = await look()
          if (before.released !== 0 || before.held !== AMOUNT || (await isListed(bench, deal.contract)))
            return fails(say(before))
          await step(CLIENT, 'accept')
          const after = await look()
          return judge(after, after.released + after.fee === AMOUNT && after.held === 0)
        }),
    },
    {
      id: 'escrow.refunded',
      run: (bench) =>
        withDeal(bench, async ({ look, demo, ...deal }) => {
          const step = stepOf(demo, deal)
          await step(bench.worker, 'start')
          await step(CLIENT, 'dispute', { note: TRACES.end })
          await step(OPERATOR, 'decide', {
            releaseToWorker: AMOUNT / 4,
            refundToClient: (AMOUNT * 3) / 4,
            reason: TRACES.end,
          })
          const money = await look()
          if (money.refunded !== (AMOUNT * 3) / 4 || money.released + money.fee !== AMOUNT / 4) return fails(say(money))
          const path = `/v1/contracts/${deal.contract}/ledger`
          const moved = books.safeParse((await demo.as(CLIENT, { method: 'GET', path })).json).data?.transfers ?? []
          const back = moved.filter(({ kind }) => kind === 'refund').reduce((sum, { amount }) => sum + amount, 0)
          if (back !== money.refunded) return fails((t) => t('conformance.came.refundMoved', { yen: back }))
          const listed = await isListed(bench, deal.contract)
          return listed?.refunded ? holds(say(money)) : fails((t) => t('conformance.came.refundUntold'))
        }),
    },
  ],
  'paid-work',
)
