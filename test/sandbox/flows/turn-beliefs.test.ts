import { sql } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Instant, instant } from '../../../src/kernel/instant.ts'
import { prior } from '../../../src/kit/estimator.ts'
import { beliefsOf, findVersion, noteVersion, readHolding } from '../../../src/sandbox/evidence/belief/store.ts'
import { eraseWorker } from '../../../src/sandbox/flows/change-standing.ts'
import { runTimers } from '../../../src/sandbox/flows/run-timers.ts'
import { turnBeliefs } from '../../../src/sandbox/flows/turn-beliefs.ts'
import { firstReviewCountsOf } from '../../../src/sandbox/review/first/store.ts'
import { type Market, openMarket } from '../../support/sandbox/open-market.ts'
import { clientReview, DAY, type ReviewRoom, reviewRoom } from '../../support/sandbox/review-room.ts'

const EXAM = 'business-admin'
/** Somebody without a past, and somebody with reviews from before. */
const NEW = 'wrk_new'
const KNOWN = 'wrk_120'

let market: Market
let room: ReviewRoom
beforeEach(async () => {
  market = await openMarket()
  room = reviewRoom(market)
  const { db } = market.world
  await db.run(sql`insert into workers (id, name, reading, categories, skills_ja, skills_en, hourly_rate, joined_at, standing, standing_version)
    select ${NEW}, 'はじめ', 'Hajime', '["business-admin"]', '', '', 2000, ${market.clock.now}, 'good', 1`)
})
afterEach(() => market.close())

const counts = async (version = '') =>
  (await firstReviewCountsOf(market.world.db, { exam: EXAM, versions: [version] })).filter(({ people }) => people > 0)

/** A client hires the newcomer, and both say of each other what they think. */
async function reviewedBy(client: string, stars: number, change: { readonly category?: 'web-writer' } = {}) {
  market.advance(DAY)
  const contract = await room.settle({ worker: NEW, client, ...change })
  await room.reviewBoth(contract, clientReview({ rest: stars }))
  return contract
}

const certifyFor = async (contract: string, credential = 'crd_new') =>
  market.call('PUT', `/v1/contracts/${contract}/skill-context`, {
    token: await market.plugin.serviceToken({ claims: { scope: 'contracts:write' } }),
    body: { credential },
  })

describe('the first reviews of a newcomer', () => {
  it('count up to three, each client once, in the category of the first contract', async () => {
    await reviewedBy('cli_01', 5)
    expect(await counts()).toEqual([{ cohort: 'other', n: 1, people: 1, stars: 25 }])
    await reviewedBy('cli_01', 1)
    expect(await counts()).toEqual([{ cohort: 'other', n: 1, people: 1, stars: 25 }])
    await reviewedBy('cli_02', 4)
    await reviewedBy('cli_03', 3, { category: 'web-writer' })
    expect(await counts()).toEqual([{ cohort: 'other', n: 2, people: 1, stars: 45 }])
    await reviewedBy('cli_04', 3)
    await reviewedBy('cli_05', 1)
    expect(await counts()).toEqual([{ cohort: 'other', n: 3, people: 1, stars: 60 }])
  })

  it('are not those of somebody who had reviews before', async () => {
    await room.reviewBoth(await room.settle({ worker: KNOWN }))
    expect(await counts()).toEqual([])
  })

  it('do not count before both sides see them, nor after the money went back', async () => {
    const contract = await room.settle({ worker: NEW })
    await room.review('cli_01', contract.id, clientReview({ rest: 5 }))
    expect(await counts()).toEqual([])
    await room.review(NEW, contract.id, {
      ...clientReview(),
      axes: { request: 4, quality: 4, schedule: 4, communication: 4, partnership: 4 },
    })
    expect(await counts()).toHaveLength(1)
    await room.refund(contract)
    expect(await counts()).toEqual([])
  })

  it('are those of a certified newcomer if the certificate stood at the first contract, however late that is told', async () => {
    await market.certify(NEW, 'crd_new')
    market.advance(3 * DAY)
    const contract = await reviewedBy('cli_01', 5)
    expect((await counts())[0]?.cohort).toBe('other')
    expect((await certifyFor(contract.id)).status).toBe(200)
    expect(await counts()).toEqual([{ cohort: 'certified', n: 1, people: 1, stars: 25 }])
    await reviewedBy('cli_02', 5)
    expect(await counts()).toEqual([{ cohort: 'certified', n: 2, people: 1, stars: 50 }])
  })

  it('stay in the count when the newcomer is erased, and are counted no second time', async () => {
    const contract = await reviewedBy('cli_01', 5)
    await eraseWorker(market.world, NEW)
    const { db } = market.world
    expect(await db.all(sql`select * from first_reviews`)).toEqual([])
    expect(await counts()).toEqual([{ cohort: 'other', n: 1, people: 1, stars: 25 }])
    await room.refund(contract)
    expect(await counts()).toEqual([{ cohort: 'other', n: 1, people: 1, stars: 25 }])
  })
})

