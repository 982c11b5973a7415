import type { Instant } from '../../kernel/instant.ts'
import type { Assessment } from '../detector/judge/detector.ts'
import type { Precedent } from '../detector/judge/precedent.ts'
import type { Action, SubjectKind } from './decision/actions.ts'
import { detectorPoints, pointsOf, type ReportReason } from './report/priority.ts'
import type { Surface } from './surfaces.ts'

export const outcomes = ['uphold', 'reverse', 'modify'] as const
export type AppealOutcome = (typeof outcomes)[number]

/** What a case is about, and who is concerned by what becomes of it: the poster, the worker; null when unknown. */
export interface Subject {
  readonly kind: SubjectKind
  readonly ref: string
  readonly person: string | null
}

interface Signalled extends Subject {
  /** What it adds to the urgency. */
  readonly points: number
}

/** What brings something to a person's attention. The first one opens the case, further ones join it. */
export type CaseSignal =
  | { readonly type: 'reported'; readonly data: Signalled & { readonly report: string; readonly reason: ReportReason } }
  | {
      readonly type: 'detected'
      readonly data: Signalled & {
        readonly band: string
        readonly probability: Readonly<Record<string, number>>
        readonly reasons: readonly unknown[]
        readonly modelVersion: string
        /** The earlier case that it repeats. */
        readonly precedent?: Precedent | undefined
        /** Where it was written, and the text, unless it is a post. */
        readonly surface?: Surface | undefined
        readonly evidence?: string | undefined
      }
    }
  | {
      readonly type: 'alleged'
      readonly data: Signalled & {
        readonly policy: string
        readonly automated: boolean
        readonly evidence: unknown
        /** Which request said so, where it can be repeated. */
        readonly request?: string | undefined
      }
    }
  | { readonly type: 'flagged'; readonly data: Signalled & { readonly note: string } }
  | { readonly type: 'noticed'; readonly data: Signalled & { readonly note: string } }

/** What people and time do with a case. */
export type CaseStep =
  | { readonly type: 'claimed'; readonly data: { readonly until: Instant } }
  | { readonly type: 'released'; readonly data: object }
  /** The post was rewritten: what was read of it before is not what stands there now. */
  | { readonly type: 'edited'; readonly data: object }
  | { readonly type: 'escalated'; readonly data: { readonly note: string } }
  | { readonly type: 'closed'; readonly data: { readonly note: string } }
  | {
      readonly type: 'decided'
      readonly data: {
        readonly decision: string
        readonly action: Action
        readonly until: Instant | null
        readonly appealUntil: Instant | null
      }
    }
  | { readonly type: 'measures-ended'; readonly data: { readonly decision: string } }
  | {
      readonly type: 'appealed'
      readonly data: { readonly appeal: string; readonly decision: string; readonly points: number }
    }
  | {
      readonly type: 'appeal-decided'
      readonly data: {
        readonly appeal: string
        readonly outcome: AppealOutcome
        readonly decision: string
        readonly action: Action
        readonly until: Instant | null
      }
    }
  | { readonly type: 'became-final'; readonly data: { readonly decision: string } }

export type NewCaseEvent = (CaseSignal | CaseStep) & {
  /** A person's id, `plugin`, `detector`, or `system` for what time does. */
  readonly actor: string
  readonly at: Instant
}

/** One entry of a case's history; `seq` counts from 1 without gaps. */
export type CaseEvent = NewCaseEvent & { readonly seq: number }

export const openers = {
  reported: 'report',
  detected: 'detector',
  alleged: 'plugin',
  flagged: 'review-worklist',
  noticed: 'operator',
} as const satisfies Record<CaseSignal['type'], string>
export type Opener = (typeof openers)[keyof typeof openers]

export const isSignal = (event: NewCaseEvent): event is CaseSignal & NewCaseEvent => event.type in openers

/** What the detector made of a job, as a signal. */
export const detection = (
  job: { readonly id: string; readonly client: string },
  { band, probability, reasons, modelVersion, precedent }: Assessment,
): CaseSignal => ({
  type: 'detected',
  data: {
    kind: 'job',
    ref: job.id,
    person: job.client,
    points: Math.max(detectorPoints(probability), precedent && precedent.how !== 'alike' ? pointsOf.repeated : 0),
    band,
    probability,
    reasons,
    modelVersion,
    ...(precedent ? { precedent } : {}),
  },
})
