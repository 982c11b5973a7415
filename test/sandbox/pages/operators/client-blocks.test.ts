import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runTimers } from '../../../../src/sandbox/flows/run-timers.ts'
import { insertCast } from '../../../../src/sandbox/people/store.ts'
import { firstReviews } from '../../../../src/sandbox/review/tables.ts'
import { weightOf } from '../../../../src/sandbox/review/weight.ts'
import { inventedClients, specialWorkers } from '../../../../src/sandbox/seed/clients.data.ts'
import { type Market, openMarket } from '../../../support/sandbox/open-market.ts'
import { clientReview, type ReviewRoom, reviewRoom, workerReview } from '../../../support/sandbox/review-room.ts'
import { visitor } from '../../../support/sandbox/visitor.ts'

const RING = Array.from({ length: 20 }, (_, nth) => `cli_ring_${String(nth + 1).padStart(2, '0')}`)
const HONEST = 'cli_01'

interface Found {
  readonly id: string
  readonly position: number
  readonly reasons: readonly { readonly code: string }[]
}

let market: Market
let room: ReviewRoom
let workers: readonly string[]

const places = async (): Promise<ReadonlyMap<string, number>> => {
  const { json } = await market.call('GET', '/api/workers?category=business-admin&limit=500')
  return new Map(json.workers.map(({ id, position }: Found) => [id, position]))
}
const reviewsOf = async (worker: string) => (await market.call('GET', `/api/workers/${worker}`)).json.reviews
const operator = (method: string, path: string, body?: unknown, key?: string) =>
  room.as('opr_demo', method, `/v1/operators/client-blocks${path}`, body, key)

/** How many first reviews of each are counted for what is believed of the exam. */
const firstReviewsOf = async (ids: readonly string[]): Promise<number[]> => {
  const rows = await market.world.db.select().from(firstReviews)
  return ids.map((id) => rows.find(({ worker }) => worker === id)?.n ?? 0)
}

/** A contract as two people make it, from the proposal to the reviews of both. */
async function work(client: string, worker: string, amount: number, stars: number): Promise<void> {
  const done = async (call: ReturnType<ReviewRoom['as']>) => {
    const answer = await call
    expect([answer.status < 300, answer.status < 300 ? '' : answer.text]).toEqual([true, ''])
    return answer.json
  }
  const proposal = { worker, title: '名簿の入力', category: 'business-admin', amount }
  const { id } = await done(room.as(client, 'POST', '/v1/contracts', proposal))
  const act = (user: string, step: string, body: unknown = {}) =>
    done(room.as(user, 'POST', `/v1/contracts/${id}/${step}`, body))
  await act(client, 'fund', { paymentMethod: 'card' })
  await act(worker, 'start')
  await act(worker, 'deliver')
  await act(client, 'accept')
  await done(room.review(client, id, clientReview({ rest: stars })))
  await done(room.review(worker, id, workerReview()))
}

beforeAll(async () => {
  market = await openMarket()
  room = reviewRoom(market)
  const [model] = inventedClients
  if (!model) throw new Error('no clients')
  await insertCast(market.world.db, {
    clients: RING.map((id) => ({ ...model, id, name: `輪の${id}` })),
    workers: specialWorkers,
  })
})
afterAll(() => market.close())

