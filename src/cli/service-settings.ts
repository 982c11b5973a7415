import { readFile } from 'node:fs/promises'
import { isIP } from 'node:net'
import { resolve } from 'node:path'
import { parseEnv } from 'node:util'
import * as z from 'zod'
import { isLoopback } from '../platform/http/own-host.ts'
import { brandJson } from '../world/brand-file.ts'
import { missingOfBucket, readBrandSetting } from '../world/settings.ts'
import { type Listen, serviceEnvironment, type TenantSettings } from './start-service.ts'
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
export const LIBSQL_URL =
  /^(libsql:|https:|http:\/\/(localhost|127\.0\.0\.1|\[::1\])[:/]|http:\/\/(localhost|127\.0\.0\.1|\[::1\])$)/

/** The session's cookie is sent under TLS and on this machine alone. */
const isSafe = (origin: string): boolean => origin.startsWith('https:') || isLoopback(origin)

const listenAt = z.string().transform((text, context) => {
  const listen = readListen(text)
  if (!listen) context.addIssue({ code: 'custom', message: 'host:port' })
  return listen ?? z.NEVER
})

/** What is the process's. */
export const ofProcess = z.object({
  KENTEI_LISTEN: z.string().default('127.0.0.1:8787').pipe(listenAt),
  KENTEI_METRICS_LISTEN: listenAt.optional(),
  KENTEI_LOG: z.enum(['error', 'warn', 'info']).default('info'),
  KENTEI_PROXY_HOPS: z.coerce.number().int().min(0).max(MOST_HOPS).default(0),
})
/** What is a marketplace's. */
const ofTenant = serviceEnvironment.omit({ MARKETPLACE_BRAND: true }).extend({
  KENTEI_ORIGIN: serviceEnvironment.shape.KENTEI_ORIGIN.refine((one) => !URL.canParse(one) || isSafe(one)),
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
    section: 'watch.md#metrics',
  },
  KENTEI_LOG: { expects: (t) => t('usage.serve.expects.log'), section: 'watch.md#logs' },
  KENTEI_TENANTS: { option: 'tenants', expects: text, section: 'tenants.md#node' },
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
  KENTEI_ARCHIVE_S3: { expects: (t) => t('usage.serve.expects.bucket'), section: 'records.md#archive' },
  KENTEI_ARCHIVE_S3_REGION: { expects: text, section: 'records.md#archive' },
  KENTEI_ARCHIVE_S3_ID: { expects: text, section: 'records.md#archive' },
  KENTEI_ARCHIVE_S3_SECRET: { expects: text, section: 'records.md#archive' },
  KENTEI_DATABASE_LIMIT: { expects: (t) => t('usage.serve.expects.size'), section: 'records.md#limit' },
  KENTEI_DEMO_BANK: { expects: (t) => t('usage.serve.expects.demo-bank'), section: 'author.md#own-bank' },
}

/** What a Worker is told, and lies in the data folder here. */
const IN_THE_FOLDER = ['KENTEI_KEYS', 'KENTEI_SESSION_SECRET', 'KENTEI_ERASURE_SECRET']

/** The variables of a file. @throws a `UsageError` where it cannot be read. */
export async function readSettingsFile(path: string): Promise<Readonly<Record<string, string | undefined>>> {
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

export type Given = Readonly<Record<string, string>>
export type Complaint = (t: Translate) => string

/** An empty variable says nothing. */
export const saying = (variables: Readonly<Record<string, string | undefined>>): Given =>
  Object.fromEntries(
    Object.entries(variables).filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== ''),
  )

export function refuse(complaints: readonly Complaint[]): void {
  if (complaints.length > 0) throw new UsageError((t) => complaints.map((say) => say(t)).join('\n'))
}

/** What is wrong with settings by their schema. */
export const wrongIn = (error: z.ZodError | undefined, given: Given): Complaint[] =>
  [...new Set((error?.issues ?? []).map(({ path }) => String(path[0])))].map(
    (name) => (t) => complain(t, name, given[name] !== undefined),
  )

/** What stands in a file and is no setting. */
export const unknownIn = (inFile: Readonly<Record<string, unknown>>): Complaint[] =>
  Object.keys(inFile)
    .filter((name) => !(name in serviceSettings) && !IN_THE_FOLDER.includes(name))
    .map((name) => (t) => t('usage.serve.unknown', { name }))

export interface Read<Settings> {
  readonly settings?: Settings
  readonly complaints: readonly Complaint[]
}

/** Reads what is a marketplace's own. Its folders are those of `cwd` unless told otherwise. */
export async function readTenant(
  given: Given,
  { cwd, data: folder, exams }: { readonly cwd: string; readonly data: string; readonly exams?: string },
): Promise<Read<TenantSettings>> {
  const { data, error } = ofTenant.safeParse(given)
  const brand = await brandJson(given.MARKETPLACE_BRAND, cwd).then(
    (json) => ({ json, why: json === undefined ? undefined : whyNoBrand(() => readBrandSetting(json)) }),
    (problem: Error) => ({ json: undefined, why: problem.message }),
  )
  const complaints: Complaint[] = [
    ...wrongIn(error, given),
    ...missingOfBucket(given).map((name) => (t: Translate) => complain(t, name, false)),
    ...(brand.why === undefined ? [] : [(t: Translate) => complain(t, 'MARKETPLACE_BRAND', true, brand.why)]),
    ...IN_THE_FOLDER.filter((name) => given[name] !== undefined).map(
      (name) => (t: Translate) => t('usage.serve.misplaced', { name }),
    ),
  ]
  if (!data) return { complaints }
  const told = Object.keys(serviceEnvironment.shape).map((name) => [name, given[name]])
  const { LIBSQL_URL: url, LIBSQL_AUTH_TOKEN: authToken } = data
  const examsFolder = given.EXAMS_DIR ?? exams
  const settings = {
    environment: { ...Object.fromEntries(told), MARKETPLACE_BRAND: brand.json },
    dataFolder: resolve(cwd, given.DATA_DIR ?? folder),
    examsFolder: examsFolder === undefined ? undefined : resolve(cwd, examsFolder),
    remoteDatabase: url === undefined ? undefined : { url, authToken },
  }
  return { settings, complaints }
}
