import { randomUUID } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { type CryptoKey, importJWK, type JWK } from 'jose'
import * as z from 'zod'
import type { Language } from '../authoring/said.ts'
import { asText, type SourceFile } from '../authoring/source-file.ts'
import { requestOf } from '../contract/call.ts'
import { proposeExam } from '../contract/kentei/publishing.ts'
import type { Scope } from '../contract/tokens.ts'
import { BANK_STANDINGS, type BankWarning, warningOfBank } from '../flows/judge-bank.ts'
import { publishExam } from '../flows/publish-exam.ts'
import { refuseUsedNumbers } from '../flows/refuse-used-numbers.ts'
import type { Bank } from '../item/bank.ts'
import { instant } from '../kernel/instant.ts'
import { signServiceToken } from '../marketplace/trusted-token.ts'
import { readAnswer } from '../platform/http/read-bounded.ts'
import type { ExitCode } from '../platform/words/command-line.ts'
import type { Database } from '../world/database.ts'
import { outside } from '../world/outside.ts'
import type { ToolUse } from '../world/settings.ts'
import { type CheckedFolder, checkFolder, examFolders } from './check-folder.ts'
import { readToolKey } from './keys/key-store.ts'
import { publishable, writeLock } from './lock-command.ts'
import { openDatabase } from './open-database.ts'
import { command, dataOption, type Terminal, UsageError } from './terminal.ts'
import { type Say, textsOf } from './texts.ts'

export interface PublishOptions {
  readonly folders: readonly string[]
  readonly data: string
  readonly to?: string | undefined
  /** File of the author key that signs; `author-key.json` in `data` without it. */
  readonly key?: string | undefined
  /** Whose work it is: an id of the marketplace. Needed where the key is nobody's own. */
  readonly as?: string | undefined
  /** What changed and why, for whoever approves. */
  readonly note?: string | undefined
  /** A folder to write the checked bundles to instead. */
  readonly out?: string | undefined
  readonly language: Language
}

/** What is kept without asking a service is judged as for trying: which origin it will be used on is not known here. */
const THIS_MACHINE = { settings: { origin: 'http://localhost', demoBank: 'refused' } } as const

const TIMEOUT_MS = 60_000
const MAX_ANSWER_BYTES = 1_048_576

/** `kentei publish`: checks, locks and stores, hands in, or writes. Nothing is kept of an exam with errors. */
async function runPublish(options: PublishOptions, terminal: Terminal): Promise<ExitCode> {
  if (options.out !== undefined && options.to !== undefined) throw new UsageError((t) => t('usage.outOrTo'))
  const folders = await examFolders(options.folders, terminal)
  const { store, close } = await openStore(options, terminal)
  try {
    return await publishAll(folders, store, options.language, terminal)
  } finally {
    await close()
  }
}

function openStore(options: PublishOptions, terminal: Terminal): Promise<OpenStore> {
  if (options.out !== undefined) return fileStore(resolve(terminal.cwd, options.out))
  return options.to === undefined
    ? embeddedStore(resolve(terminal.cwd, options.data), terminal)
    : remoteStore({ ...options, to: options.to }, terminal)
}

async function publishAll(
  folders: readonly string[],
  store: Store,
  language: Language,
  terminal: Terminal,
): Promise<ExitCode> {
  const t = textsOf(language)
  let exit: ExitCode = 0
  for (const folder of folders) {
    const checked = await checkFolder(folder, { now: terminal.now(), language })
    const bank = publishable(checked, language, terminal)
    const kept: Kept = bank ? await store(bank, checked) : { problem: (t) => t('cli.publish.errors') }
    if (bank && 'said' in kept) {
      await writeLock(checked, bank.items, terminal.now())
      terminal.out(`${bank.exam.id} v${bank.exam.version} ${bank.hash}${kept.said(t)}`)
      if (kept.warning) {
        const warning = t(`cli.publish.shipped.${kept.warning.standing}`, kept.warning)
        terminal.err(t('cli.publish.warning', { exam: bank.exam.id, warning }))
      }
    } else {
      terminal.err(`${folder}: ${'problem' in kept ? kept.problem(t) : t('cli.publish.errors')}`)
      exit = 1
    }
  }
  return exit
}

