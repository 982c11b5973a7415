import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { examNoticed } from '../../../src/contract/marketplace.ts'
import { type Market, openMarket } from '../../support/sandbox/open-market.ts'

let market: Market
beforeAll(async () => {
  market = await openMarket()
})
afterAll(() => market.close())

const ask = async (exam: string, scope = 'statistics:read') =>
  market.call('GET', `/v1/exams/${exam}/noticed`, { token: await market.plugin.serviceToken({ claims: { scope } }) })

describe('what a pass changes, as the plugin is told', () => {
  it('is the assumption and nothing else while nobody was reviewed', async () => {
    const { status, json } = await ask('business-admin')
    expect([status, examNoticed.safeParse(json).error]).toEqual([200, undefined])
    expect(json.belief).toMatchObject({ state: 'predicts', d: 0.24, sigma: 0.15, certified: null, others: null })
    expect(json.belief.ratio).toBeCloseTo(2.395, 10)
    expect(json.history).toMatchObject([{ month: '2026-11', certified: null }])
    expect([json.firstPage.share, json.displays.certified, json.waits.others, json.lot, json.market.certified]).toEqual(
      [null, null, null, null, null],
    )
  })

  it('tells no count of fewer than ten', async () => {
    for (const [month, certified] of [
      ['2026-12', 9],
      ['2027-01', 10],
    ] as const)
      await market.world.db.run(
        sql`insert into exam_beliefs (exam, month, certified, others, d, sigma, ratio, boost_factor, state, since)
          values ('web-writer', ${month}, ${certified}, 140, .3, .1, 4, 1.5, 'predicts', 0)`,
      )
    const { json } = await ask('web-writer')
    expect(json.history.map(({ certified }: { certified: number | null }) => certified)).toEqual([10, null, null])
    expect(json.belief).toMatchObject({ certified: 10, others: 140, d: 0.3 })
  })

  it('is for the plugin alone, and of exams of this market', async () => {
    expect((await ask('business-admin', 'reviews:read')).status).toBe(403)
    expect((await market.call('GET', '/v1/exams/business-admin/noticed', { token: 'none' })).status).toBe(401)
    expect((await ask('cooking')).status).toBe(404)
  })
})
