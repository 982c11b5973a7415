import { and, desc, eq, getTableColumns, gte, lt, type SQL, sql } from 'drizzle-orm'
import { type Instant, instant } from '../../kernel/instant.ts'
import { fail, ok, type Result } from '../../kernel/result.ts'
import type { Database, Statement } from '../../world/database.ts'
import type { DeskEntry, DraftEntry, FileContent, SourceContent, SourceEntry } from './exam-source.ts'
import { hashFile, packFile, sizeOf, unpackFile } from './pack-file.ts'
import { draftFiles, draftHandIns, draftWriters, examSources, sourceFiles } from './tables.ts'

/** Files of one statement: their contents come back together. */
const READ_AT_ONCE = 40
/** So many earlier steps of a file are kept. */
export const MOST_STEPS = 40

/** The files that a version was compiled from; undefined where nobody brought them. */
export async function sourceOf(db: Database, bank: string): Promise<readonly SourceEntry[] | undefined> {
  const [row] = await db.select({ files: examSources.files }).from(examSources).where(eq(examSources.bank, bank))
  return row && (JSON.parse(row.files) as readonly SourceEntry[])
}

const among = (hashes: readonly string[]) =>
  sql`${sourceFiles.hash} in (select value from json_each(${JSON.stringify(hashes)}))`

/** What published files hold, by hash. */
export async function readSourceFiles(
  db: Database,
  hashes: readonly string[],
): Promise<ReadonlyMap<string, FileContent>> {
  const found = new Map<string, FileContent>()
  for (let at = 0; at < hashes.length; at += READ_AT_ONCE) {
    const rows = await db
      .select()
      .from(sourceFiles)
      .where(among(hashes.slice(at, at + READ_AT_ONCE)))
    for (const { hash, content } of rows) found.set(hash, unpackFile(content))
  }
  return found
}

/** The texts that a version was compiled from, by path; undefined where nobody brought them. */
export async function readSourceTexts(db: Database, bank: string): Promise<ReadonlyMap<string, string> | undefined> {
  const entries = (await sourceOf(db, bank))?.filter(({ path }) => path.endsWith('.md'))
  if (!entries) return undefined
  const contents = await readSourceFiles(db, [...new Set(entries.map(({ hash }) => hash))])
  return new Map(
    entries.flatMap(({ path, hash }) => {
      const content = contents.get(hash)
      return typeof content === 'string' ? [[path, content] as const] : []
    }),
  )
}

interface KeptSource {
  readonly bank: string
  readonly exam: string
  readonly files: readonly { readonly path: string; readonly content: FileContent }[]
  /** Where this holds when the files are written, those that are kept already stay. */
  readonly isFixed?: SQL
}

/** Keeps what a version was compiled from. Of the same version the latest files count, unless those that are kept are fixed. */
export async function keepSource(db: Database, { bank, exam, files, isFixed = sql`false` }: KeptSource): Promise<void> {
  const hashed: SourceContent[] = []
  for (const { path, content } of files) hashed.push({ path, content, hash: await hashFile(content) })
  const hashes = [...new Set(hashed.map(({ hash }) => hash))]
  const known = new Set<string>()
  for (let at = 0; at < hashes.length; at += READ_AT_ONCE) {
    const rows = await db
      .select({ hash: sourceFiles.hash })
      .from(sourceFiles)
      .where(among(hashes.slice(at, at + READ_AT_ONCE)))
    for (const { hash } of rows) known.add(hash)
  }
  for (const { hash, content } of hashed) {
    if (known.has(hash)) continue
    known.add(hash)
    await db
      .insert(sourceFiles)
      .values({ hash, content: await packFile(content) })
      .onConflictDoNothing()
  }
  const entries = JSON.stringify(hashed.map(({ path, hash }) => ({ path, hash })))
  await db
    .insert(examSources)
    .values({ bank, exam, files: entries })
    .onConflictDoUpdate({ target: examSources.bank, set: { files: entries }, setWhere: sql`not ${isFixed}` })
}

const { content: _, exam: __, bytes: ___, ...entryColumns } = getTableColumns(draftFiles)

const fromRow = ({ savedAt, ...row }: Omit<DraftEntry, 'savedAt'> & { savedAt: number }): DraftEntry => ({
  ...row,
  savedAt: instant(savedAt),
})

