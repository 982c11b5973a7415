import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { didDocument, jwks } from '../../credential/key-documents.ts'
import { type DatedKey, type Signed, type Stay, sinceOf, stayOf } from '../../credential/key-life.ts'
import { openKeyRing } from '../../credential/keys.ts'
import { signedByKey } from '../../credential/signatures/store.ts'
import { parsePeriod, plusPeriod, toRfc3339 } from '../../kernel/instant.ts'
import type { ExitCode } from '../../platform/words/command-line.ts'
import { openDatabase } from '../open-database.ts'
import { type Terminal, UsageError } from '../terminal.ts'
import { type Translate, textsOf } from '../texts.ts'
import { type KeyStore, type KeysOptions, writeWhole } from './key-store.ts'

interface Described {
  readonly key: DatedKey
  readonly signed?: Signed | undefined
  readonly stay?: Stay
}

/** What the database of the data folder knows of signatures, by thumbprint; undefined where there is none. */
async function recordedSignatures(
  { data, fromEnv }: KeysOptions,
  terminal: Terminal,
): Promise<ReadonlyMap<string, Signed> | undefined> {
  const folder = resolve(terminal.cwd, data)
  if (fromEnv || !existsSync(join(folder, 'kentei.db'))) return undefined
  const { db, close } = await openDatabase(folder)
  try {
    return new Map([...(await signedByKey(db))].map(([kid, signed]) => [kid.slice(kid.indexOf('#') + 1), signed]))
  } finally {
    await close()
  }
}

/** The keys with what they signed and until when they stay. */
export async function describeKeys({ keys }: KeyStore, options: KeysOptions, terminal: Terminal): Promise<Described[]> {
  const validity = options.validFor === undefined ? undefined : parsePeriod(options.validFor)
  if (options.validFor !== undefined && !validity) throw new UsageError((t) => t('signing.validFor'))
  const recorded = await recordedSignatures(options, terminal)
  return keys.map((key) => {
    const retiredAt = sinceOf(key, 'retired')
    // without records: whatever a key signed, it signed before it retired
    const bound =
      validity && retiredAt !== undefined ? { badges: 0, lastEnd: plusPeriod(retiredAt, validity) } : undefined
    const signed = recorded ? (thumbprint: string) => recorded.get(thumbprint) : bound && (() => bound)
    return {
      key,
      signed: key.use === 'credential' ? recorded?.get(String(key.jwk.kid)) : undefined,
      stay: stayOf(key, signed),
    }
  })
}

const stayText = (stay: Stay | undefined, t: Translate): string => {
  if (stay === undefined || stay === 'while-in-use') return ''
  return typeof stay === 'object'
    ? t('signing.stays.until', { until: toRfc3339(stay.until) })
    : t(`signing.stays.${stay}`)
}

/** One line a key. */
export function printListing(described: readonly Described[], t: Translate): string[] {
  return described.map(({ key, signed, stay }) => {
    const since = sinceOf(key, key.state)
    const facts = [
      key.person ?? '',
      since === undefined ? '' : t('signing.since', { since: toRfc3339(since) }),
      signed ? t('signing.badges', { badges: signed.badges, end: toRfc3339(signed.lastEnd) }) : '',
      stayText(stay, t),
    ]
    return [
      key.use.padEnd(10),
      key.state.padEnd(7),
      String(key.jwk.alg ?? key.jwk.kty).padEnd(7),
      key.jwk.kid,
      ...facts.filter((fact) => fact !== ''),
    ].join(' ')
  })
}

/** Lists the keys, for people or for programs. */
export async function listKeys(store: KeyStore, options: KeysOptions, terminal: Terminal): Promise<ExitCode> {
  const described = await describeKeys(store, options, terminal)
  if (options.json) {
    const told = described.map(({ key, signed, stay }) => ({
      kid: key.jwk.kid,
      use: key.use,
      state: key.state,
      alg: key.jwk.alg ?? key.jwk.kty,
      since: key.since ?? {},
      ...(key.person === undefined ? {} : { person: key.person }),
      ...(signed ? { badges: signed.badges, lastEnd: toRfc3339(signed.lastEnd) } : {}),
      stays: typeof stay === 'object' ? toRfc3339(stay.until) : stay,
    }))
    terminal.out(JSON.stringify(told, null, 2))
  } else for (const line of printListing(described, textsOf(options.language))) terminal.out(line)
  return 0
}

/** Writes the documents that the service publishes: what a mirror or a verifier without a network needs. */
export async function exportPublic(
  { keys }: KeyStore,
  { format, origin, to }: KeysOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  if (format !== 'jwks' && format !== 'did') throw new UsageError((t) => t('signing.format'))
  if (origin === undefined || !URL.canParse(origin) || new URL(origin).origin !== origin)
    throw new UsageError((t) => t('signing.origin'))
  const ring = await openKeyRing(origin, keys)
  const text = JSON.stringify(format === 'jwks' ? jwks(ring) : didDocument(origin, ring), null, 2)
  if (to === undefined) terminal.out(text)
  else await writeWhole(resolve(terminal.cwd, to), `${text}\n`)
  return 0
}
