import { sql } from 'drizzle-orm'
import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { instant } from '../../../src/kernel/instant.ts'
import { blockTimers } from '../../../src/sandbox/flows/find-blocks.ts'
import { SANDBOX_SEED } from '../../../src/sandbox/flows/seed-sandbox.ts'
import {
  assignBlocks,
  componentsOf,
  isLinked,
  type Link,
  MOST_COMPARED,
} from '../../../src/sandbox/review/block/block.ts'
import { clientsToCompare, decideBlock, listBlocks, membersOf } from '../../../src/sandbox/review/block/store.ts'
import { readTotals } from '../../../src/sandbox/review/store.ts'
import { weightOf } from '../../../src/sandbox/review/weight.ts'
import {
  type Candidate,
  evidenceAt,
  rankWorkers,
  standardise,
  standardScore,
} from '../../../src/sandbox/search/quality.ts'
import { inventPeople } from '../../../src/sandbox/seed/invent-people.ts'
import { cases } from '../../support/cases.ts'
import { type Market, openMarket } from '../../support/sandbox/open-market.ts'
import { paidContract, revealReview, reviewRoom } from '../../support/sandbox/review-room.ts'

describe('a link between two clients', () => {
  it.each([
    [3, 3, 3, true],
    [2, 2, 2, false],
    [10, 10, 10, true],
    [4, 5, 3, true],
    [5, 5, 3, false],
    [6, 12, 6, true],
    [6, 13, 6, false],
    [200, 250, 140, false],
  ])('of %i and %i workers, %i of them shared, is %s', (own, theirs, shared, linked) => {
    expect(isLinked({ own, theirs, shared })).toBe(linked)
    expect(isLinked({ own: theirs, theirs: own, shared })).toBe(linked)
  })
})

const names = Array.from({ length: 9 }, (_, at) => `cli_${at}`)
const somebody = fc.constantFrom(...names)
const someLinks = fc.array(fc.tuple(somebody, somebody), { maxLength: 14 }) as fc.Arbitrary<Link[]>

describe('those who hang together', () => {
  it('are those between whom a way of links leads', () => {
    fc.assert(
      fc.property(someLinks, (links) => {
        const components = componentsOf(names, links)
        const of = (client: string) => components.find((component) => component.includes(client)) ?? [client]
        for (const [one, other] of links) expect(of(one)).toEqual(of(other))
        expect(components.flat().length).toBe(new Set(components.flat()).size)
        for (const component of components) {
          // one walk from any of them reaches all, by links within
          const reached = new Set([component[0]])
          for (let grew = true; grew; ) {
            const before = reached.size
            for (const [one, other] of links) if (reached.has(one) || reached.has(other)) reached.add(one).add(other)
            grew = reached.size > before
          }
          expect([...reached].sort()).toEqual(component)
        }
      }),
    )
  })
})

describe('blocks', () => {
  const known = fc.record({
    before: fc
      .array(fc.tuple(somebody, fc.constantFrom('blk_a', 'blk_b', 'blk_c')), { maxLength: 9 })
      .map((rows) => new Map(rows)),
    open: fc.subarray(['blk_a', 'blk_b', 'blk_c']).map((ids) => new Set(ids)),
    decisions: fc.array(
      fc.record({
        block: fc.constantFrom('blk_x', 'blk_y'),
        clients: fc.subarray(names).map((all): ReadonlySet<string> => new Set(all)),
        apart: fc.constant<ReadonlySet<string>>(new Set()),
      }),
      { maxLength: 2 },
    ),
  })

  it('hold whole components, and two of them only where one decision was about both', () => {
    fc.assert(
      fc.property(someLinks, known, (links, facts) => {
        const components = componentsOf(names, links)
        const made: string[] = []
        const newId = () => made[made.push(`blk_new_${made.length}`) - 1] as string
        const after = assignBlocks(components, { ...facts, newId })
        expect([...after.keys()].sort()).toEqual(components.flat().sort())
        const blocks = components.map((component) => {
          const ids = new Set(component.map((client) => after.get(client)))
          expect(ids.size).toBe(1)
          return [...ids][0] as string
        })
        for (const [at, block] of blocks.entries()) {
          const covering = facts.decisions.find(({ clients }) => components[at]?.every((client) => clients.has(client)))
          if (covering) expect(block).toBe(covering.block)
          else {
            expect(blocks.indexOf(block)).toBe(blocks.lastIndexOf(block))
            expect(block.startsWith('blk_new_') || facts.open.has(block)).toBe(true)
          }
        }
      }),
    )
  })
})

