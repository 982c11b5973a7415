import type { Instant } from '../../kernel/instant.ts'
import type { Database } from '../../world/database.ts'
import { receivedEvents } from './tables.ts'

/** Records an event; false when it was received before. */
export async function recordEvent(
  db: Database,
  event: { readonly id: string; readonly type: string; readonly receivedAt: Instant },
): Promise<boolean> {
  const rows = await db
    .insert(receivedEvents)
    .values({ ...event, body: '' })
    .onConflictDoNothing()
    .returning({ id: receivedEvents.id })
  return rows.length === 1
}
