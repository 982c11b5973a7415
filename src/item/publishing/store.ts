import { and, count, desc, eq, ne, not, type SQL, sql } from 'drizzle-orm'
import type { ProposalId, PublicationId } from '../../kernel/id.ts'
import { type Instant, instant } from '../../kernel/instant.ts'
import type { Database, Statement } from '../../world/database.ts'
import type { Bank } from '../bank.ts'
import type { Item } from '../item.ts'
import { packBank } from '../pack-bank.ts'
import { isWriter } from '../source/store.ts'
import { findBank } from '../store.ts'
import { examProposals, examPublications, examVersions } from '../tables.ts'
import type { ItemEdition } from './compare-banks.ts'

/** What our own lint said about a bank when it was handed in: kept beside the version for whoever reads it. */
export interface LintNote {
  readonly rule: string
  readonly severity: 'error' | 'warning'
  /** `office.ja.md:20:3`. */
  readonly where: string
  readonly message: string
  /** The item it is about, where it is about one. */
  readonly item?: string
}

/** What is kept of findings: how they are mended is their author's matter. */
export const lintNotes = (findings: readonly LintNote[]): LintNote[] =>
  findings.map(({ rule, severity, where, message, item }) => ({
    rule,
    severity,
    where,
    message,
    ...(item === undefined ? {} : { item }),
  }))

/** An exam version that waits for another person's judgement, or had it. */
export interface Proposal {
  readonly id: ProposalId
  readonly exam: string
  readonly version: number
  readonly hash: string
  readonly by: string
  readonly note: string
  /** What our lint said; undefined where this service could not run it. */
  readonly lint?: readonly LintNote[]
  readonly proposedAt: Instant
  readonly decision?: {
    readonly status: 'approved' | 'returned' | 'withdrawn'
    readonly by: string
    readonly at: Instant
    readonly why: string
  }
}

/** One time at which a version went live: from the machine's own disk, by another person's approval, or back from the past. */
export interface Publication {
  readonly id: PublicationId
  readonly exam: string
  readonly version: number
  readonly hash: string
  readonly act: 'deployed' | 'approved' | 'rolled-back'
  readonly by: string
  readonly why: string
  readonly at: Instant
}

const readLint = (json: string): readonly LintNote[] | undefined =>
  (JSON.parse(json) as readonly LintNote[] | null) ?? undefined

function fromRow({ decidedBy, decidedAt, why, status, ...row }: typeof examProposals.$inferSelect): Proposal {
  const proposal = { ...row, id: row.id as ProposalId, lint: readLint(row.lint), proposedAt: instant(row.proposedAt) }
  return status === 'open'
    ? proposal
    : { ...proposal, decision: { status, by: decidedBy ?? '', at: instant(decidedAt ?? 0), why: why ?? '' } }
}

/** When the live version of an exam went live; 0 where there is none. */
const lastPublishedAt = (exam: string) =>
  sql`coalesce((select published_at from exam_versions where exam = ${exam} order by published_at desc limit 1), 0)`

/** An exam's versions are ordered by the time they went live; two in one millisecond, or after a clock went back, still have an order. */
const afterTheLast = (exam: string, now: Instant) => sql<number>`max(${now}, ${lastPublishedAt(exam)} + 1)`

const liveHash = (exam: string) =>
  sql`coalesce((select hash from exam_versions where exam = ${exam} and published_at > 0 order by published_at desc limit 1), '')`

const unpublished = async (bank: Bank) => ({
  hash: bank.hash,
  exam: bank.exam.id,
  version: bank.exam.version,
  bank: await packBank(bank),
  publishedAt: 0,
})

/** What stands in the batch right after the statement that says whether an act happened. */
type Noted = readonly Statement[]

/** Makes a version live whatever was, and notes who did so and why. One that is live already stays as it is. */
export async function publishVersion(
  db: Database,
  bank: Bank,
  { id, act, by, why, at }: Pick<Publication, 'id' | 'act' | 'by' | 'why' | 'at'>,
  noted: Noted,
): Promise<void> {
  const { hash, exam } = bank
  const log = sql`select ${id}, ${exam.id}, ${exam.version}, ${hash}, ${act}, ${by}, ${why}, ${at} where ${liveHash(exam.id)} <> ${hash}`
  await db.batch([
    db
      .insert(examVersions)
      .values(await unpublished(bank))
      .onConflictDoNothing(),
    db.insert(examPublications).select(log),
    ...noted,
    db
      .update(examVersions)
      .set({ publishedAt: afterTheLast(exam.id, at) })
      .where(and(eq(examVersions.hash, hash), isPublished(id))),
  ])
}

