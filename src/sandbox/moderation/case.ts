import type { Instant } from '../../kernel/instant.ts'
import {
  type AppealOutcome,
  type CaseEvent,
  type CaseSignal,
  type CaseStep,
  isSignal,
  type NewCaseEvent,
  type Opener,
  openers,
  type Subject,
} from './case-event.ts'
import type { Action } from './decision/actions.ts'

export const caseStatuses = ['open', 'escalated', 'closed'] as const
export type CaseStatus = (typeof caseStatuses)[number]

/** A subject under moderation, as it stands after its last event. */
export interface Case extends Subject {
  readonly id: string
  readonly status: CaseStatus
  /** Sequence number of the last event. */
  readonly version: number
  readonly openedBy: Opener
  readonly openedAt: Instant
  readonly updatedAt: Instant
  /** What speaks for urgency; see `priorityOf`. */
  readonly points: number
  /** Reports that count: one per person. */
  readonly reports: number
  /** Whether the plugin brought it up, and so hears what becomes of it. */
  readonly alleged: boolean
  readonly policy: string | null
  /** Whether any of what brought it up was found by a program. */
  readonly automated: boolean
  readonly claimedBy: string | null
  readonly claimedUntil: Instant | null
  /** The decision that stands, with what it does until when. */
  readonly decision: string | null
  readonly action: Action | null
  readonly until: Instant | null
  readonly decidedBy: string | null
  readonly decidedAt: Instant | null
  /** Until when the decision may be appealed; null when it may not, or was. */
  readonly appealUntil: Instant | null
  readonly appeal: string | null
  readonly appealOutcome: AppealOutcome | null
  readonly appealDecidedAt: Instant | null
  /** Whether nothing can change the decision any more. */
  readonly final: boolean
}

type Happened<T> = T & { readonly actor: string; readonly at: Instant }

const unclaimed = { claimedBy: null, claimedUntil: null } as const

function opened(id: string, { type, data, at }: Happened<CaseSignal>): Case {
  const undecided = {
    decision: null,
    action: null,
    until: null,
    decidedBy: null,
    decidedAt: null,
    appealUntil: null,
    appeal: null,
    appealOutcome: null,
    appealDecidedAt: null,
    final: false,
  }
  const { kind, ref, person } = data
  const blank = { points: 0, reports: 0, alleged: false, policy: null, automated: false }
  return {
    id,
    kind,
    ref,
    person,
    status: 'open',
    version: 0,
    openedBy: openers[type],
    openedAt: at,
    updatedAt: at,
    ...blank,
    ...unclaimed,
    ...undecided,
  }
}

function signalled(known: Case, { type, data }: Happened<CaseSignal>): Case {
  const points = known.points + data.points
  switch (type) {
    case 'reported':
      return { ...known, points, reports: known.reports + 1 }
    case 'detected':
      return { ...known, points, automated: known.automated || data.band !== 'publish' }
    case 'alleged':
      return { ...known, points, alleged: true, policy: data.policy, automated: known.automated || data.automated }
    case 'flagged':
    case 'noticed':
      return { ...known, points }
  }
}

function stepped(known: Case, { type, data, actor, at }: Happened<CaseStep>): Case {
  switch (type) {
    case 'claimed':
      return { ...known, claimedBy: actor, claimedUntil: data.until }
    case 'released':
      return { ...known, ...unclaimed }
    case 'escalated':
      return { ...known, ...unclaimed, status: 'escalated' }
    case 'closed':
      return { ...known, ...unclaimed, status: 'closed', final: true }
    case 'decided': {
      const { decision, action, until, appealUntil } = data
      return {
        ...known,
        ...unclaimed,
        status: 'closed',
        decision,
        action,
        until,
        decidedBy: actor,
        decidedAt: at,
        appealUntil,
        final: appealUntil === null,
      }
    }
    case 'edited':
    case 'measures-ended':
      return known
    case 'appealed':
      return {
        ...known,
        ...unclaimed,
        status: 'escalated',
        appeal: data.appeal,
        appealUntil: null,
        points: known.points + data.points,
      }
    case 'appeal-decided': {
      const { decision, action, until, outcome } = data
      return {
        ...known,
        ...unclaimed,
        status: 'closed',
        decision,
        action,
        until,
        appealOutcome: outcome,
        appealDecidedAt: at,
        final: true,
      }
    }
    case 'became-final':
      return { ...known, appealUntil: null, final: true }
  }
}

/** The case after one more event. */
export function evolve(id: string, known: Case | undefined, event: NewCaseEvent): Case {
  const next = isSignal(event) ? signalled(known ?? opened(id, event), event) : stepped(requireKnown(id, known), event)
  return { ...next, version: next.version + 1, updatedAt: event.at }
}

function requireKnown(id: string, known: Case | undefined): Case {
  if (!known) throw new Error(`the history of ${id} does not begin with what opened it`)
  return known
}

/** The case that a whole history leads to; undefined for an empty one. */
export const rebuild = (id: string, events: readonly CaseEvent[]): Case | undefined =>
  events.reduce<Case | undefined>((known, event) => evolve(id, known, event), undefined)

/** Whether further signals join this case: it was never judged. */
export const isGathering = (known: Case): boolean => known.status !== 'closed' && known.decision === null
