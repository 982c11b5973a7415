import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runTimers } from '../../../src/sandbox/flows/run-timers.ts'
import { BATCH_SIZE, blur, combine, nextBatch, type PooledAnswer } from '../../../src/sandbox/review/hidden-batch.ts'
import { safeAnswers } from '../../../src/sandbox/review/review.ts'
import { type Market, openMarket } from '../../support/sandbox/open-market.ts'
import { clientReview, type ReviewRoom, reviewRoom } from '../../support/sandbox/review-room.ts'

const answer = fc.record({
  client: fc.integer({ min: 1, max: 12 }).map((nth) => `cli_${nth}`),
  again: fc.integer({ min: 0, max: 10 }),
  safe: fc.constantFrom(...safeAnswers),
})
const pool = fc
  .array(answer, { maxLength: 40 })
  .map((all): PooledAnswer[] => all.map((one, nth) => ({ ...one, review: `rev_${nth}` })))
const five = fc
  .array(answer, { minLength: BATCH_SIZE, maxLength: BATCH_SIZE })
  .map((all): PooledAnswer[] => all.map((one, nth) => ({ ...one, review: `rev_${nth}`, client: `cli_${nth}` })))

describe('a batch of hidden answers', () => {
  it('has one answer each of five clients, the earliest; fewer clients make none', () => {
    fc.assert(
      fc.property(pool, (answers) => {
        const batch = nextBatch(answers)
        const clients = new Set(answers.map(({ client }) => client))
        expect(batch?.length).toBe(clients.size >= BATCH_SIZE ? BATCH_SIZE : undefined)
        if (!batch) return
        expect(new Set(batch.map(({ client }) => client)).size).toBe(BATCH_SIZE)
        for (const one of batch) expect(answers.find(({ client }) => client === one.client)).toBe(one)
      }),
    )
  })

  it('does not depend on what comes later', () => {
    fc.assert(
      fc.property(pool, pool, (earlier, later) => {
        const batch = nextBatch(earlier)
        if (batch) expect(nextBatch([...earlier, ...later])).toEqual(batch)
      }),
    )
  })

  it('shows nobody’s answer, even when all are alike: every single one could have been another', () => {
    /** Whether some batch that says the same has another value in this place. */
    const couldDiffer = (batch: readonly PooledAnswer[], nth: number, key: 'again' | 'safe'): boolean => {
      const said = blur(batch)
      const others = key === 'again' ? [-1, 1] : safeAnswers
      for (const other of others) {
        for (let partner = 0; partner < batch.length; partner++) {
          for (const shift of key === 'again' ? [0, -Number(other)] : safeAnswers) {
            const changed = batch.map((one, at) => {
              if (at === nth) return { ...one, [key]: key === 'again' ? one.again + Number(other) : other }
              return at === partner ? { ...one, [key]: key === 'again' ? one.again + Number(shift) : shift } : one
            })
            const valid =
              changed.every(({ again }) => again >= 0 && again <= 10) && changed[nth]?.[key] !== batch[nth]?.[key]
            if (
              valid &&
              blur(changed)[key === 'again' ? 'againMean' : 'safeShare'] ===
                said[key === 'again' ? 'againMean' : 'safeShare']
            )
              return true
          }
        }
      }
      return false
    }
    fc.assert(
      fc.property(five, fc.nat(BATCH_SIZE - 1), (batch, nth) => {
        expect(couldDiffer(batch, nth, 'again')).toBe(true)
        expect(couldDiffer(batch, nth, 'safe')).toBe(true)
      }),
      { numRuns: 500 },
    )
    for (const again of [0, 10])
      for (const safe of safeAnswers) {
        const alike = Array.from(
          { length: BATCH_SIZE },
          (_, nth): PooledAnswer => ({ review: `rev_${nth}`, client: `cli_${nth}`, again, safe }),
        )
        expect(couldDiffer(alike, 0, 'again') && couldDiffer(alike, 0, 'safe')).toBe(true)
      }
  })

  it('is near the truth: within half a point of "again" and one answer of the share', () => {
    fc.assert(
      fc.property(five, (batch) => {
        const said = blur(batch)
        expect(
          Math.abs(said.againMean - batch.reduce((sum, { again }) => sum + again, 0) / batch.length),
        ).toBeLessThanOrEqual(0.5)
        expect(
          Math.abs(said.safeShare - batch.filter(({ safe }) => safe === 'yes').length / batch.length),
        ).toBeLessThanOrEqual(0.1 + 1e-9)
        expect(said.againMean * 2).toBe(Math.round(said.againMean * 2))
      }),
    )
  })

  it('adds to others by its size', () => {
    expect(combine([])).toBeUndefined()
    const both = combine([
      { n: 5, againMean: 8, safeShare: 0.9 },
      { n: 5, againMean: 9, safeShare: 0.6 },
    ])
    expect(both).toMatchObject({ n: 10, againMean: 8.5 })
    expect(both?.safeShare).toBeCloseTo(0.75)
  })
})

