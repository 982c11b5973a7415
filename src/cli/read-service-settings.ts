import { resolve } from 'node:path'
import type * as z from 'zod'
import {
  ofProcess,
  readSettingsFile,
  readTenant,
  refuse,
  saying,
  serviceSettings,
  unknownIn,
  wrongIn,
} from './service-settings.ts'
import type { ServiceSettings, TenantSettings } from './start-service.ts'
import { readTenants, TENANT_FILE } from './tenants-folder.ts'
import type { Translate } from './texts.ts'

export type Args = Readonly<Partial<Record<string, string | undefined>>>

/** Where settings come from: what the command line does not say the environment does, and what that does not, a file. */
export interface SettingSources {
  readonly args: Args
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd: string
  /** `NAME=value` lines, as `EnvironmentFile` of systemd and `--env-file` of Node have them. */
  readonly file?: string
}

/** What says nothing where there are several, and may stand in a unit all the same. */
const OF_ONE: readonly string[] = ['DATA_DIR', 'EXAMS_DIR']

/** Reads the settings of the service. @throws a `UsageError` that names every wrong one, what it has to be, and where the manual explains it. */
export async function readServiceSettings({ args, env, cwd, file }: SettingSources): Promise<ServiceSettings> {
  const inFile = file === undefined ? {} : await readSettingsFile(resolve(cwd, file))
  const typed = Object.fromEntries(
    Object.entries(serviceSettings).flatMap(([name, { option }]) => {
      const value = option === undefined ? undefined : args[option]
      return value === undefined ? [] : [[name, value]]
    }),
  )
  const given = saying({ ...inFile, ...env, ...typed })
  const { data, error } = ofProcess.safeParse(given)
  const folder = given.KENTEI_TENANTS
  const alone = folder === undefined ? await readTenant(given, { cwd, data: '.data', exams: 'exams' }) : undefined
  // of many, each has its own
  const misplaced = alone
    ? []
    : Object.keys(serviceSettings).filter(
        (name) =>
          given[name] !== undefined && !(name in ofProcess.shape) && !['KENTEI_TENANTS', ...OF_ONE].includes(name),
      )
  refuse([
    ...(alone?.complaints ?? []),
    ...misplaced.map((name) => (t: Translate) => t('usage.tenants.misplaced', { name, file: TENANT_FILE })),
    ...wrongIn(error, given),
    ...unknownIn(inFile),
  ])
  const tenants = alone ? ([alone.settings as TenantSettings] as const) : await readTenants(resolve(cwd, folder ?? ''))
  const of = data as z.output<typeof ofProcess>
  return {
    listen: of.KENTEI_LISTEN,
    proxyHops: of.KENTEI_PROXY_HOPS,
    metricsListen: of.KENTEI_METRICS_LISTEN,
    log: of.KENTEI_LOG,
    tenants,
  }
}
