import { createClient } from '@libsql/client'
import { drizzle } from 'drizzle-orm/libsql'
import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { drawPlace, FULL_AT, hasStatusList, openStatusList, revokedIndices } from '../../src/credential/lists/store.ts'
import { LIST_ENTRIES } from '../../src/verify/status-list.ts'
import type { Database } from '../../src/world/database.ts'
import { migrationStatements } from '../support/migration-statements.ts'

const client = createClient({ url: ':memory:' })
const db = drizzle(client) as unknown as Database
beforeEach(async () => {
  if ((await client.execute("select name from sqlite_master where name = 'credentials'")).rows.length === 0)
    for (const statement of await migrationStatements('migrations')) await client.execute(statement)
})
afterEach(() => client.execute('delete from credentials'))

/** Gives the first `n` indices of a list away, of which every tenth is revoked. */
const fill = (list: number, n: number) =>
  client.execute({
    sql: `with recursive n(i) as (select 0 union all select i + 1 from n where i < ? - 1)
      insert into credentials (id, attempt_id, worker, exam, level, exam_version, title, holder_name, subject, issued_at, valid_until, status, status_changed_at, version, status_list, status_index, jwt, bank_hash)
      select 'crd_' || ? || '_' || i, 'att_' || ? || '_' || i, 'w', 'e', 3, 1, '{}', 'n', 's', 1, 2, case i % 10 when 0 then 'revoked' else 'active' end, 1, 1, ?, i, 'a.b.c', 'h' from n`,
    args: [n, list, list, list],
  })
const draw = (entries: number, numbers: readonly number[]) => {
  let n = 0
  return drawPlace(db, { entries, drawBelow: (bound) => (numbers[n++ % numbers.length] as number) % bound })
}

describe('status lists', () => {
  it('begin with list 1; a list exists with its first entry', async () => {
    expect([await openStatusList(db, 8), await hasStatusList(db, 1), await hasStatusList(db, 2)]).toEqual([
      1,
      true,
      false,
    ])
    await fill(2, 1)
    expect([await openStatusList(db, 8), await hasStatusList(db, 2)]).toEqual([2, true])
  })

  it('open another when three quarters of the last are given away', async () => {
    await fill(1, 5)
    expect(await openStatusList(db, 8)).toBe(1)
    await client.execute('delete from credentials')
    await fill(1, 6)
    expect([FULL_AT, await openStatusList(db, 8)]).toEqual([0.75, 2])
  })

  it('open another at their real size as well, and one draw costs little there', async () => {
    await fill(1, LIST_ENTRIES * FULL_AT - 1)
    const startedAt = performance.now()
    const place = await drawPlace(db, {
      entries: LIST_ENTRIES,
      drawBelow: (bound) => Math.floor(Math.random() * bound),
    })
    console.log(`a place in a list that is full to one: ${(performance.now() - startedAt).toFixed(1)} ms`)
    expect(place.list).toBe(1)
    expect(place.index).toBeGreaterThanOrEqual(LIST_ENTRIES * FULL_AT - 1)
    await fill(2, 1)
    expect((await draw(LIST_ENTRIES, [5])).list).toBe(2)
  })

  it('give the first drawn index that is free', async () => {
    await fill(1, 5)
    expect(await draw(8, [0, 4, 2, 6, 7, 5])).toEqual({ list: 1, index: 6 })
  })

  it('draw again when all that was drawn is taken', async () => {
    await fill(1, 5)
    expect(await draw(8, [...Array(60).fill(3), 7])).toEqual({ list: 1, index: 7 })
  })

  it('give every free index with the same chance', async () => {
    await fill(1, 5)
    const times = new Map<number, number>()
    for (let n = 0; n < 600; n++) {
      const { index } = await drawPlace(db, { entries: 8, drawBelow: (bound) => Math.floor(Math.random() * bound) })
      times.set(index, (times.get(index) ?? 0) + 1)
    }
    expect([...times.keys()].sort()).toEqual([5, 6, 7])
    // 200 expected, and 12 the standard deviation
    for (const n of times.values()) expect(Math.abs(n - 200)).toBeLessThan(75)
  })

  it('tell the revoked entries of one list and of no other', async () => {
    await fill(1, 25)
    await fill(2, 11)
    expect([await revokedIndices(db, 1), await revokedIndices(db, 2), await revokedIndices(db, 3)]).toEqual([
      [0, 10, 20],
      [0, 10],
      [],
    ])
  })

  it('find the revoked entries without a look at the others', async () => {
    const plan = await client.execute(
      "explain query plan select status_index from credentials where status_list = 1 and status = 'revoked' order by status_index",
    )
    expect(JSON.stringify(plan.rows)).toContain('COVERING INDEX credentials_revoked')
  })

  it('hold each index once, whatever was drawn', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 7 }), { minLength: 8, maxLength: 60 }), async (numbers) => {
        await client.execute('delete from credentials')
        const places = []
        for (let n = 0; n < 14; n++) {
          const place = await draw(8, [...numbers.slice(n % numbers.length), 0, 1, 2, 3, 4, 5, 6, 7])
          places.push(`${place.list}/${place.index}`)
          await client.execute({
            sql: `insert into credentials (id, attempt_id, worker, exam, level, exam_version, title, holder_name, subject, issued_at, valid_until, status, status_changed_at, version, status_list, status_index, jwt, bank_hash)
              values (?, ?, 'w', 'e', 3, 1, '{}', 'n', 's', 1, 2, 'active', 1, 1, ?, ?, 'a', 'h')`,
            args: [`crd_${n}`, `att_${n}`, place.list, place.index],
          })
        }
        expect(new Set(places).size).toBe(14)
        expect([...new Set(places.map((place) => place.split('/')[0]))]).toEqual(['1', '2', '3'])
      }),
      { numRuns: 20 },
    )
  })
})
