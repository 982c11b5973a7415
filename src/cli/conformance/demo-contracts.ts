import * as z from 'zod'
import type { Bench } from './bench.ts'
import { must, type Reply } from './call-market.ts'
import type { DemoMarket } from './demo-market.ts'
import { TRACES } from './traces.data.ts'

const made = z.looseObject({ id: z.string().optional(), contract: z.string().optional() })

/** Forms a contract with the bench's worker and pays for it. @returns its id. @throws a `CheckStopped`. */
export async function formContract(
  bench: Bench,
  demo: DemoMarket,
  of: { readonly client: string; readonly amount: number },
): Promise<string> {
  const body = { worker: bench.worker, title: TRACES.contract, category: bench.exam, amount: of.amount }
  const proposed = must(await demo.as(of.client, { method: 'POST', path: '/v1/contracts', body }))
  const { id, contract } = made.parse(proposed.json)
  const name = id ?? contract ?? ''
  must(
    await demo.as(of.client, { method: 'POST', path: `/v1/contracts/${name}/fund`, body: { paymentMethod: 'card' } }),
  )
  return name
}

/** Takes a contract back before any work was done; the money returns to the client. */
export const cancelContract = (demo: DemoMarket, client: string, contract: string): Promise<Reply> =>
  demo.as(client, { method: 'POST', path: `/v1/contracts/${contract}/cancel`, body: { reason: TRACES.end } })

/** A contract that was carried out and paid, to the yen. */
export interface PaidWork {
  readonly contract: string
  readonly client: string
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
    const step = async (person: string, verb: string, body: object = {}) =>
      must(await demo.as(person, { method: 'POST', path: `/v1/contracts/${contract}/${verb}`, body }))
    await step(bench.worker, 'start')
    await step(bench.worker, 'deliver', { note: TRACES.delivery })
    await step(client, 'accept')
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
