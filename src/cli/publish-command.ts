import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Language } from '../authoring/diagnostic.ts'
import { openKeyRing, signingKey } from '../credential/keys.ts'
import { publishExam } from '../flows/publish-exam.ts'
import type { Bank } from '../item/bank.ts'
import { instant } from '../kernel/instant.ts'
import { signServiceToken } from '../marketplace/service-token.ts'
import { openEmbeddedDatabase } from '../world/open-node.ts'
import { checkFolder, examFolders } from './check-folder.ts'
import { readKeys } from './keys-command.ts'
import { publishable, writeLock } from './lock-command.ts'
import { type ExitCode, type Terminal, UsageError } from './terminal.ts'

export interface PublishOptions {
  readonly folders: readonly string[]
  readonly data: string
  readonly to?: string | undefined
  readonly language: Language
}

const TIMEOUT_MS = 60_000

/** `kentei publish`: checks, locks and stores. Nothing is stored of an exam with errors. */
export async function runPublish(options: PublishOptions, terminal: Terminal): Promise<ExitCode> {
  const folders = await examFolders(options.folders, terminal)
  const { store, close } = options.to === undefined ? await embeddedStore(resolve(terminal.cwd, options.data), terminal) : await remoteStore(options.to, options.data, terminal)
  try {
    return await publishAll(folders, store, options.language, terminal)
  } finally {
    close()
  }
}

async function publishAll(folders: readonly string[], store: Store, language: Language, terminal: Terminal): Promise<ExitCode> {
  let exit: ExitCode = 0
  for (const folder of folders) {
    const checked = await checkFolder(folder, { now: terminal.now(), language })
    const bank = publishable(checked, terminal)
    const problem = bank ? await store(bank) : 'has errors'
    if (bank && problem === undefined) {
      await writeLock(checked, bank)
      terminal.out(`${bank.exam.id} v${bank.exam.version} ${bank.hash}`)
    } else {
      terminal.err(`${folder}: ${problem}`)
      exit = 1
    }
  }
  return exit
}

/** Stores a bank; says why not when it could not. */
type Store = (bank: Bank) => Promise<string | undefined>

interface OpenStore {
  readonly store: Store
  close(): void
}

/** The database of `npm start`, in its data folder. */
async function embeddedStore(data: string, terminal: Terminal): Promise<OpenStore> {
  await mkdir(data, { recursive: true, mode: 0o700 })
  const { db, close } = await openEmbeddedDatabase(join(data, 'kentei.db'), migrationsFolder())
  return {
    close,
    store: async (bank) => {
      await publishExam({ db, now: () => instant(terminal.now()) }, bank)
      return undefined
    },
  }
}

/** Beside the bundle in `dist/`, or at the root above `src/cli/`. */
function migrationsFolder(): string {
  const found = ['../migrations', '../../migrations'].map((path) => fileURLToPath(new URL(path, import.meta.url))).find((path) => existsSync(join(path, 'meta', '_journal.json')))
  if (!found) throw new UsageError('the migrations folder is not where it should be')
  return found
}

async function remoteStore(origin: string, data: string, terminal: Terminal): Promise<OpenStore> {
  const isLocal = /^http:\/\/(?:localhost|127\.0\.0\.1)(?::\d+)?\/?$/.test(origin)
  if (!URL.canParse(origin) || (!origin.startsWith('https://') && !isLocal)) throw new UsageError('--to must be an https origin')
  const url = new URL('/admin/exams', origin)
  const tokenOf = await tokenSource(url.origin, data, terminal)
  const store: Store = async (bank) => {
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { authorization: `Bearer ${await tokenOf()}`, 'content-type': 'application/json' },
        body: JSON.stringify(bank),
        redirect: 'error',
        signal: AbortSignal.timeout(TIMEOUT_MS),
      })
      return response.ok ? undefined : `${url.origin} answered ${response.status} ${(await response.text()).slice(0, 300)}`
    } catch (problem) {
      return `${url.origin} cannot be reached: ${problem instanceof Error ? problem.message : String(problem)}`
    }
  }
  return { store, close: () => {} }
}

/** A fresh service token for each call, signed with the service key of the data folder; or the one that was handed in. */
async function tokenSource(origin: string, data: string, terminal: Terminal): Promise<() => Promise<string>> {
  const given = terminal.env.KENTEI_SERVICE_TOKEN
  if (given) return async () => given
  const key = signingKey(await openKeyRing(origin, await readKeys(join(resolve(terminal.cwd, data), 'keys.json'))), 'service')
  if (!key) throw new UsageError(`no service key in ${data}/keys.json; make one with \`kentei keys generate\`, or name the folder with --data`)
  return () => signServiceToken({ key, issuer: origin, audience: origin, jti: randomUUID(), scope: 'exams:publish', now: instant(terminal.now()) })
}
