import { and, desc, eq, gt, gte, lt, lte, or, type SQL, sql } from 'drizzle-orm'
import type { EntryId } from '../kernel/id.ts'
import type { Instant } from '../kernel/instant.ts'
import type { Database, Statement } from '../world/database.ts'
import { digest, type Entry, type PersonKey } from './entry.ts'
import type { Seal } from './seal.ts'
import { auditEntries, auditPeople, auditSeals, auditSignatures, knownKeys, refusedLaunches } from './tables.ts'
import type { LogRecord } from './verify.ts'

/** An entry that is ready for the batch of its act; its place in the log follows from the batch. */
export type NewEntry = Omit<Entry, 'seq' | 'id'> & {
  readonly id: EntryId
  /** Where it does not hold, the entry cannot be written, and the whole batch fails: see `isNotProvided`. */
  readonly provided?: SQL
}

const values = ({ id, at, act, actor, subject, details, provided }: NewEntry): SQL =>
  sql`select null, ${id}, ${at}, ${provided ? sql`case when ${provided} then ${act} end` : act}, ${actor}, ${subject}, ${details}`

/** Whether a batch failed, and did nothing, because what an entry in it was provided with did not hold. */
export function isNotProvided(error: unknown): boolean {
  for (let e: unknown = error; e instanceof Error; e = e.cause)
    if (e.message.includes('NOT NULL constraint failed: audit_entries.act')) return true
  return false
}

/** Writes an act down, for the act's own batch: a batch that fails leaves no entry. */
export const enterStatement = (db: Database, entry: NewEntry): Statement =>
  db.insert(auditEntries).select(values(entry))

/**
 * Writes an act down if the statement right before it in the batch changed, inserted or deleted a row, for acts whose success
 * is judged by a condition: no entry for what did not happen. Source: SQLite, `changes()`.
 */
export const enterIfChangedStatement = (db: Database, entry: NewEntry): Statement =>
  db.insert(auditEntries).select(sql`${values(entry)} where changes() > 0`)

/** Writes an act down unless an entry with this id is there. */
export async function enterOnce(db: Database, entry: NewEntry): Promise<void> {
  await db
    .insert(auditEntries)
    .select(sql`${values(entry)} where not exists (select 1 from audit_entries where id = ${entry.id})`)
}

/** The keys of these people, as far as they have some. */
export async function keysOfPeople(db: Database, people: readonly string[]): Promise<ReadonlyMap<string, PersonKey>> {
  const rows = await db
    .select()
    .from(auditPeople)
    .where(sql`${auditPeople.person} in (select value from json_each(${JSON.stringify(people)}))`)
  return new Map(rows.map(({ person, ...key }) => [person, key]))
}

/** The people behind these pseudonyms; those who were erased are missing. */
export async function peopleOf(
  db: Database,
  pseudonyms: readonly string[],
): Promise<ReadonlyMap<string, { readonly person: string; readonly key: string }>> {
  const rows = await db
    .select()
    .from(auditPeople)
    .where(sql`${auditPeople.pseudonym} in (select value from json_each(${JSON.stringify(pseudonyms)}))`)
  return new Map(rows.map(({ pseudonym, ...person }) => [pseudonym, person]))
}

/** Gives people keys who have none, but those who were erased: nothing new is tied to them. */
export async function insertPeople(
  db: Database,
  people: readonly (PersonKey & { readonly person: string; readonly tombstones: readonly string[] })[],
): Promise<void> {
  await db
    .insert(auditPeople)
    .select(
      sql`select p.value ->> 'person', p.value ->> 'pseudonym', p.value ->> 'key' from json_each(${JSON.stringify(people)}) p
        where not exists (select 1 from tombstones where tombstone in (select t.value from json_each(p.value -> 'tombstones') t))`,
    )
    .onConflictDoNothing()
}

/**
 * Destroys the key of a person, for the batch of an erasure: what entries say of them can be read and joined by nobody, and
 * the chain over the entries stays whole.
 */
export const destroyPersonKeyStatement = (db: Database, person: string): Statement =>
  db.delete(auditPeople).where(eq(auditPeople.person, person))

/** Samples that are kept of the refused launches of a minute and reason. */
const MOST_SAMPLES = 10