/** The latest step of every file of an exam's draft, without what it holds: found path by path, however many steps are kept. */
export async function draftHeads(db: Database, exam: string): Promise<DraftEntry[]> {
  const places = sql`with recursive place(path) as (select (select path from draft_files where exam = ${exam} order by path limit 1)
    union all select (select path from draft_files where exam = ${exam} and path > place.path order by path limit 1) from place where place.path is not null)`
  const rows = await db.all<DraftEntry>(sql`${places}
    select step.path, step.version, step.hash, step.base, step."by", step.by_name as byName, step.saved_at as savedAt
    from place cross join draft_files step where step.exam = ${exam} and step.path = place.path
      and step.version = (select version from draft_files where exam = ${exam} and path = place.path order by version desc limit 1)`)
  return rows.map((row) => fromRow(row))
}

/** What files of an exam's draft hold now, by path; those that are taken away are left out. */
export async function readDraftFiles(
  db: Database,
  exam: string,
  paths: readonly string[],
): Promise<ReadonlyMap<string, FileContent>> {
  const found = new Map<string, FileContent>()
  for (const path of paths) {
    // the step that was the latest a moment ago may have made room for the one after it
    const [row] = await db
      .select({ hash: draftFiles.hash, content: draftFiles.content })
      .from(draftFiles)
      .where(and(eq(draftFiles.exam, exam), eq(draftFiles.path, path)))
      .orderBy(desc(draftFiles.version))
      .limit(1)
    if (row && row.hash !== '') found.set(path, unpackFile(row.content))
  }
  return found
}

interface StepKey {
  readonly exam: string
  readonly path: string
  readonly version: number
}

/** One step of a file. */
export async function readDraft(
  db: Database,
  { exam, path, version }: StepKey,
): Promise<(DraftEntry & { readonly content: FileContent }) | undefined> {
  const [row] = await db
    .select()
    .from(draftFiles)
    .where(and(eq(draftFiles.exam, exam), eq(draftFiles.path, path), eq(draftFiles.version, version)))
  if (!row) return undefined
  const { content, exam: _, bytes: __, ...entry } = row
  return { ...fromRow(entry), content: unpackFile(content) }
}

/** The kept steps of a file, the newest first. */
export async function draftSteps(db: Database, exam: string, path: string): Promise<DraftEntry[]> {
  const rows = await db
    .select(entryColumns)
    .from(draftFiles)
    .where(and(eq(draftFiles.exam, exam), eq(draftFiles.path, path)))
    .orderBy(desc(draftFiles.version))
    .limit(MOST_STEPS)
  return rows.map(fromRow)
}

export interface DraftSave {
  readonly exam: string
  readonly path: string
  /** Hash of what was changed; what is published where nothing is saved yet, and empty for a file that was not there. */
  readonly was: string
  /** Hash of the published file, empty where there is none. */
  readonly published: string
  /** Hashes of all published files: a step that says the same takes no room of the draft. */
  readonly publishedHashes: readonly string[]
  /** The earlier step that this one is again: who wrote of it wrote of this. */
  readonly broughtBack?: number
  /** Empty with an empty hash takes the file away. */
  readonly content: FileContent
  readonly hash: string
  readonly by: string
  readonly byName: string
  readonly at: Instant
}

/** Of what one person saves within such a stretch of time the last step is kept, and what was handed in. */
const STRETCH_MS = 120_000
/** What a step takes besides what it holds. */
const ROW_BYTES = 300
/** What a draft's files may hold together, in UTF-8. */
export const MOST_DRAFT_BYTES = 12_000_000
/** What the files of a draft and their earlier steps may: of more, the oldest steps go. */
export const MOST_KEPT_BYTES = 48_000_000
/** What one person may have written of all drafts. */
export const MOST_AUTHOR_BYTES = 192_000_000
/** Files that a draft changes. */
export const MOST_FILES = 400

/** Why nothing was saved: somebody else was first, or there is no room for it. */
export type DraftRefusal = 'overtaken' | 'full'

/** The latest step of each file, in a query whose rows are steps of drafts. */
const isLatest = sql`version = (select max(version) from draft_files later where later.exam = step.exam and later.path = step.path)`
const taken = sql`coalesce(sum(bytes + ${sql.raw(String(ROW_BYTES))}), 0)`

/** Earlier steps for which there is no room beside the latest ones, the oldest first. */
const withoutRoom = (which: SQL, most: number): SQL => sql`(select ${taken} from draft_files where ${which}) > ${most}
  and rowid in (select id from (
    select id, latest, sum(bytes + ${ROW_BYTES}) over (order by latest desc, saved_at desc, id desc) as total
    from (select rowid as id, bytes, saved_at, ${isLatest} as latest from draft_files step where ${which})
  ) where total > ${most} and not latest)`

