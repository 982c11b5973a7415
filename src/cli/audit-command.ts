import { createReadStream } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { importJWK, type JWK } from 'jose'
import * as z from 'zod'
import { newPersonKey } from '../audit/entry.ts'
import { readSignedSeal, type SignedSeal, sealKid } from '../audit/seal.ts'
import { hasItsTriggers, newestSignatures, peopleOf, readRecords } from '../audit/store.ts'
import { type Finding, type LogRecord, type Verdict, verifyLog } from '../audit/verify.ts'
import type { Language } from '../authoring/said.ts'
import { instant, toRfc3339 } from '../kernel/instant.ts'
import type { ExitCode } from '../platform/words/command-line.ts'
import type { Database } from '../world/database.ts'
import { readKeys } from './keys/key-store.ts'
import { openDatabase } from './open-database.ts'
import { command, dataOption, type Terminal, UsageError } from './terminal.ts'
import { type Translate, textsOf } from './texts.ts'

export const AUDIT_ACTS = ['verify', 'export'] as const

export interface AuditOptions {
  readonly act: (typeof AUDIT_ACTS)[number]
  /** Data folder of the service. */
  readonly data: string
  /** An export to verify instead of the database. */
  readonly from: string | undefined
  /** File of a signed seal: the token, or an `audit.sealed` event. */
  readonly seal: string | undefined
  /** JWKS to check signatures with, where the key file is elsewhere. */
  readonly jwks: string | undefined
  readonly language: Language
}

/** Findings that are printed; more are counted. */
const MOST_SHOWN = 100
/** Signed seals of the database that are looked at: each vouches for everything before it. */
const MOST_SIGNATURES = 1_000

const entry = z.object({
  seq: z.int(),
  id: z.string(),
  at: z.int(),
  act: z.string(),
  actor: z.string(),
  subject: z.string().nullable(),
  details: z.string(),
})
const seal = z.object({
  number: z.int(),
  at: z.int(),
  previous: z.string(),
  last: z.int(),
  entries: z.string(),
  hash: z.string(),
})
const record = z.union([z.object({ seal }), z.object({ entry })])
const signedFile = z.union([
  z.object({ data: z.object({ token: z.string() }) }).transform(({ data }) => data.token),
  z.object({ token: z.string() }).transform(({ token }) => token),
])

