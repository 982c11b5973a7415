import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { trialDraws } from '../../src/sandbox/search/tables.ts'
import { type Market, openMarket } from '../support/sandbox/open-market.ts'

interface Entry {
  readonly id: string
  readonly position: number
  readonly quality: number
  readonly reasons: readonly { readonly code: string; readonly propensity?: number }[]
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
  entries.filter((entry) => codes(entry)?.includes('no-evidence') && !codes(entry)?.includes('exploration'))

describe('the search', () => {
  it('is in the order of the formula but for the trial slots', async () => {
    const entries = await search()
    const settled = entries.filter((entry) => !codes(entry)?.includes('exploration'))
    expect(settled.map((entry) => entry.quality)).toEqual(settled.map((entry) => entry.quality).sort((a, b) => b - a))
    for (const { id, quality } of settled.slice(0, 25)) {
      const { reviews, boost } = (await market.call('GET', `/api/workers/${id}?category=business-admin`)).json
      expect(quality).toBeCloseTo((reviews.weight * (reviews.standardisedMean ?? 0)) / (3 + reviews.weight) + boost, 12)
    }
  })

  it('is the same on the page', async () => {
    const entries = await search('category=web-writer&limit=20')
    const pages = await Promise.all(
      [1, 2].map(async (page) => (await market.call('GET', `/workers?category=web-writer&page=${page}`)).text),
    )
    expect(
      pages.flatMap((html) =>
        [...html.matchAll(/<li class="card person[^"]*" id="([^"]+)"/g)].map((match) => match[1]),
      ),
    ).toEqual(entries.map((entry) => entry.id))
    expect(entries.map((entry) => entry.position)).toEqual(entries.map((_, at) => at + 1))
  })

  it('lifts a newcomer with a certificate above every newcomer without', async () => {
    const before = await search()
    const worker = newcomers(before).at(-1)?.id as string
    await market.certify(worker)
    const after = await search()
    const entry = find(after, worker) as Entry
    expect(codes(entry)).toEqual(['certified-newcomer'])
    expect(entry.quality).toBeCloseTo(0.316, 3)
    expect(entry.position).toBeLessThan((find(before, worker) as Entry).position - 50)
    for (const other of newcomers(after)) expect(other.position).toBeGreaterThan(entry.position)
  })

  it('logs every trial slot with its propensity', async () => {
    const trials = (await search()).filter((entry) => codes(entry)?.includes('exploration'))
    expect(trials.length).toBeGreaterThan(0)
    const logged = await market.world.db
      .select()
      .from(trialDraws)
      .where(and(eq(trialDraws.day, '2026-11-25'), eq(trialDraws.category, 'business-admin')))
    for (const trial of trials)
      expect(logged).toContainEqual(
        expect.objectContaining({
          worker: trial.id,
          position: trial.position,
          propensity: trial.reasons.find((reason) => reason.code === 'exploration')?.propensity,
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
