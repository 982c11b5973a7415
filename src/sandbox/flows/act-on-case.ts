import type { Instant } from '../../kernel/instant.ts'
import { fail, ok } from '../../kernel/result.ts'
import type { Statement } from '../../world/database.ts'
import { restoreJob, takeDownJob } from '../job/store.ts'
import type { Case } from '../moderation/case.ts'
import type { CaseStep } from '../moderation/case-event.ts'
import type { Effect, Measure } from '../moderation/decision/actions.ts'
import {
  isLetUp,
  measureInsertion,
  measuresAgainst,
  measuresEnd,
  type StandingMeasure,
  standingByMeasures,
  standingMeasures,
} from '../moderation/decision/store.ts'
import { type By, type CaseCommand, judge } from '../moderation/judge.ts'
import { appendStep, findCase, isRaceLost } from '../moderation/store.ts'
import { announce } from '../outbox/store.ts'
import type { Outcome } from '../problem.ts'
import type { SandboxWorld } from '../sandbox-world.ts'
import { standingRaise, standingReturn } from './change-standing.ts'

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

const standingOf = (effect: Effect): 'restricted' | 'suspended' => (effect === 'suspend' ? 'suspended' : 'restricted')

/** The later of two ends; null is never. */
const later = (one: Instant | null, other: Instant | null): Instant | null =>
  one === null || other === null ? null : (Math.max(one, other) as Instant)

async function imposed(
  world: SandboxWorld,
  { kind, target, effect }: Measure,
  until: Instant | null,
): Promise<Statement[]> {
  if (kind !== 'job') return standingRaise(world, { kind, id: target }, standingOf(effect))
  const others = await measuresAgainst(world.db, target)
  return [
    takeDownJob(
      world.db,
      target,
      others.reduce<Instant | null>((latest, other) => later(latest, other.until), until),
    ),
  ]
}

/** Statements that carry a decision out; they go behind the decision in its batch. */
export async function imposeMeasures(
  world: SandboxWorld,
  decision: string,
  measures: readonly Measure[],
  until: Instant | null,
): Promise<Statement[]> {
  const statements: Statement[] = []
  for (const measure of measures)
    statements.push(measureInsertion(world.db, decision, measure, until), ...(await imposed(world, measure, until)))
  return statements
}

const lifted = (world: SandboxWorld, { kind, target, effect }: StandingMeasure): Statement[] =>
  kind === 'job'
    ? [restoreJob(world.db, target, isLetUp(target))]
    : standingReturn(world, { kind, id: target }, { from: standingOf(effect), to: standingByMeasures(target) })

/** Statements that end what a decision does; what another decision does as well goes on. Empty when it does nothing any more. */
export async function liftMeasures(
  world: SandboxWorld,
  decision: string,
  end: Parameters<typeof measuresEnd>[2],
): Promise<Statement[]> {
  const standing = await standingMeasures(world.db, decision)
  if (standing.length === 0) return []
  return [measuresEnd(world.db, decision, end), ...standing.flatMap((measure) => lifted(world, measure))]
}
