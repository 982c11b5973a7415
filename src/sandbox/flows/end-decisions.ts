import type { Instant } from '../../kernel/instant.ts'
import { fail, ok } from '../../kernel/result.ts'
import { dueMeasures, findDecision } from '../moderation/decision/store.ts'
import { finishableCases } from '../moderation/store.ts'
import { notify } from '../notification/store.ts'
import type { Outcome } from '../problem.ts'
import type { SandboxWorld } from '../sandbox-world.ts'
import { actOnCase, liftMeasures, type Plan } from './act-on-case.ts'

const AT_ONCE = 100

/** Ends what a decision does, as of the moment that it named; nothing if it was ended meanwhile. */
async function endDecision(world: SandboxWorld, id: string, until: Instant): Promise<boolean> {
  const decision = await findDecision(world.db, id)
  if (!decision) return false
  const ended = await actOnCase(
    world,
    decision.subject,
    { actor: 'system', now: until },
    async (known): Promise<Outcome<Plan>> => {
      const lifted = await liftMeasures(world, id, { at: until, by: 'time' })
      if (lifted.length === 0) return fail({ code: 'already-done', detail: 'Ended' })
      const told =
        known.person === null
          ? []
          : [
              {
                id: world.newId('ntf'),
                person: known.person,
                notice: { kind: 'measures-ended', decision: id },
              } as const,
            ]
      return ok({
        command: { type: 'end-measures', decision: id },
        also: [...lifted, ...notify(world.db, told, until)],
      })
    },
  )
  return ended.ok
}

/** Ends measures whose time is over: jobs return and standings are settled, unless another decision still stands. */
export async function endMeasures(world: SandboxWorld): Promise<number> {
  const now = world.now()
  let fired = 0
  for (;;) {
    const due = new Map((await dueMeasures(world.db, now, AT_ONCE)).map(({ decision, until }) => [decision, until]))
    let ended = 0
    for (const [decision, until] of due) if (until !== null && (await endDecision(world, decision, until))) ended += 1
    fired += ended
    if (ended === 0) return fired
  }
}

/** Makes decisions final against which nobody appealed within six months, and tells the plugin of those that it waits for. */
export async function finishDecisions(world: SandboxWorld): Promise<number> {
  const now = world.now()
  let fired = 0
  for (;;) {
    let finished = 0
    for (const { id, appealUntil } of await finishableCases(world.db, now, AT_ONCE)) {
      const next = await actOnCase(world, id, { actor: 'system', now: appealUntil ?? now }, async () =>
        ok({ command: { type: 'finish' }, also: [] }),
      )
      if (next.ok) finished += 1
    }
    fired += finished
    if (finished === 0) return fired
  }
}
