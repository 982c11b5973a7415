import { type SQL, sql } from 'drizzle-orm'
import type { BatchItem } from 'drizzle-orm/batch'
import type { BaseSQLiteDatabase, SQLiteColumn } from 'drizzle-orm/sqlite-core'

/**
 * The one database handle of all stores: drizzle over an embedded libSQL file, libSQL over HTTP, or D1.
 *
 * A batch is one transaction. Its first statement must write (a deferred transaction that reads first can fail with
 * SQLITE_BUSY), it holds query builders only (D1 refuses raw `sql` runs), and there are no interactive transactions.
 * Whether a statement took effect is judged by the rows it returns, never by affected-row counts.
 */
// biome-ignore lint/suspicious/noExplicitAny: the run result differs per driver and is never read
export type Database = BaseSQLiteDatabase<'async', any, Record<string, never>> & {
  batch<T extends Readonly<[BatchItem<'sqlite'>, ...BatchItem<'sqlite'>[]]>>(statements: T): Promise<unknown[]>
}

/** A statement to be put into somebody's batch. */
export type Statement = BatchItem<'sqlite'>

/** Rows that one statement inserts at most: each of their values is bound. */
const MOST_ROWS = 200

/** Rows in parts that one statement can insert. */
export const inParts = <T>(rows: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(rows.length / MOST_ROWS) }, (_, nth) =>
    rows.slice(nth * MOST_ROWS, (nth + 1) * MOST_ROWS),
  )

/** Whether a column holds one of these values, however many they are: they travel as one text. */
export const isAmong = (column: SQLiteColumn, values: readonly (string | number)[]): SQL =>
  sql`${column} in (select value from json_each(${JSON.stringify(values)}))`

/** Whether an error is a violated UNIQUE or PRIMARY KEY constraint, on any driver. */
export function isUniqueViolation(error: unknown): boolean {
  for (let e: unknown = error; e instanceof Error; e = e.cause)
    if (/UNIQUE constraint failed/.test(e.message)) return true
  return false
}