describe('published aggregates', () => {
  let market: Market
  let room: ReviewRoom
  beforeAll(async () => {
    market = await openMarket()
    room = reviewRoom(market)
  })
  afterAll(() => market.close())
  const client = (nth: number) => `cli_${String(nth).padStart(2, '0')}`
  const of = async (worker: string) => (await room.aggregates(`?worker=${worker}`)).json

  it('begin with the fifth client, not with the fifth answer', async () => {
    const worker = 'wrk_030'
    for (const nth of [1, 1, 1, 2, 3, 4])
      await room.reviewBoth(await room.settle({ worker, client: client(nth) }), clientReview({ again: 8 }))
    await runTimers(market.world)
    expect((await of(worker)).hidden).toBeNull()
    await room.reviewBoth(await room.settle({ worker, client: client(5) }), clientReview({ again: 9, safe: 'no' }))
    const { version } = await of(worker)
    await Promise.all([runTimers(market.world), runTimers(market.world), runTimers(market.world)])
    expect(await of(worker)).toMatchObject({
      hidden: { n: 5, againMean: 8, safeShare: 0.9, batches: 1, asOf: '2026-11' },
      version: version + 1,
    })
    expect((await runTimers(market.world)).fired).toBe(0)
  })

  it('count revealed reviews of paid contracts only', async () => {
    const worker = 'wrk_031'
    for (const nth of [1, 2, 3, 4]) await room.reviewBoth(await room.settle({ worker, client: client(nth) }))
    await room.review(client(5), (await room.settle({ worker, client: client(5) })).id, clientReview())
    await room.reviewBoth(
      await room.settle({ worker, client: client(6), status: 'decided', released: 0, fee: 0, refunded: 10_000 }),
    )
    const refunded = await room.settle({ worker, client: client(7) })
    await room.reviewBoth(refunded)
    await room.refund(refunded)
    await runTimers(market.world)
    expect((await of(worker)).hidden).toBeNull()
  })

  it('are not changed by a later refund', async () => {
    const worker = 'wrk_032'
    const contracts = []
    for (const nth of [1, 2, 3, 4, 5]) {
      const contract = await room.settle({ worker, client: client(nth) })
      contracts.push(contract)
      await room.reviewBoth(contract, clientReview({ again: nth + 4 }))
    }
    await runTimers(market.world)
    const before = (await of(worker)).hidden
    for (const contract of contracts) {
      await room.refund(contract)
      await runTimers(market.world)
      expect((await of(worker)).hidden).toEqual(before)
    }
  })

  it('wait for a person where the clients are a block: these have all reviewed the same people', async () => {
    const worker = 'wrk_034'
    for (const nth of [1, 2, 3, 4, 5]) await room.reviewBoth(await room.settle({ worker, client: client(nth) }))
    await runTimers(market.world)
    expect((await of(worker)).hidden).toBeNull()
  })

  it('go with an erased worker', async () => {
    const worker = 'wrk_033'
    for (const nth of [11, 12, 13, 14, 15]) await room.reviewBoth(await room.settle({ worker, client: client(nth) }))
    await runTimers(market.world)
    expect((await of(worker)).hidden.n).toBe(5)
    await market.call('POST', `/demo/workers/${worker}/erase`)
    expect((await room.aggregates(`?worker=${worker}`)).status).toBe(410)
    expect((await room.aggregates('?limit=100')).text).not.toContain(worker)
  })

  it('are for the plugin with the right scope', async () => {
    expect((await market.call('GET', '/v1/reviews/aggregates?worker=wrk_030')).status).toBe(403)
    for (const user of ['cli_01', 'wrk_030', 'opr_demo'])
      expect((await room.as(user, 'GET', '/v1/reviews/aggregates?worker=wrk_030')).status).toBe(401)
    expect((await room.aggregates('?worker=wrk_999')).status).toBe(404)
    expect((await room.aggregates('?worker=%20')).json).toMatchObject({
      code: 'malformed',
      issues: [{ path: 'worker' }],
    })
  })

  it('of everybody come in pages', async () => {
    const seen: string[] = []
    let after = ''
    do {
      const { json } = await room.aggregates(`?limit=50${after}`)
      seen.push(...json.aggregates.map(({ worker }: { worker: string }) => worker))
      after = json.next === null ? '' : `&after=${json.next}`
    } while (after !== '')
    expect(seen).toEqual([...new Set(seen)].sort())
    expect(seen).toContain('wrk_030')
    expect(seen.length).toBeGreaterThan(150)
  })
})
