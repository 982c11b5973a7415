import { lstat, mkdir, open, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { parseEnv } from 'node:util'
import { calculateJwkThumbprint, type JWK } from 'jose'
import * as z from 'zod'
import type { Language } from '../../authoring/said.ts'
import { workerId } from '../../contract/tokens.ts'
import { type DatedKey, TOOL_USES, USES } from '../../credential/key-life.ts'
import { algorithmOf, isSigningUse } from '../../credential/keys.ts'
import { environment, type StoredKey, type ToolUse } from '../../world/settings.ts'
import { replaceFile } from '../fmt-command.ts'
import { type Terminal, UsageError } from '../terminal.ts'

export const KEY_ACTS = ['generate', 'list', 'rotate', 'block', 'prune', 'export-public'] as const

export interface KeysOptions {
  readonly act: (typeof KEY_ACTS)[number]
  readonly data: string
  /** The keys of `KENTEI_KEYS` instead of the data folder's. */
  readonly fromEnv: boolean
  readonly to: string | undefined
  readonly use: string | undefined
  readonly alg: string | undefined
  /** Whose an author key is. */
  readonly as: string | undefined
  readonly kid: string | undefined
  readonly all: boolean
  readonly now: boolean
  readonly json: boolean
  readonly format: string
  readonly origin: string | undefined
  readonly validFor: string | undefined
  readonly language: Language
}

const STATES = ['active', 'next', 'retired', 'blocked'] as const
const keyFile = z.array(
  z.object({
    jwk: z.looseObject({ kty: z.string(), kid: z.string() }),
    use: z.enum([...USES, ...TOOL_USES]),
    state: z.enum(STATES),
    since: z.partialRecord(z.enum(STATES), z.iso.datetime()).optional(),
    person: workerId.optional(),
  }),
)

/** Where the keys are, and where changed ones go. */
export interface KeyStore {
  /** What it is called in messages. */
  readonly name: string
  readonly keys: readonly DatedKey[]
  /** Writes changed keys, all or nothing. Refuses when somebody else changed them meanwhile. */
  write(keys: readonly DatedKey[]): Promise<void>
}

/** Refuses a store without keys: nothing there can be changed or published, and a wrong folder must not look like done. */
export function needKeys({ keys, name }: KeyStore): void {
  if (keys.length === 0) throw new UsageError((t) => t('keyFile.empty', { name }))
}

/** One key a line: short enough for a Worker's secret, and a difference shows which key changed. */
export const printKeys = (keys: readonly DatedKey[]): string =>
  `[\n${keys.map((key) => JSON.stringify(key)).join(',\n')}\n]\n`

/** The keys of a data folder, or those of `KENTEI_KEYS`, which go to a file of their own. */
export async function openKeyStore(
  of: { readonly data: string; readonly fromEnv: boolean; readonly to: string | undefined },
  terminal: Terminal,
): Promise<KeyStore> {
  if (!of.fromEnv) {
    const path = join(resolve(terminal.cwd, of.data), 'keys.json')
    const text = await readKeyFile(path)
    return {
      name: path,
      keys: text === undefined ? [] : await parseKeys(text, path),
      write: (keys) => replaceKeys(path, text, keys),
    }
  }
  const text = terminal.env.KENTEI_KEYS
  if (!text) throw new UsageError((t) => t('keyFile.noVariable'))
  const write = async (keys: readonly DatedKey[]) => {
    if (of.to === undefined) throw new UsageError((t) => t('keyFile.variableFixed'))
    await replaceKeys(resolve(terminal.cwd, of.to), undefined, keys)
  }
  return { name: 'KENTEI_KEYS', keys: await parseKeys(text, 'KENTEI_KEYS'), write }
}

const refuse =
  (path: string, why: 'usage.unreadableBecause' | 'usage.unwritableBecause') => (error: NodeJS.ErrnoException) => {
    throw new UsageError((t) => t(why, { path, code: String(error.code) }))
  }

async function readKeyFile(path: string): Promise<string | undefined> {
  const found = await lstat(path).catch((error: NodeJS.ErrnoException) =>
    error.code === 'ENOENT' ? undefined : refuse(path, 'usage.unreadableBecause')(error),
  )
  if (!found) return undefined
  if (!found.isFile()) throw new UsageError((t) => t('keyFile.noPlainFile', { path }))
  if ((found.mode & 0o077) !== 0) throw new UsageError((t) => t('keyFile.open', { path }))
  return readFile(path, 'utf8').catch(refuse(path, 'usage.unreadableBecause'))
}

/** Writes a file whole, or says why it cannot be. */
export const writeWhole = (path: string, text: string, mode?: number): Promise<void> =>
  replaceFile(path, text, mode).catch(refuse(path, 'usage.unwritableBecause'))

/** Writes a private file that is not there yet. */
export async function writeNew(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 }).catch(refuse(path, 'usage.unwritableBecause'))
  await writeFile(path, text, { flag: 'wx', mode: 0o600 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EEXIST') throw new UsageError((t) => t('usage.exists', { path }))
    return refuse(path, 'usage.unwritableBecause')(error)
  })
}