describe('a ring of twenty clients who pay four newcomers 500 yen each', () => {
  it('lifts nobody above newcomers without reviews, and weighs nothing at any of them', async () => {
    const all = (await market.call('GET', '/api/workers?category=business-admin&limit=500')).json.workers as Found[]
    const newcomers = all.filter(({ reasons }) => reasons.every(({ code }) => code === 'no-evidence'))
    workers = newcomers.slice(-4).map(({ id }) => id)
    for (const client of RING) for (const worker of workers) await work(client, worker, 500, 5)
    // somebody honest hires two of them as well, and two whom nobody of the ring knows
    for (const worker of [...workers.slice(0, 2), ...newcomers.slice(0, 2).map(({ id }) => id)])
      await work(HONEST, worker, 20_000, 4)
    await runTimers(market.world)
    for (const worker of workers.slice(2)) {
      expect(await reviewsOf(worker)).toMatchObject({ count: 20, clients: 20, weight: 0 })
    }
    const now = (await market.call('GET', '/api/workers?category=business-admin&limit=500')).json.workers as Found[]
    const unknown = now.filter(({ reasons }) => reasons.every(({ code }) => code === 'no-evidence'))
    const best = Math.min(...unknown.map(({ position }) => position))
    for (const worker of workers.slice(2)) expect((await places()).get(worker)).toBeGreaterThanOrEqual(best - 1)
    expect(best).toBeGreaterThan(50)
  })

  it('tells nothing of what newcomers with or without a certificate are worth', async () => {
    expect(await firstReviewsOf(workers)).toEqual([1, 1, 0, 0])
  })

  it('is a case for a person, with whom they reviewed, for how much and when', async () => {
    const { json } = await operator('GET', '')
    expect(json).toMatchObject({ blocks: [{ state: 'open', size: 20, decidedAt: null }], next: null })
    const { block } = json.blocks[0]
    const evidence = (await operator('GET', `/${block}`)).json
    expect(evidence.clients.map(({ client }: { client: string }) => client)).toEqual(RING)
    expect(evidence.clients[0]).toEqual({ client: RING[0], name: `輪の${RING[0]}`, workers: 4, shared: 4 })
    expect(evidence.workers.map(({ worker }: { worker: string }) => worker).sort()).toEqual([...workers].sort())
    for (const { reviews } of evidence.workers) {
      expect(reviews).toHaveLength(20)
      expect(reviews[0]).toMatchObject({ yen: 500, score: 5, contract: expect.stringMatching(/^ctr_/) })
    }
    expect(evidence.cut).toBe(false)
  })

  it('leaves an honest client who shares two workers with it untouched', async () => {
    const [first, second] = workers as [string, string]
    expect((await reviewsOf(first)).weight).toBeCloseTo(weightOf({ yen: 20_000, others: 0 }), 9)
    expect((await reviewsOf(second)).weight).toBeCloseTo(weightOf({ yen: 20_000, others: 1 }), 9)
  })

  it('is told where their reviews count, in plain words and without a word of the block', async () => {
    const { json } = await market.call('GET', '/api/workers?category=business-admin&limit=500')
    const reasonsOf = (id: string) =>
      json.workers.find((entry: Found) => entry.id === id).reasons as { code: string; text: { ja: string } }[]
    expect(reasonsOf(workers[2] as string)).toContainEqual({
      code: 'reviews-weighted',
      text: expect.objectContaining({ ja: '評価はクライアントの実績と金額に応じて数えます。' }),
    })
    const past = json.workers.filter(({ reasons }: Found) => reasons.some(({ code }) => code === 'reviews-weighted'))
    expect(past.map(({ id }: Found) => id)).not.toContain('wrk_001')
    // five stars and their number stay as people gave them
    const { text } = await visitor(market).open(`/workers/${workers[2]}`)
    expect(text).toContain('評価はクライアントの実績と金額に応じて数えます。')
    expect(text).toContain('20件')
  })

  it('stands on a page for operators, with a form that asks for what was found', async () => {
    const person = visitor(market)
    await person.signIn('opr_demo')
    expect((await person.open('/operators/reviews')).html).toContain('href="/operators/blocks"')
    const list = await person.open('/operators/blocks')
    expect(list.text).toContain('クライアント20人')
    const { block } = (await operator('GET', '')).json.blocks[0]
    const page = await person.open(`/operators/blocks/${block}`)
    expect(page.text).toContain('クライアント20人のうち20人・合わせて10,000円')
    expect(page.text).toContain(`輪の${RING[0]}`)
    const refused = await person.send('decide', { note: ' ' })
    expect(refused.status).toBe(422)
    expect(refused.text).toContain('判断')
    expect((await person.open('/operators/blocks/blk_nowhere')).status).toBe(404)
    expect((await person.open(`/operators/blocks/${block}?lang=en`)).text).toContain('20 of 20 clients')
    const stranger = visitor(market)
    await stranger.signIn(HONEST)
    expect((await stranger.open(`/operators/blocks/${block}`)).status).toBe(403)
  })

  it('is looked into by operators alone', async () => {
    for (const user of [HONEST, RING[0] as string, 'wrk_001'])
      expect((await room.as(user, 'GET', '/v1/operators/client-blocks')).status).toBe(403)
    expect((await operator('GET', '/blk_nowhere')).status).toBe(404)
    expect((await operator('GET', '?after=x')).json.code).toBe('malformed')
  })

  it('is decided about once, as it was read', async () => {
    const { block, version } = (await operator('GET', '')).json.blocks[0]
    const path = `/${block}/decide`
    const decision = { decision: 'independent', note: 'Branches of one firm', version }
    expect((await operator('POST', '/blk_nowhere/decide', decision)).status).toBe(404)
    expect((await operator('POST', path, { ...decision, decision: 'perhaps' })).json.code).toBe('malformed')
    expect((await operator('POST', path, { ...decision, version: version + 1 })).json.code).toBe('conflict')
    const decided = await operator('POST', path, decision)
    expect(decided.json).toMatchObject({ block, state: 'independent', decidedBy: 'opr_demo', note: decision.note })
    expect((await operator('POST', path, { ...decision, decision: 'confirmed' })).json.code).toBe('already-done')
    expect((await operator('GET', '')).json.blocks).toEqual([])
    expect((await operator('GET', '?which=decided')).json.blocks).toMatchObject([{ block, state: 'independent' }])
  })

  it('found independent, has its weight back at once, and is not asked about when it goes on', async () => {
    const worker = workers[3] as string
    expect(await firstReviewsOf(workers)).toEqual([3, 3, 3, 3])
    expect((await reviewsOf(worker)).weight).toBeCloseTo(20 * weightOf({ yen: 500, others: 3 }), 9)
    await work(RING[0] as string, worker, 500, 5)
    await runTimers(market.world)
    expect((await operator('GET', '')).json.blocks).toEqual([])
  })

  it('that grows is asked about again, and stays as it is where it is confirmed', async () => {
    const model = inventedClients[0] as (typeof inventedClients)[number]
    await insertCast(market.world.db, {
      clients: [{ ...model, id: 'cli_joins', name: '輪に入る人' }],
      workers: specialWorkers,
    })
    for (const worker of workers) await work('cli_joins', worker, 500, 5)
    await runTimers(market.world)
    const person = visitor(market)
    await person.signIn('opr_second')
    await person.open('/operators/blocks')
    const { block, size } = (await operator('GET', '')).json.blocks[0]
    expect(size).toBe(21)
    const page = await person.open(`/operators/blocks/${block}`)
    expect(page.status).toBe(200)
    const found = { decision: 'confirmed', note: '同じ口座から支払っていました。' }
    const alone = Object.fromEntries([...RING, 'cli_joins'].slice(1).map((client) => [`apart-${client}`, '1']))
    expect((await person.send('decide', { ...found, ...alone })).text).toContain('二人以上を残してください')
    const api = { ...found, version: (await operator('GET', `/${block}`)).json.version }
    for (const wrong of [
      { apart: ['cli_nobody'] },
      { apart: [RING[0], RING[0]] },
      { decision: 'independent', apart: [RING[0]] },
    ])
      expect((await operator('POST', `/${block}/decide`, { ...api, ...wrong })).json.code).toBe('malformed')
    await person.open(`/operators/blocks/${block}`)
    const done = await person.send('decide', { ...found, 'apart-cli_joins': '1' })
    expect(done.text).toContain('つながりあり')
    expect(done.text).toContain('同じ口座から支払っていました。')
    expect(done.text).toContain('クライアント20人')
    // whoever was taken out counts by themselves, the others do not
    expect((await reviewsOf(workers[3] as string)).weight).toBeCloseTo(weightOf({ yen: 500, others: 3 }), 9)
    expect((await person.open('/operators/blocks')).text).toContain('判断を待つものはありません')
  })

  it('does not draw in again whom a person took out, while it is linked to the same clients alone', async () => {
    const [, , third, fourth] = workers as [string, string, string, string]
    const elsewhere = (await market.call('GET', '/api/workers?category=business-admin&limit=1')).json.workers[0].id
    for (const worker of [elsewhere, third]) await work('cli_joins', worker, 500, 5)
    await work(RING[0] as string, elsewhere, 500, 5)
    await runTimers(market.world)
    expect((await operator('GET', '')).json.blocks).toEqual([])
    expect((await reviewsOf(fourth)).weight).toBeCloseTo(weightOf({ yen: 500, others: 3 }), 9)
  })
})