/** Whether there is room for a file among those of its draft and of its author. What becomes no larger always has. */
function hasRoom({ exam, path, hash, by, publishedHashes }: DraftSave, bytes: number): SQL {
  if (hash === '') return sql`true`
  const mine = sql`by = ${by}`
  const added = bytes + ROW_BYTES
  const changed = sql`from draft_files step where exam = ${exam} and path <> ${path} and ${isLatest}
    and hash not in (select value from json_each(${JSON.stringify(publishedHashes)}))`
  const files = sql`(select count(*) ${changed} and hash <> '') < ${MOST_FILES}`
  const ofDraft = sql`(select ${taken} ${changed}) + ${added} <= ${MOST_DRAFT_BYTES}`
  const ofAuthor = sql`((select ${taken} from draft_files where ${mine}) + ${added} <= ${MOST_AUTHOR_BYTES}
    or (select ${taken} from draft_files step where ${mine} and ${isLatest}) + ${added} <= ${MOST_AUTHOR_BYTES})`
  const before = sql`(select bytes from draft_files where exam = ${exam} and path = ${path} order by version desc limit 1)`
  return sql`(${bytes} <= ${before} or (${files} and ${ofDraft} and ${ofAuthor}))`
}

const keepWriters = (db: Database, rows: SQL) =>
  db
    .insert(draftWriters)
    .select(rows)
    .onConflictDoUpdate({
      target: [draftWriters.exam, draftWriters.path, draftWriters.base, draftWriters.by],
      set: { version: sql`max(draft_writers.version, excluded.version)` },
    })

/**
 * Saves the next step of a file, if it still is what its author changed and there is room for it, both told by the same
 * statement: of two who save at once the later is refused. @returns its version.
 */
export async function insertDraft(db: Database, save: DraftSave): Promise<Result<number, DraftRefusal>> {
  const { exam, path, was, published, content, hash, broughtBack, by, byName, at } = save
  const bytes = sizeOf(content)
  const newest = sql`select version, hash, base from draft_files where exam = ${exam} and path = ${path} order by version desc limit 1`
  const now = sql`coalesce((select hash from (${newest})), ${published})`
  const next = sql`coalesce((select version from (${newest})), 0) + 1`
  // a change that goes on keeps what it was made from
  const base = sql`coalesce((select base from (${newest}) where hash <> ${published}), ${published})`
  const row = sql`select ${exam}, ${path}, ${next}, ${hash}, ${base}, ${by}, ${byName}, ${at}, ${await packFile(content)}, ${bytes} where ${now} = ${was} and ${hasRoom(save, bytes)}`
  const place = and(eq(draftFiles.exam, exam), eq(draftFiles.path, path))
  const saved = sql`(select max(version) from draft_files where exam = ${exam} and path = ${path} and hash = ${hash} and saved_at = ${at})`
  const stepOf = (version: SQL) =>
    sql`draft_files step where step.exam = ${exam} and step.path = ${path} and step.version = ${version}`
  const own = sql`select step.base, case when step.hash = step.base then '' else ${by} end as by, step.version from ${stepOf(saved)}`
  const writersOf = (
    version: number,
  ) => sql`select own.base, written.by, own.version from (${own}) own cross join draft_writers written
    where written.exam = ${exam} and written.path = ${path} and written.by <> '' and written.base = (select base from ${stepOf(sql`${version}`)})`
  const writers = sql`select ${exam}, ${path}, base, by, version from (${own}${broughtBack === undefined ? sql`` : sql` union ${writersOf(broughtBack)}`}) where true`
  const oldestKept = sql`(select version from draft_files where exam = ${exam} and path = ${path} order by version desc limit 1 offset ${MOST_STEPS})`
  const [made, , , , , , latest] = await db.batch([
    db.insert(draftFiles).select(row).returning({ version: draftFiles.version }),
    keepWriters(db, writers),
    db.delete(draftFiles).where(
      and(
        place,
        lt(draftFiles.version, saved),
        eq(draftFiles.by, by),
        // of this file, not of all that was saved since
        gte(sql`+${draftFiles.savedAt}`, at - (at % STRETCH_MS)),
        sql`not exists (select 1 from draft_hand_ins kept where kept.exam = ${exam} and kept.path = ${path} and kept.hash = draft_files.hash)`,
      ),
    ),
    // counted, as the numbers of those that another took the place of are gone
    db.delete(draftFiles).where(and(place, lt(draftFiles.version, oldestKept))),
    db.delete(draftFiles).where(withoutRoom(sql`exam = ${exam}`, MOST_KEPT_BYTES)),
    db.delete(draftFiles).where(withoutRoom(sql`by = ${by}`, MOST_AUTHOR_BYTES)),
    db.select({ hash: draftFiles.hash }).from(draftFiles).where(place).orderBy(desc(draftFiles.version)).limit(1),
  ])
  const [step] = made as { version: number }[]
  if (step) return ok(step.version)
  const [there] = latest as { hash: string }[]
  return fail((there?.hash ?? published) === was ? 'full' : 'overtaken')
}

