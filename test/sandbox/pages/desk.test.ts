import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { insertJobs } from '../../../src/sandbox/job/store.ts'
import { applications } from '../../../src/sandbox/job/tables.ts'
import { jobRow } from '../../support/sandbox/market-rows.ts'
import { type Market, openMarket } from '../../support/sandbox/open-market.ts'
import { type Visitor, visitor } from '../../support/sandbox/visitor.ts'

const MANY = 45
const [CLIENT, WORKER] = ['cli_24', 'wrk_299']
const titles = Array.from({ length: MANY }, (_, i) => `募集その${i + 1}の話`)

let market: Market
beforeAll(async () => {
  market = await openMarket()
  const { db } = market.world
  for (const [i, title] of titles.entries()) {
    const id = `job_desk${i}`
    await db.batch([
      insertJobs(db, [jobRow({ id, title, client: CLIENT, postNumber: 1_000 + i, now: market.clock.now })]),
      db.insert(applications).values({
        id: `app_desk${String(i).padStart(2, '0')}`,
        job: id,
        worker: WORKER,
        message: 'できます',
        amount: null,
        state: 'open',
        createdAt: market.clock.now,
      }),
    ])
  }
})
afterAll(() => market.close())

/** The titles of a desk's lists, page for page, as the links lead on. */
async function read(person: string, path: string): Promise<string[][]> {
  const one: Visitor = visitor(market)
  await one.signIn(person)
  const pages: string[][] = []
  for (let next: string | undefined = path; next !== undefined && pages.length < 9; ) {
    const { html } = await one.open(next)
    pages.push([...new Set([...html.matchAll(/<bdi>(募集その\d+の話)<\/bdi>/g)].map(([, title]) => title as string))])
    next = /href="([^"]+)#(?:jobs|applications)">/.exec(html)?.[1]?.replaceAll('&amp;', '&')
  }
  return pages
}

describe('a desk with more than a page shows', () => {
  it.each([
    [CLIENT, '/hiring', 'posts'],
    [WORKER, '/work', 'applications'],
  ])('of %s, %s, leads to all %s, the newest first and each once', async (person, path) => {
    const pages = await read(person as string, path as string)
    expect(pages.map(({ length }) => length)).toEqual([20, 20, 5])
    expect(pages.flat()).toEqual(titles.toReversed())
  })
})