const isPublished = (id: PublicationId) => sql`exists (select 1 from exam_publications where id = ${id})`

/** Stores a version that is not live yet, and the wish to have it so. False when the same content already waits. */
export async function insertProposal(
  db: Database,
  bank: Bank,
  proposal: Pick<Proposal, 'id' | 'by' | 'note' | 'lint' | 'proposedAt'>,
  noted: Noted,
): Promise<boolean> {
  const { hash, exam } = bank
  const row = {
    ...proposal,
    lint: JSON.stringify(proposal.lint ?? null),
    exam: exam.id,
    version: exam.version,
    hash,
    status: 'open' as const,
  }
  const [, made] = await db.batch([
    db
      .insert(examVersions)
      .values(await unpublished(bank))
      .onConflictDoNothing(),
    db.insert(examProposals).values(row).onConflictDoNothing().returning({ id: examProposals.id }),
    ...noted,
  ])
  return (made as unknown[]).length === 1
}

export interface Approval {
  readonly proposal: Proposal
  readonly publication: PublicationId
  readonly by: string
  readonly why: string
  readonly at: Instant
  /** Hash of the version that was live when the approver compared; empty for none. */
  readonly against: string
  /** Since when it is, as it was when this was checked against all that was published: what went live and back again changes it. */
  readonly liveSince: Instant | undefined
}

/**
 * Publishes what somebody else proposed, if it still waits and the version it was compared with is still live.
 * @returns whether it did; the approval of its proposer, or of somebody who wrote of it, never does.
 */
export async function approveProposal(
  db: Database,
  { proposal, publication, by, why, at, against, liveSince }: Approval,
  noted: Noted,
): Promise<boolean> {
  const { exam, version, hash } = proposal
  const waits = sql`exists (select 1 from exam_proposals where id = ${proposal.id} and status = 'open' and "by" <> ${by}) and not ${isWriter(sql`${hash}`, by)}`
  const log = sql`select ${publication}, ${exam}, ${version}, ${hash}, 'approved', ${by}, ${why}, ${at} where ${waits} and ${liveHash(exam)} = ${against} and ${lastPublishedAt(exam)} = ${liveSince ?? 0}`
  const [made] = await db.batch([
    db.insert(examPublications).select(log).returning({ id: examPublications.id }),
    ...noted,
    db
      .update(examVersions)
      .set({ publishedAt: afterTheLast(exam, at) })
      .where(and(eq(examVersions.hash, hash), isPublished(publication))),
    db
      .update(examProposals)
      .set({ status: 'approved', decidedBy: by, decidedAt: at, why })
      .where(and(eq(examProposals.id, proposal.id), isPublished(publication))),
  ])
  return (made as unknown[]).length === 1
}

/** Ends a proposal without publishing it. Returning is another person's act, withdrawing the proposer's own. False when it does not wait any more. */
export async function closeProposal(
  db: Database,
  { id, status, by, why, at }: { id: string; status: 'returned' | 'withdrawn'; by: string; why: string; at: Instant },
  noted: Noted,
): Promise<boolean> {
  const close = db
    .update(examProposals)
    .set({ status, decidedBy: by, decidedAt: at, why })
    .where(
      and(
        eq(examProposals.id, id),
        eq(examProposals.status, 'open'),
        status === 'withdrawn'
          ? eq(examProposals.by, by)
          : and(ne(examProposals.by, by), not(isWriter(sql`exam_proposals.hash`, by))),
      ),
    )
    .returning({ id: examProposals.id })
  const [rows] = (await db.batch([close, ...noted])) as [{ id: string }[]]
  return rows.length === 1
}

/** Makes a version that was live before live again. False when it never was, or is now, or when another than `against` is. */
export async function rollBack(
  db: Database,
  {
    id,
    exam,
    hash,
    by,
    why,
    at,
    against,
  }: Pick<Publication, 'id' | 'exam' | 'hash' | 'by' | 'why' | 'at'> & { readonly against?: string | undefined },
  noted: Noted,
): Promise<boolean> {
  const isLive = against === undefined ? sql`true` : sql`${liveHash(exam)} = ${against}`
  const log = sql`select ${id}, exam, version, hash, 'rolled-back', ${by}, ${why}, ${at} from exam_versions where hash = ${hash} and exam = ${exam} and published_at > 0 and ${liveHash(exam)} <> ${hash} and ${isLive}`
  const [made] = await db.batch([
    db.insert(examPublications).select(log).returning({ id: examPublications.id }),
    ...noted,
    db
      .update(examVersions)
      .set({ publishedAt: afterTheLast(exam, at) })
      .where(and(eq(examVersions.hash, hash), isPublished(id))),
  ])
  return (made as unknown[]).length === 1
}

