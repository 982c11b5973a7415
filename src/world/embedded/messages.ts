/** What goes between the process and the threads that hold its database connections. */

/** A value that SQLite stores. Numbers bind as REAL, as with every other driver here. */
export type Value = null | string | number | bigint | ArrayBuffer | Uint8Array

export interface SqlStatement {
  readonly sql: string
  readonly args: readonly Value[] | Readonly<Record<string, Value>>
}

/**
 * One act of a connection, whole or not at all: statements that read or write in one transaction, migrations with
 * foreign keys off, or a lone statement that needs no transaction (it reads) or must not stand in one (a PRAGMA, a table that is made).
 */
export interface Act {
  readonly kind: 'transaction' | 'migrate' | 'bare'
  readonly statements: readonly SqlStatement[]
}

/** A connection reads, or it reads and writes. One writes at a time, so a database has one that writes. */
export type Role = 'reads' | 'writes'

export type Order =
  | {
      readonly type: 'open'
      readonly connection: number
      readonly file: string
      readonly role: Role
      readonly begun: BigInt64Array
    }
  /** Acts of a connection are done in the order of their numbers, and none that has not begun by `deadline` (see `clock`). */
  | {
      readonly type: 'act'
      readonly connection: number
      readonly number: number
      readonly deadline: number
      readonly act: Act
    }
  | { readonly type: 'close'; readonly connection: number }

export interface Rows {
  readonly columns: readonly string[]
  readonly cells: readonly (readonly Value[])[]
  readonly changes: number
}

export interface Failure {
  readonly message: string
  readonly code?: string
  readonly extendedCode?: string
  readonly rawCode?: number
  /** Which statement of the act failed, from 0. */
  readonly statement?: number
}

export type Reply = { readonly connection: number } & (
  | { readonly type: 'done'; readonly number: number; readonly rows: readonly Rows[] }
  | { readonly type: 'failed'; readonly number: number; readonly failure: Failure }
  | { readonly type: 'closed' }
)

/** Milliseconds on a clock that all threads of a process share and nobody sets. */
export const clock = (): number => performance.timeOrigin + performance.now()

/** The code of an act that was not begun in time, or found too many before it: nothing of it happened. */
export const BUSY = 'SQLITE_BUSY'
