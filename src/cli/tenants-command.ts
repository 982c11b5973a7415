import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Language } from '../authoring/said.ts'
import type { ExitCode } from '../platform/words/command-line.ts'
import { databaseAddress } from '../world/database-address.ts'
import { TENANT_NAME } from '../world/edge-tenants.ts'
import { LIBSQL_URL } from './service-settings.ts'
import type { TenantSettings } from './start-service.ts'
import type { TenantLook, TenantTools } from './tenant-tools.ts'
import { readTenants, TENANT_FILE, tenantsIn } from './tenants-folder.ts'
import { command, jsonOption, type Surroundings, type Terminal, UsageError } from './terminal.ts'
import { textsOf } from './texts.ts'

const ACTS = ['add', 'list', 'check', 'migrate', 'move'] as const

/** Variables that a new tenant is told, by option. */
const TOLD = {
  origin: 'KENTEI_ORIGIN',
  marketplace: 'MARKETPLACE_ORIGIN',
  'webhook-keys': 'MARKETPLACE_WEBHOOK_KEYS',
  subscribers: 'SUBSCRIBERS',
  operators: 'KENTEI_OPERATORS',
  libsql: 'LIBSQL_URL',
} as const

type Options = Readonly<Partial<Record<keyof typeof TOLD, string | undefined>>> & {
  readonly json?: boolean | undefined
  readonly to?: string | undefined
}

interface Run {
  readonly folder: string
  readonly options: Options
  readonly terminal: Terminal
  readonly language: Language
}

/** A line of a file of settings. @throws a `UsageError` for a text that no such line can hold. */
function lineOf(name: string, value: string): string {
  const quote = ["'", '"', '`'].find((one) => !value.includes(one))
  if (quote === undefined || /[\r\n]/.test(value)) throw new UsageError((t) => t('usage.tenants.unquotable', { name }))
  return `${name}=${quote}${value}${quote}\n`
}

/** Lays a folder for a tenant, as long as its settings are whole and no other has what is its own. */
async function add(name: string, { folder, options, terminal, language }: Run): Promise<ExitCode> {
  if (!TENANT_NAME.test(name)) throw new UsageError((t) => t('usage.tenants.name', { name }))
  await mkdir(folder, { recursive: true, mode: 0o700 })
  if ((await tenantsIn(folder)).includes(name)) throw new UsageError((t) => t('usage.tenants.there', { name, folder }))
  const told = Object.entries(TOLD).flatMap(([option, variable]) => {
    const value = options[option as keyof typeof TOLD]
    return value === undefined ? [] : [lineOf(variable, value)]
  })
  const own = join(folder, name)
  await mkdir(own, { mode: 0o700 })
  try {
    await writeFile(join(own, TENANT_FILE), told.join(''), { mode: 0o600 })
    await readTenants(folder)
  } catch (problem) {
    await rm(own, { recursive: true })
    throw problem
  }
  terminal.out(textsOf(language)('cli.tenants.added', { name, file: join(own, TENANT_FILE) }))
  return 0
}

const placeOf = ({ dataFolder, remoteDatabase }: TenantSettings): string =>
  remoteDatabase?.url ?? join(dataFolder, 'kentei.db')

async function list({ folder, options, terminal, language }: Run): Promise<ExitCode> {
  const tenants = (await readTenants(folder)).map((tenant) => ({
    name: tenant.name ?? '',
    origin: tenant.environment.KENTEI_ORIGIN,
    market: tenant.environment.MARKETPLACE_ORIGIN,
    database: placeOf(tenant),
  }))
  const t = textsOf(language)
  if (options.json) terminal.out(JSON.stringify(tenants, null, 2))
  else for (const { database: _, ...tenant } of tenants) terminal.out(t('cli.tenants.one', tenant))
  return 0
}

const isWell = ({ database, keys }: TenantLook): boolean =>
  ['ok', 'later', 'none'].includes(database) && ['ok', 'none'].includes(keys)

async function check({ look }: TenantTools, { folder, options, terminal, language }: Run): Promise<ExitCode> {
  const tenants = await readTenants(folder)
  const looks = await Promise.all(tenants.map(look))
  const t = textsOf(language)
  if (options.json)
    terminal.out(
      JSON.stringify(
        looks.map((one, at) => ({ name: tenants[at]?.name, ...one })),
        null,
        2,
      ),
    )
  else
    for (const [at, { database, keys, pending, isServed }] of looks.entries())
      terminal.out(
        t('cli.tenants.stands', {
          name: tenants[at]?.name ?? '',
          database,
          keys,
          pending,
          isServed: isServed ? 'yes' : 'no',
        }),
      )
  return looks.every(isWell) ? 0 : 1
}

