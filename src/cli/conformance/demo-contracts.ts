import * as z from 'zod'
import type { Bench } from './bench.ts'
import { must, type Reply } from './call-market.ts'
import type { DemoMarket } from './demo-market.ts'
import { TRACES } from './traces.data.ts'

const made = z.looseObject({ id: z.string().optional(), contract: z.string().optional() })

/** A contract, and who ordered it. */
export interface Deal {
  readonly contract: string
  readonly client: string
}

/** Forms a contract with the bench's worker and pays for it unless told otherwise. @returns its id. @throws a `CheckStopped`. */
export async function formContract(
  bench: Bench,
  demo: DemoMarket,
  of: { readonly client: string; readonly amount: number; readonly unpaid?: true },
): Promise<string> {
  const body = { worker: bench.worker, title: TRACES.contract, category: bench.exam, amount: of.amount }
  const proposed = must(await demo.as(of.client, { method: 'POST', path: '/v1/contracts', body }))
  const { id, contract } = made.parse(proposed.json)
  const name = id ?? contract ?? ''
  if (of.unpaid) return name
  must(
    await demo.as(of.client, { method: 'POST', path: `/v1/contracts/${name}/fund`, body: { paymentMethod: 'card' } }),
  )
  return name
}

/** Takes a contract back before any work was done; the money returns to the client. */
export const cancelContract = (demo: DemoMarket, client: string, contract: string): Promise<Reply> =>
  demo.as(client, { method: 'POST', path: `/v1/contracts/${contract}/cancel`, body: { reason: TRACES.end } })

/** Gives the function by which a person takes a step of a contract. It throws a `CheckStopped`. */
export const stepOf =
  (demo: DemoMarket, { contract }: Pick<Deal, 'contract'>) =>
  async (person: string, verb: string, body: object = {}): Promise<Reply> =>
    must(await demo.as(person, { method: 'POST', path: `/v1/contracts/${contract}/${verb}`, body }))

/** The work is done, delivered and accepted. @throws a `CheckStopped`. */
export async function finishContract(bench: Bench, demo: DemoMarket, deal: Deal): Promise<void> {
  const step = stepOf(demo, deal)
  await step(bench.worker, 'start')
  await step(bench.worker, 'deliver', { note: TRACES.delivery })
  await step(deal.client, 'accept')
}

/** A contract that was carried out and paid, to the yen. */
export interface PaidWork extends Deal {
  readonly amount: number
}

const jobs = [
  { client: 'cli_01', amount: 12_347 },
  { client: 'cli_02', amount: 23_459 },
  { client: 'cli_01', amount: 34_567 },
] as const

const done = new WeakMap<Bench, Promise<readonly PaidWork[]>>()

async function workAll(bench: Bench, demo: DemoMarket): Promise<readonly PaidWork[]> {
  const paid: PaidWork[] = []
  for (const { client, amount } of jobs) {
    const contract = await formContract(bench, demo, { client, amount })
    await finishContract(bench, demo, { contract, client })
    paid.push({ contract, client, amount })
  }
  return paid
}

/** Three contracts of two clients, carried out and released; once per run. @throws a `CheckStopped`. */
export function doPaidWork(bench: Bench, demo: DemoMarket): Promise<readonly PaidWork[]> {
  const under = done.get(bench) ?? workAll(bench, demo)
  done.set(bench, under)
  return under
}
