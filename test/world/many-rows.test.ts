import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { asc, getTableColumns, sql } from 'drizzle-orm'
import { integer, real, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { gathered, gatheredRows, rowsFor } from '../../src/world/database.ts'
import { type EmbeddedDatabase, openEmbeddedDatabase } from '../../src/world/open-node.ts'
import { quickFolder } from '../support/quick-folder.ts'

const columnsOfBoth = () => ({
  number: integer().primaryKey({ autoIncrement: true }),
  name: text(),
  list: text({ mode: 'json' }).$type<readonly string[]>().notNull(),
  flag: integer({ mode: 'boolean' }).notNull().default(true),
  share: real(),
})
const bound = sqliteTable('bound_rows', columnsOfBoth())
const together = sqliteTable('rows_together', columnsOfBoth())
const columns = getTableColumns(together)

describe('rows that travel as one text', () => {
  const directory = mkdtempSync(join(quickFolder, 'kentei-rows-'))
  let opened: EmbeddedDatabase
  beforeAll(async () => {
    opened = await openEmbeddedDatabase(join(directory, 'rows.db'), 'migrations', 'process')
    for (const name of ['bound_rows', 'rows_together'])
      await opened.db.run(
        sql.raw(
          `CREATE TABLE ${name} (number INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT, list TEXT NOT NULL, flag INTEGER NOT NULL, share REAL)`,
        ),
      )
  })
  afterAll(async () => {
    await opened.close()
    rmSync(directory, { recursive: true })
  })

  const row = fc.record(
    {
      // SQLite's own way of reading ends a text at a NUL
      name: fc.option(fc.string({ unit: 'binary' }).map((any) => any.replaceAll('\0', ''))),
      list: fc.array(fc.string()),
      flag: fc.boolean(),
      share: fc.option(
        fc.oneof(
          fc.double({ min: -5, max: 5, noNaN: true }).filter((any) => any === 0 || Math.abs(any) > 1e-9),
          fc.double({ min: 1, max: 1e15, noNaN: true }),
        ),
      ),
    },
    { requiredKeys: ['name', 'list', 'share'] },
  )

  it('are those that are bound and read one by one, to the last bit', async () => {
    const { db } = opened
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 60 }), async (rows) => {
        await db.insert(bound).values(rows)
        await db.insert(together).select(rowsFor(together, rows))
        const stored = await db.select().from(together).orderBy(asc(together.number))
        expect(stored).toEqual(await db.select().from(bound).orderBy(asc(bound.number)))
        const texts = await db.select(gathered(columns)).from(together)
        expect(gatheredRows(columns, texts).sort((a, b) => a.number - b.number)).toEqual(stored)
      }),
      { numRuns: 60 },
    )
  })

  it('are none where the table has none', async () => {
    const { db } = opened
    const texts = await db.select(gathered(columns)).from(together).where(sql`number < 0`)
    expect(gatheredRows(columns, texts)).toEqual([])
  })

  it('are refused with a number that would lose digits', () => {
    for (const share of [Number.NaN, Number.POSITIVE_INFINITY, Number.MIN_VALUE])
      expect(() => rowsFor(together, [{ list: [], share }])).toThrow(RangeError)
  })
})
