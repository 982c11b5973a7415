import { readdir, readFile } from 'node:fs/promises'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { blockTimers } from '../../../src/sandbox/flows/find-blocks.ts'
import { type Market, openMarket } from '../../support/sandbox/open-market.ts'
import { DAY, revealReview } from '../../support/sandbox/review-room.ts'

let market: Market
beforeAll(async () => {
  market = await openMarket()
})
afterAll(() => market.close())

// biome-ignore lint/suspicious/noExplicitAny: rows of any table
const rows = (text: string): Promise<any[]> => market.world.db.all(sql.raw(text))

const everything = async () => ({
  weights: await rows('select review, others, yen, weight, growth from review_weights order by review'),
  totals: await rows('select worker, count, weight, grown, grown_score, limited from review_totals order by worker'),
  between: await rows('select client, worker, paid, reviewed_at from client_workers order by client, worker'),
  growth: await rows('select id, growth from past_reviews order by id'),
})

it('a marketplace from before reviews had weights gets those that it would have had', async () => {
  const clients = ['cli_01', 'cli_02', 'cli_03']
  const workers = ['wrk_031', 'wrk_032', 'wrk_033', 'wrk_034']
  for (let nth = 0; nth < 40; nth += 1) {
    market.advance(3 * DAY)
    const [client, worker] = [clients[(nth * 7) % 3] as string, workers[(nth * 5) % 4] as string]
    await revealReview(market, `ctr_old_${nth}`, { client, worker, yen: 400 + 300 * nth, stars: 1 + (nth % 5) })
  }
  const lived = await everything()
  expect(lived.weights).toHaveLength(40)

  // back to what the migration finds
  for (const statement of [
    'delete from review_weights',
    'delete from client_workers',
    'update past_reviews set growth = 1',
    'update review_totals set weight = 0, grown = 0, grown_score = 0, limited = 0',
    'delete from block_turns',
  ])
    await market.world.db.run(sql.raw(statement))
  const file = (await readdir('migrations/sandbox')).find((name) => name.endsWith('_review_weights.sql'))
  const statements = (await readFile(`migrations/sandbox/${file}`, 'utf8'))
    .split('--> statement-breakpoint')
    .map((text) => text.trim())
    .filter((text) => /^(insert|update)\b/i.test(text))
  expect(statements.length).toBeGreaterThan(4)
  for (const statement of statements) await market.world.db.run(sql.raw(statement))

  const close = (value: unknown) => (typeof value === 'number' ? expect.closeTo(value, 6) : value)
  const about = (all: Record<string, unknown>[]) =>
    all.map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, close(value)])))
  const found = await everything()
  expect(found.weights).toEqual(about(lived.weights))
  expect(found.growth).toEqual(about(lived.growth))
  expect(found.between).toEqual(lived.between)
  expect(found.totals).toEqual(about(lived.totals))
  // and whoever reviewed is looked at: these three reviewed the same four
  await blockTimers(market.world)
  expect(await rows('select state, size from review_blocks')).toEqual([{ state: 'open', size: 3 }])
})
