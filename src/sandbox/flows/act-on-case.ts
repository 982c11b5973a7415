import { fail, ok } from '../../kernel/result.ts'
import type { Statement } from '../../world/database.ts'
import type { Case } from '../moderation/case.ts'
import type { CaseStep } from '../moderation/case-event.ts'
import { type By, type CaseCommand, judge } from '../moderation/judge.ts'
import { appendStep, findCase, isRaceLost } from '../moderation/store.ts'
import { announce } from '../outbox/store.ts'
import type { Outcome } from '../problem.ts'
import type { SandboxWorld } from '../sandbox-world.ts'

/** Reports may come in while somebody decides; each costs a try. */
const TRIES = 20

/** What to do with a case as it stands, and what else changes with it. */
export interface Plan {
  readonly command: CaseCommand
  readonly also: readonly Statement[]
}

const announced: Partial<Record<CaseStep['type'], 'moderation.case_decided' | 'moderation.appeal_decided'>> = {
  decided: 'moderation.case_decided',
  'became-final': 'moderation.case_decided',
  'appeal-decided': 'moderation.appeal_decided',
}

/** The plugin hears what becomes of the cases that it brought up. */
function announcements(world: SandboxWorld, next: Case, step: CaseStep): Statement[] {
  const type = announced[step.type]
  if (!type || !next.alleged) return []
  return [
    announce(world.db, {
      id: world.newId('evt'),
      type,
      worker: next.person ?? '',
      version: next.version,
      data: { case: next.id, subject: `${next.kind}:${next.ref}` },
      now: world.now(),
    }),
  ]
}

/**
 * Takes one step with a case: everything is computed from the case as it stands, then written in one batch. Whoever loses
 * a race looks at the case again and is judged by what it is then.
 */
export async function actOnCase(
  world: SandboxWorld,
  id: string,
  by: By,
  plan: (known: Case) => Promise<Outcome<Plan>>,
): Promise<Outcome<Case>> {
  for (let tries = 0; tries < TRIES; tries++) {
    const known = await findCase(world.db, id)
    if (!known) return fail({ code: 'not-found' })
    const planned = await plan(known)
    if (!planned.ok) return planned
    const step = judge(known, planned.value.command, by)
    if (!step.ok) return step
    const { next, statements } = appendStep(world.db, known, { ...step.value, actor: by.actor, at: by.now })
    try {
      await world.db.batch([...statements, ...planned.value.also, ...announcements(world, next, step.value)])
      return ok(next)
    } catch (error) {
      if (!isRaceLost(error)) throw error
    }
  }
  return fail({ code: 'conflict', detail: 'This case changes too fast; try again' })
}
