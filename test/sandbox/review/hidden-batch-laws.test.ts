import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { runTimers } from '../../../src/sandbox/flows/run-timers.ts'
import { BATCH_SIZE } from '../../../src/sandbox/review/hidden-batch.ts'
import { hiddenBatchMembers, reviews } from '../../../src/sandbox/review/tables.ts'
import { cases } from '../../support/cases.ts'
import { type Market, openMarket } from '../../support/sandbox/open-market.ts'
import { clientReview, type ReviewRoom, reviewRoom } from '../../support/sandbox/review-room.ts'

let market: Market
let room: ReviewRoom
beforeAll(async () => {
  market = await openMarket()
  room = reviewRoom(market)
})
afterAll(() => market.close())
const client = (nth: number) => `cli_${String(nth).padStart(2, '0')}`
const of = async (worker: string) => (await room.aggregates(`?worker=${worker}`)).json

it('published aggregates of any history differ by five answers of five clients, whichever two are compared', async () => {
  const step = fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        act: fc.constant('review' as const),
        client: fc.integer({ min: 1, max: 8 }),
        again: fc.integer({ min: 0, max: 10 }),
        both: fc.boolean(),
      }),
    },
    { weight: 1, arbitrary: fc.record({ act: fc.constant('refund' as const), nth: fc.nat(40) }) },
    {
      weight: 2,
      arbitrary: fc.record({ act: fc.constant('timers' as const), days: fc.integer({ min: 0, max: 31 }) }),
    },
  )
  let nth = 40
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 60 }), async (steps) => {
      nth += 1
      const worker = `wrk_${String(nth).padStart(3, '0')}`
      const contracts: Awaited<ReturnType<ReviewRoom['settle']>>[] = []
      const published: { hidden: string; members: Set<string> }[] = []
      const look = async () => {
        const rows = await market.world.db.select().from(hiddenBatchMembers)
        const about = new Map(
          (await market.world.db.select().from(reviews))
            .filter(({ subject }) => subject === worker)
            .map((review) => [review.id, review.author]),
        )
        const members = new Set(rows.map(({ review }) => review).filter((id) => about.has(id)))
        const hidden = JSON.stringify((await of(worker)).hidden)
        const last = published.at(-1)
        if (hidden === last?.hidden) return expect(members).toEqual(last.members)
        for (const earlier of published) {
          expect([...earlier.members].filter((id) => !members.has(id))).toEqual([])
          const fresh = [...members].filter((id) => !earlier.members.has(id))
          expect(fresh.length).toBeGreaterThanOrEqual(BATCH_SIZE)
          expect(new Set(fresh.map((id) => about.get(id))).size).toBeGreaterThanOrEqual(BATCH_SIZE)
        }
        expect(JSON.parse(hidden)?.n ?? 0).toBe(members.size)
        published.push({ hidden, members })
      }
      await look()
      for (const one of steps) {
        if (one.act === 'review') {
          const contract = await room.settle({ worker, client: client(one.client) })
          contracts.push(contract)
          const body = clientReview({ again: one.again, note: 'x' })
          if (one.both) await room.reviewBoth(contract, body)
          else await room.review(contract.client, contract.id, body)
        } else if (one.act === 'refund') {
          const [contract] = contracts.splice(one.nth % Math.max(1, contracts.length), 1)
          if (contract) await room.refund(contract)
        } else {
          market.advance(one.days * 86_400_000)
          room.forgetSessions()
          await runTimers(market.world)
        }
        await look()
      }
    }),
    { numRuns: cases(8, 2) },
  )
})
