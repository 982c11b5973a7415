import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Instant, instant } from '../../../src/kernel/instant.ts'
import { insertContract, updateContract } from '../../../src/sandbox/escrow/store.ts'
import { runTimers } from '../../../src/sandbox/flows/run-timers.ts'
import { searchJobs } from '../../../src/sandbox/flows/search-jobs.ts'
import { readHistories } from '../../../src/sandbox/job/client-history/store.ts'
import { isOpen } from '../../../src/sandbox/job/job.ts'
import {
  type ClientFigures,
  clarityFactor,
  clarityOf,
  clientFactor,
  log2Factor,
  placeScore,
  trustFactor,
  unknownClient,
} from '../../../src/sandbox/job/quality.ts'
import { explainJob } from '../../../src/sandbox/job/reasons.ts'
import {
  closeJobNow,
  countHired,
  findJob,
  insertJobs,
  placeOfJob,
  publishJob,
  restoreJob,
  takeDownJob,
} from '../../../src/sandbox/job/store.ts'
import { raiseStanding, settleStanding } from '../../../src/sandbox/people/store.ts'
import { newContract } from '../../support/sandbox/contract-row.ts'
import { type JobBoard, openJobBoard } from '../../support/sandbox/job-board.ts'
import { jobRow } from '../../support/sandbox/market-rows.ts'

const unit = fc.double({ min: 0, max: 1, noNaN: true })
const figures = fc
  .record({
    concluded: fc.nat(200),
    paidShare: unit,
    acceptedShare: unit,
    days: fc.double({ min: 0, max: 60, noNaN: true }),
    requests: fc.nat(100),
    stars: fc.double({ min: 1, max: 5, noNaN: true }),
  })
  .map(({ concluded, paidShare, acceptedShare, days, requests, stars }): ClientFigures => {
    const accepted = Math.floor(concluded * acceptedShare)
    return {
      concluded,
      paid: Math.floor(concluded * paidShare),
      paidWorkers: 0,
      accepted,
      acceptanceDays: accepted * days,
      requests,
      requestSum: requests * stars,
    }
  })

describe('the quality of a job', () => {
  it('never rises with the probability of a breach', () => {
    fc.assert(
      fc.property(
        unit,
        unit,
        fc.boolean(),
        (a, b, waits) => trustFactor(Math.max(a, b), waits) <= trustFactor(Math.min(a, b), waits),
      ),
    )
    fc.assert(fc.property(unit, (p) => trustFactor(p, true) <= trustFactor(p, false)))
  })

  it('is a product of factors in 0..1, none of which vanishes as a logarithm', () => {
    fc.assert(
      fc.property(figures, unit, fc.string(), fc.string(), fc.boolean(), (client, p, title, body, hasDeadline) => {
        const factors = [
          clientFactor(client),
          trustFactor(p, false),
          clarityFactor(clarityOf({ title, body, hasDeadline })),
        ]
        for (const factor of factors) {
          expect(factor).toBeGreaterThanOrEqual(0)
          expect(factor).toBeLessThanOrEqual(1)
          expect(Number.isFinite(log2Factor(factor))).toBe(true)
        }
      }),
    )
  })

  it('rises with every contract that a client pays without trouble, and falls with every one that they do not', () => {
    fc.assert(
      fc.property(figures, (known) => {
        const { concluded, paid } = known
        expect(clientFactor({ ...known, concluded: concluded + 1, paid: paid + 1 })).toBeGreaterThanOrEqual(
          clientFactor(known),
        )
        expect(clientFactor({ ...known, concluded: concluded + 1 })).toBeLessThan(clientFactor(known))
      }),
    )
  })

  it('rises with clearer requests and falls with slower acceptance', () => {
    fc.assert(
      fc.property(figures, fc.double({ min: 0.1, max: 30, noNaN: true }), (known, more) => {
        if (known.accepted > 0)
          expect(clientFactor({ ...known, acceptanceDays: known.acceptanceDays + more })).toBeLessThan(
            clientFactor(known),
          )
        if (known.requests > 0)
          expect(clientFactor({ ...known, requestSum: known.requests * 5 })).toBeGreaterThanOrEqual(clientFactor(known))
      }),
    )
  })

  it('draws a client of whom little is known towards the average', () => {
    const once = clientFactor({ ...unknownClient, concluded: 1 })
    const often = clientFactor({ ...unknownClient, concluded: 20 })
    expect(often).toBeLessThan(once)
    expect(once).toBeGreaterThan(clientFactor(unknownClient) / 2)
  })

  it('halves within a week, whatever else it is', () => {
    const week = 604_800_000
    fc.assert(
      fc.property(fc.double({ min: -6, max: 0, noNaN: true }), (quality) => {
        expect(placeScore(quality + 1_000, 1_001 * week) / placeScore(quality + 1_000, 1_000 * week)).toBeCloseTo(
          0.5,
          9,
        )
      }),
    )
  })

  it('is explained in both languages, with every code once', () => {
    fc.assert(
      fc.property(figures, unit, fc.integer({ min: 0, max: 60 }), (history, any, age) => {
        const now = instant(Date.parse('2026-11-25T00:00:00Z'))
        const row = jobRow({ id: 'job_x', postNumber: 1, now: instant(now - age * 86_400_000), any })
        const job = {
          ...row,
          hired: 0,
          restoredTo: 'published',
          takenDownUntil: null,
          createdAt: row.now,
          publishedAt: row.now,
          version: 1,
          cleared: false,
        } as const
        const reasons = explainJob(job, history, now)
        expect(new Set(reasons.map(({ code }) => code)).size).toBe(reasons.length)
        for (const { text } of reasons) {
          expect(text.ja).toMatch(/。$/)
          expect(text.en).toMatch(/[.)]$/)
        }
      }),
    )
  })
})

