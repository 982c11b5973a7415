import type { Miniflare } from 'miniflare'
import { openMiniflare } from '../support/open-miniflare.ts'

/** What statements came to, as D1 counts and bills it. */
export interface Counted {
  statements: number
  rowsRead: number
  rowsWritten: number
}

interface Answer {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly unknown[])[]
  readonly rowsRead: number
  readonly rowsWritten: number
}

// D1 is SQLite in a Durable Object, and tells what a statement read and wrote of some calls only: here it is of every one.
const OBJECT = `
import { DurableObject } from 'cloudflare:workers'
export class Base extends DurableObject {
  async fetch(request) {
    const { sql } = this.ctx.storage
    const run = ({ text, values }) => {
      const cursor = sql.exec(text, ...values)
      const rows = [...cursor.raw()]
      return { columns: cursor.columnNames, rows, rowsRead: cursor.rowsRead, rowsWritten: cursor.rowsWritten }
    }
    const statements = await request.json()
    const answers = this.ctx.storage.transactionSync(() => statements.map(run))
    return Response.json({ answers, bytes: sql.databaseSize })
  }
}
export default { fetch: (request, { BASE }) => BASE.get(BASE.idFromName('one')).fetch(request) }`

interface Prepared {
  readonly text: string
  readonly values: readonly unknown[]
}

const objectsOf = ({ columns, rows }: Answer) =>
  rows.map((row) => Object.fromEntries(columns.map((name, at) => [name, row[at]])))
const resultOf = (answer: Answer) => ({ success: true, results: objectsOf(answer), meta: {} })

/** A D1 database of workerd that counts what is asked of it. */
export class CountingD1 {
  readonly #miniflare: Miniflare
  readonly counted: Counted = { statements: 0, rowsRead: 0, rowsWritten: 0 }
  /** How large the database is. */
  bytes = 0

  constructor() {
    this.#miniflare = openMiniflare({
      modules: true,
      script: OBJECT,
      compatibilityDate: '2026-01-01',
      durableObjects: { BASE: { className: 'Base', useSQLite: true } },
    } as never)
  }

  async #ask(statements: readonly Prepared[]): Promise<Answer[]> {
    const response = await this.#miniflare.dispatchFetch('http://base', {
      method: 'POST',
      body: JSON.stringify(statements),
    })
    if (!response.ok) throw new Error(await response.text())
    const { answers, bytes } = (await response.json()) as { answers: Answer[]; bytes: number }
    this.bytes = bytes
    for (const { rowsRead, rowsWritten } of answers) {
      this.counted.statements += 1
      this.counted.rowsRead += rowsRead
      this.counted.rowsWritten += rowsWritten
    }
    return answers
  }

  #prepare(text: string, values: readonly unknown[] = []): object {
    const ask = async () => (await this.#ask([{ text, values }]))[0] as Answer
    return {
      text,
      values,
      bind: (...bound: unknown[]) => this.#prepare(text, bound),
      run: async () => resultOf(await ask()),
      all: async () => resultOf(await ask()),
      raw: async () => (await ask()).rows,
    }
  }

  /** As drizzle takes it. */
  get d1(): D1Database {
    return {
      prepare: (text: string) => this.#prepare(text),
      batch: async (statements: readonly Prepared[]) =>
        (await this.#ask(statements.map(({ text, values }) => ({ text, values })))).map(resultOf),
    } as unknown as D1Database
  }

  close(): Promise<void> {
    return this.#miniflare.dispose()
  }
}