/** Reads stored keys and judges them as the service does when it starts. */
async function parseKeys(text: string, name: string): Promise<DatedKey[]> {
  const read = keyFile.safeParse(parseJson(text))
  if (!read.success) throw new UsageError((t) => t('keyFile.notAKeyFile', { name }))
  const keys = read.data as readonly (DatedKey & { readonly jwk: JWK & { readonly kid: string } })[]
  for (const { jwk, use, state } of keys) {
    const { kid } = jwk
    if (!algorithmOf(jwk)) throw new UsageError((t) => t('keyFile.unknownKind', { name, use, kid }))
    if (!isSigningUse(use) && jwk.d !== undefined)
      throw new UsageError((t) => t('keyFile.privateElsewhere', { name, use, kid }))
    if ((await calculateJwkThumbprint(jwk).catch(() => '')) !== kid)
      throw new UsageError((t) => t('keyFile.wrongKid', { name, kid }))
    if (isSigningUse(use) && (state === 'active' || state === 'next') && jwk.d === undefined)
      throw new UsageError((t) => t('keyFile.lostPrivate', { name, state, use, kid }))
  }
  if (new Set(keys.map(({ jwk }) => jwk.kid)).size < keys.length)
    throw new UsageError((t) => t('keyFile.twice', { name }))
  for (const use of USES)
    if (
      keys.filter((key) => key.use === use && key.state === 'active').length > 1 ||
      keys.filter((key) => key.use === use && key.state === 'next').length > 1
    )
      throw new UsageError((t) => t('keyFile.twoOfUse', { name, use }))
  return [...keys]
}

/** Replaces the file as it was read. A lock beside it makes reading again and writing one act among several tools. */
async function replaceKeys(path: string, before: string | undefined, keys: readonly DatedKey[]): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 }).catch(refuse(path, 'usage.unwritableBecause'))
  const lock = `${path}.lock`
  const held = await open(lock, 'wx', 0o600).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EEXIST') throw new UsageError((t) => t('keyFile.locked', { path, lock }))
    return refuse(path, 'usage.unwritableBecause')(error)
  })
  try {
    if ((await readKeyFile(path)) !== before)
      throw new UsageError((t) => (before === undefined ? t('usage.exists', { path }) : t('keyFile.changed', { path })))
    await writeWhole(path, printKeys(keys), 0o600)
  } finally {
    await held.close()
    await rm(lock, { force: true })
  }
}

/** The keys of a key file; none where there is no file. */
export async function readKeys(path: string): Promise<readonly DatedKey[]> {
  const text = await readKeyFile(path)
  return text === undefined ? [] : parseKeys(text, path)
}

/** The key of a tool, from the file that `kentei keys generate` made for it. */
export async function readToolKey(path: string, use: ToolUse): Promise<StoredKey> {
  const text = await readKeyFile(path)
  if (text === undefined) throw new UsageError((t) => t('keyFile.noToolFile', { path, use }))
  const read = keyFile.safeParse(parseJson(text))
  const [key, ...others] = read.success ? read.data : []
  if (key?.use !== use || others.length > 0 || key.jwk.d === undefined)
    throw new UsageError((t) => t('keyFile.notOneTool', { path, use }))
  return key as StoredKey
}

/** The keys of a running service: of its data folder, or of the `.dev.vars` of a development Worker. */
export async function readPluginKeys(path: string): Promise<readonly StoredKey[]> {
  const found = await stat(path).catch(() => undefined)
  if (!found) throw new UsageError((t) => t('keyFile.noService', { path }))
  if (found.isDirectory()) return readKeys(join(path, 'keys.json'))
  const read = environment.shape.KENTEI_KEYS.safeParse(parseEnv(await readFile(path, 'utf8')).KENTEI_KEYS)
  if (!read.success) throw new UsageError((t) => t('keyFile.noVariableIn', { path }))
  return read.data as readonly StoredKey[]
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