describe('the order of jobs', () => {
  let board: JobBoard
  let posts = 500
  beforeAll(async () => {
    board = await openJobBoard()
  })
  afterAll(() => board.close())

  const search = async (query: Omit<Parameters<typeof searchJobs>[1], 'limit'> = {}) =>
    (await searchJobs(board.world, { ...query, limit: 100 })).jobs.map(({ job }) => job.id)
  const insert = async (change: Partial<Parameters<typeof jobRow>[0]> = {}): Promise<string> => {
    posts += 1
    const id = `job_order_${posts}`
    await board.world.db.batch([
      insertJobs(board.world.db, [jobRow({ id, postNumber: posts, now: board.clock.now, ...change })]),
    ])
    return id
  }

  it('has the likelier breach below, at every probability that is shown at all', async () => {
    const ids = await Promise.all([0.8, 0, 0.3, 0.65, 0.59].map((any) => insert({ title: '確率の順番', any })))
    expect(await search({ q: '確率の順番' })).toEqual([1, 2, 4, 3, 0].map((at) => ids[at]))
  })

  it('has the newer one above, and the same order tomorrow', async () => {
    const older = await insert({ title: '新旧の順番' })
    board.advance(86_400_000)
    const newer = await insert({ title: '新旧の順番' })
    expect(await search({ q: '新旧の順番' })).toEqual([newer, older])
    board.advance(86_400_000 * 30)
    expect(await search({ q: '新旧の順番' })).toEqual([newer, older])
  })

  it('is paged without gaps and doublets', async () => {
    for (let n = 0; n < 12; n += 1) await insert({ title: '頁送りの募集' })
    const seen: string[] = []
    for (let next: string | null = ''; next !== null; ) {
      const page: { jobs: { id: string }[]; next: string | null; found: object } = (
        await board.as(undefined, 'GET', `/v1/jobs?q=${encodeURIComponent('頁送り')}&limit=5&after=${next}`)
      ).json
      expect(page.found).toEqual({ count: 12, more: false })
      seen.push(...page.jobs.map(({ id }) => id))
      next = page.next
    }
    expect(seen).toEqual(await search({ q: '頁送り' }))
    expect(new Set(seen).size).toBe(12)
  })

  it('is narrowed by category and pay', async () => {
    const cheap = await insert({ title: '絞り込みの例', pay: { type: 'hourly', amount: 1_100 } })
    const dear = await insert({ title: '絞り込みの例', pay: { type: 'hourly', amount: 3_000 }, category: 'web-writer' })
    const fixed = await insert({ title: '絞り込みの例', pay: { type: 'fixed', amount: 3_000 } })
    const q = '絞り込みの例'
    expect((await search({ q, payType: 'hourly' })).sort()).toEqual([cheap, dear].sort())
    expect(await search({ q, category: 'web-writer' })).toEqual([dear])
    expect((await search({ q, payMin: 3_000 })).sort()).toEqual([dear, fixed].sort())
    expect(await search({ q, payMin: 1_100, payMax: 1_100 })).toEqual([cheap])
  })

  it.each([
    'category=cooking',
    'payMin=-1',
    'payMin=x',
    'payType=monthly',
    'limit=0',
    'limit=101',
    'after=!!',
    'after=YQ',
    'after=a',
    'after=zzzzz',
    `q=${'a'.repeat(101)}`,
  ])('refuses %s', async (query) => {
    expect((await board.as(undefined, 'GET', `/v1/jobs?${query}`)).status).toBe(422)
  })

  it('lists a job exactly while it is open, in any order of what can happen', async () => {
    const acts = fc.constantFrom(
      'take-down',
      'restore',
      'publish',
      'close',
      'hire',
      'suspend',
      'restrict',
      'reinstate',
      'time',
    )
    const client = { kind: 'client', id: 'cli_20' } as const
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(0, 0.7, 0.95), fc.array(acts, { maxLength: 12 }), async (any, happened) => {
        const { db } = board.world
        await settleStanding(db, client, { from: 'suspended', to: 'good' })
        const id = await insert({
          client: client.id,
          any,
          title: '状態のいろいろ',
          closesAt: (board.clock.now + 3_000) as Instant,
        })
        for (const act of happened) {
          if (act === 'take-down') await takeDownJob(db, id, null)
          if (act === 'restore') await restoreJob(db, id)
          if (act === 'publish') await publishJob(db, id, board.world.now())
          if (act === 'close') await closeJobNow(db, id)
          if (act === 'hire') await db.batch([countHired(db, id)])
          if (act === 'suspend') await raiseStanding(db, client, 'suspended')
          if (act === 'restrict') await raiseStanding(db, client, 'restricted')
          if (act === 'reinstate')
            for (const from of ['suspended', 'restricted'] as const)
              await settleStanding(db, client, { from, to: 'good' })
          if (act === 'time') board.advance(1_000)
          const job = await findJob(db, id)
          expect((await search({ q: '状態のいろいろ' })).includes(id)).toBe(
            job !== undefined && isOpen(job, board.world.now()),
          )
        }
        board.advance(3_000)
        await runTimers(board.world)
        expect(await placeOfJob(db, id)).toBeUndefined()
      }),
      { numRuns: 40 },
    )
  })

  it('follows what becomes known of a client', async () => {
    const { db } = board.world
    const [trusted, unknown] = [
      await insert({ client: 'cli_21', title: '依頼者の比較' }),
      await insert({ client: 'cli_22', title: '依頼者の比較' }),
    ]
    const at = board.clock.now
    const paid = {
      status: 'released',
      funded: 1_000,
      released: 900,
      fee: 100,
      fundedAt: at,
      lastDeliveredAt: at,
      moneyMovedAt: at,
      settledAt: at,
    } as const
    const trouble = {
      status: 'decided',
      funded: 1_000,
      refunded: 1_000,
      fundedAt: at,
      disputedAt: at,
      moneyMovedAt: at,
      settledAt: at,
    } as const
    for (let n = 0; n < 6; n += 1) {
      for (const [client, end] of [
        ['cli_21', paid],
        ['cli_22', trouble],
      ] as const) {
        const contract = newContract({ id: `ctr_${client}_${n}`, client, at })
        await db.batch([insertContract(db, contract, null)] as never)
        await db.batch([updateContract(db, { ...contract, ...end })] as never)
      }
    }
    expect(await runTimers(board.world)).toMatchObject({ fired: 2 })
    expect(await search({ q: '依頼者の比較' })).toEqual([trusted, unknown])
    const histories = await readHistories(db, ['cli_21', 'cli_22'])
    expect(histories.get('cli_21')).toMatchObject({ concluded: 6, paid: 6, accepted: 6, acceptanceDays: 0 })
    expect(histories.get('cli_22')).toMatchObject({ concluded: 6, paid: 0, accepted: 0 })
    const codes = async (id: string) =>
      (await board.as(undefined, 'GET', `/v1/jobs/${id}`)).json.reasons.map(({ code }: { code: string }) => code)
    expect(await codes(trusted)).toContain('client-pays')
    expect(await codes(unknown)).toContain('client-trouble')
    expect(await runTimers(board.world)).toMatchObject({ fired: 0 })
    const later = await insert({ client: 'cli_22', title: '依頼者の比較' })
    expect(await search({ q: '依頼者の比較' })).toEqual([trusted, later, unknown].filter((id) => id))
  })
})
