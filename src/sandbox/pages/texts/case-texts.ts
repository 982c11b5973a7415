import type { CaseStatus } from '../../moderation/case.ts'
import type { AppealOutcome, CaseEvent, Opener } from '../../moderation/case-event.ts'
import type { Action, SubjectKind } from '../../moderation/decision/actions.ts'
import { caseEn } from './case-en.ts'
import { caseJa } from './case-ja.ts'
import { isolating } from './isolating.ts'
import type { Locale } from './texts.ts'

export const decisionLengths = ['P7D', 'P30D', 'P90D', 'P1Y', 'forever'] as const
export type DecisionLength = (typeof decisionLengths)[number]

/** The queue, its cases and appeals, for operators. */
export interface CaseTexts {
  readonly queue: string
  queueLead(open: number): string
  readonly filters: string
  readonly all: string
  readonly kinds: Readonly<Record<SubjectKind, string>>
  readonly statuses: Readonly<Record<CaseStatus, string>>
  readonly closedCases: string
  readonly empty: string
  readonly openMost: string
  readonly more: string
  readonly toStart: string
  readonly priority: string
  priorityOf(priority: number): string
  reports(n: number): string
  waiting(time: string): string
  readonly yours: string
  takenBy(operator: string): string
  readonly appealed: string
  readonly openers: Readonly<Record<Opener, string>>
  readonly noticed: string
  /** Length of a time, the largest unit only. */
  length(days: number, hours: number, minutes: number): string

  readonly back: string
  readonly gone: string
  subject(kind: SubjectKind): string
  /** What a case is about and what that is called. */
  about(kind: SubjectKind, title: string): string
  readonly jobText: string
  weighed(kind: string): string
  readonly nothingWeighed: string
  readonly strong: readonly [example: string, meaning: string]
  readonly light: readonly [example: string, meaning: string]
  readonly lowering: readonly [example: string, meaning: string]
  readonly contribution: string
  readonly toJob: string
  readonly probabilities: string
  readonly anyKind: string
  readonly otherKinds: string
  readonly mark: string
  readonly notAJudgement: string
  model(version: string): string
  readonly accuracy: string
  readonly whichWords: string

  reportsTitle(n: number): string
  readonly noReports: string
  readonly anonymous: string
  readonly reporterRole: { readonly worker: string; readonly client: string }
  record(upheld: number, judged: number): string
  readonly noEffect: string
  readonly reportOutcome: { readonly upheld: string; readonly rejected: string }
  readonly mute: string
  readonly muteText: string
  readonly muteNote: string

  readonly evidence: string
  readonly evidenceText: string
  readonly policy: string
  readonly automated: string
  readonly byPerson: string

  readonly history: string
  readonly aboutPoster: string
  readonly aboutWorker: string
  readonly unknownPerson: string
  readonly name: string
  readonly joined: string
  joinedOn(day: string, days: number): string
  readonly standing: string
  readonly contracts: string
  contractCount(concluded: number, paid: number): string
  readonly posts: string
  postCount(n: number): string
  readonly applicants: string
  applicantCount(n: number): string
  readonly certificates: string
  readonly noCertificates: string
  readonly pastDecisions: string
  readonly noDecisions: string
  readonly otherCases: string

  readonly claim: string
  readonly claimText: string
  claimedUntil: readonly [before: string, after: string]
  readonly release: string
  claimedByOther(operator: string, moment: string): string
  readonly decide: string
  readonly what: string
  readonly actions: Readonly<Record<Action, readonly [label: string, about: string]>>
  readonly duration: string
  readonly durationHint: string
  readonly durations: Readonly<Record<DecisionLength, string>>
  readonly whichKinds: string
  readonly whichKindsHint: string
  readonly rule: string
  readonly ruleHint: string
  readonly ground: string
  readonly grounds: { readonly terms: string; readonly law: string }
  readonly facts: string
  readonly factsHint: string
  readonly preview: string
  readonly previewText: string
  readonly previewTitle: string
  previewLead(name: string): string
  readonly nobodyReads: string
  readonly inEnglish: string
  readonly send: string
  readonly mend: string
  readonly toReporters: string
  readonly toDetector: string
  readonly others: string
  readonly escalate: string
  readonly escalateText: string
  readonly escalateNote: string
  readonly close: string
  readonly closeText: string
  readonly closeNote: string
  readonly reinstate: string
  readonly reinstateText: string

  readonly decidedTitle: string
  decidedBy(operator: string, moment: string): string
  readonly final: string
  appealableUntil: readonly [before: string, after: string]
  readonly closedWithout: string

  readonly appealTitle: string
  readonly appealText: string
  readonly samePerson: string
  readonly judgeTitle: string
  readonly outcomes: Readonly<Record<AppealOutcome, readonly [label: string, about: string]>>
  readonly reasons: string
  readonly reasonsHint: string
  readonly milder: string
  readonly milderHint: string
  readonly judge: string
  judgedAs: Readonly<Record<AppealOutcome, string>>

  readonly events: string
  readonly happened: Readonly<Record<CaseEvent['type'], string>>
  readonly bySystem: string
  readonly byDetector: string
  readonly byPlugin: string
  readonly byReporter: string
  readonly byConcerned: string

  readonly appeals: string
  readonly appealsLead: string
  readonly openAppeals: string
  readonly noAppeals: string
  readonly judgedAppeals: string
  readonly noneJudged: string
  appealedOn(moment: string): string
  readonly youDecided: string
  readonly readAppeal: string
}

export const caseTexts: Readonly<Record<Locale, CaseTexts>> = isolating({ ja: caseJa, en: caseEn })
