import { and, desc, eq, gt, inArray, sql } from 'drizzle-orm'
import { type Instant, instant } from '../kernel/instant.ts'
import type { Database, Statement } from '../world/database.ts'
import type { Bank } from './bank.ts'
import { unpackBank } from './pack-bank.ts'
import { examVersions, leaks } from './tables.ts'

// Banks are immutable and found by hash, so what was parsed once stays true; only the number kept is bounded. Whoever knows
// the hash of a bank that lies in another database finds nothing by it.
const parsedIn = new WeakMap<object, Map<string, Bank>>()
const MOST_PARSED = 16

function remember(parsed: Map<string, Bank>, hash: string, stored: string): Bank {
  const bank = unpackBank(stored)
  if (parsed.size >= MOST_PARSED) parsed.delete(parsed.keys().next().value as string)
  parsed.set(hash, bank)
  return bank
}

/** The bank with this content hash. */
export async function findBank(db: Database, hash: string): Promise<Bank | undefined> {
  const place = db.place ?? db
  const parsed = parsedIn.get(place) ?? new Map<string, Bank>()
  parsedIn.set(place, parsed)
  const known = parsed.get(hash)
  if (known) return known
  const [row] = await db.select({ bank: examVersions.bank }).from(examVersions).where(eq(examVersions.hash, hash))
  return row && remember(parsed, hash, row.bank)
}

/** The latest published version of an exam. */
export async function latestBank(db: Database, exam: string): Promise<Bank | undefined> {
  const [row] = await db
    .select({ hash: examVersions.hash })
    .from(examVersions)
    .where(and(eq(examVersions.exam, exam), gt(examVersions.publishedAt, 0)))
    .orderBy(desc(examVersions.publishedAt))
    .limit(1)
  return row && findBank(db, row.hash)
}

/** The latest published version of every exam, by exam id: found exam by exam, however many versions there were. */
export async function latestBanks(db: Database): Promise<Bank[]> {
  const rows = await db.all<{
    exam: string
  }>(sql`with recursive known(exam) as (select (select exam from exam_versions where exam > '' order by exam limit 1)
      union all select (select exam from exam_versions where exam > known.exam order by exam limit 1) from known where known.exam is not null)
    select exam from known where exam is not null`)
  const banks = await Promise.all(rows.map((row) => latestBank(db, row.exam)))
  return banks.filter((bank) => bank !== undefined)
}

export interface Leak {
  readonly exam: string
  readonly item: string
  readonly leakedAt: Instant
  /** Who said so, and where it was found. */
  readonly by: string
  readonly why: string
}

/** Ids of the exam's items that are known outside. */
export async function leakedItems(db: Database, exam: string): Promise<ReadonlySet<string>> {
  const rows = await db.select({ item: leaks.item }).from(leaks).where(eq(leaks.exam, exam))
  return new Set(rows.map(({ item }) => item))
}

/** Newest first. */
export async function listLeaks(db: Database, exam: string): Promise<Leak[]> {
  const rows = await db.select().from(leaks).where(eq(leaks.exam, exam)).orderBy(desc(leaks.leakedAt), leaks.item)
  return rows.map((row) => ({ ...row, leakedAt: instant(row.leakedAt) }))
}

/** Enters a leak; one that is known keeps its first entry. `noted` stands right after it in the batch. True when it is new. */
export async function insertLeak(db: Database, leak: Leak, noted: readonly Statement[]): Promise<boolean> {
  const enter = db.insert(leaks).values(leak).onConflictDoNothing().returning({ item: leaks.item })
  const [rows] = (await db.batch([enter, ...noted])) as [{ item: string }[]]
  return rows.length === 1
}

/** When a version last went live; undefined for one that never did. */
export async function publishedAtOf(db: Database, hash: string): Promise<Instant | undefined> {
  const [row] = await db
    .select({ at: examVersions.publishedAt })
    .from(examVersions)
    .where(and(eq(examVersions.hash, hash), gt(examVersions.publishedAt, 0)))
  return row && instant(row.at)
}

/** The numbers of the versions with these hashes. */
export async function versionsAmong(db: Database, hashes: readonly string[]): Promise<ReadonlyMap<string, number>> {
  if (hashes.length === 0) return new Map()
  const { hash, version } = examVersions
  const rows = await db
    .select({ hash, version })
    .from(examVersions)
    .where(inArray(hash, [...new Set(hashes)]))
  return new Map(rows.map((row) => [row.hash, row.version]))
}

/** A version that was live once. */
export interface PublishedVersion {
  readonly hash: string
  readonly version: number
  /** When it last went live. */
  readonly publishedAt: Instant
}

/** All versions of an exam that were ever live, the one that is first, at most `most`. */
export async function publishedVersions(db: Database, exam: string, most: number): Promise<PublishedVersion[]> {
  const { hash, version, publishedAt } = examVersions
  const rows = await db
    .select({ hash, version, publishedAt })
    .from(examVersions)
    .where(and(eq(examVersions.exam, exam), gt(publishedAt, 0)))
    .orderBy(desc(publishedAt))
    .limit(most)
  return rows.map((row) => ({ ...row, publishedAt: instant(row.publishedAt) }))
}

/** Takes a person out of the leaks that they marked, for the batch of an erasure. */
export const eraseLeakMarkerStatement = (db: Database, person: string): Statement =>
  db.update(leaks).set({ by: '' }).where(eq(leaks.by, person))