export async function findProposal(db: Database, id: string): Promise<Proposal | undefined> {
  const [row] = await db.select().from(examProposals).where(eq(examProposals.id, id))
  return row && fromRow(row)
}

/** As the index of those that wait says it: a value that is bound would not be known to be the same. */
const isOpen = sql`${examProposals.status} = 'open'`

/** The proposal of this content that waits, if one does. */
export async function openProposalOf(db: Database, hash: string): Promise<Proposal | undefined> {
  const [row] = await db
    .select()
    .from(examProposals)
    .where(and(eq(examProposals.hash, hash), isOpen))
  return row && fromRow(row)
}

/** Whether a version waits or was live: a condition. What approvers look at, and what they approved, nobody else may change. */
export const isSubmitted = (hash: string): SQL =>
  sql`(exists (select 1 from exam_proposals waiting where waiting.hash = ${hash} and waiting.status = 'open')
    or exists (select 1 from exam_versions live where live.hash = ${hash} and live.published_at > 0))`

/** How many wait of an exam: of the index of those that do, since most of an exam's were decided long ago. */
export async function countOpenProposals(db: Database, exam: string): Promise<number> {
  const [row] = await db
    .select({ n: count() })
    .from(examProposals)
    .where(and(isOpen, sql`+${examProposals.exam} = ${exam}`))
  return Number(row?.n ?? 0)
}

/** Those that wait, the one first that has waited longest, at most `most`: however many were decided since, none is hidden by them. */
export async function waitingProposals(db: Database, most: number): Promise<Proposal[]> {
  const rows = await db
    .select()
    .from(examProposals)
    .where(isOpen)
    .orderBy(sql`+${examProposals.proposedAt}`, sql`${examProposals}.rowid`)
    .limit(most)
  return rows.map(fromRow)
}

/** Newest first, at most `most`; of one exam or, without one, of all. */
export async function listProposals(db: Database, most: number, exam?: string): Promise<Proposal[]> {
  const rows = await db
    .select()
    .from(examProposals)
    .where(exam === undefined ? undefined : eq(examProposals.exam, exam))
    .orderBy(desc(examProposals.proposedAt), sql`${examProposals}.rowid desc`)
    .limit(most)
  return rows.map(fromRow)
}

/** How an exam's versions followed one another, newest first, at most `most`. */
export async function listPublications(db: Database, exam: string, most: number): Promise<Publication[]> {
  const rows = await db
    .select()
    .from(examPublications)
    .where(eq(examPublications.exam, exam))
    .orderBy(desc(examPublications.at), sql`${examPublications}.rowid desc`)
    .limit(most)
  return rows.map((row) => ({ ...row, id: row.id as PublicationId, at: instant(row.at) }))
}

/** What our lint said of a version when it was last handed in; undefined for one that never was, or was not checked here. */
export async function lintOf(db: Database, hash: string): Promise<readonly LintNote[] | undefined> {
  const [row] = await db
    .select({ lint: examProposals.lint })
    .from(examProposals)
    .where(eq(examProposals.hash, hash))
    .orderBy(desc(examProposals.proposedAt))
    .limit(1)
  return row && readLint(row.lint)
}

/** An item in its exam's live version, each time another one went live, the oldest first; at most the latest `most` times. */
export async function itemEditions(db: Database, exam: string, item: string, most: number): Promise<ItemEdition[]> {
  const publications = await listPublications(db, exam, most)
  const hashes = [...new Set(publications.map(({ hash }) => hash))]
  const found = new Map<string, Item | undefined>()
  // one after the other: each may be megabytes
  for (const hash of hashes)
    found.set(
      hash,
      (await findBank(db, hash))?.items.find(({ id }) => id === item),
    )
  return publications
    .reverse()
    .map(({ hash, version, at }) => ({ hash, examVersion: version, publishedAt: at, item: found.get(hash) }))
}

/** Takes a person out of what they handed in, decided and published, for the batch of an erasure. */
export const erasePublisherStatements = (db: Database, person: string): Statement[] => [
  db.update(examProposals).set({ by: '' }).where(eq(examProposals.by, person)),
  db.update(examProposals).set({ decidedBy: '' }).where(eq(examProposals.decidedBy, person)),
  db.update(examPublications).set({ by: '' }).where(eq(examPublications.by, person)),
]
