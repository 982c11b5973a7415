import { asc, eq, inArray, sql } from 'drizzle-orm'
import type { Instant } from '../../kernel/instant.ts'
import type { Database, Statement } from '../../world/database.ts'
import { type CredentialEventRow, credentialEvents, credentialHolds, credentials } from '../tables.ts'

/** What an entry may leave out: nobody decided it, no reason was given, no other credential is concerned. */
export type NewEvent = Omit<CredentialEventRow, 'actor' | 'why' | 'other'> &
  Partial<Pick<CredentialEventRow, 'actor' | 'why' | 'other'>>

/** Writes a change down, for the batch that makes it. A second change to the same version is a unique violation that fails the whole batch. */
export const recordChangeStatement = (db: Database, event: NewEvent): Statement =>
  db
    .insert(credentialEvents)
    .values({ ...event, actor: event.actor ?? '', why: event.why ?? '', other: event.other ?? null })

/** Everything that happened to a credential, the first first. */
export const historyOf = async (db: Database, credential: string): Promise<CredentialEventRow[]> =>
  db
    .select()
    .from(credentialEvents)
    .where(eq(credentialEvents.credential, credential as CredentialEventRow['credential']))
    .orderBy(asc(credentialEvents.version))

/**
 * For the batch of an erasure, before the credentials of the worker lose their owner: reasons, which may name a person, and
 * what joins one credential to another are destroyed, and the revocation that follows is written down. What the person did
 * as staff loses its actor.
 */
export function eraseHistoryStatements(db: Database, worker: string, now: Instant): Statement[] {
  const mine = db.select({ id: credentials.id }).from(credentials).where(eq(credentials.worker, worker))
  return [
    db.update(credentialEvents).set({ why: '', other: null }).where(inArray(credentialEvents.credential, mine)),
    // the words of the index, which a bound value would not match
    db.update(credentialEvents).set({ actor: '' }).where(sql`actor = ${worker} and actor <> ''`),
    db.delete(credentialHolds).where(inArray(credentialHolds.credential, mine)),
    db
      .insert(credentialEvents)
      .select(
        sql`select id, version + 1, ${now}, 'erased', status, 'revoked', 'erasure', '', '', null from credentials where worker = ${worker} and status <> 'revoked'`,
      ),
  ]
}
