import { drizzle } from 'drizzle-orm/d1'
import type { Database } from './database.ts'

/** Where an edge deployment keeps its data: a D1 binding, or libSQL over HTTP. */
export type EdgeDatabase = { readonly d1: D1Database } | { readonly url: string; readonly authToken?: string }

/**
 * Opens the database for one request: a libSQL client shared between requests fails under concurrency. Every statement
 * that is asked is counted: one of them for each that drizzle has D1 prepare, and each call of a libSQL server for one.
 */
export async function openEdgeDatabase(place: EdgeDatabase, count: () => void = () => {}): Promise<Database> {
  return Object.assign(await openClient(place, count), { place: 'd1' in place ? place.d1 : serverAt(place.url) })
}

// as many as the settings name
const servers = new Map<string, object>()

function serverAt(url: string): object {
  const server = servers.get(url) ?? {}
  servers.set(url, server)
  return server
}

async function openClient(place: EdgeDatabase, count: () => void): Promise<Database> {
  if ('d1' in place) return drizzle(counted(place.d1, ['prepare'], count)) as unknown as Database
  // a Worker on D1 never reads this
  const [{ createClient }, libsql] = await Promise.all([
    import('@libsql/client/http'),
    import('drizzle-orm/libsql/http'),
  ])
  const client = createClient({ url: place.url, ...(place.authToken ? { authToken: place.authToken } : {}) })
  return libsql.drizzle(counted(client, ['execute', 'batch'], count)) as unknown as Database
}

/** The first file of `migrations/`, by the name under which wrangler writes it down. */
const FIRST_MIGRATION = '0000_exams_attempts_credentials.sql'

/**
 * Whether a D1 database began with other migrations than ours, so that wrangler cannot bring it up to date. One that wrangler
 * did not make says nothing of that, and passes.
 */
export async function isMadeByOthers(d1: D1Database): Promise<boolean> {
  const first = await d1
    .prepare('select name from d1_migrations order by id limit 1')
    .first<string>('name')
    .catch((error: unknown) => {
      if (/no such table/.test(String(error))) return null
      throw error
    })
  return first !== null && first !== FIRST_MIGRATION
}

/** The same object, some of whose methods are counted. */
const counted = <T extends object>(of: T, names: readonly (keyof T)[], count: () => void): T =>
  new Proxy(of, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name, target)
      if (typeof member !== 'function') return member
      if (!names.includes(name as keyof T)) return member.bind(target)
      return (...call: unknown[]) => {
        count()
        return member.apply(target, call)
      }
    },
  })