describe('the place of ten workers whom twenty clients praise for 500 yen each, among 602 others', () => {
  const now = instant(Date.parse('2026-11-25T03:00:00Z'))
  const [here, there] = [inventPeople(SANDBOX_SEED), inventPeople('33'.repeat(16))]
  const others = [here, there].flatMap(({ workers, totals, norms }, at) =>
    workers.map(({ id }): Candidate => {
      const own = totals.find(({ worker }) => worker === id)
      return {
        id: `${at}/${id}`,
        reviews: evidenceAt(standardise(own, norms), now),
        prior: undefined,
        restricted: false,
      }
    }),
  )
  const ring = (n: number): Candidate[] =>
    Array.from({ length: 12 }, (_, at) => ({
      id: `ring/${at}`,
      reviews: at < 10 && n > 0 ? { n, mean: standardScore(5, here.norms) } : { n: 0, mean: 0 },
      prior: undefined,
      restricted: false,
    }))
  const medianPlace = (n: number): number => {
    const places = rankWorkers([...others, ...ring(n)]).flatMap(({ id }, at) =>
      id.startsWith('ring/') && Number(id.slice('ring/'.length)) < 10 ? [at + 1] : [],
    )
    expect(others.length + 12).toBe(612)
    return ((places[4] as number) + (places[5] as number)) / 2
  }

  it('is at the top where every review counts, in the first fifth for half a review, and that of newcomers where they are recognised', () => {
    expect(medianPlace(20)).toBeLessThan(10)
    expect(medianPlace(20 * weightOf({ yen: 500, others: 9 }))).toBeGreaterThan(20)
    expect(medianPlace(0.5)).toBeLessThan(110)
    expect(medianPlace(0)).toBeGreaterThan(250)
  })
})

