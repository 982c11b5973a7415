import { createClient } from '@libsql/client/web'
import { drizzle as drizzleD1 } from 'drizzle-orm/d1'
import { drizzle as drizzleLibsql } from 'drizzle-orm/libsql/web'
import type { Database } from './database.ts'

/** Where an edge deployment keeps its data: a D1 binding, or libSQL over HTTP. */
export type EdgeDatabase = { readonly d1: D1Database } | { readonly url: string; readonly authToken?: string }

/** Opens the database for one request: a libSQL client shared between requests fails under concurrency. */
export function openEdgeDatabase(place: EdgeDatabase): Database {
  if ('d1' in place) return drizzleD1(place.d1) as unknown as Database
  return drizzleLibsql(createClient({ url: place.url, ...(place.authToken ? { authToken: place.authToken } : {}) })) as unknown as Database
}
