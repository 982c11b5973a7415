import { refusalOf } from '../attempt/attempt.ts'
import { closeOpenAttempt, findAttempt } from '../attempt/store.ts'
import type { AttemptId, LeaseId } from '../kernel/id.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import { sessionLives } from '../marketplace/sessions/store.ts'
import type { World } from '../world/world.ts'
import { gradeAttempt, settleAttempt } from './close-attempt.ts'
import { type AttemptCall, findOwnAttempt } from './read-attempt.ts'
import { type ResultView, viewResult } from './read-result.ts'

/** Submits the paper: closes it, grades it, gives the result. Any later call, whoever makes it, gives the very same reply. */
export async function submitAttempt(
  world: World,
  call: AttemptCall & { readonly lease: string },
): Promise<Result<ResultView>> {
  const own = await findOwnAttempt(world, call)
  if (!own.ok) return own
  if (own.value.status === 'graded') return ok(await viewResult(world, own.value))
  const now = world.now()
  const { id, worker } = own.value
  const closed = await closeOpenAttempt(world.db, {
    id,
    worker,
    session: call.session.id,
    lease: call.lease,
    reason: 'submitted',
    now,
    actor: worker,
    overdue: false,
  })
  if (!closed) {
    if (!(await sessionLives(world.db, call.session.id, now))) return fail({ code: 'unauthenticated' })
    const current = await findAttempt(world.db, id)
    const refusal =
      current?.status === 'open' ? refusalOf(current, { type: 'submit', lease: call.lease as LeaseId }, now) : undefined
    if (refusal?.code === 'lease-lost') return fail(refusal)
    if (current?.status === 'open' && (await settleAttempt(world, current))?.status === 'open')
      return fail({ code: 'conflict', detail: 'the attempt changed meanwhile; try again' })
  }
  return resultOf(world, id)
}

async function resultOf(world: World, id: AttemptId): Promise<Result<ResultView>> {
  const graded = await gradeAttempt(world, id)
  return graded ? ok(await viewResult(world, graded)) : fail({ code: 'not-found' })
}

/** Ends the attempt without a result to show for it. It counts as an attempt all the same. */
export async function withdrawAttempt(world: World, call: AttemptCall): Promise<Result<ResultView>> {
  const own = await findOwnAttempt(world, call)
  if (!own.ok) return own
  if (own.value.status === 'graded') return ok(await viewResult(world, own.value))
  const { id, worker } = own.value
  const now = world.now()
  const closed = await closeOpenAttempt(world.db, {
    id,
    worker,
    session: call.session.id,
    reason: 'withdrawn',
    now,
    actor: worker,
    overdue: false,
  })
  if (!closed && !(await sessionLives(world.db, call.session.id, now))) return fail({ code: 'unauthenticated' })
  const settled = await findAttempt(world.db, id)
  if (settled?.status === 'open') return fail({ code: 'conflict', detail: 'the attempt changed meanwhile; try again' })
  return resultOf(world, id)
}
