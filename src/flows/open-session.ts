import type { LaunchClaims } from '../contract/tokens.ts'
import type { Instant } from '../kernel/instant.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import { type Session, sessionEnd, signSession } from '../marketplace/session-token.ts'
import { endSessionStatement, insertSessionStatement } from '../marketplace/sessions/store.ts'
import { howToList, listedAs, listOf } from '../marketplace/staff-list.ts'
import { recordWorker, wasErased } from '../marketplace/store.ts'
import { tombstonesOf } from '../marketplace/tombstone.ts'
import { verifyLaunchToken } from '../marketplace/trusted-token.ts'
import { expedite } from '../platform/outbox/store.ts'
import type { World } from '../world/world.ts'
import { MARKETPLACE } from './address-messages.ts'
import { noteAct, noteRefusedLaunch } from './note-act.ts'
import { applyTimeMultiplier } from './set-accommodation.ts'

/** A session, and where the marketplace wanted to send its person. */
export interface OpenedSession {
  readonly token: string
  readonly session: Session
  readonly exam?: string
}

/** Who is launched, if the token is good and the person may be what the marketplace says. Without `spend` nothing has happened yet. */
export async function readLaunch(
  world: World,
  launchToken: string,
  options: { readonly spend: boolean },
): Promise<Result<LaunchClaims>> {
  const launched = await verifyLaunchToken(world, launchToken, options)
  const judged = launched.ok ? judgeRole(world, launched.value) : launched
  if (!judged.ok) await noteRefusedLaunch(world, launchToken, judged.problem)
  return judged
}

/** Whether the person may be what the marketplace says. */
function judgeRole(world: World, claims: LaunchClaims): Result<LaunchClaims> {
  const { sub, role } = claims
  const named = listOf(world.settings, role)
  if (role === 'worker' || !named || listedAs(named.list, claims) !== undefined) return ok(claims)
  return fail({ code: 'not-listed', role, worker: sub, detail: howToList(named.variable, named.list, sub) })
}

async function recordLaunch(
  world: World,
  { sub, name, locale, timeMultiplier, identity }: LaunchClaims,
  tombstones: readonly string[],
  now: Instant,
): Promise<void> {
  await recordWorker(world.db, {
    worker: sub,
    tombstones,
    subject: `urn:uuid:${world.newUuid()}`,
    name,
    locale,
    verified: identity,
    now,
    ...(timeMultiplier === undefined ? {} : { timeMultiplier }),
  })
  if (timeMultiplier !== undefined)
    await applyTimeMultiplier(world, { worker: sub, timeMultiplier, actor: 'marketplace', why: 'launch' })
}

/**
 * Turns a launch token into a session. A worker's accommodation in the token applies at once, also to an open attempt.
 * `replaces` is the session that the same browser had: it ends. Nobody who was erased gets one.
 */
export async function openSession(
  world: World,
  launchToken: string,
  replaces?: Session,
): Promise<Result<OpenedSession>> {
  const launched = await readLaunch(world, launchToken, { spend: true })
  if (!launched.ok) return launched
  const { sub, role, name, locale, returnUrl, exam } = launched.value
  const now = world.now()
  const tombstones = await tombstonesOf(sub, world.settings.tombstoneSecrets)
  if (await wasErased(world.db, tombstones)) return fail({ code: 'not-eligible', reason: 'worker-erased' })
  const noted = await noteAct(world, {
    act: 'launch.taken',
    actor: { person: sub },
    facts: { role, ...(exam ? { exam } : {}) },
  })
  if (role === 'worker') await recordLaunch(world, launched.value, tombstones, now)
  // a marketplace that sends people over is alive: what waits for it need not wait longer
  await expedite(world.db, MARKETPLACE, now)
  const listed = role === 'worker' ? undefined : listedAs(listOf(world.settings, role)?.list ?? [], launched.value)
  const session: Session = {
    id: world.newId('ses'),
    worker: sub,
    role,
    name,
    locale,
    launchedAt: now,
    expiresAt: sessionEnd(now),
    ...(returnUrl ? { returnUrl } : {}),
    ...(listed === undefined ? {} : { listedAs: listed }),
  }
  await world.db.batch([
    insertSessionStatement(world.db, session, tombstones),
    ...(replaces ? [endSessionStatement(world.db, { id: replaces.id, why: 'replaced', now })] : []),
    ...noted,
  ])
  const token = await signSession(session, world.settings.sessionSecret)
  return ok({ token, session, ...(exam ? { exam } : {}) })
}