async function migrate({ migrate: bring }: TenantTools, { folder, terminal, language }: Run): Promise<ExitCode> {
  const t = textsOf(language)
  let code: ExitCode = 0
  for (const tenant of await readTenants(folder)) {
    const name = tenant.name ?? ''
    try {
      await bring(tenant)
      terminal.out(t('cli.tenants.migrated', { name }))
    } catch (problem) {
      // the others are brought up to date all the same
      terminal.err(t('cli.tenants.failed', { name, why: (problem as Error).message }))
      code = 1
    }
  }
  return code
}

/** Moves one to another engine while it is served. */
async function move(name: string, { move: bring }: TenantTools, { folder, options, terminal, language }: Run) {
  const tenants = await readTenants(folder)
  const tenant = tenants.find((one) => one.name === name)
  const { to } = options
  const { LIBSQL_AUTH_TOKEN: authToken } = terminal.env
  const isUrl = to !== undefined && LIBSQL_URL.test(to)
  if (to !== 'file' && !isUrl) throw new UsageError((t) => t('usage.tenants.to'))
  if (tenant?.file === undefined) throw new UsageError((t) => t('usage.tenants.unknown', { name, folder }))
  const taken = isUrl ? tenants : [tenant]
  if (taken.some(({ remoteDatabase: one }) => (one ? databaseAddress(one.url) : 'file') === databaseAddress(to)))
    throw new UsageError((t) => t('usage.tenants.here', { name, to }))
  const t = textsOf(language)
  try {
    const moved = await bring({ ...tenant, file: tenant.file }, isUrl ? { url: to, authToken } : 'file')
    for (const one of moved.tables) terminal.out(t('cli.tenants.table', one))
    terminal.out(t('cli.tenants.moved', { name, to, open: moved.open, seconds: (moved.waitedMs / 1_000).toFixed(1) }))
    return 0
  } catch (problem) {
    const { reason = 'failed', message } = problem as Error & { readonly reason?: string }
    terminal.err(t('cli.tenants.notMoved', { name, reason, what: message }))
    return 1
  }
}

async function needTools({ openTenants }: Pick<Surroundings, 'openTenants'>): Promise<TenantTools> {
  if (!openTenants) throw new UsageError((t) => t('usage.tenants.notHere'))
  return openTenants()
}

/** `kentei tenants`: the marketplaces of a service that serves several. */
export const tenantsCommand = command({
  describe: (t) => t('command.tenants', { acts: ACTS.join(', ') }),
  mostArguments: 2,
  options: (t, { terminal }) => ({
    tenants: {
      type: 'string',
      description: t('option.tenants'),
      default: terminal.env.KENTEI_TENANTS ?? 'tenants',
      valueHint: 'folder',
    },
    origin: { type: 'string', description: t('option.serve.origin'), valueHint: 'origin' },
    marketplace: { type: 'string', description: t('option.serve.marketplace'), valueHint: 'origin' },
    'webhook-keys': { type: 'string', description: t('option.serve.webhook-keys'), valueHint: '["whpk_…"]' },
    subscribers: { type: 'string', description: t('option.serve.subscribers'), valueHint: '[{id, url}]' },
    operators: { type: 'string', description: t('option.serve.operators'), valueHint: 'id,claim=value' },
    libsql: { type: 'string', description: t('option.tenants.libsql'), valueHint: 'libsql:…' },
    to: { type: 'string', description: t('option.tenants.to'), valueHint: 'libsql:… | file' },
    ...jsonOption(t),
  }),
  run: async ({ args: { _, tenants: folder, ...options }, terminal, language, ...around }): Promise<ExitCode> => {
    const run: Run = { folder: resolve(terminal.cwd, folder), options, terminal, language }
    const act = ACTS.find((one) => one === _[0])
    const name = _[1]
    if (act === 'add' && name !== undefined) return add(name, run)
    if (act === 'move' && name !== undefined) return move(name, await needTools(around), run)
    if (act === undefined || act === 'add' || act === 'move' || name !== undefined)
      throw new UsageError((t) => t('usage.tenants'))
    if (act === 'list') return list(run)
    const tools = await needTools(around)
    return act === 'check' ? check(tools, run) : migrate(tools, run)
  },
})
