import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Instant, instant } from '../../../../src/kernel/instant.ts'
import { unitHash } from '../../../../src/kernel/random.ts'
import { drawRow, priorityShare, type RowTerms } from '../../../../src/sandbox/search/newcomers/draw-row.ts'
import { propensitiesOf, sizesOf } from '../../../../src/sandbox/search/newcomers/lot.ts'
import { newcomerOf } from '../../../../src/sandbox/search/newcomers/newcomer.ts'
import { everybodyIn, type Member, NewcomerPool } from '../../../../src/sandbox/search/newcomers/newcomer-pool.ts'

const DAY = 86_400_000
const NOW = instant(Date.parse('2026-11-25T03:00:00Z'))
const before = (days: number): Instant => instant(NOW - days * DAY)

type Anybody = Member<undefined>
/** Certified newcomers by the days since their pass, and so many others. */
const poolOf = (passes: readonly number[], others: number): NewcomerPool<undefined> =>
  new NewcomerPool<undefined>([
    ...passes.map((days, nth): Anybody => {
      const weight = days < 14 ? 'fresh' : 'settled'
      return { id: `c${nth}`, who: undefined, group: 'certified', weight, passedAt: before(days) }
    }),
    ...Array.from({ length: others }, (_, nth): Anybody => {
      return { id: `u${nth}`, who: undefined, group: 'other', weight: 'settled', passedAt: undefined }
    }),
  ])
const draw = (pool: NewcomerPool<undefined>, change: Partial<RowTerms> = {}) =>
  drawRow(pool.without([]), {
    ratio: 2.4,
    setting: 'bold',
    seed: seedWithPriority(0),
    now: NOW,
    priority: true,
    showsOf: () => 0,
    ...change,
  })
/** A seed of a reader-day on which a card is given for the days after a pass. */
const seedWithPriority = (from: number): string => {
  for (let nth = from * 1_000; ; nth += 1) if (unitHash(`${nth}/priority`) < priorityShare(2.4)) return String(nth)
}
const names = (row: ReturnType<typeof draw>) => row.cards.map(({ newcomer }) => newcomer.id)

