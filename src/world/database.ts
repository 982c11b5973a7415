import { type GetColumnData, getTableColumns, type SQL, sql } from 'drizzle-orm'
import type { BatchItem } from 'drizzle-orm/batch'
import type { BaseSQLiteDatabase, SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core'

/**
 * The one database handle of all stores: drizzle over an embedded libSQL file, libSQL over HTTP, or D1.
 *
 * A batch is one transaction. Its first statement must write (a deferred transaction that reads first can fail with
 * SQLITE_BUSY), it holds query builders only (D1 refuses raw `sql` runs), and there are no interactive transactions.
 * Whether a statement took effect is judged by the rows it returns, never by affected-row counts.
 */
// biome-ignore lint/suspicious/noExplicitAny: the run result differs per driver and is never read
export type Database = BaseSQLiteDatabase<'async', any, Record<string, never>> & {
  /**
   * Stands for the database itself, where each request has a client of its own. By it is kept what is remembered of a database:
   * a process may serve several, in which equal ids and digests name other people's things.
   */
  readonly place?: object
  batch<T extends Readonly<[BatchItem<'sqlite'>, ...BatchItem<'sqlite'>[]]>>(statements: T): Promise<unknown[]>
}

/** A statement to be put into somebody's batch. */
export type Statement = BatchItem<'sqlite'>

/** Rows that one statement inserts at most: their text is in memory as a whole. */
const MOST_ROWS = 5_000

/** Rows in parts that one statement can insert. */
export const inParts = <T>(rows: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(rows.length / MOST_ROWS) }, (_, nth) =>
    rows.slice(nth * MOST_ROWS, (nth + 1) * MOST_ROWS),
  )

/** Halvings after which a number of any use is whole. */
const MOST_HALVINGS = 62

/**
 * A number as whole ones: it is the first, divided twice by the second.
 * @throws a `RangeError` for one that is not finite, or so near to 0 that it would lose digits.
 */
function wholeParts(number: number): readonly [number, number] {
  for (let halvings = 0; halvings <= MOST_HALVINGS; halvings += 1) {
    const divisor = 2 ** halvings
    const whole = number * divisor * divisor
    if (Number.isInteger(whole)) return [whole, divisor]
  }
  throw new RangeError(`${number} cannot be stored among many`)
}

/** A value as JSON takes it and SQLite gets it back. */
function cellOf(column: SQLiteColumn, value: unknown): unknown {
  const stored = value === undefined ? column.default : value
  if (stored === null || stored === undefined) return null
  const driven = column.mapToDriverValue(stored)
  if (typeof driven === 'string') return driven.toWellFormed()
  // SQLite reads one decimal fraction in thousands a little off
  return column.getSQLType() === 'real' ? wholeParts(driven as number) : driven
}

const readCell = (column: SQLiteColumn, at: number): SQL =>
  column.getSQLType() === 'real'
    ? sql.raw(`value ->> '$[${at}][0]' * 1.0 / (value ->> '$[${at}][1]') / (value ->> '$[${at}][1]')`)
    : sql.raw(`value ->> ${at}`)

/**
 * Rows for `insert(table).select(…)`, however many they are: they travel as one text, and the statement stays the same. What
 * `worked` names is worked out in SQL instead, from other cells of the row.
 */
export function rowsFor<T extends SQLiteTable, Worked extends keyof T['$inferInsert'] = never>(
  table: T,
  rows: readonly Omit<T['$inferInsert'], Worked>[],
  worked?: (cell: (name: keyof T['$inferInsert']) => SQL) => Readonly<Record<Worked, SQL>>,
): SQL {
  const columns = Object.entries<SQLiteColumn>(getTableColumns(table)).filter(([, one]) => !one.generated)
  const places = new Map(columns.map(([name, column], at) => [name, readCell(column, at)]))
  const instead: Readonly<Record<string, SQL>> = worked?.((name) => places.get(name as string) as SQL) ?? {}
  const cells = columns.map(([name]) => instead[name] ?? (places.get(name) as SQL))
  const values = rows.map((row) =>
    columns.map(([name, column]) => cellOf(column, (row as Readonly<Record<string, unknown>>)[name])),
  )
  // ON CONFLICT behind a SELECT wants a WHERE before it
  return sql`SELECT ${sql.join(cells, sql`, `)} FROM json_each(${JSON.stringify(values)}) WHERE true`
}

/** A column of all rows as one JSON text. */
const asOneText = (column: SQLiteColumn) =>
  column.getSQLType() === 'real'
    ? // SQLite's own JSON gives fractions 15 digits, of which some have 17; with 21 they are read to the last bit
      sql<string>`'[' || coalesce(group_concat(iif(${column} IS NULL, 'null', printf('%!.20e', ${column}))), '') || ']'`
    : sql<string>`json_group_array(${column})`

function readValues(column: SQLiteColumn, text: string): unknown[] {
  const stored = JSON.parse(text) as unknown[]
  if (column.dataType !== 'json')
    return stored.map((value) => (value === null ? null : column.mapFromDriverValue(value)))
  const known = new Map<unknown, unknown>([[null, null]])
  return stored.map((value) => {
    if (!known.has(value)) known.set(value, column.mapFromDriverValue(value))
    return known.get(value)
  })
}

type Columns = Readonly<Record<string, SQLiteColumn>>

/** What to select of very many rows: one text for each column, since a value for each cell takes most of the time. `gatheredRows` reads them. */
export const gathered = <C extends Columns>(columns: C): { [Name in keyof C]: SQL<string> } =>
  Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, asOneText(column)])) as {
    [Name in keyof C]: SQL<string>
  }

/** The rows that were gathered, in any order. Equal JSON values are one object. */
export function gatheredRows<C extends Columns>(
  columns: C,
  [texts]: readonly { readonly [Name in keyof C]: string }[],
): { [Name in keyof C]: GetColumnData<C[Name]> }[] {
  const names = Object.keys(columns)
  const values = names.map((name) => readValues(columns[name] as SQLiteColumn, texts?.[name] as string))
  return (values[0] ?? []).map((_, nth) => {
    const row: Record<string, unknown> = {}
    for (let at = 0; at < names.length; at += 1) row[names[at] as string] = values[at]?.[nth]
    return row as { [Name in keyof C]: GetColumnData<C[Name]> }
  })
}

/** Whether a column holds one of these values, however many they are: they travel as one text. */
export const isAmong = (column: SQLiteColumn, values: readonly (string | number)[]): SQL =>
  sql`${column} in (select value from json_each(${JSON.stringify(values)}))`

/** Whether an error is a violated UNIQUE or PRIMARY KEY constraint, on any driver. */
export function isUniqueViolation(error: unknown): boolean {
  for (let e: unknown = error; e instanceof Error; e = e.cause)
    if (/UNIQUE constraint failed/.test(e.message)) return true
  return false
}
