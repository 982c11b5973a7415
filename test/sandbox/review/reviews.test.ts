import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { runTimers } from '../../../src/sandbox/flows/run-timers.ts'
import { axes } from '../../../src/sandbox/review/totals.ts'
import { announcedAbout } from '../../support/sandbox/announced.ts'
import { type Market, openMarket } from '../../support/sandbox/open-market.ts'
import { clientReview, DAY, type ReviewRoom, reviewRoom, workerReview } from '../../support/sandbox/review-room.ts'

let market: Market
let room: ReviewRoom
beforeAll(async () => {
  market = await openMarket()
  room = reviewRoom(market)
})
afterAll(() => market.close())

/** Everybody signs in anew: sessions end after 30 days. */
const later = async (milliseconds: number) => {
  market.advance(milliseconds)
  room.forgetSessions()
}
const revealsOf = async (worker: string, contract: string) =>
  (await announcedAbout(market.world.db, worker)).filter(
    ({ type, data }) => type === 'review.revealed' && data.contract === contract,
  )
const look = async (user: string, contract: string) =>
  (await room.as(user, 'GET', `/v1/contracts/${contract}/reviews`)).json

describe('writing a review', () => {
  it('answers what was written, without the hidden answers', async () => {
    const contract = await room.settle()
    const answer = await room.review('cli_01', contract.id, clientReview({ skill: 5, note: 'secret-note', again: 3 }))
    expect(answer.status).toBe(201)
    expect(answer.json).toEqual({
      id: expect.stringMatching(/^rev_/),
      contract: contract.id,
      side: 'client',
      axes: { skill: 5, quality: 4, schedule: 4, communication: 4, partnership: 4 },
      comment: '丁寧なお仕事でした。',
      writtenAt: '2026-11-25T03:00:00.000Z',
      revealedAt: null,
      reply: null,
    })
  })

  it('is for the two of the contract; nobody else learns that there is one', async () => {
    const contract = await room.settle({ client: 'cli_02', worker: 'wrk_002' })
    for (const stranger of ['cli_03', 'wrk_003']) {
      const body = stranger.startsWith('cli') ? clientReview() : workerReview()
      expect((await room.review(stranger, contract.id, body)).status).toBe(404)
      expect((await room.review(stranger, 'ctr_nowhere', body)).status).toBe(404)
      expect((await room.as(stranger, 'GET', `/v1/contracts/${contract.id}/reviews`)).status).toBe(404)
    }
    expect((await room.review('opr_demo', contract.id, clientReview())).status).toBe(403)
    expect((await market.call('POST', `/v1/contracts/${contract.id}/reviews`, { body: clientReview() })).status).toBe(
      401,
    )
    expect((await market.call('GET', `/v1/contracts/${contract.id}/reviews`)).status).toBe(401)
  })

  it('takes exactly the five axes of the side, whole stars from 1 to 5', async () => {
    const contract = await room.settle()
    const wrong = [
      [workerReview(), 'axes.skill'],
      [{ ...clientReview(), axes: { ...clientReview().axes, request: 3 } }, 'axes'],
      [clientReview({ skill: 6 }), 'axes.skill'],
      [clientReview({ skill: 0 }), 'axes.skill'],
      [clientReview({ skill: 4.5 }), 'axes.skill'],
      [clientReview({ again: 11 }), 'hidden.again'],
      [clientReview({ again: -1 }), 'hidden.again'],
      [clientReview({ safe: 'perhaps' }), 'hidden.safe'],
      [clientReview({ comment: 'あ'.repeat(1_001) }), 'comment'],
      [clientReview({ note: 'あ'.repeat(1_001) }), 'hidden.note'],
    ] as const
    for (const [body, path] of wrong) {
      const answer = await room.review('cli_01', contract.id, body)
      expect(answer.json).toMatchObject({ code: 'malformed' })
      expect(answer.json.issues.map((issue: { path: string }) => issue.path)).toContain(path)
    }
    expect((await room.review('cli_01', contract.id, '{')).status).toBe(422)
    expect((await room.review('cli_01', contract.id, clientReview({ comment: '' }))).status).toBe(201)
    expect((await room.review('wrk_001', contract.id, workerReview({ comment: 'あ'.repeat(1_000) }))).status).toBe(201)
  })

  it('happens once, and the first one stays', async () => {
    const contract = await room.settle()
    await room.review('cli_01', contract.id, clientReview({ comment: 'first' }))
    expect((await room.review('cli_01', contract.id, clientReview({ comment: 'second' }))).json).toMatchObject({
      status: 409,
      code: 'already-done',
    })
    expect((await look('cli_01', contract.id)).reviews.client.review.comment).toBe('first')
  })

  it('happens once when ten are written at the same instant', async () => {
    const contract = await room.settle()
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, nth) => room.review('cli_01', contract.id, clientReview({ comment: `c${nth}` }))),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array.from({ length: 9 }, () => 409)])
    const winner = answers.find(({ status }) => status === 201)
    expect((await look('cli_01', contract.id)).reviews.client.review).toEqual(winner?.json)
  })

  it('can be repeated with its key', async () => {
    const contract = await room.settle()
    const first = await room.review('cli_01', contract.id, clientReview(), 'key-a')
    const again = await room.review('cli_01', contract.id, clientReview(), 'key-a')
    expect([again.status, again.json]).toEqual([201, first.json])
    expect((await room.review('cli_01', contract.id, clientReview({ skill: 1 }), 'key-a')).json.code).toBe(
      'idempotency-mismatch',
    )
    expect((await room.review('cli_01', contract.id, clientReview(), 'key-b')).json.code).toBe('already-done')
    // the answer of the first call was lost before it was kept; the second one comes when the key has aged out
    await later(2 * DAY)
    expect((await room.review('cli_01', contract.id, clientReview(), 'key-a')).json).toEqual(first.json)
    await later(2 * DAY)
    expect((await room.review('cli_01', contract.id, clientReview({ skill: 1 }), 'key-a')).json.code).toBe(
      'already-done',
    )
  })

  it('is refused before the money has gone, and when all of it went back', async () => {
    const held = await room.settle({ status: 'in-progress', settledAt: null, moneyMovedAt: null, released: 0, fee: 0 })
    const cancelled = await room.settle({ status: 'cancelled', released: 0, fee: 0, refunded: 10_000 })
    expect((await room.review('cli_01', held.id, clientReview())).json).toMatchObject({
      code: 'wrong-state',
      state: 'in-progress',
    })
    expect((await room.review('wrk_001', cancelled.id, workerReview())).json).toMatchObject({
      code: 'wrong-state',
      state: 'cancelled',
    })
    expect((await look('cli_01', held.id)).window).toBeNull()
  })

  it('is possible in the last millisecond of the window and not after', async () => {
    const [one, two] = [await room.settle(), await room.settle()]
    await later(30 * DAY - 1)
    expect((await room.review('cli_01', one.id, clientReview())).status).toBe(201)
    await later(1)
    expect((await room.review('cli_01', two.id, clientReview())).json).toMatchObject({
      code: 'window-closed',
      closedAt: new Date(market.clock.now).toISOString(),
    })
    expect((await room.review('wrk_001', one.id, workerReview())).json.code).toBe('window-closed')
  })
})

