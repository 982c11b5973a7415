import { type Instant, type Period, toRfc3339 } from '../../kernel/instant.ts'
import { fail, ok } from '../../kernel/result.ts'
import type { Statement } from '../../world/database.ts'
import type { Case } from '../moderation/case.ts'
import type { AppealOutcome } from '../moderation/case-event.ts'
import { type Action, isHarsher, isMeasure, isPossible, measuresOf, scopeOf } from '../moderation/decision/actions.ts'
import { type StatementOfReasons, stateReasons } from '../moderation/decision/statement.ts'
import {
  type Appeal,
  appealOutcome,
  type Decision,
  decisionInsertion,
  findAppeal,
  findDecision,
  standingMeasures,
} from '../moderation/decision/store.ts'
import { labelInsertion, labelOfDecision } from '../moderation/label/store.ts'
import { forgetting, rememberedFor } from '../moderation/memory/store.ts'
import { judgeReports } from '../moderation/report/store.ts'
import { notify } from '../notification/store.ts'
import type { Person } from '../people/person.ts'
import { malformed, type Outcome } from '../problem.ts'
import type { SandboxWorld } from '../sandbox-world.ts'
import { actOnCase, imposeMeasures, liftMeasures, type Plan } from './act-on-case.ts'
import { endOf, tellReporters } from './decide-subject.ts'
import { drawAppeal } from './draw-second.ts'
import { rememberDecision } from './remember-decision.ts'

/** What an operator makes of an appeal. `modify` puts a milder measure in the place of the old one. */
export type Judgement =
  | { readonly outcome: 'uphold' | 'reverse'; readonly reasons: string }
  | { readonly outcome: 'modify'; readonly reasons: string; readonly action: Action; readonly duration: Period | null }

export interface AppealJudged {
  readonly appeal: string
  readonly decision: string
  readonly outcome: AppealOutcome
  readonly decidedAt: string
  readonly final: true
  /** Of the decision that took the place of the old one. */
  readonly statement?: StatementOfReasons
}

/** What is judged: the appeal, the decision it is against and the case as it stands; who judges, and when. */
interface Hearing {
  readonly appeal: Appeal
  readonly decision: Decision
  readonly known: Case
  readonly operator: string
  readonly now: Instant
}

/** The milder decision, which counts from when the old one was taken. */
function modified(
  { known, decision: old, operator, now }: Hearing,
  { action, duration, reasons }: Extract<Judgement, { outcome: 'modify' }>,
  id: string,
): Outcome<Decision> {
  const until = endOf(action, duration, old.decidedAt)
  if (!isPossible(known.kind, action) || !isMeasure(action))
    return malformed([
      { path: 'action', message: `Must be a measure that is possible where the subject is: ${known.kind}` },
    ])
  if (isHarsher({ action, until }, old))
    return malformed([{ path: 'action', message: 'An appeal never ends in a harsher measure' }])
  if (action === old.action && until === old.until)
    return malformed([{ path: 'action', message: 'This is the decision as it stands' }])
  const ruling = {
    decision: id,
    action,
    rule: old.statement.rule,
    facts: reasons,
    scope: scopeOf(action, known),
    from: old.decidedAt,
    until,
  } as const
  const statement = stateReasons({
    ...ruling,
    decidedAt: now,
    openedBy: known.openedBy,
    automated: known.automated,
    appealUntil: null,
  })
  return ok({
    id,
    subject: known.id,
    person: known.person,
    action,
    kinds: old.kinds,
    until,
    operator,
    decidedAt: now,
    statement,
  })
}

async function reversal(world: SandboxWorld, { known, decision, operator, now }: Hearing): Promise<Statement[]> {
  // as it was decided about: it may have been rewritten since
  const post = known.kind === 'job' ? await labelOfDecision(world.db, known.ref, decision.id) : undefined
  const good = post && { ...post, id: world.newId('lbl'), kinds: [], operator, at: now }
  return [
    ...(await liftMeasures(world, decision.id, { at: now, by: 'appeal' })),
    ...judgeReports(world.db, known.id, 'rejected'),
    tellReporters(world, known.id, { kind: 'report-reconsidered', outcome: 'no-measure' }),
    ...(good ? [labelInsertion(world.db, good)] : []),
    ...(await forgetting(world.db, decision.id)),
    ...(await rememberDecision(world, known, { id: decision.id, action: 'no-action', kinds: [] }, post)),
  ]
}