async function* readExport(path: string): AsyncGenerator<LogRecord> {
  let n = 0
  for await (const line of createInterface({
    input: createReadStream(path, 'utf8'),
    crlfDelay: Number.POSITIVE_INFINITY,
  })) {
    n += 1
    if (line.trim() === '') continue
    const read = record.safeParse(parse(line))
    if (!read.success) throw new UsageError((t) => t('usage.auditRecord', { path, line: n }))
    yield read.data
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function describe(finding: Finding, t: Translate): string {
  switch (finding.kind) {
    case 'entry-changed':
    case 'entry-missing':
    case 'entry-added':
      return t(`audit.${finding.kind}`, finding)
    case 'seal-changed':
    case 'seal-missing':
    case 'seal-out-of-place':
    case 'seal-differs':
      return t(`audit.${finding.kind}`, finding)
    case 'tail-cut':
      return t(`audit.${finding.kind}`, finding)
    default:
      return finding satisfies never
  }
}

type Keys = (kid: string) => Promise<CryptoKey | undefined>

/** Public keys by thumbprint: of a JWKS file, or of the key file of the data folder, retired ones too. A blocked key vouches for nothing. */
async function openKeys({ data, jwks }: AuditOptions, cwd: string): Promise<Keys> {
  const path = jwks === undefined ? undefined : resolve(cwd, jwks)
  const published =
    path === undefined
      ? undefined
      : z
          .object({ keys: z.array(z.looseObject({ kty: z.string(), kid: z.string().optional() })) })
          .safeParse(parse(await readFile(path, 'utf8').catch(() => '')))
  if (published && !published.success) throw new UsageError((t) => t('usage.noJwks', { path: String(path) }))
  const stored = published
    ? []
    : (await readKeys(join(resolve(cwd, data), 'keys.json')))
        .filter(({ use, state }) => use === 'service' && state !== 'blocked')
        .map(({ jwk }) => jwk)
  const keys = (published?.data.keys ?? stored) as readonly JWK[]
  return async (kid) => {
    const found = keys.find((key) => key.kid === kid)
    if (!found) return undefined
    const { kty, crv, x, y } = found
    return (await importJWK({ kty, crv, x, y } as JWK, 'ES256').catch(() => undefined)) as CryptoKey | undefined
  }
}

interface Told {
  say(problem: string): void
  readonly count: () => number
}

function openTold(terminal: Terminal): Told {
  let count = 0
  const say = (problem: string) => {
    count += 1
    if (count <= MOST_SHOWN) terminal.err(problem)
  }
  return { say, count: () => count }
}

async function checkSignature(
  token: string,
  { keys, t, told: { say } }: { readonly keys: Keys; readonly t: Translate; readonly told: Told },
  name: string,
): Promise<SignedSeal[]> {
  const kid = sealKid(token)
  const key = kid === undefined ? undefined : await keys(kid)
  if (!key) {
    say(t('audit.keyUnknown', { name }))
    return []
  }
  const read = await readSignedSeal(token, key)
  if (!read) say(t('audit.signatureBad', { name }))
  return read ? [read] : []
}

async function readSealFile(path: string): Promise<string> {
  const text = (
    await readFile(path, 'utf8').catch(() => {
      throw new UsageError((t) => t('usage.unreadableFile', { path }))
    })
  ).trim()
  return signedFile.safeParse(parse(text)).data ?? text
}

function summarise({ entries, seals, last, unsealed, confirmed }: Verdict, t: Translate, terminal: Terminal): void {
  terminal.out(t('audit.summary', { entries, seals, confirmed }))
  if (last)
    terminal.out(
      t('audit.lastSeal', {
        number: last.number,
        at: toRfc3339(instant(last.at)),
        last: last.last,
        hash: last.hash,
      }),
    )
  const { count, first, last: newest } = unsealed
  terminal.out(
    first === undefined || newest === undefined
      ? t('audit.allSealed')
      : t('audit.unsealed', { count, first, last: newest }),
  )
}

/** So many pseudonyms are looked up at once. */
const PEOPLE_AT_ONCE = 500

/**
 * Looks at whom the entries name: the table of keys is not sealed, but a pseudonym fits one person and key alone, and a key
 * goes with an erasure alone, which the log tells.
 */
function watchPeople(db: Database, t: Translate) {
  const [named, erased] = [new Set<string>(), new Set<string>()]
  async function* watch(records: AsyncIterable<LogRecord>): AsyncGenerator<LogRecord> {
    for await (const one of records) {
      if ('entry' in one) {
        for (const who of [one.entry.actor, one.entry.subject]) if (who?.startsWith('psn_')) named.add(who)
        if (one.entry.act === 'worker.erased' && one.entry.subject !== null) erased.add(one.entry.subject)
      }
      yield one
    }
  }
  async function problems(): Promise<string[]> {
    const [told, all] = [[] as string[], [...named]]
    for (let at = 0; at < all.length; at += PEOPLE_AT_ONCE) {
      const some = all.slice(at, at + PEOPLE_AT_ONCE)
      const people = await peopleOf(db, some)
      for (const pseudonym of some) {
        const known = people.get(pseudonym)
        if (!known && !erased.has(pseudonym)) told.push(t('audit.pseudonymGone', { pseudonym }))
        if (known && (await newPersonKey(known.person, known.key)).pseudonym !== pseudonym)
          told.push(t('audit.pseudonymOther', { pseudonym, person: known.person }))
      }
    }
    return told
  }
  return { watch, problems }
}

async function openExisting(folder: string) {
  const file = join(folder, 'kentei.db')
  if (!(await stat(file).catch(() => undefined))) throw new UsageError((t) => t('usage.noDatabase', { file }))
  return openDatabase(folder)
}

/** `kentei audit`: verifies the log of acts, of the database or of an export, or exports it. Exit code 1: something is wrong with it. */
async function runAudit(options: AuditOptions, terminal: Terminal): Promise<ExitCode> {
  if (
    options.act === 'export' &&
    (options.from !== undefined || options.seal !== undefined || options.jwks !== undefined)
  )
    throw new UsageError((t) => t('usage.auditExport'))
  const database = options.from === undefined ? await openExisting(resolve(terminal.cwd, options.data)) : undefined
  try {
    if (options.act === 'export' && database) {
      for await (const one of readRecords(database.db)) terminal.out(JSON.stringify(one))
      return 0
    }
    const t = textsOf(options.language)
    const told = openTold(terminal)
    const signed: SignedSeal[] = []
    const kept = database ? await newestSignatures(database.db, MOST_SIGNATURES) : []
    if (kept.length > 0 || options.seal !== undefined) {
      const keys = await openKeys(options, terminal.cwd)
      const by = { keys, t, told }
      for (const one of kept)
        signed.push(...(await checkSignature(one.token, by, t('audit.signedSeal', { seal: one.seal }))))
      if (options.seal !== undefined)
        signed.push(
          ...(await checkSignature(await readSealFile(resolve(terminal.cwd, options.seal)), by, options.seal)),
        )
    }
    if (database && !(await hasItsTriggers(database.db))) told.say(t('audit.triggersGone'))
    const people = database && watchPeople(database.db, t)
    const records = people
      ? people.watch(readRecords(database.db))
      : readExport(resolve(terminal.cwd, options.from ?? ''))
    summarise(await verifyLog(records, signed, (finding) => told.say(describe(finding, t))), t, terminal)
    for (const problem of (await people?.problems()) ?? []) told.say(problem)
    if (told.count() > MOST_SHOWN) terminal.err(t('audit.more', { count: told.count() - MOST_SHOWN }))
    return told.count() === 0 ? 0 : 1
  } finally {
    await database?.close()
  }
}

export const auditCommand = command({
  describe: (t) => t('command.audit', { acts: AUDIT_ACTS.join(', ') }),
  mostArguments: 1,
  options: (t, { terminal }) => ({
    ...dataOption(t, terminal),
    from: { type: 'string', description: t('option.audit.from'), valueHint: 'file' },
    seal: { type: 'string', description: t('option.audit.seal'), valueHint: 'file' },
    jwks: { type: 'string', description: t('option.audit.jwks'), valueHint: 'file' },
  }),
  run: ({ args, language, terminal }) => {
    const act = AUDIT_ACTS.find((one) => one === args._[0])
    if (!act) throw new UsageError(() => `kentei audit ${AUDIT_ACTS.join('|')}`)
    const { data, from, seal, jwks } = args
    return runAudit({ act, data, from, seal, jwks, language }, terminal)
  },
})
