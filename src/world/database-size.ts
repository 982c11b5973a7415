import { sql } from 'drizzle-orm'
import type { Database } from './database.ts'

/** What D1 says beside the rows of any answer. */
type Told = { readonly meta?: { readonly size_after?: unknown } } | undefined

/** Bytes that a database uses, without what was freed in it and will be used again. */
export async function usedBytes(db: Database): Promise<number> {
  const told = (await db.run(sql`select 1 as one`)) as Told
  // D1 refuses the pragmas, and says it by itself
  if (typeof told?.meta?.size_after === 'number') return told.meta.size_after
  const [row] = await db.all<{ bytes: number }>(
    sql`select (page_count - freelist_count) * page_size as bytes from pragma_page_count, pragma_freelist_count, pragma_page_size`,
  )
  return Number(row?.bytes ?? 0)
}
