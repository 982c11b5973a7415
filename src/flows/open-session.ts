import { expedite } from '../callback/store.ts'
import { ok, type Result } from '../kernel/result.ts'
import { type Session, sessionEnd, signSession } from '../marketplace/session-token.ts'
import { recordWorker } from '../marketplace/store.ts'
import { verifyLaunchToken } from '../marketplace/trusted-token.ts'
import type { World } from '../world/world.ts'
import { MARKETPLACE } from './address-letters.ts'
import { noteAct, noteRefusedLaunch } from './note-act.ts'
import { applyTimeMultiplier } from './set-accommodation.ts'

/** A session, and where the marketplace wanted to send its person. */
export interface OpenedSession {
  readonly token: string
  readonly session: Session
  readonly exam?: string
}

/** Turns a launch token into a session. A worker's accommodation in the token applies at once, also to an open attempt. */
export async function openSession(world: World, launchToken: string): Promise<Result<OpenedSession>> {
  const launched = await verifyLaunchToken(world, launchToken)
  if (!launched.ok) {
    await noteRefusedLaunch(world, launchToken, launched.problem)
    return launched
  }
  const { sub, role, name, locale, returnUrl, exam, timeMultiplier } = launched.value
  const now = world.now()
  const noted = await noteAct(world, { act: 'launch.taken', actor: { person: sub }, facts: { role, ...(exam ? { exam } : {}) } })
  if (role === 'worker') {
    await recordWorker(world.db, { worker: sub, subject: `urn:uuid:${world.newUuid()}`, name, locale, now, ...(timeMultiplier === undefined ? {} : { timeMultiplier }) })
    if (timeMultiplier !== undefined) await applyTimeMultiplier(world, { worker: sub, timeMultiplier, actor: 'marketplace', why: 'launch' })
  }
  await world.db.batch(noted)
  // a marketplace that sends people over is alive: what waits for it need not wait longer
  await expedite(world.db, MARKETPLACE, now)
  const session: Session = { worker: sub, role, name, locale, expiresAt: sessionEnd(now), ...(returnUrl ? { returnUrl } : {}) }
  const token = await signSession(session, world.settings.sessionSecret, world.newId('ses'))
  return ok({ token, session, ...(exam ? { exam } : {}) })
}