/** Counts a refused launch under its minute and reason. */
export async function countRefusedLaunch(
  db: Database,
  refused: {
    readonly id: EntryId
    readonly minute: number
    readonly reason: string
    readonly sample: Readonly<Record<string, string>>
  },
): Promise<void> {
  const { id, minute, reason } = refused
  const sample = JSON.stringify(refused.sample)
  const more = sql`case when json_array_length(${refusedLaunches.samples}) < ${MOST_SAMPLES} then json_insert(${refusedLaunches.samples}, '$[#]', json(${sample})) else ${refusedLaunches.samples} end`
  await db
    .insert(refusedLaunches)
    .values({ id, minute, reason, count: 1, samples: `[${sample}]` })
    .onConflictDoUpdate({
      target: [refusedLaunches.minute, refusedLaunches.reason],
      set: { count: sql`${refusedLaunches.count} + 1`, samples: more },
    })
}

/** Turns the refused launches of the minutes before this one into entries. */
export async function enterRefusedLaunches(
  db: Database,
  { minute, at }: { readonly minute: number; readonly at: Instant },
): Promise<void> {
  const facts = sql`json_object('facts', json_object('reason', reason, 'count', count, 'minute', strftime('%Y-%m-%dT%H:%MZ', minute * 60, 'unixepoch'), 'samples', samples))`
  await db.batch([
    db
      .insert(auditEntries)
      .select(
        sql`select null, id, ${at}, 'launch.refused', 'unknown', null, ${facts} from refused_launches where minute < ${minute} order by minute`,
      ),
    db.delete(refusedLaunches).where(lt(refusedLaunches.minute, minute)),
  ])
}

/** Whether launches were refused in a minute before this one. */
export async function hasRefusedLaunches(db: Database, minute: number): Promise<boolean> {
  const rows = await db
    .select({ id: refusedLaunches.id })
    .from(refusedLaunches)
    .where(lt(refusedLaunches.minute, minute))
    .limit(1)
  return rows.length > 0
}

export async function lastSeal(db: Database): Promise<Seal | undefined> {
  const [row] = await db.select().from(auditSeals).orderBy(desc(auditSeals.number)).limit(1)
  return row
}

/** Seals after a number, in order. */
const sealsAfter = (db: Database, after: number, limit: number): Promise<Seal[]> =>
  db.select().from(auditSeals).where(gt(auditSeals.number, after)).orderBy(auditSeals.number).limit(limit)

/**
 * Puts a seal at the end of the chain. Its number is the lock: when somebody else sealed first it is a unique violation. It
 * is not put there either where the database holds other entries since the seal before than it names.
 */
export async function insertSeal(
  db: Database,
  seal: Seal,
  covers: { readonly after: number; readonly count: number },
): Promise<boolean> {
  const { number, at, previous, last, entries, hash } = seal
  const counted = sql`(select count(*) from audit_entries where seq > ${covers.after} and seq <= ${last})`
  const rows = await db
    .insert(auditSeals)
    .select(sql`select ${number}, ${at}, ${previous}, ${last}, ${entries}, ${hash} where ${counted} = ${covers.count}`)
    .returning({ number: auditSeals.number })
  return rows.length === 1
}

/** A seal that was signed and sent out. */
export interface Signature {
  readonly seal: number
  readonly at: number
  /** Compact JWS. */
  readonly token: string
}

export async function lastSignature(db: Database): Promise<Signature | undefined> {
  const [row] = await db.select().from(auditSignatures).orderBy(desc(auditSignatures.seal)).limit(1)
  return row
}

/** Keeps a signed seal, as the first statement of the batch that sends it out. A second time it is a unique violation that fails the batch. */
export const insertSignatureStatement = (db: Database, signature: Signature): Statement =>
  db.insert(auditSignatures).values(signature)

/** The newest signed seals, at most `most`. */
export const newestSignatures = (db: Database, most: number): Promise<Signature[]> =>
  db.select().from(auditSignatures).orderBy(desc(auditSignatures.seal)).limit(most)

/** Digest of the triggers that keep the log as it is, as the migrations write them; whoever means to change it takes them away first. */
const TRIGGERS = 'wqa-cCWPmq_cfNqMHLLJ1gW8IHsZA_R8H6oLNq8q_3A'