describe('the versions of an exam', () => {
  const at = (day: number) => instant(day * DAY)
  const note = (version: string, since: Instant) => noteVersion(market.world.db, { exam: EXAM, version, since })

  it('are known by their first badges, so that a late badge of an old one changes nothing', async () => {
    await note('1', at(5))
    await note('2', at(10))
    await note('1', at(12))
    const found = await Promise.all([4, 5, 9, 10, 99].map((day) => findVersion(market.world.db, EXAM, at(day))))
    expect(found.map(({ version }) => version)).toEqual([null, '1', '1', '2', '2'])
    expect(found.map(({ isFirst }) => isFirst)).toEqual([true, true, true, false, false])
    await note('2', at(8))
    expect((await findVersion(market.world.db, EXAM, at(9))).version).toBe('2')
  })

  it('are read from a badge that verified', async () => {
    const jwt = await market.plugin.badge('crd_new', {
      claims: {
        credentialSubject: {
          id: 'urn:uuid:3f6c1f0e-2b51-4d7c-9a43-0d5f6a1b2c3d',
          type: ['AchievementSubject'],
          achievement: { version: '7' },
        },
      },
    })
    const body = await market.badgeBody('crd_new', { jwt })
    expect((await market.call('PUT', `/v1/workers/${NEW}/badges/crd_new`, { body })).status).toBe(200)
    expect((await findVersion(market.world.db, EXAM, market.clock.now)).version).toBe('7')
  })

  it('keep their first reviews apart', async () => {
    await note('3', instant(market.clock.now - 30 * DAY))
    await reviewedBy('cli_01', 5)
    expect(await counts()).toEqual([])
    expect(await counts('3')).toHaveLength(1)
  })

  it('keep the work of whoever holds a certificate of an earlier one apart from the newest', async () => {
    const jwt = await market.plugin.badge('crd_new', {
      claims: {
        credentialSubject: {
          id: 'urn:uuid:3f6c1f0e-2b51-4d7c-9a43-0d5f6a1b2c3d',
          type: ['AchievementSubject'],
          achievement: { version: '2' },
        },
      },
    })
    const body = await market.badgeBody('crd_new', { jwt })
    expect((await market.call('PUT', `/v1/workers/${NEW}/badges/crd_new`, { body })).status).toBe(200)
    market.advance(3 * DAY)
    await note('3', market.clock.now)
    const contract = await reviewedBy('cli_01', 5)
    expect((await certifyFor(contract.id)).status).toBe(200)
    expect(await counts('3')).toEqual([])
    expect(await counts('2')).toEqual([{ cohort: 'certified', n: 1, people: 1, stars: 25 }])
  })
})

describe('what is believed of an exam', () => {
  const beliefs = () => beliefsOf(market.world.db, EXAM, 20)
  /** So many newcomers, each with three reviews of so many stars over the five axes and all three. */
  const suppose = (cohort: string, people: number, stars: number, version = '1') =>
    market.world.db.run(
      sql`insert into first_review_counts (exam, version, cohort, n, people, stars) values (${EXAM}, ${version}, ${cohort}, 3, ${people}, ${people * stars})
        on conflict do update set people = excluded.people, stars = excluded.stars`,
    )

  it('begins with the prior when a market is opened', async () => {
    expect(await beliefs()).toMatchObject([{ month: '2026-11', state: 'predicts', certified: 0, others: 0, ...prior }])
    const now = (await readHolding(market.world.db)).beliefs.get(EXAM)
    expect(now).toMatchObject({ state: 'predicts', since: market.clock.now })
    expect(now?.ratio).toBeCloseTo(2.395, 10)
  })

  it('is judged once a month, whoever looks, and repeats itself without news', async () => {
    expect(await turnBeliefs(market.world)).toBe(0)
    market.advance(7 * DAY)
    const turned = await Promise.all([turnBeliefs(market.world), turnBeliefs(market.world)])
    expect(turned[0] + turned[1]).toBe(2)
    const [december, november] = await beliefs()
    expect(december).toEqual({ ...november, month: '2026-12' })
  })

  it('is judged once after a clock that stepped over months, and not again when it is set back', async () => {
    market.advance(200 * DAY)
    await runTimers(market.world)
    expect((await beliefs()).map(({ month }) => month)).toEqual(['2027-06', '2026-11'])
    market.advance(-100 * DAY)
    await runTimers(market.world)
    expect(await beliefs()).toHaveLength(2)
  })

  it('counts with the first version those who began before a badge told of it, and with none after', async () => {
    await suppose('certified', 60, 66, '')
    await suppose('other', 90, 60, '')
    await noteVersion(market.world.db, { exam: EXAM, version: '1', since: market.clock.now })
    await suppose('certified', 10, 66)
    market.advance(31 * DAY)
    await turnBeliefs(market.world)
    expect((await beliefs())[0]).toMatchObject({ version: '1', certified: 70, others: 90 })
    await noteVersion(market.world.db, { exam: EXAM, version: '2', since: market.clock.now })
    market.advance(31 * DAY)
    await turnBeliefs(market.world)
    expect((await beliefs())[0]).toMatchObject({ version: '2', certified: 0, others: 0 })
  })

  it('follows what clients said: a better cohort is drawn more often, a worse one stops the exam until it is surely better', async () => {
    await noteVersion(market.world.db, { exam: EXAM, version: '1', since: market.clock.now })
    await suppose('certified', 300, 66)
    await suppose('other', 300, 60)
    market.advance(31 * DAY)
    await turnBeliefs(market.world)
    const [better] = await beliefs()
    expect(better).toMatchObject({ month: '2026-12', certified: 300, others: 300, ratio: 4, boostFactor: 1.5 })

    await suppose('certified', 300, 58)
    market.advance(31 * DAY)
    await turnBeliefs(market.world)
    const stopped = { state: 'not-shown', ratio: 1, boostFactor: 0, since: market.clock.now }
    expect((await beliefs())[0]).toMatchObject(stopped)
    expect((await readHolding(market.world.db)).beliefs.get(EXAM)).toEqual(stopped)

    const { now } = market.clock
    market.advance(31 * DAY)
    await turnBeliefs(market.world)
    expect((await beliefs())[0]).toMatchObject({ state: 'not-shown', since: now })

    await noteVersion(market.world.db, { exam: EXAM, version: '2', since: market.clock.now })
    market.advance(31 * DAY)
    await turnBeliefs(market.world)
    expect((await beliefs())[0]).toMatchObject({ state: 'predicts', certified: 0, version: '2', ...prior })
  })
})
