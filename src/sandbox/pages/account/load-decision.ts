import { fail, ok } from '../../../kernel/result.ts'
import type { Case } from '../../moderation/case.ts'
import { isAboutCertificate } from '../../moderation/decision/actions.ts'
import {
  type Appeal,
  type Decision,
  findAppealAgainst,
  findDecision,
  standingMeasures,
} from '../../moderation/decision/store.ts'
import { findCase } from '../../moderation/store.ts'
import type { Person } from '../../people/person.ts'
import type { Outcome } from '../../problem.ts'
import type { SandboxWorld } from '../../sandbox-world.ts'

export interface DecisionView {
  readonly decision: Decision
  readonly known: Case
  readonly appeal: Appeal | undefined
  /** Whether it still does anything. */
  readonly lasts: boolean
}

/** Whether a decision about a certificate stands: the plugin carries it out, so no measure here tells. */
const standsAtPlugin = ({ id }: Decision, known: Case, appeal: Appeal | undefined): boolean =>
  known.decision === id && appeal?.outcome !== 'reverse'

/** A decision for the person whom it concerns, or an operator; for anybody else there is none. */
export async function loadDecision(world: SandboxWorld, person: Person, id: string): Promise<Outcome<DecisionView>> {
  const decision = await findDecision(world.db, id)
  const known =
    decision && (decision.person === person.id || person.role === 'operator')
      ? await findCase(world.db, decision.subject)
      : undefined
  if (!decision || !known) return fail({ code: 'not-found' })
  const [appeal, measures] = await Promise.all([findAppealAgainst(world.db, id), standingMeasures(world.db, id)])
  return ok({
    decision,
    known,
    appeal,
    lasts: isAboutCertificate(decision.action) ? standsAtPlugin(decision, known, appeal) : measures.length > 0,
  })
}