describe('what one side knows of the other', () => {
  it('before both are in is that something was written, and after that everything', async () => {
    const contract = await room.settle()
    await room.review('wrk_001', contract.id, workerReview({ comment: 'unclear at first' }))
    expect(await look('cli_01', contract.id)).toMatchObject({
      own: 'client',
      revealedAt: null,
      reviews: { client: { written: false, review: null }, worker: { written: true, review: null } },
    })
    expect((await room.as('cli_01', 'GET', `/v1/contracts/${contract.id}/reviews`)).text).not.toContain('unclear')
    expect((await look('wrk_001', contract.id)).reviews.worker.review.comment).toBe('unclear at first')
    expect((await look('opr_demo', contract.id)).reviews.worker.review.comment).toBe('unclear at first')
    const second = await room.review('cli_01', contract.id, clientReview())
    expect(second.json.revealedAt).toBe(new Date(market.clock.now).toISOString())
    expect(await look('cli_01', contract.id)).toMatchObject({
      revealedAt: second.json.revealedAt,
      reviews: { worker: { written: true, review: { comment: 'unclear at first', axes: { request: 4 } } } },
    })
    expect((await look('wrk_001', contract.id)).reviews.client.review).toEqual(second.json)
  })

  it('shows the window', async () => {
    const contract = await room.settle()
    expect((await look('cli_01', contract.id)).window).toEqual({
      opensAt: new Date(market.clock.now).toISOString(),
      closesAt: new Date(market.clock.now + 30 * DAY).toISOString(),
    })
  })
})

