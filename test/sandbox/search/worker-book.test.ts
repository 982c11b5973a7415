import { inArray } from 'drizzle-orm'
import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { instant } from '../../../src/kernel/instant.ts'
import type { ShownBadge, Signal } from '../../../src/sandbox/evidence/evidence.ts'
import { applyBadge, applySignal } from '../../../src/sandbox/evidence/store.ts'
import { marketNorms } from '../../../src/sandbox/flows/consult-book.ts'
import { searchWorkers } from '../../../src/sandbox/flows/show-market.ts'
import { identityStates } from '../../../src/sandbox/people/payout/account.ts'
import { decideIdentity, forgetPayee, registerAccount } from '../../../src/sandbox/people/payout/store.ts'
import { erasure, standingChange } from '../../../src/sandbox/people/store.ts'
import { payoutAccounts } from '../../../src/sandbox/people/tables.ts'
import { type Category, categories, standings } from '../../../src/sandbox/people/worker.ts'
import { CategoryOrder } from '../../../src/sandbox/search/category-order.ts'
import { newcomerIn, orderMarket } from '../../../src/sandbox/search/market.ts'
import { readFactsOf } from '../../../src/sandbox/search/store.ts'
import { filteredOf, noFilter, passes } from '../../../src/sandbox/search/worker-filter.ts'
import { cases } from '../../support/cases.ts'
import { type Market, openMarket } from '../../support/sandbox/open-market.ts'
import { revealReview } from '../../support/sandbox/review-room.ts'

const DAY = 86_400_000