/**
 * What is handed in: the bank, and the files that it was made of, which a service with a compiler compiles again. What the
 * lint said stays here: the service asks its own.
 */
function bundleOf(bank: Bank, { files }: CheckedFolder): string {
  const sent = files
    .map(asText)
    .map(({ path, content }) =>
      typeof content === 'string' ? { path, text: content } : { path, base64: Buffer.from(content).toString('base64') },
    )
  return JSON.stringify({ bank, files: sent })
}

/** Kept, with what there is to say of it; or why not. */
type Kept = { readonly said: Say; readonly warning?: BankWarning | undefined } | { readonly problem: Say }

type Store = (bank: Bank, checked: CheckedFolder) => Promise<Kept>

interface OpenStore {
  readonly store: Store
  close(): Promise<void>
}

/** Files that an author hands in on the staff pages. */
async function fileStore(folder: string): Promise<OpenStore> {
  await mkdir(folder, { recursive: true })
  return {
    close: async () => {},
    store: async (bank, checked) => {
      const path = join(folder, `${bank.exam.id}-v${bank.exam.version}-${bank.hash.slice(0, 8)}.json`)
      await writeFile(path, bundleOf(bank, checked))
      return { said: () => ` → ${path}`, warning: await warningOfBank(THIS_MACHINE, bank) }
    },
  }
}

/** Why these items may not go live in the database at hand; every version that was live is looked at first. */
async function refusedHere(db: Database, bank: Bank, files: readonly SourceFile[]): Promise<Say | undefined> {
  const texts = new Map(
    files.flatMap(({ path, content }) => (typeof content === 'string' ? [[path, content] as const] : [])),
  )
  for (;;) {
    const refused = await refuseUsedNumbers({ db }, bank, async () => texts)
    if (refused?.code === 'item-version-used') return usedBefore(refused.items)
    if (refused === undefined) return undefined
  }
}

/** The database of `npm start`, in its data folder. */
async function embeddedStore(data: string, terminal: Terminal): Promise<OpenStore> {
  await mkdir(data, { recursive: true, mode: 0o700 })
  const { db, close } = await openDatabase(data)
  return {
    close,
    store: async (bank, { files }) => {
      // whoever has the disk is no person with an id
      const settings = { tombstoneSecrets: [] }
      const refused = await refusedHere(db, bank, files.map(asText))
      if (refused) return { problem: refused }
      await publishExam(
        { db, settings, now: () => instant(terminal.now()), newId: outside.newId, newSecret: outside.newSecret },
        bank,
        files.map(asText),
      )
      return { said: () => '', warning: await warningOfBank(THIS_MACHINE, bank) }
    },
  }
}

/** A path of a running service; a token must not travel in the open, but on this machine it may. */
export function serviceUrl(path: string, origin: string, option: string): URL {
  const isLocal = /^http:\/\/(?:localhost|127\.0\.0\.1)(?::\d+)?\/?$/.test(origin)
  if (!URL.canParse(origin) || (!origin.startsWith('https://') && !isLocal))
    throw new UsageError((t) => t('usage.httpsOrigin', { option }))
  return new URL(path, origin)
}

/** What a service said instead of doing what it was asked; `text` undefined: too much to read. */
export const refusedBy =
  ({ origin }: URL, status: number, text: string | undefined): Say =>
  (t) =>
    t('cli.remote.answered', { origin, status, text: text?.slice(0, 300) ?? t('cli.remote.tooLong') })

export const unreached =
  ({ origin }: URL, problem: unknown): Say =>
  (t) =>
    t('cli.remote.unreached', { origin, why: problem instanceof Error ? problem.message : String(problem) })

const refusedNumbers = z.object({
  code: z.literal('item-version-used'),
  items: z.array(z.object({ item: z.string(), version: z.int(), next: z.int(), where: z.string().optional() })),
})

/** Each item whose number was published with other content, on a line of its own. */
const usedBefore =
  (items: readonly z.infer<typeof refusedNumbers>['items'][number][]): Say =>
  (t) =>
    items.map(({ where, ...one }) => t('cli.publish.used', { where: where ?? one.item, ...one })).join('\n')