describe('blocks in the marketplace', () => {
  let market: Market
  beforeAll(async () => {
    market = await openMarket()
  })
  afterAll(() => market.close())

  let contracts = 0
  const reveal = (client: string, worker: string, yen = 500, stars = 5) => {
    contracts += 1
    market.advance(1_000)
    return revealReview(market, `ctr_block_${String(contracts).padStart(5, '0')}`, { client, worker, yen, stars })
  }
  const open = () => listBlocks(market.world.db, { which: 'open', limit: 100 })
  const membersNow = async () => {
    const rows = await market.world.db.all<{ client: string; block: string }>(sql`SELECT * FROM client_blocks`)
    return [...Map.groupBy(rows, ({ block }) => block).values()].map((own) => own.map(({ client }) => client).sort())
  }
  const weightOfWorker = async (worker: string) => (await readTotals(market.world.db, [worker]))[0]?.weight ?? 0
  const rank = (n: number) => String(n).padStart(3, '0')

  it('are found whatever the order of reviews and sweeps, and are the components of a plain comparison', async () => {
    const act = fc.oneof(
      { weight: 9, arbitrary: fc.tuple(fc.nat(6), fc.nat(5)) },
      { weight: 1, arbitrary: fc.constant('sweep' as const) },
    )
    let round = 0
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 10, maxLength: 45 }), async (acts) => {
        round += 1
        const reviewed = new Map<string, Set<string>>()
        for (const one of acts) {
          if (one === 'sweep') await blockTimers(market.world)
          else {
            const [client, worker] = [`cli_r${round}_${one[0]}`, `wrk_${rank(100 + one[1])}`]
            reviewed.set(client, (reviewed.get(client) ?? new Set()).add(worker))
            await reveal(client, worker)
          }
        }
        await blockTimers(market.world)
        const clients = [...reviewed.keys()].sort()
        const links = clients.flatMap((one) =>
          clients.flatMap((other): Link[] => {
            const [a, b] = [reviewed.get(one) as Set<string>, reviewed.get(other) as Set<string>]
            return one < other &&
              isLinked({ own: a.size, theirs: b.size, shared: [...a].filter((worker) => b.has(worker)).length })
              ? [[one, other]]
              : []
          }),
        )
        const found = (await membersNow()).filter(([first]) => first?.startsWith(`cli_r${round}_`))
        expect(found.sort()).toEqual(componentsOf(clients, links).sort())
        // workers of one round are reviewed by the next as well: what is compared is bounded, so make room
        await market.world.db.run(sql`UPDATE client_workers SET reviewed_at = NULL`)
        await market.world.db.run(sql`DELETE FROM client_links`)
        await market.world.db.run(sql`DELETE FROM client_blocks`)
        await market.world.db.run(sql`UPDATE review_blocks SET size = 0`)
      }),
      { numRuns: cases(25, 3) },
    )
  })

  it('of a ring of twenty clients and ten workers weigh nothing at any worker; neighbours keep their weight', async () => {
    const ring = Array.from({ length: 20 }, (_, at) => `cli_ring_${rank(at)}`)
    const workers = Array.from({ length: 10 }, (_, at) => `wrk_${rank(201 + at)}`)
    const before = new Map(await Promise.all(workers.map(async (one) => [one, await weightOfWorker(one)] as const)))
    for (const client of ring) for (const worker of workers) await reveal(client, worker)
    // an honest client hires two of them for real work, and others
    for (const worker of [workers[0] as string, workers[1] as string, 'wrk_220', 'wrk_221'])
      await reveal('cli_honest', worker, 20_000, 4)
    // two agencies share ten popular workers of sixty each
    for (let at = 0; at < 60; at += 1) {
      await reveal('cli_agency_a', `wrk_${rank(230 + at)}`, 30_000, 4)
      await reveal('cli_agency_b', `wrk_${rank(at < 10 ? 230 + at : at)}`, 30_000, 4)
    }
    await blockTimers(market.world)
    const [block, ...others] = await open()
    expect(others).toEqual([])
    expect(block).toMatchObject({ state: 'open', size: 20 })
    expect([...(await membersOf(market.world.db, [block?.id as string])).keys()].sort()).toEqual(ring)
    const honest = [0, 1].map((others) => weightOf({ yen: 20_000, others }))
    for (const [at, worker] of workers.entries())
      expect(await weightOfWorker(worker)).toBeCloseTo((before.get(worker) as number) + (honest[at] ?? 0), 9)
  })

  it('that a person found independent have their weight again, and nobody is asked about them a second time', async () => {
    const { db } = market.world
    const [block] = await open()
    const { id, version } = block as { id: string; version: number }
    const decision = { block: id, apart: [], operator: 'opr_demo', note: 'branches of one firm', now: market.clock.now }
    expect(await decideBlock(db, { ...decision, version: version - 1, verdict: 'independent' })).toBe(false)
    expect(await decideBlock(db, { ...decision, version, verdict: 'independent' })).toBe(true)
    expect(await decideBlock(db, { ...decision, version, verdict: 'confirmed' })).toBe(false)
    const limited = await weightOfWorker('wrk_205')
    await blockTimers(market.world)
    expect(await weightOfWorker('wrk_205')).toBeCloseTo(limited + 20 * weightOf({ yen: 500, others: 4 }), 9)
    // one of them hires the same people again, another one somebody else
    await reveal('cli_ring_000', 'wrk_201')
    await reveal('cli_ring_001', 'wrk_299')
    await blockTimers(market.world)
    expect(await open()).toEqual([])
  })

  it('that grew after a decision wait for a person again', async () => {
    for (const at of [1, 2, 3, 4, 5]) await reveal('cli_ring_joins', `wrk_${rank(200 + at)}`)
    await blockTimers(market.world)
    const [block, ...others] = await open()
    expect(others).toEqual([])
    expect(block).toMatchObject({ size: 21 })
    expect(await weightOfWorker('wrk_205')).toBeLessThan(2)
  })

  it('come apart when the reviews that held them together no longer count', async () => {
    const room = reviewRoom(market)
    const pairs = ['cli_pair_a', 'cli_pair_b'].flatMap((client) =>
      ['wrk_011', 'wrk_012', 'wrk_013'].map((worker) => [client, worker] as const),
    )
    for (const [client, worker] of pairs) await reveal(client, worker, 9_000)
    await blockTimers(market.world)
    expect((await open()).map(({ size }) => size)).toContain(2)
    const [{ id, client, worker }] = (await market.world.db.all(
      sql`SELECT id, client, worker FROM contracts WHERE client = 'cli_pair_b' AND worker = 'wrk_013'`,
    )) as [{ id: string; client: string; worker: string }]
    await room.refund(paidContract(id, market.clock.now, { client, worker }))
    await blockTimers(market.world)
    expect((await open()).map(({ size }) => size)).not.toContain(2)
    expect(await market.world.db.all(sql`SELECT * FROM client_blocks WHERE client LIKE 'cli_pair_%'`)).toEqual([])
  })

  it('are the same when several sweeps run at once', async () => {
    for (const client of ['cli_twin_a', 'cli_twin_b', 'cli_twin_c', 'cli_twin_d'])
      for (const worker of ['wrk_021', 'wrk_022', 'wrk_023', 'wrk_024']) await reveal(client, worker)
    await Promise.all(Array.from({ length: 5 }, () => blockTimers(market.world)))
    await blockTimers(market.world)
    const twins = (await membersNow()).filter((own) => own[0]?.startsWith('cli_twin'))
    expect(twins).toEqual([['cli_twin_a', 'cli_twin_b', 'cli_twin_c', 'cli_twin_d']])
  })

  it('are looked for among fifty clients at most, however many reviewed a worker', async () => {
    for (let at = 0; at < 80; at += 1)
      await market.world.db.run(
        sql`INSERT INTO client_workers (client, worker, paid, reviewed_at, due) VALUES (${`cli_fan_${at}`}, 'wrk_popular', 1, ${at}, 0)`,
      )
    const compared = await clientsToCompare(market.world.db, { client: 'cli_new', worker: 'wrk_popular', due: 1 })
    expect(compared).toHaveLength(MOST_COMPARED)
    expect(compared).toContain('cli_fan_79')
  })
})
