import { Hono } from 'hono'
import * as contract from '../../contract/kentei/launch.ts'
import { signOut } from '../../flows/end-sessions.ts'
import { openSession } from '../../flows/open-session.ts'
import { toRfc3339 } from '../../kernel/instant.ts'
import { ok } from '../../kernel/result.ts'
import type { Session } from '../../marketplace/session-token.ts'
import { dropSession } from '../session-cookie.ts'
import { type PersonEnv, serving } from './serve.ts'

/** What a browser forgets when its person signs out: answers that wait there to be saved. */
export const FORGETS = '"storage"'

const describeSession = (session: Session) => ({
  worker: session.worker,
  role: session.role,
  expiresAt: toRfc3339(session.expiresAt),
})

/** Opening, reading and ending a session, for programs. */
export function sessionApi(): Hono<PersonEnv> {
  const app = new Hono<PersonEnv>()
  const serve = serving(app)

  serve(contract.openSession, async ({ body }, c) => {
    const opened = await openSession(c.var.world, body.token)
    return opened.ok ? ok({ session: opened.value.token, ...describeSession(opened.value.session) }) : opened
  })

  serve(contract.readSession, (_, c) => {
    const { session } = c.var
    c.header('cache-control', 'no-store')
    return ok({ ...describeSession(session), name: session.name, launchedAt: toRfc3339(session.launchedAt) })
  })

  serve(contract.endSession, async (_, c) => {
    await signOut(c.var.world, c.var.session)
    dropSession(c)
    c.header('clear-site-data', FORGETS)
    return ok({ ended: true })
  })
  return app
}
