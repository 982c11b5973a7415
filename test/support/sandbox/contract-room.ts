import { type Market, openMarket } from './open-market.ts'

export const MINUTE = 60_000
export const DAY = 86_400_000

export interface Asked {
  readonly key?: string
  readonly body?: unknown
}

/** A market in which people make contracts: signs in whoever acts, and knows the calls. */
export async function openContractRoom() {
  const market: Market = await openMarket()
  const sessions = new Map<string, { session: string; until: number }>()
  const sessionOf = async (user: string): Promise<string> => {
    const known = sessions.get(user)
    if (known && known.until > market.world.now()) return known.session
    const { json } = await market.call('POST', '/demo/session', { body: { user } })
    sessions.set(user, { session: json.session, until: Date.parse(json.expiresAt) })
    return json.session
  }
  const as = async (user: string, method: string, path: string, { key, body }: Asked = {}) =>
    market.call(method, path, {
      token: await sessionOf(user),
      ...(body === undefined ? {} : { body }),
      ...(key === undefined ? {} : { headers: { 'Idempotency-Key': `"${key}"` } }),
    })
  const propose = (change: Record<string, unknown> = {}, asked: { client?: string; key?: string } = {}) =>
    as(asked.client ?? 'cli_01', 'POST', '/v1/contracts', {
      ...(asked.key === undefined ? {} : { key: asked.key }),
      body: { worker: 'wrk_001', title: '名簿の整理', category: 'business-admin', amount: 10_000, ...change },
    })
  const step = (user: string, contract: string, name: string, body: unknown = {}, key?: string) =>
    as(user, 'POST', `/v1/contracts/${contract}/${name}`, { body, ...(key === undefined ? {} : { key }) })
  const read = async (contract: string, user = 'opr_demo') => (await as(user, 'GET', `/v1/contracts/${contract}`)).json
  const ledger = async (contract: string) => (await as('opr_demo', 'GET', `/v1/contracts/${contract}/ledger`)).json
  const resolve = (transfer: string, outcome: string) =>
    market.call('POST', `/demo/transfers/${transfer}/resolve`, { body: { outcome } })
  const service = async (scope: string, method: string, path: string, body?: unknown) =>
    market.call(method, path, {
      token: await market.plugin.serviceToken({ claims: { scope } }),
      ...(body === undefined ? {} : { body }),
    })
  /** A contract with its money in. */
  const funded = async (change: Record<string, unknown> = {}, payment: Record<string, unknown> = {}) => {
    const { json } = await propose(change)
    return (await step('cli_01', json.id, 'fund', payment)).json
  }
  /** Moves the clock as an integrator does, with all that falls due. */
  const wait = async (milliseconds: number) => {
    market.advance(milliseconds - 1)
    return (await market.call('POST', '/demo/clock', { body: { advance: 'PT1S' } })).json
  }
  const at = (instant: string, milliseconds: number) => new Date(Date.parse(instant) + milliseconds).toISOString()
  return { market, as, propose, step, read, ledger, resolve, service, funded, wait, at, close: market.close }
}

export type ContractRoom = Awaited<ReturnType<typeof openContractRoom>>
