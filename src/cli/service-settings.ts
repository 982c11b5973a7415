import { readFile } from 'node:fs/promises'
import { isIP } from 'node:net'
import { resolve } from 'node:path'
import { parseEnv } from 'node:util'
import * as z from 'zod'
import { isLoopback } from '../platform/http/own-host.ts'
import { brandJson } from '../world/brand-file.ts'
import { readBrandSetting } from '../world/settings.ts'
import { type Listen, type ServiceSettings, serviceEnvironment } from './start-service.ts'
import { UsageError } from './terminal.ts'
import type { Translate } from './texts.ts'

/** The address and the port that `host:port` names; undefined where it is none. */
export function readListen(text: string): Listen | undefined {
  const [, host = '', port = ''] = /^\[?([^\]]+?)\]?:(\d{1,5})$/.exec(text) ?? []
  const isAddress = isIP(host) !== 0 || host === 'localhost'
  return isAddress && Number(port) >= 1 && Number(port) <= 65_535 ? { host, port: Number(port) } : undefined
}

const MOST_HOPS = 8
/** A token goes to the server in the clear unless there is TLS; on this machine nobody can listen. */
const LIBSQL_URL =
  /^(libsql:|https:|http:\/\/(localhost|127\.0\.0\.1|\[::1\])[:/]|http:\/\/(localhost|127\.0\.0\.1|\[::1\])$)/

/** The session's cookie is sent under TLS and on this machine alone. */
const isSafe = (origin: string): boolean => origin.startsWith('https:') || isLoopback(origin)

const listenAt = z.string().transform((text, context) => {
  const listen = readListen(text)
  if (!listen) context.addIssue({ code: 'custom', message: 'host:port' })
  return listen ?? z.NEVER
})

const settings = serviceEnvironment.omit({ MARKETPLACE_BRAND: true }).extend({
  KENTEI_ORIGIN: serviceEnvironment.shape.KENTEI_ORIGIN.refine((one) => !URL.canParse(one) || isSafe(one)),
  KENTEI_LISTEN: z.string().default('127.0.0.1:8787').pipe(listenAt),
  KENTEI_METRICS_LISTEN: listenAt.optional(),
  KENTEI_LOG: z.enum(['error', 'warn', 'info']).default('info'),
  KENTEI_PROXY_HOPS: z.coerce.number().int().min(0).max(MOST_HOPS).default(0),
  LIBSQL_URL: z.string().regex(LIBSQL_URL).optional(),
  LIBSQL_AUTH_TOKEN: z.string().min(1).optional(),
})

interface Setting {
  /** The option that says the same. */
  readonly option?: string
  /** What it has to be. */
  readonly expects: (t: Translate) => string
  /** Where the manual explains it, below `src/docs/{language}/`. */
  readonly section?: string
}

const SUBSCRIBERS_SAMPLE = `'[{"id": "market", "url": "https://market.example/webhooks/kentei"}]'`

const origin = (t: Translate) => t('usage.serve.expects.origin')
const address = (t: Translate) => t('usage.serve.expects.address')
const staff = (t: Translate) => t('usage.serve.expects.staff')
const text = (t: Translate) => t('usage.serve.expects.text')

/** Every setting of the service, by its variable. The manual's table has the same. */
export const serviceSettings: Readonly<Record<string, Setting>> = {
  KENTEI_ORIGIN: { option: 'origin', expects: origin },
  KENTEI_LISTEN: { option: 'listen', expects: (t) => t('usage.serve.expects.listen') },
  KENTEI_PROXY_HOPS: {
    option: 'proxy-hops',
    expects: (t) => t('usage.serve.expects.hops', { most: MOST_HOPS }),
    section: 'operate.md#proxy',
  },
  KENTEI_METRICS_LISTEN: {
    option: 'metrics',
    expects: (t) => t('usage.serve.expects.listen'),
    section: 'operate.md#metrics',
  },
  KENTEI_LOG: { expects: (t) => t('usage.serve.expects.log'), section: 'operate.md#logs' },
  DATA_DIR: { option: 'data', expects: text },
  EXAMS_DIR: { option: 'exams', expects: text },
  LIBSQL_URL: { expects: (t) => t('usage.serve.expects.libsql'), section: 'operate.md#libsql' },
  LIBSQL_AUTH_TOKEN: { expects: text, section: 'operate.md#libsql' },
  MARKETPLACE_ORIGIN: { option: 'marketplace', expects: origin },
  MARKETPLACE_WEBHOOK_KEYS: { option: 'webhook-keys', expects: (t) => t('usage.serve.expects.webhook-keys') },
  MARKETPLACE_ISSUER: { expects: text },
  MARKETPLACE_AUDIENCE: { expects: text },
  MARKETPLACE_API: { expects: address },
  MARKETPLACE_JWKS_URL: { expects: address },
  MARKETPLACE_BRAND: { expects: text, section: 'operate.md#brand' },
  SUBSCRIBERS: {
    option: 'subscribers',
    expects: (t) => t('usage.serve.expects.subscribers', { sample: SUBSCRIBERS_SAMPLE }),
    section: 'integrate.md#events-out',
  },
  KENTEI_OPERATORS: { option: 'operators', expects: staff, section: 'integrate.md#trust' },
  KENTEI_AUTHORS: { expects: staff, section: 'integrate.md#trust' },
  KENTEI_ISSUER_NAME_JA: { expects: text },
  KENTEI_ISSUER_NAME_EN: { expects: text },
  KENTEI_SECURITY_CONTACT: { expects: (t) => t('usage.serve.expects.contact') },
  KENTEI_DEMO_BANK: { expects: (t) => t('usage.serve.expects.demo-bank'), section: 'author.md#own-bank' },
}

