import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ContractRoom, DAY, openContractRoom } from '../../support/sandbox/contract-room.ts'
import { documentedBy } from '../../support/sandbox/documented.ts'
import type { Json } from '../../support/schema-checker.ts'

let room: ContractRoom
let document: Json
let expectDocumented: ReturnType<typeof documentedBy>
/** `METHOD path status` of every answer that was looked at. */
const seen = new Set<string>()
beforeAll(async () => {
  room = await openContractRoom()
  document = (await room.market.call('GET', '/openapi.json')).json
  expectDocumented = documentedBy(document)
})
afterAll(() => room.close())

const look = (method: string, path: string, answer: { status: number; json: Json }): Json => {
  expectDocumented({ method, path }, answer)
  seen.add(`${method} ${path.split('?')[0]?.replace(/(ctr|trf)_[^/]+/, '*')} ${answer.status}`)
  return answer.json
}
const as = async (user: string, method: string, path: string, body?: unknown) =>
  look(method, path, await room.as(user, method, path, body === undefined ? {} : { body }))
const step = (user: string, id: string, name: string, body: unknown = {}) =>
  as(user, 'POST', `/v1/contracts/${id}/${name}`, body)
const service = async (scope: string, method: string, path: string, body?: unknown) =>
  look(method, path, await room.service(scope, method, path, body))
const propose = (change: Record<string, unknown> = {}) =>
  as('cli_01', 'POST', '/v1/contracts', {
    worker: 'wrk_001',
    title: '名簿の整理',
    category: 'business-admin',
    amount: 10_000,
    ...change,
  })
const paid = async (change: Record<string, unknown> = {}) => step('cli_01', (await propose(change)).id, 'fund')
/** All that can be read of a contract, by a party and by an operator. */
const readAll = async (id: string) => {
  for (const reader of ['cli_01', 'opr_demo'])
    for (const part of ['', '/events', '/ledger']) await as(reader, 'GET', `/v1/contracts/${id}${part}`)
}

describe('what is answered about contracts is what the OpenAPI document says', () => {
  it('on the way to the money', async () => {
    const { id } = await paid()
    await step('wrk_001', id, 'start')
    await step('wrk_001', id, 'deliver', { note: '一回目' })
    await step('cli_01', id, 'request-changes', { note: 'ここを' })
    await step('wrk_001', id, 'deliver')
    await step('cli_01', id, 'release', { amount: 100 })
    await step('cli_01', id, 'accept')
    await step('opr_demo', id, 'correct', { to: 'client', amount: 1, reason: '端数' })
    await readAll(id)
    expect(await as('cli_01', 'GET', '/v1/contracts?status=released')).toMatchObject({
      contracts: [{ id }],
      next: null,
    })
    await as('opr_demo', 'GET', '/v1/escrow/balances')
    const { contracts } = await service('escrow:read', 'GET', '/v1/escrow/contracts?worker=wrk_001')
    expect(contracts).toMatchObject([{ contract: id, refunded: true, reviewed: false }])
  })

  it('in dispute, by bank, and after its end', async () => {
    const { id } = await propose()
    const { payment } = await step('cli_01', id, 'fund', { paymentMethod: 'bank-transfer' })
    const resolve = async (transfer: string, outcome: string) =>
      look('POST', `/demo/transfers/${transfer}/resolve`, await room.resolve(transfer, outcome))
    await resolve(payment.transfer, 'succeeded')
    await resolve(payment.transfer, 'failed')
    await step('wrk_001', id, 'deliver')
    await step('wrk_001', id, 'dispute', { note: '返事がない' })
    await step('cli_01', id, 'accept')
    await step('cli_01', id, 'decide', { releaseToWorker: 0, refundToClient: 10_000, reason: '自分で' })
    await step('opr_demo', id, 'decide', { releaseToWorker: 3_333, refundToClient: 6_667, reason: '半分まで' })
    await readAll(id)
  })

  it('when it is cancelled, and when it is let be', async () => {
    const { id } = await paid()
    await step('cli_01', id, 'cancel')
    const begun = await paid()
    await step('wrk_001', begun.id, 'start')
    await step('cli_01', begun.id, 'cancel')
    await step('cli_01', begun.id, 'cancel')
    const idle = await propose()
    look('POST', '/demo/clock', await room.market.call('POST', '/demo/clock', { body: { advance: 'P1D' } }))
    await readAll(idle.id)
    look('GET', '/demo/clock', await room.market.call('GET', '/demo/clock'))
  })

  it('when it is refused', async () => {
    await propose({ worker: 'wrk_suspended' })
    await propose({ worker: 'wrk_nobody' })
    await propose({ amount: 0.5 })
    const { id } = await propose({ worker: 'wrk_030' })
    await room.market.call('POST', '/demo/workers/wrk_030/erase')
    await step('cli_01', id, 'fund')
    await propose({ worker: 'wrk_030' })
    await step('wrk_002', id, 'fund')
    await step('opr_demo', id, 'fund')
    await service('escrow:read', 'GET', '/v1/escrow/contracts')
    await service('escrow:read', 'GET', '/v1/escrow/contracts?worker=wrk_030')
    await service('reviews:read', 'GET', '/v1/escrow/contracts?worker=wrk_001')
    await service('contracts:write', 'PUT', `/v1/contracts/${id}/skill-context`, { credential: 'crd_1' })
  })

  it('when the plugin cannot be answered', async () => {
    for (let call = 0; call < 3; call += 1) await service('escrow:read', 'GET', '/v1/escrow/contracts?worker=wrk_flaky')
    expect(seen).toContain('GET /v1/escrow/contracts 503')
  })

  it('when a certificate is frozen', async () => {
    await room.market.certify('wrk_040')
    const { id } = await paid({ worker: 'wrk_040' })
    await service('contracts:write', 'PUT', `/v1/contracts/${id}/skill-context`, { credential: 'crd_wrk_040' })
    await step('wrk_040', id, 'deliver')
    room.market.advance(8 * DAY)
    expect((await service('escrow:read', 'GET', '/v1/escrow/contracts?worker=wrk_040')).contracts[0].skillContext).toBe(
      'crd_wrk_040',
    )
  })

  it('when somebody signs in or an event is brought about', async () => {
    for (const user of ['wrk_001', 'nobody', ''])
      look('POST', '/demo/session', await room.market.call('POST', '/demo/session', { body: { user } }))
    for (const event of ['escrow.released', 'no such'])
      look(
        'POST',
        '/demo/trigger',
        await room.market.call('POST', '/demo/trigger', { body: { event, worker: 'wrk_005' } }),
      )
  })
})

it('a query says which of its parameters are needed, and what they may be', () => {
  const [worker, state, ...others] = document.paths['/v1/escrow/contracts'].get.parameters
  expect(worker).toMatchObject({ name: 'worker', in: 'query', required: true })
  expect(state).toMatchObject({ name: 'state', required: false, schema: { enum: ['released'] } })
  expect(others).toMatchObject([
    { name: 'after', required: false, schema: { type: 'string' } },
    { name: 'limit', required: false, schema: { type: 'integer', minimum: 1, maximum: 100 } },
  ])
})