describe('the order that is kept in memory', () => {
  let market: Market
  beforeAll(async () => {
    market = await openMarket()
  })
  afterAll(() => market.close())

  const worker = fc.integer({ min: 1, max: 300 }).map((n) => `wrk_${String(n).padStart(3, '0')}`)
  /** One of a few, so that some share an account. */
  const sharer = fc.integer({ min: 101, max: 112 }).map((n) => `wrk_${n}`)
  const days = fc.integer({ min: -3, max: 20 })
  const change = fc.oneof(
    fc.record({ act: fc.constant('standing' as const), worker, standing: fc.constantFrom(...standings) }),
    fc.record({
      act: fc.constant('badge' as const),
      worker,
      exam: fc.constantFrom(...categories),
      status: fc.constantFrom('active', 'suspended', 'revoked' as const),
      days,
    }),
    fc.record({
      act: fc.constant('signal' as const),
      worker,
      exam: fc.constantFrom(...categories),
      priorMean: fc.constantFrom(0, 0.2, 0.5),
      withdrawn: fc.boolean(),
      days,
    }),
    fc.record({
      act: fc.constant('review' as const),
      worker,
      client: fc.constantFrom('cli_01', 'cli_02', 'cli_03'),
      stars: fc.integer({ min: 1, max: 5 }),
      yen: fc.constantFrom(500, 4_000, 20_000),
    }),
    fc.record({ act: fc.constant('account' as const), worker: sharer, account: fc.constantFrom('one', 'another') }),
    fc.record({ act: fc.constant('identity' as const), worker: sharer, state: fc.constantFrom(...identityStates) }),
    fc.record({ act: fc.constant('erase' as const), worker: fc.oneof(worker, sharer) }),
    fc.record({
      act: fc.constant('time' as const),
      hours: fc.oneof(fc.integer({ min: 0, max: 200 }), fc.constantFrom(-800, 9_000)),
    }),
    fc.record({ act: fc.constant('search' as const), category: fc.constantFrom(undefined, ...categories) }),
  )
  type Change = typeof change extends fc.Arbitrary<infer T> ? T : never
  let version = 1

  async function make(one: Change): Promise<void> {
    const { db } = market.world
    version += 1
    if (one.act === 'standing') await standingChange(db, one.worker, one.standing)
    if (one.act === 'erase') await db.batch([erasure(db, one.worker, market.clock.now), ...forgetPayee(db, one.worker)])
    if (one.act === 'account')
      await registerAccount(db, { worker: one.worker, account: one.account, ending: '000', now: market.clock.now })
    if (one.act === 'identity')
      await decideIdentity(db, {
        worker: one.worker,
        state: one.state,
        operator: 'opr_demo',
        note: '',
        decidedAt: market.clock.now,
      })
    if (one.act === 'review') await revealReview(market, `ctr_act_${version}`, one)
    if (one.act === 'time') market.advance(one.hours * 3_600_000)
    if (one.act === 'badge') {
      const badge = {
        worker: one.worker,
        credential: `crd_${one.worker}_${one.exam}`,
        exam: one.exam,
        level: 3,
        parts: null,
        examVersion: null,
        title: '',
        status: one.status,
        version,
        url: '',
        image: '',
        jwt: '',
      }
      const at = market.clock.now
      await applyBadge(db, {
        ...badge,
        issuedAt: at,
        validUntil: instant(at + one.days * DAY),
        verifiedAt: at,
      } satisfies ShownBadge)
    }
    if (one.act === 'signal') {
      const signal = {
        worker: one.worker,
        exam: one.exam,
        version,
        withdrawn: one.withdrawn,
        priorMean: one.priorMean,
        equivalentReviews: 3,
        explanationJa: '',
        explanationEn: '',
      }
      await applySignal(db, { ...signal, validUntil: instant(market.clock.now + one.days * DAY) } satisfies Signal)
    }
    if (one.act === 'search') await agree(one.category)
  }

  /** What a search says, page by page, is what all facts at once say. */
  async function agree(category: Category | undefined): Promise<void> {
    const { world } = market
    const { total, places, arm, drawId } = await searchWorkers(world, { category, filter: noFilter, limit: 500 })
    const at = { category, now: world.now(), terms: world.workerBook.termsOf(arm) }
    const expected = orderMarket(await readFactsOf(world.db, await marketNorms(world)), at)
    expect(total).toBe(expected.length)
    expect(places).toEqual(expected)
    const positions = expected.map(({ candidate }) => world.workerBook.placeOf(candidate.id, { ...at, arm })?.position)
    expect(positions).toEqual(expected.map(({ position }) => position))
    // who may be drawn is what all facts say as well, and one person of each account at most
    const drawable = expected.flatMap(({ candidate: { id } }) =>
      world.workerBook.newcomer(id, { ...at, arm }) ? [id] : [],
    )
    expect(drawable).toEqual(expected.flatMap(({ candidate }) => (newcomerIn(candidate, at) ? [candidate.id] : [])))
    const accounts = await world.db.select().from(payoutAccounts).where(inArray(payoutAccounts.worker, drawable))
    expect(new Set(accounts.map(({ account }) => account)).size).toBe(drawable.length)
    const filter = { ...noFilter, bands: ['none', 'few'], rateMin: 1_500, rateMax: 2_400 } as const
    const narrowed = expected.filter(({ candidate }) => passes(filteredOf(candidate), filter, at.now))
    const first = await searchWorkers(world, { category, filter, limit: 20 })
    const second = await searchWorkers(world, { category, filter, after: first.next, limit: 20, draw: drawId })
    const skipped = await searchWorkers(world, { category, filter, skip: 20, limit: 20, draw: drawId })
    expect([...first.places, ...second.places]).toEqual(narrowed.slice(0, 40))
    expect(skipped.places).toEqual(narrowed.slice(20, 40))
    expect(first.total).toBe(narrowed.length)
  }

  it('is that of all facts at once, whatever happens and whenever', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 25 }), async (changes) => {
        for (const one of changes) await make(one)
        for (const category of [undefined, ...categories]) await agree(category)
      }),
      { numRuns: cases(25, 3) },
    )
  })

  it('is not made anew by requests that overlap, and is for a time that is long over', async () => {
    const { world } = market
    const made = vi.spyOn(CategoryOrder.prototype, 'fill')
    const search = () => searchWorkers(world, { category: 'web-writer', filter: noFilter, limit: 10, person: 'cli_02' })
    await search()
    const before = made.mock.calls.length
    for (const later of [40, -25, 10, -5]) {
      market.advance(later)
      await search()
    }
    expect(made.mock.calls.length).toBe(before)
    market.advance(-DAY)
    await search()
    expect(made.mock.calls.length).toBeGreaterThan(before)
    made.mockRestore()
    market.advance(DAY)
  })

  it('knows at once of a suspension, and of a signal that ends by itself', async () => {
    const fresh = await openMarket()
    const newcomer = (await fresh.call('GET', '/api/workers?category=business-admin&limit=500')).json.workers.find(
      ({ reasons }: { readonly reasons: readonly { readonly code: string }[] }) =>
        reasons.some(({ code }) => code === 'no-evidence'),
    ).id as string
    const known = async () => (await fresh.call('GET', `/api/workers/${newcomer}?category=business-admin`)).json
    // nobody's reviews become older within the month that this takes
    const quality = async () => (await known()).quality
    const before = await quality()
    await fresh.certify(newcomer)
    const certified = await quality()
    expect(certified).toBeGreaterThan(before ?? Number.NEGATIVE_INFINITY)
    // the signal of the harness lasts 30 days
    fresh.advance(30 * DAY - 1)
    expect(await quality()).toBe(certified)
    fresh.advance(1)
    expect(await quality()).toBe(before ?? 0)
    await standingChange(fresh.world.db, newcomer, 'suspended')
    expect((await known()).position).toBeNull()
    fresh.close()
  })
})