/** What a Worker is told, and lies in the data folder here. */
const IN_THE_FOLDER = ['KENTEI_KEYS', 'KENTEI_SESSION_SECRET', 'KENTEI_ERASURE_SECRET']

export type Args = Readonly<Partial<Record<string, string | undefined>>>

/** Where settings come from: what the command line does not say the environment does, and what that does not, a file. */
export interface SettingSources {
  readonly args: Args
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd: string
  /** `NAME=value` lines, as `EnvironmentFile` of systemd and `--env-file` of Node have them. */
  readonly file?: string
}

/** The variables of a file. @throws a `UsageError` where it cannot be read. */
async function readSettingsFile(path: string): Promise<Readonly<Record<string, string | undefined>>> {
  try {
    return parseEnv(await readFile(path, 'utf8'))
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code ?? 'error'
    throw new UsageError((t) => t('usage.serve.file', { file: path, why }))
  }
}

/** Why a brand cannot be shown, in words that its reader has for each field; undefined where it can. */
const whyNoBrand = (read: () => unknown): string | undefined => {
  try {
    read()
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

/** What is said of a setting that is missing or wrong, without its value. */
function complain(t: Translate, name: string, given: boolean, why?: string): string {
  const { option, expects = text, section = 'operate.md#settings' } = serviceSettings[name] ?? {}
  const setting = option === undefined ? name : `--${option} (${name})`
  const expected = why ?? expects(t)
  return t('usage.serve.wrong', { setting, given: given ? 'yes' : 'no', expected, section })
}

/** Reads the settings of the service. @throws a `UsageError` that names every wrong one, what it has to be, and where the manual explains it. */
export async function readServiceSettings({ args, env, cwd, file }: SettingSources): Promise<ServiceSettings> {
  const inFile = file === undefined ? {} : await readSettingsFile(resolve(cwd, file))
  const typed = Object.fromEntries(
    Object.entries(serviceSettings).flatMap(([name, { option }]) => {
      const value = option === undefined ? undefined : args[option]
      return value === undefined ? [] : [[name, value]]
    }),
  )
  // an empty variable says nothing
  const given = Object.fromEntries(
    Object.entries({ ...inFile, ...env, ...typed }).filter(([, value]) => value !== undefined && value !== ''),
  ) as Readonly<Record<string, string>>
  const { data, error } = settings.safeParse(given)
  const brand = await brandJson(given.MARKETPLACE_BRAND).then(
    (json) => ({ json, why: json === undefined ? undefined : whyNoBrand(() => readBrandSetting(json)) }),
    (problem: Error) => ({ json: undefined, why: problem.message }),
  )
  const wrong = new Set((error?.issues ?? []).map(({ path }) => String(path[0])))
  const misplaced = IN_THE_FOLDER.filter((name) => given[name] !== undefined)
  const unknown = Object.keys(inFile).filter((name) => !(name in serviceSettings) && !IN_THE_FOLDER.includes(name))
  if (!data || brand.why !== undefined || misplaced.length > 0 || unknown.length > 0)
    throw new UsageError((t) =>
      [
        ...[...wrong].map((name) => complain(t, name, given[name] !== undefined)),
        ...(brand.why === undefined ? [] : [complain(t, 'MARKETPLACE_BRAND', true, brand.why)]),
        ...misplaced.map((name) => t('usage.serve.misplaced', { name })),
        ...unknown.map((name) => t('usage.serve.unknown', { name })),
      ].join('\n'),
    )
  const told = Object.keys(serviceEnvironment.shape).map((name) => [name, given[name]])
  const { LIBSQL_URL: url, LIBSQL_AUTH_TOKEN: authToken } = data
  return {
    environment: { ...Object.fromEntries(told), MARKETPLACE_BRAND: brand.json },
    listen: data.KENTEI_LISTEN,
    proxyHops: data.KENTEI_PROXY_HOPS,
    metricsListen: data.KENTEI_METRICS_LISTEN,
    log: data.KENTEI_LOG,
    dataFolder: resolve(cwd, given.DATA_DIR ?? '.data'),
    examsFolder: resolve(cwd, given.EXAMS_DIR ?? 'exams'),
    remoteDatabase: url === undefined ? undefined : { url, authToken },
  }
}