/** What a service said instead of taking a bank. */
function refusedHandIn(url: URL, status: number, text: string | undefined): Say {
  try {
    return usedBefore(refusedNumbers.parse(JSON.parse(text ?? '')).items)
  } catch {
    return refusedBy(url, status, text)
  }
}

const handedIn = z.object({
  state: z.enum(['waiting', 'live']),
  url: z.string().optional(),
  warning: z.object({ live: z.int(), shipped: z.int(), standing: z.enum(BANK_STANDINGS) }).optional(),
})

async function remoteStore(
  { to, data, key, as, note }: PublishOptions & { readonly to: string },
  terminal: Terminal,
): Promise<OpenStore> {
  const { method, path } = requestOf(proposeExam, {
    path: {},
    query: { note: note || undefined, author: as },
  })
  const url = serviceUrl(path, to, '--to')
  const tokenOf = await publisherToken({ origin: url.origin, file: key ?? join(data, 'author-key.json'), as }, terminal)
  const store: Store = async (bank, checked) => {
    try {
      const response = await fetch(url, {
        method,
        headers: { authorization: `Bearer ${await tokenOf()}`, 'content-type': 'application/json' },
        body: bundleOf(bank, checked),
        redirect: 'error',
        signal: AbortSignal.timeout(TIMEOUT_MS),
      })
      const text = await readAnswer(response, MAX_ANSWER_BYTES)
      if (text === undefined || !response.ok) return { problem: refusedHandIn(url, response.status, text) }
      const { state, url: page, warning } = handedIn.parse(JSON.parse(text))
      return {
        said: (t) => (state === 'live' ? t('cli.publish.live') : t('cli.publish.waits', { page: String(page) })),
        warning,
      }
    } catch (problem) {
      return { problem: unreached(url, problem) }
    }
  }
  return { store, close: async () => {} }
}

/** An author's own session, or a fresh token of an author key for each call, which must be told whose work it is unless the key says so. */
async function publisherToken(
  { origin, file, as }: { readonly origin: string; readonly file: string; readonly as: string | undefined },
  terminal: Terminal,
): Promise<() => Promise<string>> {
  const session = terminal.env.KENTEI_SESSION
  if (session) return async () => session
  const tokens = await tokenSource({ origin, file, use: 'author', scope: 'exams:publish' }, terminal)
  if (as === undefined && tokens.person === undefined) throw new UsageError((t) => t('usage.publishAs'))
  return tokens.next
}

/** Fresh service tokens, one for each call, signed with the key of a tool. */
interface TokenSource {
  readonly next: () => Promise<string>
  /** Whose the key is, where it is somebody's own. */
  readonly person?: string | undefined
}

/** Reads the key of a tool from its file; the token of `KENTEI_SERVICE_TOKEN` goes before it. */
export async function tokenSource(
  { origin, file, use, scope }: { origin: string; file: string; use: ToolUse; scope: Scope },
  terminal: Terminal,
): Promise<TokenSource> {
  const given = terminal.env.KENTEI_SERVICE_TOKEN
  if (given) return { next: async () => given }
  const { jwk, person } = await readToolKey(resolve(terminal.cwd, file), use)
  const key = {
    thumbprint: String(jwk.kid),
    alg: 'ES256',
    privateKey: (await importJWK({ ...jwk, use: undefined } as JWK, 'ES256')) as CryptoKey,
  }
  return {
    next: () =>
      signServiceToken({
        key,
        issuer: origin,
        audience: origin,
        jti: randomUUID(),
        scope,
        now: instant(terminal.now()),
      }),
    person,
  }
}

export const publishCommand = command({
  describe: (t) => t('command.publish'),
  options: (t, { terminal }) => ({
    ...dataOption(t, terminal),
    to: { type: 'string', description: t('option.publish.to'), valueHint: 'origin' },
    key: { type: 'string', description: t('option.publish.key'), valueHint: 'file' },
    as: { type: 'string', description: t('option.publish.as'), valueHint: t('hint.marketId') },
    note: { type: 'string', description: t('option.publish.note') },
    out: { type: 'string', description: t('option.publish.out'), valueHint: 'folder' },
  }),
  run: ({ args, language, terminal }) => {
    const { data, to, key, as, note, out } = args
    return runPublish({ folders: args._, data, to, key, as, note, out, language }, terminal)
  },
})
