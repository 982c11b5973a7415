import type { TenantSettings } from './start-service.ts'

/** How a tenant stands, as far as can be seen without changing anything. */
export interface TenantLook {
  /** `none`: nothing is there yet; `gone`: it cannot be reached or read; `moved`: the data are elsewhere; `later`: a later release has added to it, and it serves; `newer`: it does not. */
  readonly database: 'ok' | 'later' | 'none' | 'damaged' | 'gone' | 'moved' | 'newer' | 'other'
  /** Migrations of this release that it has not had. */
  readonly pending: number
  /** `lost`: the database is there and they are not. */
  readonly keys: 'ok' | 'none' | 'lost' | 'unreadable'
  /** Whether a service has its data folder. */
  readonly isServed: boolean
}

/** A tenant that is elsewhere now. */
export interface MovedTenant {
  readonly tables: readonly { readonly table: string; readonly rows: number; readonly sha256: string }[]
  /** Attempts under way, which were given the time back. */
  readonly open: number
  /** How long nothing could be written, until its settings named the new place. */
  readonly waitedMs: number
}

/** What is done with tenants besides serving them, where the machine has a disk. */
export interface TenantTools {
  look(tenant: TenantSettings): Promise<TenantLook>
  /** Brings its database up to date. @throws an error of one line. */
  migrate(tenant: TenantSettings): Promise<void>
  /** Moves its database to a libSQL server, or into a file of its data folder. @throws an error of one line. */
  move(
    tenant: TenantSettings & { readonly file: string },
    to: NonNullable<TenantSettings['remoteDatabase']> | 'file',
  ): Promise<MovedTenant>
}
