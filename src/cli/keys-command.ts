import { lstat, mkdir, readFile, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { parseEnv } from 'node:util'
import * as z from 'zod'
import { generateKey } from '../credential/keys.ts'
import { environment, type StoredKey } from '../world/settings.ts'
import { replaceFile } from './fmt-command.ts'
import { type ExitCode, type Terminal, UsageError } from './terminal.ts'

const USES = ['credential', 'service', 'webhook'] as const
const keyFile = z.array(z.object({ jwk: z.looseObject({ kty: z.string(), kid: z.string() }), use: z.enum(USES), state: z.enum(['active', 'next', 'retired', 'blocked']) }))

export interface KeysOptions {
  readonly act: 'generate' | 'list' | 'rotate' | 'block'
  readonly data: string
  readonly use?: string | undefined
  readonly kid?: string | undefined
}

/** `kentei keys`: the signing keys in `<data>/keys.json`. It never prints a private member. */
export async function runKeys(options: KeysOptions, terminal: Terminal): Promise<ExitCode> {
  const path = join(resolve(terminal.cwd, options.data), 'keys.json')
  const before = await readKeys(path)
  switch (options.act) {
    case 'list':
      break
    case 'generate': {
      if (before.length > 0) throw new UsageError(`${path} holds keys already; use \`kentei keys rotate\``)
      await mkdir(resolve(terminal.cwd, options.data), { recursive: true, mode: 0o700 })
      await writeKeys(path, (await Promise.all(USES.map(freshPair))).flat())
      break
    }
    case 'rotate': {
      const after = await rotate(before, readUse(options.use))
      if (!(await terminal.confirm(`Sign with the next ${options.use} key from now on, and throw the private half of the present one away?`))) return 1
      await writeKeys(path, after)
      break
    }
    case 'block': {
      const after = await block(before, options.kid)
      if (!(await terminal.confirm(`Block ${options.kid}? Everything it signed stops verifying.`))) return 1
      await writeKeys(path, after)
      break
    }
    default:
      options.act satisfies never
  }
  for (const { jwk, use, state } of await readKeys(path)) terminal.out(`${use.padEnd(10)} ${state.padEnd(7)} ${String(jwk.alg ?? jwk.kty).padEnd(7)} ${jwk.kid}`)
  return 0
}

/** A key to sign with and one to publish before its use, so that verifiers know it when it comes. */
const freshPair = (use: StoredKey['use']): Promise<StoredKey[]> => Promise.all([generateKey(use, undefined, 'active'), generateKey(use, undefined, 'next')])

function readUse(use: string | undefined): StoredKey['use'] {
  const known = USES.find((one) => one === use)
  if (!known) throw new UsageError(`--use must be one of ${USES.join(', ')}`)
  return known
}

/** The published next key begins to sign, the old one stays published for what it signed, and a new next key is made. */
async function rotate(keys: readonly StoredKey[], use: StoredKey['use']): Promise<StoredKey[]> {
  const next = keys.find((key) => key.use === use && key.state === 'next') ?? (await generateKey(use, undefined, 'next'))
  const others = keys.filter((key) => key !== next).map((key): StoredKey => (key.use === use && key.state === 'active' ? retired(key) : key))
  return [...others, { ...next, state: 'active' }, await generateKey(use, undefined, 'next')]
}

/** A retired key only verifies: its private half is thrown away. */
const retired = ({ jwk, use }: StoredKey): StoredKey => {
  const { d, p, q, dp, dq, qi, ...members } = jwk
  return { jwk: members, use, state: 'retired' }
}

async function block(keys: readonly StoredKey[], kid: string | undefined): Promise<StoredKey[]> {
  const stolen = keys.find((key) => key.jwk.kid === kid)
  if (!stolen) throw new UsageError(`no key with --kid ${kid ?? '(none given)'}`)
  const replaced = stolen.state === 'active' ? await rotate(keys, stolen.use) : stolen.state === 'next' ? [...keys, await generateKey(stolen.use, undefined, 'next')] : keys
  return replaced.map((key): StoredKey => (key.jwk.kid === kid ? { ...retired(key), state: 'blocked' } : key))
}

export async function readKeys(path: string): Promise<StoredKey[]> {
  const stat = await lstat(path).catch(() => undefined)
  if (!stat) return []
  if (!stat.isFile()) throw new UsageError(`${path} is no plain file`)
  if ((stat.mode & 0o077) !== 0) throw new UsageError(`${path} can be read by others; run chmod 600 on it`)
  const text = await readFile(path, 'utf8')
  const read = keyFile.safeParse(parseJson(text))
  if (!read.success) throw new UsageError(`${path} is not a key file`)
  return read.data as StoredKey[]
}

/** The keys of a running service: of its data folder, or of the `.dev.vars` of a development Worker. */
export async function readPluginKeys(path: string): Promise<readonly StoredKey[]> {
  const found = await stat(path).catch(() => undefined)
  if (!found) throw new UsageError(`${path} is not there; start the service first, or name its data folder with --data`)
  if (found.isDirectory()) return readKeys(join(path, 'keys.json'))
  const read = environment.shape.KENTEI_KEYS.safeParse(parseEnv(await readFile(path, 'utf8')).KENTEI_KEYS)
  if (!read.success) throw new UsageError(`${path} has no KENTEI_KEYS`)
  return read.data as readonly StoredKey[]
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const writeKeys = (path: string, keys: readonly StoredKey[]): Promise<void> => replaceFile(path, `${JSON.stringify(keys, null, 2)}\n`, 0o600)
