import { type Instant, minutes, plus, toRfc3339 } from '../../kernel/instant.ts'
import { fail, ok, type Result } from '../../kernel/result.ts'
import type { SandboxProblem } from '../problem.ts'
import type { Case } from './case.ts'
import type { AppealOutcome, CaseStep } from './case-event.ts'
import { type Action, appealUntil, isMeasure, isPossible } from './decision/actions.ts'
import { pointsOf } from './report/priority.ts'

/** How long a case is one operator's. Long enough to read it, short enough that a forgotten one comes back. */
const CLAIM = minutes(30)

/** What somebody wants to do with a case. */
export type CaseCommand =
  | { readonly type: 'claim' }
  | { readonly type: 'release' }
  | { readonly type: 'escalate'; readonly note: string }
  | { readonly type: 'close'; readonly note: string; readonly waiting: boolean }
  | { readonly type: 'decide'; readonly decision: string; readonly action: Action; readonly until: Instant | null }
  | { readonly type: 'appeal'; readonly appeal: string; readonly decision: string; readonly person: string }
  | {
      readonly type: 'judge-appeal'
      readonly outcome: AppealOutcome
      readonly decision: string
      readonly action: Action
      readonly until: Instant | null
    }
  | { readonly type: 'end-measures'; readonly decision: string }
  | { readonly type: 'finish' }

export interface By {
  /** An operator, the person concerned, or `system`. */
  readonly actor: string
  readonly now: Instant
}

type Judged = Result<CaseStep, SandboxProblem>

const wrongState = (known: Case, detail: string): Judged =>
  fail({
    code: 'wrong-state',
    state: known.appeal !== null && known.status !== 'closed' ? 'appealed' : known.status,
    detail,
  })

/** Refuses whoever meets a case that another operator is reading, and of an appealed one whoever decided it. */
function mayHandle(known: Case, { actor, now }: By): Result<undefined, SandboxProblem> {
  if (known.status !== 'closed' && known.decision !== null && known.decidedBy === actor) {
    return fail({ code: 'same-person', detail: 'An appeal is decided by another person than the decision' })
  }
  if (
    known.claimedBy !== null &&
    known.claimedBy !== actor &&
    known.claimedUntil !== null &&
    known.claimedUntil > now
  ) {
    return fail({ code: 'conflict', detail: `Another operator has taken this until ${toRfc3339(known.claimedUntil)}` })
  }
  return ok(undefined)
}

function decide(known: Case, command: Extract<CaseCommand, { type: 'decide' }>, now: Instant): Judged {
  const { decision, action, until } = command
  if (!isPossible(known.kind, action))
    return fail({
      code: 'malformed',
      issues: [{ path: 'action', message: `Not possible where the subject is: ${known.kind}` }],
    })
  const lifts = action === 'reinstate'
  if (lifts && known.kind === 'job' && known.status !== 'closed')
    return wrongState(known, 'A job that waits for a decision is published by no-action')
  if (known.status === 'closed' && !(lifts && known.action !== null && isMeasure(known.action)))
    return wrongState(known, 'This case is closed')
  if (known.status !== 'closed' && known.decision !== null)
    return wrongState(known, 'An appeal against the decision is open')
  return ok({
    type: 'decided',
    data: { decision, action, until, appealUntil: isMeasure(action) ? appealUntil(now) : null },
  })
}

function appeal(known: Case, command: Extract<CaseCommand, { type: 'appeal' }>, now: Instant): Judged {
  if (known.person === null || known.person !== command.person) return fail({ code: 'not-found' })
  if (known.decision !== command.decision) return wrongState(known, 'Another decision has taken the place of this one')
  if (known.appeal !== null) return fail({ code: 'already-done', detail: 'There is one appeal against a decision' })
  if (known.decidedAt === null || known.action === null || !isMeasure(known.action))
    return wrongState(known, 'This decision takes nothing away')
  const closedAt = appealUntil(known.decidedAt)
  if (known.final || now >= closedAt)
    return fail({ code: 'window-closed', detail: 'The time for an appeal is over', closedAt: toRfc3339(closedAt) })
  return ok({
    type: 'appealed',
    data: { appeal: command.appeal, decision: command.decision, points: pointsOf.appealed },
  })
}

/** What a command makes of a case, or why it does not. */
export function judge(known: Case, command: CaseCommand, by: By): Judged {
  const { actor, now } = by
  if (command.type === 'appeal') return appeal(known, command, now)
  if (command.type === 'end-measures') return ok({ type: 'measures-ended', data: { decision: command.decision } })
  if (command.type === 'finish') {
    if (known.final || known.decision === null || known.appealUntil === null || now < known.appealUntil)
      return wrongState(known, 'The decision may still be appealed, or is final')
    return ok({ type: 'became-final', data: { decision: known.decision } })
  }
  const allowed = mayHandle(known, by)
  if (!allowed.ok) return allowed
  if (command.type === 'decide') return decide(known, command, now)
  if (known.status === 'closed') return wrongState(known, 'This case is closed')
  switch (command.type) {
    case 'claim':
      return ok({ type: 'claimed', data: { until: plus(now, CLAIM) } })
    case 'release':
      return known.claimedBy === actor
        ? ok({ type: 'released', data: {} })
        : wrongState(known, 'You have not taken this case')
    case 'escalate':
      return known.status === 'open'
        ? ok({ type: 'escalated', data: { note: command.note } })
        : fail({ code: 'already-done', detail: 'This case is escalated' })
    case 'close':
      return close(known, command)
    case 'judge-appeal': {
      const { outcome, decision, action, until } = command
      if (known.appeal === null) return wrongState(known, 'There is no appeal')
      return ok({ type: 'appeal-decided', data: { appeal: known.appeal, outcome, decision, action, until } })
    }
  }
}

/** A case that nobody waits for may end without a decision: the thing is gone, or was judged elsewhere. */
function close(known: Case, command: Extract<CaseCommand, { type: 'close' }>): Judged {
  if (known.alleged || command.waiting || known.decision !== null)
    return wrongState(known, 'Somebody waits for a decision on this')
  return ok({ type: 'closed', data: { note: command.note } })
}
