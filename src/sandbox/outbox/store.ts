import { type SQL, sql } from 'drizzle-orm'
import type { MarketplaceEvent } from '../../contract/events.ts'
import { type Instant, toRfc3339 } from '../../kernel/instant.ts'
import { enqueueRowsStatement, enqueueStatement } from '../../platform/outbox/store.ts'
import type { Database, Statement } from '../../world/database.ts'
import { type Announcement, EVENTS_PATH, messageOf, PLUGIN, streamOf } from './announcement.ts'

/** A statement that announces a change; it goes into the batch of that change. With a condition, only where that holds. */
export const announce = (db: Database, announcement: Announcement, onlyIf?: SQL): Statement =>
  enqueueStatement(db, [messageOf(announcement)], { now: announcement.now, ...(onlyIf ? { onlyIf } : {}) })

/** The same for what is told once: its id says what it is about. */
export const announceOnce = (db: Database, announcement: Announcement): Statement =>
  announce(db, announcement, sql`not exists (select 1 from outbox where id = ${announcement.id})`)

/** Of these ids of events, those that were announced. */
export async function announcedAmong(db: Database, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await db.all<{ id: string }>(
    sql`SELECT id FROM outbox WHERE id IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`,
  )
  return new Set(rows.map(({ id }) => id))
}

/** Where a statement takes what it announces from: the values of an event, in SQL. */
interface AnnouncedRow {
  readonly worker: SQL
  readonly version: SQL
  /** A JSON object of further ids. */
  readonly data: SQL
  /** Tables and conditions behind FROM. */
  readonly from: SQL
}

/** A statement that announces what its rows say at that moment; it goes behind the change in the same batch. */
export const announceRow = (
  db: Database,
  { id, type, now }: { readonly id: string; readonly type: MarketplaceEvent['type']; readonly now: Instant },
  { worker, version, data, from }: AnnouncedRow,
): Statement => {
  const event = sql`json_object('id', ${id}, 'type', ${type}, 'timestamp', ${toRfc3339(now)}, 'data', json_patch(${data}, json_object('worker', ${worker}, 'version', ${version})))`
  const message = {
    id: sql`${id}`,
    destination: sql`${PLUGIN}`,
    stream: sql`${streamOf('')} || ${worker}`,
    chain: sql`${id}`,
    kind: sql`${type}`,
    request: sql`json_object('method', 'POST', 'path', ${EVENTS_PATH}, 'body', ${event})`,
    about: worker,
  }
  return enqueueRowsStatement(db, message, { from, order: worker, now })
}