describe('the row', () => {
  it('is absent where nobody may be drawn, and one card where one may', () => {
    expect(draw(poolOf([], 0)).cards).toEqual([])
    expect(names(draw(poolOf([3], 0)))).toEqual(['c0'])
    expect(names(draw(poolOf([30], 0)))).toEqual(['c0'])
    const [only, ...rest] = draw(poolOf([], 1)).cards
    expect(rest).toEqual([])
    expect(only).toMatchObject({ place: 1, propensity: 1, group: 'other', way: 'lot' })
  })

  it('names nobody twice, in places from above, and is the same for the same seed', () => {
    const passes = fc.array(fc.integer({ min: 0, max: 89 }), { maxLength: 8 })
    fc.assert(
      fc.property(passes, fc.nat(8), fc.string(), fc.boolean(), (days, others, seed, priority) => {
        const row = draw(poolOf(days, others), { seed, priority })
        expect(new Set(names(row)).size).toBe(Math.min(2, days.length + others))
        expect(row.cards.map(({ place }) => place)).toEqual(row.cards.map((_, nth) => nth + 1))
        expect(draw(poolOf(days, others), { seed, priority })).toEqual(row)
      }),
    )
  })

  it('gives one card to whoever waits longest in the seven days after the pass, and the other to an uncertified', () => {
    for (let nth = 0; nth < 200; nth += 1) {
      const { cards } = draw(poolOf([7, 6, 2, 40], 5), { seed: seedWithPriority(nth) })
      expect(cards.map(({ newcomer, way, group }) => [way, group === 'other' ? group : newcomer.id]).sort()).toEqual([
        ['lot', 'other'],
        ['priority', 'c1'],
      ])
      expect(cards.find(({ way }) => way === 'priority')?.propensity).toBe(1)
      expect(cards.find(({ way }) => way === 'lot')?.propensity).toBeCloseTo(1 / 5, 12)
    }
  })

  it('goes on to the next of them after twenty shows, and to the lot when nobody is left', () => {
    const shown: Readonly<Record<string, number>> = { c1: 20, c2: 19 }
    const showsOf = (id: string) => shown[id] ?? 0
    const first = (pool: NewcomerPool<undefined>) => draw(pool, { showsOf }).cards.find(({ way }) => way === 'priority')
    expect(first(poolOf([7, 6, 2], 5))?.newcomer.id).toBe('c2')
    expect(first(poolOf([7, 6], 5))).toBeUndefined()
  })

  it('is by lot alone at r = 1 and where the search is held out', () => {
    const pool = poolOf([1, 2, 3], 9)
    for (const change of [{ ratio: 1 }, { priority: false }]) {
      const { cards, ratio } = draw(pool, change)
      const π = propensitiesOf(sizesOf(pool.without([])), { places: 2, ratio })
      expect(cards.map(({ way }) => way)).toEqual(['lot', 'lot'])
      for (const { newcomer, group, propensity } of cards) expect(propensity).toBe(π[group][newcomer.weight])
    }
  })

  it('goes on by lot on half of the reader-days at r = 2.4, on more where less is believed, and on all at r = 1', () => {
    const share = (ratio: number) => {
      const rows = Array.from({ length: 2_000 }, (_, nth) => draw(poolOf([1, 2], 5), { ratio, seed: `${nth}` }))
      return rows.filter(({ cards }) => cards.some(({ way }) => way === 'priority')).length / rows.length
    }
    expect(share(2.4)).toBeCloseTo(0.5, 1)
    expect(share(4)).toBeCloseTo(0.5, 1)
    expect(share(1.7)).toBeCloseTo(0.25, 1)
    expect(share(1)).toBe(0)
  })

  it('has in the cautious setting one card, by lot alone, each as often as π says and π exact', () => {
    const pool = poolOf([1, 2, 20, 40], 6)
    const sizes = sizesOf(pool.without([]))
    const π = propensitiesOf(sizes, { places: 1, ratio: 2.4 })
    const all = (['certified', 'other'] as const).flatMap((group) =>
      (['fresh', 'settled'] as const).map((weight) => sizes[group][weight] * π[group][weight]),
    )
    expect(all.reduce((sum, each) => sum + each, 0)).toBeCloseTo(1, 12)
    // no less than a third of the place is the others'
    expect((all[2] ?? 0) + (all[3] ?? 0)).toBeGreaterThanOrEqual(1 / 3 - 1e-12)
    const draws = 20_000
    const times = new Map<string, number>()
    for (let nth = 0; nth < draws; nth += 1) {
      const { cards } = draw(pool, { setting: 'cautious', seed: `cautious ${nth}` })
      expect(cards).toHaveLength(1)
      for (const { newcomer, way, place, group, propensity } of cards) {
        expect([way, place, propensity]).toEqual(['lot', 1, π[group][newcomer.weight]])
        times.set(newcomer.id, (times.get(newcomer.id) ?? 0) + 1)
      }
    }
    for (const { id, group, weight } of [
      ...everybodyIn(pool.without([]).certified),
      ...everybodyIn(pool.without([]).other),
    ]) {
      const p = π[group][weight]
      expect(Math.abs((times.get(id) ?? 0) / draws - p)).toBeLessThan(4 * Math.sqrt((p * (1 - p)) / draws))
    }
  })

  it('gives the second card to another certified where there is no uncertified newcomer', () => {
    const row = draw(poolOf([5, 4, 50], 0))
    expect(row.cards.map(({ way }) => way).sort()).toEqual(['lot', 'priority'])
    expect(new Set(names(row)).size).toBe(2)
  })

  it('has either group above about as often as the other', () => {
    const above = Array.from(
      { length: 400 },
      (_, nth) => draw(poolOf([1], 9), { seed: seedWithPriority(nth) }).cards[0],
    )
    const certified = above.filter((card) => card?.group === 'certified').length
    expect(certified).toBeGreaterThan(140)
    expect(certified).toBeLessThan(260)
  })
})

describe('the pool', () => {
  const thousands = 100_000
  const people = Array.from({ length: thousands }, (_, nth): Anybody => {
    const certified = nth % 4 === 0
    const group = certified ? 'certified' : 'other'
    return { id: `wrk_${nth}`, who: undefined, group, weight: 'settled', passedAt: certified ? before(30) : undefined }
  })

  it('of a hundred thousand draws two of them, lets one out and in again, and leaves out who stands on the page', () => {
    const pool = new NewcomerPool(people)
    const row = draw(pool)
    expect(row.cards).toHaveLength(2)
    expect(row.sizes.certified.settled + row.sizes.other.settled).toBe(thousands)
    for (const name of names(row)) {
      const member = pool.memberOf(name)
      pool.move(name, undefined)
      expect(pool.memberOf(name)).toBeUndefined()
      expect(names(draw(pool))).not.toContain(name)
      pool.move(name, member)
    }
    expect(draw(pool)).toEqual(row)
    const rest = pool.without(names(row))
    for (const group of ['certified', 'other'] as const)
      for (const { id } of everybodyIn(rest[group]))
        if (names(row).includes(id)) throw new Error(`${id} is drawn twice`)
  })

  it('of moved people is that of the people as they are now', () => {
    const state = fc.option(fc.constantFrom('c fresh', 'c settled', 'u fresh', 'u settled'), { nil: undefined })
    const member = (id: string, what: string): Anybody => ({
      id,
      who: undefined,
      group: what.startsWith('c') ? 'certified' : 'other',
      weight: what.endsWith('fresh') ? 'fresh' : 'settled',
      passedAt: what.startsWith('c') ? before(what.endsWith('fresh') ? 3 : 40) : undefined,
    })
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(12), state), { maxLength: 60 }), fc.string(), (moves, seed) => {
        const pool = new NewcomerPool<undefined>([])
        const now = new Map<string, Anybody>()
        for (const [nth, what] of moves) {
          const id = `w${nth}`
          pool.move(id, what === undefined ? undefined : member(id, what))
          if (what === undefined) now.delete(id)
          else now.set(id, member(id, what))
        }
        expect(draw(pool, { seed })).toEqual(draw(new NewcomerPool(now.values()), { seed }))
      }),
    )
  })
})

