import { type Duration, type Instant, minutes, plus } from '../kernel/instant.ts'
import type { Problem } from '../kernel/problem.ts'
import type { Session } from '../marketplace/session-token.ts'

// What is asked of staff besides their role, in one place. Each rule gives the refusal, or undefined where it holds.

/** How long after a launch its person may change the rights of others: a screen that was left open must not do it. */
export const YOUNG_LAUNCH: Duration = minutes(15)

/** Until when the launch of a session is young. */
export const youngUntil = (session: Pick<Session, 'launchedAt'>): Instant => plus(session.launchedAt, YOUNG_LAUNCH)

/** Nobody acts on their own attempt, certificate or case, in whatever role they came. `subject` is the worker whom it is about. */
export const ownCase = (session: Pick<Session, 'worker'>, subject: string): Problem | undefined =>
  subject === session.worker ? { code: 'own-case' } : undefined

/** What changes the rights of others is done within fifteen minutes of a launch. */
export const oldLaunch = (session: Session, now: Instant): Problem | undefined =>
  now < youngUntil(session)
    ? undefined
    : { code: 'launch-too-old', launchedAt: session.launchedAt, withinSeconds: YOUNG_LAUNCH / 1_000 }

/** Both, for an act that changes the rights of one person. */
export const refuseChange = (session: Session, subject: string, now: Instant): Problem | undefined =>
  ownCase(session, subject) ?? oldLaunch(session, now)
