import type * as z from 'zod'
import { environment } from '../world/settings.ts'

/** What the service is told; keys and secrets lie in its data folder, and are made on the first start. */
export const serviceEnvironment = environment.omit({
  KENTEI_KEYS: true,
  KENTEI_SESSION_SECRET: true,
  KENTEI_ERASURE_SECRET: true,
})
type Told = z.input<typeof serviceEnvironment>

/** An address of this machine and a port. */
export interface Listen {
  readonly host: string
  readonly port: number
}

/** What is one marketplace's own. */
export interface TenantSettings {
  /** By which its operator knows it; undefined where it is the only one. */
  readonly name?: string
  /** The file of its settings, which may come to name another database while it is served. */
  readonly file?: string
  readonly environment: Told
  readonly dataFolder: string
  /** Exams to publish at the start; undefined for none. */
  readonly examsFolder?: string | undefined
  /** A libSQL server; without it the database is a file of the data folder. */
  readonly remoteDatabase?: { readonly url: string; readonly authToken?: string | undefined } | undefined
}

export interface ServiceSettings {
  readonly listen: Listen
  /** Proxies of ours before it, whose `X-Forwarded-For` is believed. */
  readonly proxyHops: number
  /** Where figures are read, and whether the service is ready; nowhere without it. */
  readonly metricsListen?: Listen | undefined
  /** The lines of the log that are written: these and those that matter more. */
  readonly log: 'error' | 'warn' | 'info'
  /** The marketplaces that it serves, each by the host of its origin. */
  readonly tenants: readonly [TenantSettings, ...TenantSettings[]]
}

/** Kentei as it runs. */
export interface Service {
  readonly exams: readonly string[]
  /** What whoever runs it should know. */
  readonly notes: readonly string[]
  /** Stops taking requests, lets those under way end, and closes what is open. */
  close(): Promise<void>
}

/** Starts a service. @throws a `UsageError` that says what keeps it from starting. */
export type StartService = (settings: ServiceSettings) => Promise<Service>
