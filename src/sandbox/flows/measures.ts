import type { Instant } from '../../kernel/instant.ts'
import type { Statement } from '../../world/database.ts'
import { restoreJob, takeDownJob } from '../job/store.ts'
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
import type { SandboxWorld } from '../sandbox-world.ts'
import { standingRaise, standingReturn } from './change-standing.ts'

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