/** Takes a step, and who wrote of it, for a change of what is published now. @returns whether it is the latest step still. */
export async function rebaseDraft(
  db: Database,
  { exam, path, version, base }: StepKey & { readonly base: string },
): Promise<boolean> {
  const isLatestStep = and(
    eq(draftFiles.exam, exam),
    eq(draftFiles.path, path),
    eq(draftFiles.version, version),
    sql`not exists (select 1 from draft_files where exam = ${exam} and path = ${path} and version > ${version})`,
  )
  const writers = sql`select ${exam}, ${path}, ${base}, written.by, written.version from draft_files cross join draft_writers written
    where ${isLatestStep} and written.exam = ${exam} and written.path = ${path} and written.base = draft_files.base`
  const [, rows] = await db.batch([
    keepWriters(db, writers),
    db.update(draftFiles).set({ base }).where(isLatestStep).returning({ version: draftFiles.version }),
  ])
  return (rows as unknown[]).length === 1
}

/** Keeps of what a version is handed in from a draft: its changed files, and everybody who wrote of them since they were published last. */
export async function keepHandIn(
  db: Database,
  { bank, exam, entries }: { bank: string; exam: string; entries: readonly DeskEntry[] },
): Promise<void> {
  const changed = JSON.stringify(
    entries.flatMap(({ path, hash, published, draft }) =>
      draft ? [{ path, hash, published, base: draft.base, by: draft.by, version: draft.version }] : [],
    ),
  )
  const row = (by: SQL) => sql`select ${exam}, value ->> 'path', value ->> 'hash', ${bank}, ${by}, value ->> 'version'`
  const from = sql`from json_each(${changed})`
  // what was published of this draft, or is what its change was made from, holds nothing that nobody else approved
  const approved = sql`max(
    coalesce((select max(version) from draft_hand_ins before where before.exam = ${exam} and before.path = value ->> 'path' and before.hash = value ->> 'published'), 0),
    coalesce((select version from draft_writers anew where anew.exam = ${exam} and anew.path = value ->> 'path' and anew.base = value ->> 'base' and anew.by = ''), 0))`
  const rows = sql`${row(sql`''`)} ${from} union ${row(sql`value ->> 'by'`)} ${from} union ${row(sql`written.by`)} ${from} cross join draft_writers written
    where written.exam = ${exam} and written.path = value ->> 'path' and written.base = value ->> 'base' and written.version > ${approved}`
  await db.insert(draftHandIns).select(rows).onConflictDoNothing()
}

/** Whether a file was handed in from the draft as it is in a version. */
export async function wasHandedIn(db: Database, exam: string, { path, hash }: SourceEntry): Promise<boolean> {
  const rows = await db
    .select({ path: draftHandIns.path })
    .from(draftHandIns)
    .where(and(eq(draftHandIns.exam, exam), eq(draftHandIns.path, path), eq(draftHandIns.hash, hash)))
    .limit(1)
  return rows.length > 0
}

/** Whether a person wrote of a draft that was handed in as a version: a condition, of its hash as an expression. */
export const isWriter = (bank: SQL, person: string): SQL =>
  sql`exists (select 1 from draft_hand_ins written where written.by = ${person} and written.bank = ${bank})`

/** Whether a person wrote of a draft that was handed in as this version. */
export async function hasWritten(db: Database, bank: string, person: string): Promise<boolean> {
  const [row] = await db.all<{ wrote: number }>(sql`select ${isWriter(sql`${bank}`, person)} as wrote`)
  return row?.wrote === 1
}

/** Takes a person out of what they wrote, for the batch of an erasure. */
export const eraseDraftAuthorStatements = (db: Database, person: string): Statement[] => [
  db.update(draftFiles).set({ by: '', byName: '' }).where(eq(draftFiles.by, person)),
  db.delete(draftWriters).where(eq(draftWriters.by, person)),
  db.delete(draftHandIns).where(eq(draftHandIns.by, person)),
]

/** The exams that have a draft, and when it was saved last: found exam by exam, however many steps are kept. */
export async function draftedExams(db: Database): Promise<ReadonlyMap<string, Instant>> {
  const rows = await db.all<{
    exam: string
    savedAt: number
  }>(sql`with recursive drafted(exam) as (select (select exam from draft_files where exam > '' order by exam limit 1)
      union all select (select exam from draft_files where exam > drafted.exam order by exam limit 1) from drafted where drafted.exam is not null)
    select exam, (select saved_at from draft_files step where step.exam = drafted.exam order by saved_at desc limit 1) as savedAt
    from drafted where exam is not null`)
  return new Map(rows.map(({ exam, savedAt }) => [exam, instant(savedAt)]))
}
