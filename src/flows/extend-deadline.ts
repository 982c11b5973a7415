import { refusalOf } from '../attempt/attempt.ts'
import { closeOpenAttempt, extendDeadlineOf, findAttempt } from '../attempt/store.ts'
import { type Duration, type Instant, plus, toRfc3339 } from '../kernel/instant.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { Session } from '../marketplace/session-token.ts'
import type { World } from '../world/world.ts'
import { gradeAttempt, settleAttempt } from './close-attempt.ts'
import { noteActIfDone, refuseChange, staffOf } from './note-act.ts'

/** An operator's act on an attempt, written into its history with the reason. */
export interface OperatorCall {
  readonly session: Session
  readonly id: string
  readonly why: string
}

const noteOn = (
  act: 'attempt.extended' | 'attempt.voided',
  world: World,
  { session, why }: OperatorCall,
  { id, worker }: { readonly id: string; readonly worker: string },
  facts?: Readonly<Record<string, string>>,
) =>
  noteActIfDone(world, {
    act,
    actor: staffOf(session),
    subject: { person: worker },
    object: id,
    why,
    ...(facts ? { facts } : {}),
  })

async function findForOperator(world: World, { session, id }: OperatorCall) {
  if (session.role !== 'operator') return fail({ code: 'forbidden' as const })
  const attempt = await findAttempt(world.db, id)
  if (!attempt) return fail({ code: 'not-found' as const })
  const refused = refuseChange(session, attempt.worker, world.now())
  if (refused) return fail(refused)
  const settled = await settleAttempt(world, attempt)
  return settled ? ok(settled) : fail({ code: 'not-found' as const })
}

/** Somebody else came first. */
const overtaken = { code: 'conflict', detail: 'the attempt changed meanwhile; look again' } as const

/**
 * Moves the deadline of an open attempt later; never earlier. With `from`, the deadline that the operator saw, it does so only while
 * that one stands: a form that is sent twice gives the time once.
 */
export async function extendDeadline(
  world: World,
  call: OperatorCall & { readonly by: Duration; readonly from?: Instant | undefined },
): Promise<Result<{ readonly deadline: Instant }>> {
  const found = await findForOperator(world, call)
  if (!found.ok) return found
  const now = world.now()
  if (call.from !== undefined && call.from !== found.value.deadline) return fail(overtaken)
  const deadline = plus(found.value.deadline, call.by)
  const refusal = refusalOf(found.value, { type: 'extend-deadline', deadline }, now)
  if (refusal) return fail(refusal)
  const noted = await noteOn('attempt.extended', world, call, found.value, { deadline: toRfc3339(deadline) })
  const moved = await extendDeadlineOf(
    world.db,
    { id: found.value.id, deadline, now, actor: call.session.worker, why: call.why },
    noted,
  )
  return moved ? ok({ deadline }) : fail(overtaken)
}

/** Voids an open attempt: it is closed and cannot pass. */
export async function voidAttempt(world: World, call: OperatorCall): Promise<Result<{ readonly closedAt: Instant }>> {
  const found = await findForOperator(world, call)
  if (!found.ok) return found
  const now = world.now()
  const refusal = refusalOf(found.value, { type: 'void' }, now)
  if (refusal) return fail(refusal)
  const noted = await noteOn('attempt.voided', world, call, found.value)
  const voided = await closeOpenAttempt(
    world.db,
    { id: found.value.id, reason: 'voided', now, actor: call.session.worker, why: call.why, overdue: false },
    noted,
  )
  if (!voided) return fail(overtaken)
  const graded = await gradeAttempt(world, found.value.id)
  return graded ? ok({ closedAt: graded.closedAt }) : fail({ code: 'not-found' })
}
