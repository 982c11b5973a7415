import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { marketplaceEvent, marketplaceEventTypes } from '../../../../src/contract/events.ts'
import { drainSandbox } from '../../../../src/sandbox/flows/drain-sandbox.ts'
import { readBalanceSheet } from '../../../../src/sandbox/flows/read-contracts.ts'
import { type Market, openMarket } from '../../../support/sandbox/open-market.ts'

let market: Market
beforeAll(async () => {
  market = await openMarket()
})
afterAll(() => market.close())

const trigger = (body: unknown, headers: Record<string, string> = {}) =>
  market.call('POST', '/demo/trigger', { body, headers })

async function deliveries() {
  while ((await drainSandbox(market.world)).delivered > 0);
  return market.plugin.deliveries.map(({ body }) => marketplaceEvent.parse(JSON.parse(body)))
}

describe('POST /demo/trigger', () => {
  it.each(marketplaceEventTypes.filter((type) => type !== 'worker.deleted'))(
    'brings about %s through real acts, about whom it was asked for',
    async (event) => {
      const { status, json } = await trigger({ event, worker: 'wrk_002' })
      expect(status).toBe(200)
      expect([json.event.type, json.worker]).toEqual([event, 'wrk_002'])
      expect(json.did.length).toBeGreaterThan(0)
      const sent = (await deliveries()).find(({ id }) => id === json.event.id)
      expect(sent).toMatchObject({ type: event, data: { worker: 'wrk_002' } })
      const { contract, case: subject } = (sent?.data ?? {}) as Record<string, string | undefined>
      if (contract !== undefined) expect(json.did).toContain(contract)
      if (subject !== undefined) expect(json.did).toContain(subject)
    },
  )

  it('can be asked for the same again, and tells every time of another event', async () => {
    for (const event of ['escrow.released', 'review.revealed', 'moderation.appeal_decided']) {
      const [one, other] = [await trigger({ event, worker: 'wrk_005' }), await trigger({ event, worker: 'wrk_005' })]
      expect([one.status, other.status]).toEqual([200, 200])
      expect(one.json.event.id).not.toBe(other.json.event.id)
    }
  })

  it('chooses somebody when nobody is named, and for an erasure every time another one', async () => {
    expect((await trigger({ event: 'contract.formed' })).json.event.id).toMatch(/^evt_/)
    const [one, other] = [await trigger({ event: 'worker.deleted' }), await trigger({ event: 'worker.deleted' })]
    expect(one.json.did).not.toEqual(other.json.did)
    expect([one.json.worker]).toEqual(one.json.did)
    expect((await market.call('GET', `/api/workers/${one.json.did[0]}`)).status).toBe(410)
  })

  it('leaves the books balanced and the worker as they were', async () => {
    const { debits, credits } = await readBalanceSheet(market.world)
    expect(debits).toBe(credits)
    expect((await market.call('GET', '/api/workers/wrk_002')).json.standing.status).toBe('good')
  })

  it('happens once for one Idempotency-Key', async () => {
    const headers = { 'Idempotency-Key': '"trigger-1"' }
    const [one, other] = [
      await trigger({ event: 'contract.formed', worker: 'wrk_006' }, headers),
      await trigger({ event: 'contract.formed', worker: 'wrk_006' }, headers),
    ]
    expect(other.json).toEqual(one.json)
    expect((await trigger({ event: 'escrow.refunded', worker: 'wrk_006' }, headers)).status).toBe(422)
  })

  it('names the possible events when asked for another one, and refuses whom it cannot happen to', async () => {
    const unknown = await trigger({ event: 'worker.promoted' })
    expect(unknown.status).toBe(422)
    expect(unknown.json.issues[0].message).toContain(marketplaceEventTypes.join(', '))
    expect((await trigger({ event: 'contract.formed', worker: 'wrk_999' })).status).toBe(404)
    expect((await trigger({ event: 'contract.formed', worker: 'wrk_suspended' })).json.code).toBe('standing')
  })
})
