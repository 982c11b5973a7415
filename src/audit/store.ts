import { eq, gt, type SQL, sql } from 'drizzle-orm'
import type { EntryId } from '../kernel/id.ts'
import type { Database, Statement } from '../world/database.ts'
import type { Entry, PersonKey } from './entry.ts'
import { auditEntries, auditPeople } from './tables.ts'

/** An entry that is ready for the batch of its act; its place in the log follows from the batch. */
export type NewEntry = Omit<Entry, 'seq' | 'id'> & { readonly id: EntryId }

const values = ({ id, at, act, actor, subject, details }: NewEntry): SQL => sql`select null, ${id}, ${at}, ${act}, ${actor}, ${subject}, ${details}`

/** Writes an act down, for the act's own batch: a batch that fails leaves no entry. */
export const enterStatement = (db: Database, entry: NewEntry): Statement => db.insert(auditEntries).select(values(entry))

/**
 * Writes an act down if the statement right before it in the batch changed, inserted or deleted a row, for acts whose success
 * is judged by a condition: no entry for what did not happen. Source: SQLite, `changes()`.
 */
export const enterIfChangedStatement = (db: Database, entry: NewEntry): Statement => db.insert(auditEntries).select(sql`${values(entry)} where changes() > 0`)

/** The keys of these people, as far as they have some. */
export async function keysOfPeople(db: Database, people: readonly string[]): Promise<ReadonlyMap<string, PersonKey>> {
  const rows = await db
    .select()
    .from(auditPeople)
    .where(sql`${auditPeople.person} in (select value from json_each(${JSON.stringify(people)}))`)
  return new Map(rows.map(({ person, ...key }) => [person, key]))
}

/** The people behind these pseudonyms; those who were erased are missing. */
export async function peopleOf(db: Database, pseudonyms: readonly string[]): Promise<ReadonlyMap<string, { readonly person: string; readonly key: string }>> {
  const rows = await db
    .select()
    .from(auditPeople)
    .where(sql`${auditPeople.pseudonym} in (select value from json_each(${JSON.stringify(pseudonyms)}))`)
  return new Map(rows.map(({ pseudonym, ...person }) => [pseudonym, person]))
}

/** Gives people keys who have none, but those who were erased: nothing new is tied to them. */
export async function insertPeople(db: Database, people: readonly (PersonKey & { readonly person: string })[]): Promise<void> {
  await db
    .insert(auditPeople)
    .select(
      sql`select value ->> 'person', value ->> 'pseudonym', value ->> 'key' from json_each(${JSON.stringify(people)})
        where not exists (select 1 from workers where worker = value ->> 'person' and erased_at is not null)`,
    )
    .onConflictDoNothing()
}

/**
 * Destroys the key of a person, for the batch of an erasure: what entries say of them can be read and joined by nobody, and
 * the chain over the entries stays whole.
 */
export const destroyPersonKeyStatement = (db: Database, person: string): Statement => db.delete(auditPeople).where(eq(auditPeople.person, person))

/** Entries after a position in the order in which they were written. */
export const entriesAfter = (db: Database, after: number, limit: number): Promise<Entry[]> => db.select().from(auditEntries).where(gt(auditEntries.seq, after)).orderBy(auditEntries.seq).limit(limit)
