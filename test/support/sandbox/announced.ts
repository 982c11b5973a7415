import { messagesAbout } from '../../../src/platform/outbox/history/store.ts'
import { eventOf } from '../../../src/sandbox/outbox/announcement.ts'
import type { Database } from '../../../src/world/database.ts'

/** What the plugin is told about a worker, in order: each event with the ids beside worker and version. */
export async function announcedAbout(db: Database, about: string) {
  return (await messagesAbout(db, about)).map((message) => {
    const { id, type, data } = eventOf(message)
    const { worker: _, version, ...ids } = data
    return { id, type, version, data: ids as Readonly<Record<string, string>>, createdAt: message.createdAt, message }
  })
}