/** Whether the triggers that keep the log from being changed are there, and do what they did when they were made. */
export async function hasItsTriggers(db: Database): Promise<boolean> {
  const rows: { sql: string }[] = await db.all(
    sql`select sql from sqlite_master where type = 'trigger' and tbl_name like 'audit_%' order by name`,
  )
  return (
    (await digest(rows.map((row) => row.sql.trim().replaceAll(/\s+/g, ' ').replace(/;$/, '')).join('\n'))) === TRIGGERS
  )
}

/** A key of the service, as far as the log tells of it. */
export interface KnownKey {
  readonly thumbprint: string
  readonly use: string
  readonly state: string
}

export const listKnownKeys = (db: Database): Promise<KnownKey[]> => db.select().from(knownKeys)

/** Takes a key's state over, if it was another one. The entry about it stands right after it in the batch. */
export const knowKeyStatement = (db: Database, { thumbprint, use, state }: KnownKey): Statement =>
  db
    .insert(knownKeys)
    .values({ thumbprint, use, state })
    .onConflictDoUpdate({ target: knownKeys.thumbprint, set: { state }, setWhere: sql`${knownKeys.state} <> ${state}` })

/** Which entries are looked for; without a member, all. `before` is where a page ended. */
export interface LogFilter {
  /** A word of `MACHINES` or a pseudonym. */
  readonly actor?: string | undefined
  /** A pseudonym. */
  readonly subject?: string | undefined
  readonly act?: string | undefined
  /** From this instant on. */
  readonly from?: Instant | undefined
  /** Before this instant. */
  readonly until?: Instant | undefined
  readonly before?: Pick<Entry, 'at' | 'seq'> | undefined
  readonly limit: number
}

/** Entries, the newest first. Every filter has an index that gives this order. */
export async function listEntries(
  db: Database,
  { actor, subject, act, from, until, before, limit }: LogFilter,
): Promise<Entry[]> {
  const { at, seq } = auditEntries
  const wanted = [
    actor === undefined ? undefined : eq(auditEntries.actor, actor),
    subject === undefined ? undefined : eq(auditEntries.subject, subject),
    act === undefined ? undefined : eq(auditEntries.act, act),
    from === undefined ? undefined : gte(at, from),
    until === undefined ? undefined : lt(at, until),
    before && and(lte(at, before.at), or(lt(at, before.at), lt(seq, before.seq))),
  ]
  return db
    .select()
    .from(auditEntries)
    .where(and(...wanted))
    .orderBy(desc(at), desc(seq))
    .limit(limit)
}

/** Entries after a position in the order in which they were written. */
export const entriesAfter = (db: Database, after: number, limit: number): Promise<Entry[]> =>
  db.select().from(auditEntries).where(gt(auditEntries.seq, after)).orderBy(auditEntries.seq).limit(limit)

const SEALS_PAGE = 20
const ENTRIES_PAGE = 500

async function* entriesBetween(db: Database, after: number, upTo: number): AsyncGenerator<LogRecord> {
  for (let from = after; ; ) {
    const page = await db
      .select()
      .from(auditEntries)
      .where(and(gt(auditEntries.seq, from), lte(auditEntries.seq, upTo)))
      .orderBy(auditEntries.seq)
      .limit(ENTRIES_PAGE)
    for (const entry of page) yield { entry }
    if (page.length < ENTRIES_PAGE) return
    from = page.at(-1)?.seq ?? upTo
  }
}

/** The whole log as `verifyLog` reads it, page by page. */
export async function* readRecords(db: Database): AsyncGenerator<LogRecord> {
  let [number, last] = [Number.MIN_SAFE_INTEGER, Number.MIN_SAFE_INTEGER]
  for (;;) {
    const seals = await sealsAfter(db, number, SEALS_PAGE)
    for (const seal of seals) {
      yield { seal }
      yield* entriesBetween(db, last, seal.last)
      ;[number, last] = [seal.number, Math.max(last, seal.last)]
    }
    if (seals.length < SEALS_PAGE) break
  }
  yield* entriesBetween(db, last, Number.MAX_SAFE_INTEGER)
}
