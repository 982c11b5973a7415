import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { examNoticed } from '../../../src/contract/marketplace.ts'
import { instant, toRfc3339 } from '../../../src/kernel/instant.ts'
import { nameInFigures } from '../../../src/sandbox/flows/commit-contract.ts'
import { showNoticed } from '../../../src/sandbox/flows/show-noticed.ts'
import { watchNoticed } from '../../../src/sandbox/flows/watch-noticed.ts'
import { type Market, openMarket } from '../../support/sandbox/open-market.ts'
import { DAY, type ReviewRoom, reviewRoom } from '../../support/sandbox/review-room.ts'

let market: Market
let room: ReviewRoom
beforeAll(async () => {
  market = await openMarket()
  room = reviewRoom(market)
})
afterAll(() => market.close())

const ask = async (exam: string, scope = 'statistics:read') =>
  market.call('GET', `/v1/exams/${exam}/noticed`, { token: await market.plugin.serviceToken({ claims: { scope } }) })

/** Asks until what is told was counted now: the first to ask is told what there was, and it is counted behind the answer. */
const askAnew = (exam: string) =>
  vi.waitUntil(async () => {
    const told = await ask(exam)
    return Date.parse(told.json.asOf) === market.clock.now && told
  }, 60_000)

/** Newcomers who joined a month ago, every second certified; whoever passed was shown, and those hired who stand first. */
async function newcomers(people: number): Promise<void> {
  const { db } = market.world
  const then = market.clock.now - 30 * DAY
  for (let nth = 0; nth < people; nth++) {
    const worker = `wrk_new_${nth}`
    await db.run(sql`insert into workers (id, name, reading, categories, skills_ja, skills_en, hourly_rate, joined_at, standing, standing_version)
      values (${worker}, 'はじめ', 'Hajime', '["business-admin"]', '', '', 2000, ${then}, 'good', 1)`)
    if (nth % 2 === 1) continue
    await db.run(sql`insert into badges (worker, credential, exam, level, title, status, version, url, image, jwt, issued_at, valid_until, verified_at)
      values (${worker}, ${`crd_${nth}`}, 'business-admin', 3, '', 'active', 1, '', '', '', ${then + DAY}, ${then + 900 * DAY}, 0)`)
  }
}