describe('the revealing', () => {
  it('happens once when both write at the same instant', async () => {
    for (let nth = 0; nth < 5; nth++) {
      const contract = await room.settle({ client: 'cli_05', worker: 'wrk_005' })
      const answers = await Promise.all([
        room.review('cli_05', contract.id, clientReview()),
        room.review('wrk_005', contract.id, workerReview()),
      ])
      expect(answers.map(({ status }) => status)).toEqual([201, 201])
      expect((await look('cli_05', contract.id)).revealedAt).not.toBeNull()
      expect(await revealsOf('wrk_005', contract.id)).toMatchObject([
        {
          version: nth + 1,
          data: { contract: contract.id, exam: 'business-admin', review: expect.stringMatching(/^rev_/) },
        },
      ])
    }
  })

  it('comes at the end of the window when one side kept silent, to the millisecond', async () => {
    const contract = await room.settle({ worker: 'wrk_006' })
    const written = await room.review('cli_01', contract.id, clientReview())
    await later(30 * DAY - 1)
    await runTimers(market.world)
    expect((await look('cli_01', contract.id)).revealedAt).toBeNull()
    expect(await revealsOf('wrk_006', contract.id)).toEqual([])
    await later(1)
    await Promise.all([runTimers(market.world), runTimers(market.world)])
    expect((await look('wrk_006', contract.id)).reviews.client.review).toMatchObject({ id: written.json.id })
    expect(await revealsOf('wrk_006', contract.id)).toMatchObject([{ version: 1, data: { review: written.json.id } }])
    const again = await runTimers(market.world)
    expect(again.fired).toBe(0)
  })

  it('of a worker’s review alone is no news of the worker', async () => {
    const contract = await room.settle({ client: 'cli_07', worker: 'wrk_007' })
    await room.review('wrk_007', contract.id, workerReview({ comment: 'clear' }))
    await later(30 * DAY)
    await runTimers(market.world)
    expect((await look('cli_07', contract.id)).reviews.worker.review.comment).toBe('clear')
    expect(await revealsOf('wrk_007', contract.id)).toEqual([])
  })

  it('catches up on many after a long sleep', async () => {
    const contracts = await Promise.all(Array.from({ length: 130 }, () => room.settle({ worker: 'wrk_008' })))
    for (const { id } of contracts) await room.review('cli_01', id, clientReview())
    await later(200 * DAY)
    await runTimers(market.world)
    for (const { id } of contracts.slice(-3)) expect((await look('wrk_008', id)).revealedAt).not.toBeNull()
    expect(
      (await announcedAbout(market.world.db, 'wrk_008')).map(({ version }) => version).sort((a, b) => a - b),
    ).toEqual(contracts.map((_, nth) => nth + 1))
  })
})