/** What is milder takes the place of what still stands; what has ended is not begun again. */
async function replacement(
  world: SandboxWorld,
  { known, decision: old, now }: Hearing,
  decision: Decision,
): Promise<Statement[]> {
  const lasts = decision.until === null || decision.until > now
  const stands = lasts && (await standingMeasures(world.db, old.id)).length > 0
  return [
    ...(await liftMeasures(world, old.id, { at: now, by: 'appeal' })),
    decisionInsertion(world.db, decision),
    rememberedFor(world.db, old.id, decision.id),
    ...(await imposeMeasures(world, decision.id, stands ? measuresOf(decision.action, known) : [], decision.until)),
    tellReporters(world, known.id, { kind: 'report-reconsidered', outcome: 'measure' }),
  ]
}

async function planned(
  world: SandboxWorld,
  hearing: Hearing,
  judgement: Judgement,
  replacementId: string,
): Promise<Outcome<Plan & { readonly decision: Decision }>> {
  const { appeal, operator, now } = hearing
  const { outcome, reasons } = judgement
  const changed = judgement.outcome === 'modify' ? modified(hearing, judgement, replacementId) : ok(hearing.decision)
  if (!changed.ok) return changed
  const decision = changed.value
  const done =
    outcome === 'uphold'
      ? []
      : outcome === 'reverse'
        ? await reversal(world, hearing)
        : await replacement(world, hearing, decision)
  const notice = { kind: 'appeal-decided', decision: decision.id, appeal: appeal.id, outcome, reasons } as const
  const also = [
    ...done,
    appealOutcome(world.db, appeal.id, { outcome, reasons, decidedBy: operator, decidedAt: now }),
    ...notify(world.db, [{ id: world.newId('ntf'), person: appeal.person, notice }], now),
    ...(await drawAppeal(world, appeal, { known: hearing.known, against: hearing.decision, outcome, operator })),
  ]
  return ok({
    command: { type: 'judge-appeal', outcome, decision: decision.id, action: decision.action, until: decision.until },
    also,
    decision,
  })
}

const answerOf = (appeal: string, outcome: AppealOutcome, decision: Decision, decidedAt: Instant): AppealJudged => ({
  appeal,
  decision: decision.id,
  outcome,
  decidedAt: toRfc3339(decidedAt),
  final: true,
  ...(outcome === 'modify' ? { statement: decision.statement } : {}),
})

/** Judges an appeal, by another operator than who decided; what that changes takes effect in the same batch. The decision is final then. */
export async function judgeAppeal(
  world: SandboxWorld,
  operator: Person,
  id: string,
  judgement: Judgement,
): Promise<Outcome<AppealJudged>> {
  const appeal = await findAppeal(world.db, id)
  const old = appeal && (await findDecision(world.db, appeal.decision))
  if (!appeal || !old) return fail({ code: 'not-found' })
  if (appeal.outcome !== null && appeal.decidedAt !== null) {
    const same =
      appeal.decidedBy === operator.id &&
      appeal.outcome === judgement.outcome &&
      appeal.reasons === judgement.reasons &&
      judgement.outcome !== 'modify'
    return same
      ? ok(answerOf(id, appeal.outcome, old, appeal.decidedAt))
      : fail({ code: 'already-done', detail: 'This appeal is decided' })
  }
  const now = world.now()
  const replacementId = world.newId('dec')
  let decision = old
  const next = await actOnCase(world, appeal.subject, { actor: operator.id, now }, async (known) => {
    const plan = await planned(
      world,
      { appeal, decision: old, known, operator: operator.id, now },
      judgement,
      replacementId,
    )
    if (plan.ok) decision = plan.value.decision
    return plan
  })
  return next.ok ? ok(answerOf(id, judgement.outcome, decision, now)) : next
}
