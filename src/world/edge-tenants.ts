import { databaseAddress } from './database-address.ts'

/** One of the marketplaces that a Worker serves: its variables, secrets and databases, under the names that a single one has. */
export interface EdgeTenant<Bindings extends object> {
  /** Undefined where it is the only one. */
  readonly name?: string
  readonly bindings: Bindings
}

/** What a tenant may be called: a name of a folder, of a label and of variables. */
export const TENANT_NAME = /^[a-z][a-z0-9-]{0,31}$/

/** What two tenants must not have in common: with it, one would read or sign what is the other's. */
const APART = ['KENTEI_SESSION_SECRET', 'KENTEI_ERASURE_SECRET', 'KENTEI_KEYS', 'DB', 'LIBSQL_URL', 'KENTEI_ARCHIVE_S3']

/** The host of an origin. @throws an error that names the setting. */
function hostOf(origin: unknown, setting: string): string {
  if (typeof origin !== 'string' || !URL.canParse(origin)) throw new Error(`${setting}: an origin is needed`)
  return new URL(origin).host
}

/**
 * The tenants that `KENTEI_TENANTS` names, by their hosts. What is `KENTEI_ORIGIN` or `DB` of a single one is
 * `NORTH_KENTEI_ORIGIN` and `NORTH_DB` of the tenant `north`. @throws an error of one line that names what is wrong.
 */
export function readEdgeTenants<Bindings extends object>(
  names: string,
  env: Readonly<Record<string, unknown>>,
): ReadonlyMap<string, EdgeTenant<Bindings>> {
  const tenants = new Map<string, EdgeTenant<Bindings>>()
  const taken = new Map<unknown, string>()
  for (const name of names.split(/[\s,]+/).filter((one) => one !== '')) {
    if (!TENANT_NAME.test(name)) throw new Error('KENTEI_TENANTS: names of small letters, digits and hyphens')
    const prefix = `${name.toUpperCase().replaceAll('-', '_')}_`
    const bindings: Readonly<Record<string, unknown>> = Object.fromEntries(
      Object.entries(env).flatMap(([key, value]) =>
        key.startsWith(prefix) ? [[key.slice(prefix.length), value]] : [],
      ),
    )
    for (const key of APART) {
      const told = bindings[key]
      if (told === undefined) continue
      const value = key === 'LIBSQL_URL' ? databaseAddress(String(told)) : told
      if (taken.has(value)) throw new Error(`${prefix}${key}: the same as ${taken.get(value)}; each tenant has its own`)
      taken.set(value, `${prefix}${key}`)
    }
    const host = hostOf(bindings.KENTEI_ORIGIN, `${prefix}KENTEI_ORIGIN`)
    if (tenants.has(host)) throw new Error(`${prefix}KENTEI_ORIGIN: another tenant has this host`)
    tenants.set(host, { name, bindings: bindings as Bindings })
  }
  if (tenants.size === 0) throw new Error('KENTEI_TENANTS: it names nobody')
  return tenants
}

/** Whose turn it is in the sweep of a minute, at most so many: all have theirs, one after the other. */
export function turnOf<T>(tenants: readonly T[], most: number, minute: number): readonly T[] {
  if (tenants.length <= most) return tenants
  const from = (minute * most) % tenants.length
  return [...tenants, ...tenants].slice(from, from + most)
}

/** In which minute a tenant had the turn before this one. */
export function turnBefore<T>(tenants: readonly T[], most: number, minute: number, tenant: T): number {
  const before = minute - 1
  return turnOf(tenants, most, before).includes(tenant) ? before : turnBefore(tenants, most, before, tenant)
}