describe('the reply', () => {
  const reply = (user: string, review: string, text = 'ありがとうございました。', key?: string) =>
    room.as(user, 'POST', `/v1/reviews/${review}/reply`, { text }, key)
  const revealed = async () => {
    const contract = await room.settle({ client: 'cli_09', worker: 'wrk_009' })
    await room.reviewBoth(contract)
    const { reviews } = await look('cli_09', contract.id)
    return { contract, client: reviews.client.review.id as string, worker: reviews.worker.review.id as string }
  }

  it('is the reviewed person’s, once, and public', async () => {
    const { contract, client, worker } = await revealed()
    const answer = await reply('wrk_009', client, 'こちらこそ。')
    expect([answer.status, answer.json.reply]).toEqual([
      201,
      { text: 'こちらこそ。', at: new Date(market.clock.now).toISOString() },
    ])
    expect((await reply('wrk_009', client, 'さらに')).json.code).toBe('already-done')
    expect((await reply('cli_09', worker)).status).toBe(201)
    expect((await look('cli_09', contract.id)).reviews.client.review.reply.text).toBe('こちらこそ。')
    const { json } = await market.call('GET', '/v1/workers/wrk_009/reviews')
    expect(json.reviews[0]).toMatchObject({ id: client, reply: { text: 'こちらこそ。' } })
    expect((await market.call('GET', '/api/workers/wrk_009')).json.reviews.latest[0]).toMatchObject({
      id: client,
      reply: { text: 'こちらこそ。' },
      skill: 4,
    })
  })

  it('is nobody else’s', async () => {
    const { client, worker } = await revealed()
    for (const [user, review] of [
      ['cli_09', client],
      ['wrk_009', worker],
      ['wrk_010', client],
      ['cli_10', worker],
    ] as const)
      expect((await reply(user, review)).status).toBe(403)
    expect((await reply('opr_demo', client)).status).toBe(403)
    expect((await reply('wrk_009', 'rev_nowhere')).status).toBe(404)
  })

  it('waits for the revealing', async () => {
    const contract = await room.settle({ client: 'cli_09', worker: 'wrk_009' })
    const { json } = await room.review('cli_09', contract.id, clientReview())
    expect((await reply('wrk_009', json.id)).status).toBe(404)
  })

  it('is possible for 30 days, to the millisecond', async () => {
    const [one, two] = [await revealed(), await revealed()]
    await later(30 * DAY - 1)
    expect((await reply('wrk_009', one.client)).status).toBe(201)
    await later(1)
    expect((await reply('wrk_009', two.client)).json).toMatchObject({ code: 'window-closed' })
  })

  it.each(['', 'あ'.repeat(1_001)])('has 1 to 1,000 characters', async (text) => {
    const { client } = await revealed()
    expect((await reply('wrk_009', client, text)).json).toMatchObject({ code: 'malformed', issues: [{ path: 'text' }] })
  })

  it('can be repeated with its key', async () => {
    const { client } = await revealed()
    const first = await reply('wrk_009', client, '一度だけ', 'reply-1')
    expect((await reply('wrk_009', client, '一度だけ', 'reply-1')).json).toEqual(first.json)
    await later(2 * DAY)
    expect((await reply('wrk_009', client, '一度だけ', 'reply-1')).json).toEqual(first.json)
  })
})

describe('the evidence for the ranking', () => {
  let seeded: { count: number; clients: number; axes: Record<string, number> }
  const worker = 'wrk_160'
  const revealedOf = async () => (await room.aggregates(`?worker=${worker}`)).json.revealed
  const sumOf = (revealed: typeof seeded, axis: string) => (revealed.axes?.[axis] ?? 0) * revealed.count
  beforeEach(async () => {
    await market.close()
    market = await openMarket()
    room = reviewRoom(market)
    seeded = await revealedOf()
  })

  it('grows with a revealed review of a paid contract, and by nothing before', async () => {
    const contract = await room.settle({ worker })
    await room.review('cli_01', contract.id, clientReview({ skill: 5, rest: 3 }))
    expect(await revealedOf()).toEqual(seeded)
    await room.review(worker, contract.id, workerReview({ rest: 1 }))
    const after = await revealedOf()
    expect(after).toMatchObject({ count: seeded.count + 1, clients: seeded.clients + 1 })
    for (const axis of axes) expect(sumOf(after, axis) - sumOf(seeded, axis)).toBeCloseTo(axis === 'skill' ? 5 : 3)
    expect((await market.call('GET', `/api/workers/${worker}`)).json.reviews.count).toBe(seeded.count + 1)
  })

  it('counts each client’s latest review only', async () => {
    await room.reviewBoth(await room.settle({ worker }), clientReview({ rest: 1 }))
    market.advance(1)
    await room.reviewBoth(await room.settle({ worker }), clientReview({ rest: 5 }))
    const after = await revealedOf()
    expect(after).toMatchObject({ count: seeded.count + 1, clients: seeded.clients + 1 })
    expect(sumOf(after, 'quality') - sumOf(seeded, 'quality')).toBeCloseTo(5)
  })

  it('is taken back by a refund, with the earlier review of that client in its place', async () => {
    await room.reviewBoth(await room.settle({ worker }), clientReview({ rest: 2 }))
    market.advance(1)
    const latest = await room.settle({ worker })
    await room.reviewBoth(latest, clientReview({ rest: 5 }))
    const before = (await room.aggregates(`?worker=${worker}`)).json.version
    await room.refund(latest)
    const after = await room.aggregates(`?worker=${worker}`)
    expect(after.json.version).toBe(before + 1)
    expect(sumOf(after.json.revealed, 'quality') - sumOf(seeded, 'quality')).toBeCloseTo(2)
  })

  it('does not count what was decided for the client or called off in part', async () => {
    await room.reviewBoth(await room.settle({ worker, status: 'decided', released: 0, fee: 0, refunded: 10_000 }))
    await room.reviewBoth(
      await room.settle({ worker, client: 'cli_02', status: 'cancelled', released: 900, fee: 100, refunded: 9_000 }),
    )
    expect(await revealedOf()).toEqual(seeded)
    await room.reviewBoth(await room.settle({ worker, client: 'cli_03', status: 'decided' }))
    expect((await revealedOf()).count).toBe(seeded.count + 1)
  })

  it('of a newcomer appears and disappears as a whole', async () => {
    const newcomer = 'wrk_003'
    const known = async () => (await room.aggregates(`?worker=${newcomer}`)).json
    expect(await known()).toMatchObject({ revealed: { count: 0, clients: 0, axes: null }, hidden: null, version: 0 })
    const contract = await room.settle({ worker: newcomer })
    await room.reviewBoth(contract)
    expect(await known()).toMatchObject({ revealed: { count: 1, clients: 1, axes: { skill: 4 } }, version: 1 })
    await room.refund(contract)
    expect(await known()).toMatchObject({ revealed: { count: 0, clients: 0, axes: null }, version: 2 })
    expect((await market.call('GET', `/api/workers/${newcomer}`)).json.reviews).toMatchObject({ count: 0, axes: null })
  })

  it('is recounted to what the seed left for everybody who has no new reviews', async () => {
    const before = (await room.aggregates('?limit=100')).json.aggregates
    for (const { worker: id } of before.slice(0, 10)) await room.settle({ worker: id })
    expect((await room.aggregates('?limit=100')).json.aggregates).toEqual(before)
  })
})