describe('a newcomer', () => {
  const badge = (
    change: { status?: 'active' | 'suspended' | 'revoked'; issued?: number; ends?: number; exam?: string } = {},
  ) => ({
    exam: change.exam ?? 'business-admin',
    status: change.status ?? ('active' as const),
    issuedAt: before(change.issued ?? 3),
    validUntil: instant(NOW + (change.ends ?? 700) * DAY),
  })
  const claims = {
    worker: { standing: 'good', erasedAt: null, joinedAt: before(400), lastSeenAt: before(2) },
    reviewCount: 0,
    underContract: false,
    payeeSince: before(400),
    badges: [badge()],
  } as const
  const at = { category: 'business-admin', now: NOW, predicts: true } as const
  const of = (change: Partial<Parameters<typeof newcomerOf>[0]> = {}) => newcomerOf({ ...claims, ...change }, at)

  it('is certified for ninety days from the pass, and fresh for fourteen', () => {
    expect(of()).toEqual({ group: 'certified', weight: 'fresh', passedAt: before(3) })
    expect(of({ badges: [badge({ issued: 13 })] })?.weight).toBe('fresh')
    expect(of({ badges: [badge({ issued: 14 })] })?.weight).toBe('settled')
    expect(of({ badges: [badge({ issued: 89 })] })?.group).toBe('certified')
    expect(of({ badges: [badge({ issued: 90 })] })).toEqual({ group: 'other', weight: 'settled', passedAt: undefined })
  })

  it('who renews counts from the first pass that still holds', () => {
    expect(of({ badges: [badge({ issued: 100 }), badge({ issued: 1 })] })?.group).toBe('other')
    expect(of({ badges: [badge({ issued: 100, status: 'revoked' }), badge({ issued: 1, ends: 729 })] })?.group).toBe(
      'certified',
    )
  })

  it('whose certificate is corrected passed when they passed', () => {
    expect(of({ badges: [badge({ issued: 200, status: 'revoked' }), badge({ issued: 0 })] })?.group).toBe('other')
    expect(of({ badges: [badge({ issued: 30, status: 'revoked' }), badge({ issued: 0 })] })?.passedAt).toBe(before(30))
  })

  it('is out for a certificate under review, another standing, a review, a contract, an erasure, a month away or an account of which another is the payee', () => {
    expect(of({ badges: [badge({ status: 'suspended' })] })).toBeUndefined()
    for (const worker of [
      { ...claims.worker, standing: 'restricted' as const },
      { ...claims.worker, standing: 'suspended' as const },
      { ...claims.worker, erasedAt: NOW },
      { ...claims.worker, lastSeenAt: before(31) },
    ])
      expect(of({ worker })).toBeUndefined()
    expect(of({ worker: { ...claims.worker, lastSeenAt: before(30) } })).toBeDefined()
    expect(of({ reviewCount: 1 })).toBeUndefined()
    expect(of({ underContract: true })).toBeUndefined()
    expect(of({ payeeSince: undefined })).toBeUndefined()
  })

  it('who failed is what somebody is who never sat, and so is who passed another exam', () => {
    const never = of({ badges: [] })
    expect(never).toEqual({ group: 'other', weight: 'settled', passedAt: undefined })
    expect(of({ badges: [badge({ exam: 'web-writer' })] })).toEqual(never)
    expect(of({ badges: [badge({ status: 'revoked' })] })).toEqual(never)
  })

  it('is fresh from joining where the certified are drawn as often as others', () => {
    expect(newcomerOf(claims, { ...at, predicts: false })?.weight).toBe('settled')
    const joined = { ...claims, worker: { ...claims.worker, joinedAt: before(5) }, badges: [badge({ issued: 40 })] }
    expect(newcomerOf(joined, { ...at, predicts: false })?.weight).toBe('fresh')
    expect(newcomerOf(joined, at)?.weight).toBe('settled')
  })

  it('of a clock that goes back by a year is somebody still', () => {
    expect(newcomerOf(claims, { ...at, now: before(365) })).toMatchObject({ group: 'certified' })
  })
})
