import { type Attempt, accommodatedDeadline } from '../attempt/attempt.ts'
import { extendDeadlineOf, findAttempt, openAttemptsOf } from '../attempt/store.ts'
import { findBank } from '../item/store.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { Session } from '../marketplace/session-token.ts'
import { updateTimeMultiplier } from '../marketplace/store.ts'
import type { World } from '../world/world.ts'
import { noteActIfDone, refuseChange, staffOf } from './note-act.ts'

export interface Accommodation {
  readonly worker: string
  /** 1 to 3 times the time limit of the exam, or of a part of it. */
  readonly timeMultiplier: number
  readonly actor: string
  readonly why: string
}

/** How often a deadline is reckoned anew because somebody else moved it. */
const MOST_TRIES = 4

/** Gives the worker's open attempts the time that the multiplier makes of their limit. Never takes time away. */
export async function applyTimeMultiplier(
  world: World,
  { worker, timeMultiplier, actor, why }: Accommodation,
): Promise<void> {
  for (const open of await openAttemptsOf(world.db, worker)) {
    const exam = (await findBank(world.db, open.bankHash))?.exam
    let attempt: Attempt | undefined = open
    // what somebody else gave meanwhile stays, and is reckoned with
    for (let tries = 0; exam && attempt?.status === 'open' && tries < MOST_TRIES; tries += 1) {
      const deadline = accommodatedDeadline(exam, attempt, timeMultiplier)
      if (deadline <= attempt.deadline) break
      const change = { id: attempt.id, deadline, from: attempt.deadline, timeMultiplier, now: world.now(), actor, why }
      if (await extendDeadlineOf(world.db, change)) break
      attempt = await findAttempt(world.db, attempt.id)
    }
  }
}

/** An operator sets a worker's accommodation; it holds for an open attempt at once. */
export async function setAccommodation(
  world: World,
  call: { session: Session; worker: string; timeMultiplier: number; why: string },
): Promise<Result<{ timeMultiplier: number }>> {
  if (call.session.role !== 'operator') return fail({ code: 'forbidden' })
  const refused = refuseChange(call.session, call.worker, world.now())
  if (refused) return fail(refused)
  const { session, worker, timeMultiplier, why } = call
  const noted = await noteActIfDone(world, {
    act: 'accommodation.set',
    actor: staffOf(session),
    subject: { person: worker },
    why,
    facts: { timeMultiplier },
  })
  if (!(await updateTimeMultiplier(world.db, worker, timeMultiplier, noted))) return fail({ code: 'not-found' })
  await applyTimeMultiplier(world, { ...call, actor: call.session.worker })
  return ok({ timeMultiplier: call.timeMultiplier })
}
