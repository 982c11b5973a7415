import { eq, sql } from 'drizzle-orm'
import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { instant } from '../../../src/kernel/instant.ts'
import { SANDBOX_SEED } from '../../../src/sandbox/flows/seed-sandbox.ts'
import { recountTotals } from '../../../src/sandbox/review/reveal/store.ts'
import { readTotals } from '../../../src/sandbox/review/store.ts'
import { reviewWeights } from '../../../src/sandbox/review/tables.ts'
import { ageFactor, growthOf, monthOf, weightOf } from '../../../src/sandbox/review/weight.ts'
import { evidenceAt } from '../../../src/sandbox/search/quality.ts'
import { inventPeople } from '../../../src/sandbox/seed/invent-people.ts'
import { type Market, openMarket } from '../../support/sandbox/open-market.ts'
import {
  clientReview,
  DAY,
  paidContract,
  type ReviewRoom,
  revealReview,
  reviewRoom,
} from '../../support/sandbox/review-room.ts'

const at = (text: string) => instant(Date.parse(text))

describe('the weight of a review', () => {
  it.each([
    [500, 0, 1 / 30],
    [500, 9, 1 / 12],
    [2_500, 1, 1 / 4],
    [5_000, 0, 1 / 3],
    [5_000, 1, 1 / 2],
    [80_000, 20, 21 / 23],
    [80_000, 500, 21 / 23],
  ])('of %i yen, by a client who paid %i others, is %f', (yen, others, weight) => {
    expect(weightOf({ yen, others })).toBeCloseTo(weight, 12)
  })

  it('never falls with the amount or the record, and is less than 1', () => {
    const source = fc.record({ yen: fc.integer({ min: 1, max: 9_999_999 }), others: fc.nat(60) })
    fc.assert(
      fc.property(source, fc.nat(5_000), fc.nat(30), ({ yen, others }, more, further) => {
        const weight = weightOf({ yen, others })
        expect(weight).toBeGreaterThan(0)
        expect(weight).toBeLessThan(1)
        expect(weightOf({ yen: yen + more, others: others + further })).toBeGreaterThanOrEqual(weight)
      }),
    )
  })
})

describe('the age of a review', () => {
  it('halves its weight in three years, and is counted in whole months', () => {
    const then = at('2026-11-25T03:00:00Z')
    expect(growthOf(then) * ageFactor(then)).toBeCloseTo(1, 12)
    expect(growthOf(then) * ageFactor(at('2029-11-01T00:00:00Z'))).toBeCloseTo(0.5, 12)
    expect(growthOf(then) * ageFactor(at('2026-12-01T00:00:00Z'))).toBeCloseTo(2 ** (-1 / 36), 12)
    expect([monthOf(at('2000-01-01T00:00:00Z')), monthOf(at('2026-11-30T23:59:59.999Z'))]).toEqual([0, 322])
  })

  it('is the same share for all, so that a sum of weights ages like one of them', () => {
    const review = fc.record({
      at: fc.integer({ min: Date.parse('2020-01-01'), max: Date.parse('2026-01-01') }).map(instant),
      weight: fc.double({ min: 0.01, max: 1, noNaN: true }),
    })
    const now = at('2031-07-12T00:00:00Z')
    fc.assert(
      fc.property(fc.array(review, { minLength: 1, maxLength: 60 }), (all) => {
        const sums = {
          weight: all.reduce((sum, one) => sum + one.weight, 0),
          grown: all.reduce((sum, one) => sum + one.weight * growthOf(one.at), 0),
        }
        const plainly = all.reduce((sum, one) => sum + one.weight * 2 ** ((monthOf(one.at) - monthOf(now)) / 36), 0)
        expect(evidenceAt({ ...sums, mean: 0 }, now).n).toBeCloseTo(plainly, 9)
      }),
    )
  })

  it('is never less than none: a clock that went back makes no review heavier', () => {
    const then = at('2026-11-25T03:00:00Z')
    expect(evidenceAt({ weight: 2, grown: 2 * growthOf(then), mean: 1 }, at('2020-01-01T00:00:00Z'))).toEqual({
      n: 2,
      mean: 1,
    })
  })
})

