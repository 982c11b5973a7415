import type { TenantSettings } from './start-service.ts'

/** How a tenant stands, as far as can be seen without changing anything. */
export interface TenantLook {
  /** `none`: nothing is there yet; `gone`: it cannot be reached or read; `later`: a later release has added to it, and it serves; `newer`: it does not. */
  readonly database: 'ok' | 'later' | 'none' | 'damaged' | 'gone' | 'newer' | 'other'
  /** Migrations of this release that it has not had. */
  readonly pending: number
  /** `lost`: the database is there and they are not. */
  readonly keys: 'ok' | 'none' | 'lost' | 'unreadable'
  /** Whether a service has its data folder. */
  readonly isServed: boolean
}

/** What is done with tenants besides serving them, where the machine has a disk. */
export interface TenantTools {
  look(tenant: TenantSettings): Promise<TenantLook>
  /** Brings its database up to date. @throws an error of one line. */
  migrate(tenant: TenantSettings): Promise<void>
}