/** Readers who searched a month ago, every fourth held out; of the others half hired the newcomer who was drawn for them. */
async function searches(readers: number): Promise<void> {
  const { db } = market.world
  const then = instant(market.clock.now - 28 * DAY)
  const propensity = 0.25
  for (let nth = 0; nth < readers; nth++) {
    const [client, worker] = [`cli_new_${nth}`, `wrk_new_${nth}`]
    const [draw, heldOut] = [`drw_${nth}`, nth % 4 === 3]
    await db.run(sql`insert into search_draws (id, day, category, reader, arm, arm_propensity, ratio, narrowed, priority, certified_fresh, certified_settled, other_fresh, other_settled, drawn_at)
      values (${draw}, ${toRfc3339(then).slice(0, 10)}, 'business-admin', ${await nameInFigures(market.world, client)}, ${heldOut ? 'held-out' : 'treated'}, ${heldOut ? 0.25 : 0.75}, 1, 0, 0, 4, 0, 4, 0, ${then})`)
    await db.run(sql`insert into search_draw_places (draw, way, place, worker, "group", propensity, day)
      values (${draw}, 'lot', 1, ${worker}, ${nth % 2 === 0 ? 'certified' : 'other'}, ${propensity}, ${toRfc3339(then).slice(0, 10)})`)
    await db.run(sql`insert into jobs (id, client, post_number, category, pay_type, pay_amount, headcount, hired, state, restored_to, created_at, published_at, client_standing, version, clarity_score, suspicion_score, client_score, title, body, search_text, assessment)
      values (${`job_new_${nth}`}, ${client}, 1, 'business-admin', 'fixed', 10000, 1, 0, 'closed', 'closed', ${then - 1}, ${then - 1}, 'good', 1, 0, 0, 0, '', '', '-', '{}')`)
    if (nth % 4 !== 0) continue
    const contract = await room.settle({
      worker,
      client,
      createdAt: instant(then + DAY),
      fundedAt: instant(then + DAY),
    })
    // a second contract is not that of a newcomer, though the certificate stands
    const again = await room.settle({
      worker,
      client: `cli_new_${nth + 3}`,
      createdAt: instant(then + 2 * DAY),
      fundedAt: instant(then + 2 * DAY),
    })
    for (const [id, job] of [
      [contract.id, `job_new_${nth}`],
      [again.id, `job_new_${nth + 3}`],
    ])
      await db.run(sql`update contracts set job = ${job} where id = ${id}`)
    for (const { id } of [contract, again])
      await db.run(sql`insert into skill_contexts (contract, credential, frozen_at) values (${id}, 'crd', ${then})`)
    await db.run(sql`insert into search_outcomes (draw, kind, worker, "group", propensity, drawn, contract, day, at)
      values (${draw}, 'hired', ${worker}, 'certified', ${propensity}, 1, ${contract.id}, '', ${then})`)
  }
}

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

  it('is what the searches, passes and contracts show, once there are enough', async () => {
    await newcomers(240)
    await searches(240)
    market.advance(DAY)
    const stale = await ask('business-admin')
    const { json } = await askAnew('business-admin')
    expect(examNoticed.safeParse(json).error).toBeUndefined()
    expect([stale.json.firstPage.people, Date.parse(json.asOf)]).toEqual([null, market.clock.now])
    expect(json.firstPage).toEqual({ share: 1, people: 120 })
    // one on each page: 120 of each group, for four who waited of each on that one day
    expect(json.displays).toEqual({ certified: 30, others: 30 })
    // of the certified half were hired three days after they joined, of the others nobody
    expect(json.waits).toEqual({ certified: 3, others: null })
    expect(json.lot.with).toBeCloseTo(60 / 240, 10)
    expect(json.lot.without).toBe(0)
    expect(json.lot.difference.low).toBeGreaterThan(0.15)
    expect(json.market.certified.with).toBeCloseTo(60 / 180, 10)
    expect(json.market.certified.without).toBeCloseTo(0, 10)
    expect(json.market.certified.difference.low).toBeGreaterThan(0)
    // each reader who was held out hired the same people later
    expect(json.market.anybody.with).toBeCloseTo(60 / 180, 10)
    expect(json.market.anybody.without).toBeCloseTo(1, 10)
    expect(json.market.endsWell).toEqual(json.market.anybody)
    const { figures } = await watchNoticed(market.world, 'business-admin')
    expect(figures.filled?.units).toEqual({ treated: 180, heldOut: 60 })
    expect(figures.filled?.treated).toBeCloseTo(60 / 180, 10)
    expect(figures.filled?.heldOut).toBeCloseTo(1, 10)
  })

  it('is checked among newcomers whom clients hired after a held-out search, and among no others', async () => {
    const { db } = market.world
    for (let nth = 0; nth < 240; nth += 1) {
      const [worker, cohort] = [`wrk_new_${nth}`, nth % 8 < 4 ? 'certified' : 'other']
      if (nth % 4 === 3)
        await db.run(sql`insert into search_outcomes (draw, kind, worker, "group", propensity, drawn, contract, day, at)
          values (${`drw_${nth}`}, 'hired', ${worker}, 'other', .25, 1, 'ctr', '', 0)`)
      if (nth % 4 === 3 || nth % 4 === 0)
        await db.run(sql`insert into first_reviews (worker, exam, version, cohort, n, stars)
          values (${worker}, 'business-admin', '', ${cohort}, 1, ${cohort === 'certified' ? 25 : 20})`)
    }
    market.advance(2 * DAY)
    const { figures } = await watchNoticed(market.world, 'business-admin')
    const { difference, ...people } = figures.worth
    expect(people).toEqual({ certified: 30, others: 30 })
    expect(difference?.value).toBeGreaterThan(0)
    expect(difference?.standardError).toBeCloseTo(Math.sqrt(4 / 30 + 4 / 30), 10)
  })

  it('is told at once as it was counted last, and counted anew behind the answer, for an hour', async () => {
    const { asOf } = (await askAnew('web-writer')).json
    market.advance(2 * DAY)
    expect((await ask('web-writer')).json.asOf).toBe(asOf)
    const anew = await askAnew('web-writer')
    market.advance(59 * 60_000)
    expect((await ask('web-writer')).json.asOf).toBe(anew.json.asOf)
  })

  it('stands for no longer when the clock is set back', async () => {
    market.advance(-3 * DAY)
    await askAnew('web-writer')
  })

  it('is told by a process that has just started as it was counted by another one', async () => {
    const { asOf } = (await askAnew('web-writer')).json
    market.advance(2 * DAY)
    const justStarted = { ...market.world }
    const told = await showNoticed(justStarted, 'web-writer')
    expect(told.ok && told.value.asOf).toBe(asOf)
    // operators wait for figures of today
    const { figures } = await watchNoticed(justStarted, 'web-writer')
    expect(figures.at).toBe(market.clock.now)
  })
})
