import { describe, expect, it } from 'vitest'
import { type Card, chooseWorker, type Shop, usualHabits } from '../../../src/sandbox/simulation/choose.ts'
import { streamOf } from '../../../src/sandbox/simulation/draw.ts'
import { type FastOptions, runFastYear } from '../../../src/sandbox/simulation/fast/fast-year.ts'
import { measureYear, proveYear } from '../../../src/sandbox/simulation/fast/measure-year.ts'

const small: FastOptions = {
  seed: 7,
  workers: 240,
  clients: 60,
  days: 120,
  rho: 0.3,
  scheme: 'noticed',
  habits: usualHabits,
  idleLeave: false,
  both: false,
}

describe('a year in memory', () => {
  it('is the same for the same options', async () => {
    const [one, again] = [await runFastYear(small), await runFastYear(small)]
    expect(again.formed).toEqual(one.formed)
    expect(again.searches).toEqual(one.searches)
  })

  it('brings newcomers a first contract sooner than trial slots did', async () => {
    // one year of so few people is luck
    const lived = async (scheme: 'before' | 'noticed') => {
      const years = [7, 8, 9, 10].map(async (seed) => measureYear(await runFastYear({ ...small, seed, scheme })))
      const all = await Promise.all(years)
      return {
        firstContracts: all.reduce((sum, { firstContracts }) => sum + firstContracts, 0),
        shown: all.reduce((sum, { shown }) => sum + shown, 0),
      }
    }
    const [before, noticed] = [await lived('before'), await lived('noticed')]
    expect(noticed.firstContracts).toBeGreaterThan(before.firstContracts)
    expect(noticed.shown).toBeGreaterThan(before.shown)
  })

  it('asks each client for one contract a job, and nobody for more than two at once', async () => {
    const { formed, jobs } = await runFastYear(small)
    expect(formed.length).toBe(jobs.filled)
    expect(jobs.filled).toBeLessThanOrEqual(jobs.posted)
  })

  it('knows the true effect where both arms of a search are played', async () => {
    const year = await runFastYear({ ...small, both: true, heldOut: 0.5 })
    const { market, truth } = proveYear(year)
    expect(year.searches.every(({ potential }) => potential !== undefined)).toBe(true)
    expect(truth).toBeGreaterThan(-1)
    expect(market?.units.heldOut).toBeGreaterThan(0)
  })

  it('plays a held-out search as the treated one where nobody is certified', async () => {
    const { searches } = await runFastYear({ ...small, days: 1, both: true })
    for (const { potential } of searches) expect(potential).toEqual({ treated: false, heldOut: false })
  })
})

describe('how a client chooses', () => {
  const card = (worker: string, more: Partial<Card> = {}): Card => ({
    worker,
    way: 'own place',
    free: true,
    reviewed: 0,
    certified: false,
    ...more,
  })
  const shopOf = (pages: readonly (readonly Card[])[], applicants: readonly Card[] = []): Shop => ({
    page: async (nth) => pages[nth - 1] ?? [],
    total: async () => pages.flat().length,
    applicants,
  })

  it('takes nobody where nobody is there', async () => {
    expect(await chooseWorker(streamOf(1, 'x'), shopOf([]), usualHabits, () => {})).toBeUndefined()
  })

  it('never takes somebody who has no time', async () => {
    const busy = shopOf([[card('a', { free: false }), card('b', { free: false })]], [card('c', { free: false })])
    for (let seed = 0; seed < 200; seed += 1)
      expect(await chooseWorker(streamOf(seed, 'x'), busy, usualHabits, () => {})).toBeUndefined()
  })

  it('looks at nobody of the row who overlooks it', async () => {
    const pages = [[card('a', { free: false }), card('n', { way: 'row' })]]
    for (let seed = 0; seed < 200; seed += 1)
      await chooseWorker(streamOf(seed, 'x'), shopOf(pages), { ...usualHabits, overlooks: 1 }, ({ way }) =>
        expect(way).not.toBe('row'),
      )
  })
})
