import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { marketNorms } from '../../../src/sandbox/flows/consult-book.ts'
import { countSearch, searchWorkers } from '../../../src/sandbox/flows/show-market.ts'
import { workingTimes } from '../../../src/sandbox/people/introduction/introduction.ts'
import { skillIds } from '../../../src/sandbox/people/skill.ts'
import { type Category, categories } from '../../../src/sandbox/people/worker.ts'
import { meanScore } from '../../../src/sandbox/review/totals.ts'
import { type Listing, orderMarket } from '../../../src/sandbox/search/market.ts'
import { readFactsOf } from '../../../src/sandbox/search/store.ts'
import {
  facetGroups,
  facetOptions,
  filteredOf,
  noFilter,
  passes,
  reviewBands,
  sorts,
  type WorkerFilter,
} from '../../../src/sandbox/search/worker-filter.ts'
import { cases } from '../../support/cases.ts'
import { type Market, openMarket } from '../../support/sandbox/open-market.ts'

let market: Market
beforeAll(async () => {
  market = await openMarket()
  for (const worker of ['wrk_002', 'wrk_004', 'wrk_009', 'wrk_021']) await market.certify(worker)
})
afterAll(() => market.close())

const some = <T>(options: readonly T[]) => fc.subarray([...options], { maxLength: Math.min(3, options.length) })
const yen = fc.option(fc.integer({ min: 1_000, max: 3_000 }), { nil: undefined })
const filters: fc.Arbitrary<WorkerFilter> = fc.record({
  words: fc.constantFrom('', '', '入力', 'SEO'),
  certified: fc.constantFrom(false, false, true),
  exams: some(categories),
  bands: some(reviewBands),
  times: some(workingTimes),
  skills: some(skillIds),
  rateMin: yen,
  rateMax: yen,
})
const searches = fc.record({
  category: fc.constantFrom<Category | undefined>(undefined, ...categories),
  filter: filters,
})
type Wanted = typeof searches extends fc.Arbitrary<infer T> ? T : never

/** Everybody of a category in the order that all facts at once say. */
async function everybody(category: Category | undefined): Promise<Listing[]> {
  const { world } = market
  const at = { category, now: world.now(), terms: world.workerBook.termsOf('treated') }
  return orderMarket(await readFactsOf(world.db, await marketNorms(world)), at).map(({ candidate }) => candidate)
}

const says = ({ worker }: Listing, words: string) =>
  [worker.name, worker.reading, worker.skillsJa, worker.skillsEn].join('\n').toLowerCase().includes(words.toLowerCase())

const matching = (all: readonly Listing[], filter: WorkerFilter) =>
  all.filter((one) => says(one, filter.words) && passes(filteredOf(one), filter, market.world.now()))

/** All pages of a search, one behind the other. */
async function paged(wanted: Wanted, sort: (typeof sorts)[number], size: number): Promise<string[]> {
  const ids: string[] = []
  for (let skip = 0; ; skip += size) {
    const { places } = await searchWorkers(market.world, { ...wanted, sort, skip, limit: size, person: 'cli_01' })
    ids.push(...places.map(({ candidate }) => candidate.id))
    if (places.length < size) return ids
  }
}

const keyOf: Readonly<Record<string, (one: Listing) => number>> = {
  reviews: ({ totals }) => -(meanScore(totals) ?? 0),
  rate: ({ worker }) => worker.hourlyRate,
  newest: ({ worker }) => -worker.joinedAt,
}

describe('a search that is narrowed', () => {
  it('finds who passes, and says of each option how many ticking it instead would find', async () => {
    await fc.assert(
      fc.asyncProperty(searches, async ({ category, filter }) => {
        const all = await everybody(category)
        const found = await searchWorkers(market.world, { category, filter, limit: 500 })
        const expected = matching(all, filter)
        expect(found.places.map(({ candidate }) => candidate.id).sort()).toEqual(expected.map(({ id }) => id).sort())
        const { facets, totals } = await countSearch(market.world, { category, filter })
        expect(totals.get(category)).toBe(expected.length)
        expect(found.total).toBe(expected.length)
        for (const group of facetGroups)
          for (const option of facetOptions[group])
            expect(facets[group][option], `${group} ${option}`).toBe(
              matching(all, { ...filter, [group]: [option] } as WorkerFilter).length,
            )
      }),
      { numRuns: cases(150, 15) },
    )
  })

  it('shows on its pages everybody once, in every order, and equals always the same way round', async () => {
    await fc.assert(
      fc.asyncProperty(searches, fc.constantFrom(...sorts), fc.constantFrom(7, 10, 50), async (wanted, sort, size) => {
        const all = await everybody(wanted.category)
        const expected = matching(all, wanted.filter)
        const ids = await paged(wanted, sort, size)
        expect([...ids].sort()).toEqual(expected.map(({ id }) => id).sort())
        expect(await paged(wanted, sort, 500)).toEqual(ids)
        const key = keyOf[sort]
        if (!key) return
        const keys = ids.map((id) => key(all.find((one) => one.id === id) as Listing))
        expect(keys).toEqual([...keys].sort((a, b) => a - b))
      }),
      { numRuns: cases(60, 8) },
    )
  })

  it('counts a certificate no more from the moment it ends', async () => {
    const count = async () =>
      (await countSearch(market.world, { category: undefined, filter: noFilter })).facets.exams['business-admin']
    expect(await count()).toBe(4)
    market.advance(3 * 365 * 86_400_000)
    expect(await count()).toBe(0)
  })
})
