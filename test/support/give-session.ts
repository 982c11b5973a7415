import type { Instant } from '../../src/kernel/instant.ts'
import { type Session, sessionEnd, signSession } from '../../src/marketplace/session-token.ts'
import { insertSessionStatement } from '../../src/marketplace/sessions/store.ts'
import type { Database } from '../../src/world/database.ts'

/** A session as a launch makes it, without the launch. */
export async function giveSession(
  place: { readonly db: Database; readonly secret: string; readonly now: Instant },
  person: Pick<Session, 'worker'> & Partial<Session>,
): Promise<{ readonly session: Session; readonly token: string }> {
  const { db, secret, now } = place
  const session: Session = {
    id: `ses_${crypto.randomUUID()}`,
    role: 'worker',
    name: 'みなと',
    locale: 'ja',
    launchedAt: now,
    expiresAt: sessionEnd(now),
    listedAs: `role=${person.role}`,
    ...person,
  }
  await db.batch([insertSessionStatement(db, session, [])])
  return { session, token: await signSession(session, secret) }
}
