import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { databaseAddress } from '../world/database-address.ts'
import { TENANT_NAME } from '../world/edge-tenants.ts'
import {
  type Complaint,
  ofProcess,
  type Read,
  readSettingsFile,
  readTenant,
  refuse,
  saying,
  unknownIn,
} from './service-settings.ts'
import type { TenantSettings } from './start-service.ts'
import { UsageError } from './terminal.ts'
import type { Translate } from './texts.ts'

/** File of a tenant's folder that has its settings. */
export const TENANT_FILE = 'kentei.env'

/** The names of the tenants whose folders lie in one. @throws a `UsageError` where it cannot be read. */
export async function tenantsIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError((t) => t('usage.tenants.folder', { folder, why: error.code ?? 'error' }))
  })
  return entries
    .filter((entry) => entry.isDirectory() && TENANT_NAME.test(entry.name))
    .map(({ name }) => name)
    .sort()
}

/** Reads what lies in the folder of a tenant. Complaints begin with its name. */
export async function readTenantFolder(folder: string, name: string): Promise<Read<TenantSettings>> {
  const cwd = join(folder, name)
  const inFile = await readSettingsFile(join(cwd, TENANT_FILE))
  const exams = (await stat(join(cwd, 'exams')).catch(() => undefined)) ? { exams: 'exams' } : {}
  const { settings, complaints } = await readTenant(saying(inFile), { cwd, data: 'data', ...exams })
  const common = Object.keys(inFile).filter((one) => one in ofProcess.shape || one === 'KENTEI_TENANTS')
  const all = [
    ...complaints,
    ...common.map((one) => (t: Translate) => t('usage.tenants.ofProcess', { name: one })),
    ...unknownIn(inFile),
  ].map((say) => (t: Translate) => t('usage.tenants.of', { tenant: name, complaint: say(t) }))
  return { ...(settings ? { settings: { ...settings, name, file: join(cwd, TENANT_FILE) } } : {}), complaints: all }
}

/** What two tenants have in common that each must have for itself. */
function clashes(tenants: readonly TenantSettings[]): Complaint[] {
  const taken = new Map<string, string>()
  const schemes = new Set(tenants.map(({ environment }) => new URL(environment.KENTEI_ORIGIN).protocol))
  const own = tenants.flatMap(({ name = '', environment, dataFolder, remoteDatabase }) =>
    [new URL(environment.KENTEI_ORIGIN).host, dataFolder, remoteDatabase?.url, environment.KENTEI_ARCHIVE_S3].flatMap(
      (what) => {
        if (what === undefined) return []
        const key = what === remoteDatabase?.url ? `database ${databaseAddress(what)}` : what
        const other = taken.get(key)
        taken.set(key, name)
        return other === undefined ? [] : [(t: Translate) => t('usage.tenants.shared', { tenant: name, other, what })]
      },
    ),
  )
  return schemes.size > 1 ? [...own, (t) => t('usage.tenants.schemes')] : own
}

/** Reads the settings of every tenant in a folder. @throws a `UsageError` that names every wrong one. */
export async function readTenants(folder: string): Promise<readonly [TenantSettings, ...TenantSettings[]]> {
  const names = await tenantsIn(folder)
  const read = await Promise.all(names.map((name) => readTenantFolder(folder, name)))
  refuse(read.flatMap(({ complaints }) => complaints))
  const [first, ...others] = read.flatMap(({ settings }) => (settings ? [settings] : []))
  if (!first) throw new UsageError((t) => t('usage.tenants.none', { folder }))
  refuse(clashes([first, ...others]))
  return [first, ...others]
}