describe('weights in the marketplace', () => {
  let market: Market
  let room: ReviewRoom
  beforeAll(async () => {
    market = await openMarket()
    room = reviewRoom(market)
  })
  afterAll(() => market.close())

  const stored = async (contract: string) => {
    const [row] = await market.world.db
      .select()
      .from(reviewWeights)
      .where(sql`${reviewWeights.review} IN (SELECT id FROM reviews WHERE contract = ${contract} AND side = 'client')`)
    return row
  }
  const totalsOf = async (worker: string) => (await readTotals(market.world.db, [worker]))[0]
  const details = async (worker: string) => (await market.call('GET', `/api/workers/${worker}`)).json.reviews
  const newcomer = 'wrk_002'

  it('are stored when a review is revealed, by the amount and by what the client had paid to others', async () => {
    const client = 'cli_03'
    const first = await room.settle({ client, worker: newcomer, amount: 500, released: 450, fee: 50 })
    await room.reviewBoth(first, clientReview({ rest: 5 }))
    expect(await stored(first.id)).toMatchObject({ others: 0, yen: 500, weight: 1 / 30 })
    // the same worker again adds nothing to the record
    const again = await room.settle({ client, worker: newcomer })
    await room.reviewBoth(again, clientReview({ rest: 5 }))
    expect(await stored(again.id)).toMatchObject({ others: 0, yen: 10_000 })
    await room.settle({ client, worker: 'wrk_004' })
    await room.settle({ client, worker: 'wrk_005' })
    const third = await room.settle({ client, worker: newcomer })
    await room.reviewBoth(third, clientReview({ rest: 4 }))
    expect(await stored(third.id)).toMatchObject({ others: 2, weight: weightOf({ yen: 10_000, others: 2 }) })
    // what was stored stays, though the client has a longer record now
    expect(await stored(again.id)).toMatchObject({ others: 0, weight: 1 / 3 })
  })

  it('of a client add up to that of the newest review; people see a plain count', async () => {
    const before = await details('wrk_006')
    const client = 'cli_02'
    const contracts = [
      await room.settle({ client, worker: 'wrk_006' }),
      await room.settle({ client, worker: 'wrk_006' }),
    ]
    for (const [nth, contract] of contracts.entries()) await room.reviewBoth(contract, clientReview({ rest: 3 + nth }))
    const after = await details('wrk_006')
    expect(after.count).toBe(before.count + 1)
    expect(after.weight).toBeCloseTo(before.weight + 1 / 3, 9)
  })

  it('of a review whose money went back are none; the one before it counts again', async () => {
    const client = 'cli_05'
    const worker = 'wrk_008'
    const first = await room.settle({ client, worker, amount: 500, released: 450, fee: 50 })
    await room.reviewBoth(first)
    const before = await totalsOf(worker)
    const second = await room.settle({ client, worker })
    await room.reviewBoth(second)
    expect((await totalsOf(worker))?.weight).toBeGreaterThan(before?.weight as number)
    await room.refund(second)
    expect(await totalsOf(worker)).toEqual(before)
  })

  it('in the database are those of the formula, and their sums those of a plain count', async () => {
    const { db } = market.world
    const worker = 'wrk_010'
    const past = await totalsOf(worker)
    const reviews: { client: string; worker: string; yen: number; stars: number }[] = []
    const step = fc.record({
      client: fc.constantFrom('cli_11', 'cli_12', 'cli_13'),
      worker: fc.constantFrom(worker, 'wrk_011', 'wrk_012', 'wrk_013'),
      yen: fc.integer({ min: 1, max: 9_000 }),
      stars: fc.integer({ min: 1, max: 5 }),
      days: fc.integer({ min: 0, max: 90 }),
    })
    const steps = fc.sample(step, { numRuns: 60, seed: 7 })
    const expected = new Map<string, { weight: number; growth: number; stars: number }>()
    for (const [nth, { days, ...one }] of steps.entries()) {
      market.advance(days * DAY)
      const others = reviews.filter(({ client, worker: to }) => client === one.client && to !== one.worker).length
      await revealReview(market, `ctr_plain_${nth}`, one)
      reviews.push(one)
      const [row] = await db
        .select()
        .from(reviewWeights)
        .where(eq(reviewWeights.review, `rev_ctr_plain_${nth}`))
      expect(row?.weight).toBeCloseTo(weightOf({ yen: one.yen, others }), 12)
      if (one.worker === worker)
        expected.set(one.client, {
          weight: row?.weight as number,
          growth: growthOf(market.clock.now),
          stars: one.stars,
        })
    }
    const counted = [...expected.values()]
    const totals = await totalsOf(worker)
    const sum = (of: (one: (typeof counted)[number]) => number) => counted.reduce((all, one) => all + of(one), 0)
    expect(totals?.weight).toBeCloseTo((past?.weight ?? 0) + sum(({ weight }) => weight), 9)
    expect(totals?.grown).toBeCloseTo((past?.grown ?? 0) + sum(({ weight, growth }) => weight * growth), 6)
    expect(totals?.grownScore).toBeCloseTo(
      (past?.grownScore ?? 0) + sum(({ weight, growth, stars }) => weight * growth * stars),
      6,
    )
    expect(totals?.count).toBe((past?.count ?? 0) + counted.length)
  })

  it('of reviews from before the marketplace opened are 1 each and age like the rest, whoever counts them', async () => {
    const { db } = market.world
    const seeded = inventPeople(SANDBOX_SEED).totals.filter(({ worker }) => worker > 'wrk_100')
    expect(seeded.length).toBeGreaterThan(50)
    for (const totals of seeded) {
      await db.batch([...recountTotals(db, totals.worker)])
      const counted = await totalsOf(totals.worker)
      expect(counted).toEqual({
        ...totals,
        grown: expect.closeTo(totals.grown, 6),
        grownScore: expect.closeTo(totals.grownScore, 6),
      })
      expect(counted?.weight).toBe(counted?.count)
    }
  })

  it('are read from twenty rows at most, however many contracts a client has paid', async () => {
    const client = 'cli_20'
    for (let nth = 0; nth < 30; nth += 1)
      await market.world.db.run(
        sql`INSERT INTO client_workers (client, worker, paid, reviewed_at, due) VALUES (${client}, ${`wrk_far_${nth}`}, 1, NULL, 0)`,
      )
    await revealReview(market, 'ctr_many', { client, worker: 'wrk_030', yen: 5_000, stars: 5 })
    const [row] = await market.world.db.select().from(reviewWeights).where(eq(reviewWeights.review, 'rev_ctr_many'))
    expect(row).toMatchObject({ others: 20 })
    expect(row?.weight).toBeCloseTo(21 / 23, 12)
  })

  it('follow the contracts that count, also when money moves later', async () => {
    const paid = async () =>
      (
        await market.world.db.all<{ paid: number }>(
          sql`SELECT paid FROM client_workers WHERE client = 'cli_21' AND worker = 'wrk_031'`,
        )
      )[0]?.paid ?? 0
    const contract = await room.settle({ client: 'cli_21', worker: 'wrk_031' })
    expect(await paid()).toBe(1)
    await room.settle({ client: 'cli_21', worker: 'wrk_031', status: 'funded', released: 0, fee: 0 })
    expect(await paid()).toBe(1)
    await room.refund(contract)
    expect(await paid()).toBe(0)
    expect(paidContract('x', market.clock.now).released).toBeGreaterThan(0)
  })
})