describe('the public list', () => {
  it('is paged, newest first, the seed’s reviews last, and names the client by the public name', async () => {
    const worker = 'wrk_160'
    for (const client of ['cli_01', 'cli_02', 'cli_03']) {
      await room.reviewBoth(
        await room.settle({ worker, client }),
        clientReview({ comment: `from ${client}!`, note: 'secret-note' }),
      )
      market.advance(1_000)
    }
    await room.review(
      'cli_04',
      (await room.settle({ worker, client: 'cli_04' })).id,
      clientReview({ comment: 'unrevealed' }),
    )
    const all: { id: string; at: string; client: string | null; comment: { ja: string } }[] = []
    let after = ''
    do {
      const { json } = await market.call('GET', `/v1/workers/${worker}/reviews?limit=2${after}`)
      expect(json.reviews.length).toBeLessThanOrEqual(2)
      all.push(...json.reviews)
      after = json.next === null ? '' : `&after=${json.next}`
    } while (after !== '')
    const whole = await market.call('GET', `/v1/workers/${worker}/reviews?limit=100`)
    expect(whole.json).toEqual({ worker, reviews: all, next: null })
    expect([...all].sort((a, b) => (a.at < b.at ? 1 : -1)).map(({ id }) => id)).toEqual(all.map(({ id }) => id))
    expect(all.slice(0, 3).map(({ comment }) => comment.ja)).toEqual(['from cli_03!', 'from cli_02!', 'from cli_01!'])
    expect(all[0]?.client).not.toMatch(/cli_/)
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length)
    for (const secret of ['secret-note', 'unrevealed', '"again"', 'ctr_', 'cli_01"'])
      expect(whole.text).not.toContain(secret)
  })

  it('refuses what is no page or no worker', async () => {
    expect((await market.call('GET', '/v1/workers/wrk_003/reviews?after=%00')).json).toMatchObject({
      code: 'malformed',
      issues: [{ path: 'after' }],
    })
    expect((await market.call('GET', '/v1/workers/wrk_003/reviews?limit=101')).status).toBe(422)
    expect((await market.call('GET', '/v1/workers/wrk_999/reviews')).status).toBe(404)
    await market.call('POST', '/demo/workers/wrk_020/erase')
    expect((await market.call('GET', '/v1/workers/wrk_020/reviews')).status).toBe(410)
    expect((await room.aggregates('?worker=wrk_020')).status).toBe(410)
  })
})
