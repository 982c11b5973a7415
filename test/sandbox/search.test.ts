import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { placeDraws } from '../../src/sandbox/search/tables.ts'
import { type Market, openMarket } from '../support/sandbox/open-market.ts'

interface Entry {
  readonly id: string
  readonly position: number
  readonly quality: number
  readonly reasons: readonly { readonly code: string }[]
  readonly draw?: { readonly group: string; readonly propensity: number; readonly poolSize: number }
}

let market: Market
beforeAll(async () => {
  market = await openMarket()
})
afterAll(() => market.close())

const search = async (query = 'category=business-admin&limit=500'): Promise<Entry[]> =>
  (await market.call('GET', `/api/workers?${query}`)).json.workers
const codes = (entry: Entry | undefined) => entry?.reasons.map((reason) => reason.code)
const find = (entries: readonly Entry[], id: string) => entries.find((entry) => entry.id === id)
const newcomers = (entries: readonly Entry[]) =>
  entries.filter((entry) => codes(entry)?.includes('no-evidence') && !entry.draw)

describe('the search', () => {
  it('is in the order of the formula but for the places given by lot', async () => {
    const entries = await search()
    const settled = entries.filter((entry) => !entry.draw)
    expect(settled.map((entry) => entry.quality)).toEqual(settled.map((entry) => entry.quality).sort((a, b) => b - a))
    for (const { id, quality } of settled.slice(0, 25)) {
      const { reviews, boost } = (await market.call('GET', `/api/workers/${id}?category=business-admin`)).json
      expect(quality).toBeCloseTo((reviews.weight * (reviews.standardisedMean ?? 0)) / (3 + reviews.weight) + boost, 12)
    }
  })

  it('is the same on the page', async () => {
    const { workers: entries, row } = (await market.call('GET', '/api/workers?category=web-writer&limit=20')).json as {
      workers: Entry[]
      row: Entry[]
    }
    expect(row).toHaveLength(2)
    const pages = await Promise.all(
      [1, 2].map(async (page) => (await market.call('GET', `/workers?category=web-writer&page=${page}`)).text),
    )
    expect(
      pages.flatMap((html) =>
        [...html.matchAll(/<li class="card person[^"]*" id="([^"]+)"/g)].map((match) => match[1]),
      ),
    ).toEqual([...entries.slice(0, 6), ...row, ...entries.slice(6)].map((entry) => entry.id))
    expect(entries.map((entry) => entry.position)).toEqual(entries.map((_, at) => at + 1))
  })

  it('lifts a newcomer with a certificate above every newcomer without', async () => {
    const before = await search()
    const worker = newcomers(before).at(-1)?.id as string
    await market.certify(worker)
    const after = await search()
    const entry = find(after, worker) as Entry
    expect(codes(entry)).toEqual(['certified-newcomer'])
    // 0.316 times (r − 1)/1.4, r = 2.395 before any data
    expect(entry.quality).toBeCloseTo(0.316 * 0.9964, 3)
    expect(entry.position).toBeLessThan((find(before, worker) as Entry).position - 50)
    for (const other of newcomers(after)) expect(other.position).toBeGreaterThan(entry.position)
  })

  it('logs every place behind page 1 that was given by lot, with its propensity', async () => {
    const drawn = (await search()).filter((entry) => entry.draw)
    expect(drawn.length).toBeGreaterThan(0)
    const logged = await market.world.db
      .select()
      .from(placeDraws)
      .where(and(eq(placeDraws.day, '2026-11-25'), eq(placeDraws.category, 'business-admin')))
    for (const entry of drawn)
      expect(logged).toContainEqual(
        expect.objectContaining({
          worker: entry.id,
          position: entry.position,
          propensity: entry.draw?.propensity,
        }),
      )
  })

  it('counts no certificate of a restricted worker, and says so', async () => {
    const worker = newcomers(await search())[0]?.id as string
    await market.certify(worker)
    await market.call('POST', `/demo/workers/${worker}/standing`, { body: { status: 'restricted' } })
    const entry = find(await search(), worker)
    expect(entry?.quality).toBe(0)
    expect(codes(entry)).toContain('standing-restricted')
  })

  it('does not list a suspended worker, but still knows them by id', async () => {
    const worker = newcomers(await search())[0]?.id as string
    await market.call('POST', `/demo/workers/${worker}/standing`, { body: { status: 'suspended' } })
    expect(find(await search(), worker)).toBeUndefined()
    const known = await market.call('GET', `/api/workers/${worker}`)
    expect(known.json).toMatchObject({ id: worker, position: null, standing: { status: 'suspended' } })
  })

  it('finds a worker in a category they only hold a certificate of', async () => {
    const office = new Set((await search()).map((entry) => entry.id))
    const writer = (await search('category=web-writer&limit=500')).find((entry) => !office.has(entry.id))?.id as string
    await market.certify(writer)
    expect(find(await search(), writer)).toBeDefined()
  })

  it.each(['category=cooking', 'limit=0', 'limit=501', 'limit=x'])('refuses %s', async (query) => {
    const answer = await market.call('GET', `/api/workers?${query}`)
    expect(answer.status).toBe(422)
    expect(answer.json.code).toBe('malformed')
  })
})
