import type { ApplicationState, JobState, PayType } from '../../job/job.ts'
import type { ReportReason } from '../../moderation/report/reasons.ts'
import { isolating } from './isolating.ts'
import { jobEn } from './job-en.ts'
import { jobJa } from './job-ja.ts'
import type { Locale } from './texts.ts'

/** Where people work and look for others: jobs, applications, clients. */
export interface JobTexts {
  readonly title: string
  found(count: number, more: boolean): string
  readonly words: string
  readonly payType: string
  readonly anyPayType: string
  readonly payTypes: Readonly<Record<PayType, string>>
  /** Per what the amount is, around it. */
  pay(type: PayType, amount: string): string
  readonly payRange: string
  readonly payFrom: string
  readonly payTo: string
  readonly nobody: string
  readonly clear: string
  readonly next: string
  readonly toStart: string
  readonly why: string
  readonly whyText: string
  readonly post: string
  closes(day: string): string
  readonly noClosing: string
  heads(n: number, hired: number): string
  applicants(n: number): string
  readonly states: Readonly<Record<JobState, string>>
  readonly back: string
  readonly content: string
  readonly facts: string
  readonly payFact: string
  readonly closesFact: string
  readonly headsFact: string
  readonly applicantsFact: string
  readonly postedFact: string
  readonly categoryFact: string
  readonly client: string
  readonly clientLink: string
  /** A client's history in sentences. */
  history(of: { readonly concluded: number; readonly paid: number; readonly days: number | undefined; readonly clarity: number | undefined; readonly requests: number }): readonly string[]
  readonly historyTitle: string
  clientSince(day: string): string
  banner: {
    readonly published: string
    readonly publishedText: string
    readonly queued: string
    readonly queuedText: string
    readonly held: string
    readonly heldText: string
    readonly resembles: string
    readonly noPunishment: string
    readonly takenDown: string
    readonly takenDownText: string
    takenDownUntil(day: string): string
    readonly takenDownRule: string
    readonly takenDownYours: string
    readonly toDecision: string
    readonly closed: string
    readonly closedText: string
    readonly filled: string
    readonly filledText: string
    readonly queuedForWorkers: string
    readonly queuedForWorkersText: string
  }
  readonly apply: string
  readonly applyText: string
  readonly message: string
  readonly messageHint: string
  readonly amount: string
  amountHint(pay: string): string
  readonly applyButton: string
  readonly signInToApply: string
  readonly suspended: string
  readonly applied: string
  readonly applicationStates: Readonly<Record<ApplicationState, string>>
  readonly appliedText: Readonly<Record<ApplicationState, string>>
  readonly withdraw: string
  readonly withdrawText: string
  readonly report: string
  readonly reportText: string
  readonly reportReason: string
  readonly reportReasons: Readonly<Record<ReportReason, string>>
  readonly reportDetail: string
  readonly reportHint: string
  readonly reportButton: string
  readonly reported: string
  reportedText(day: string): string
  readonly own: string
  readonly seeApplicants: string
  readonly edit: string
  readonly close: string
  readonly closeText: string
  draft: {
    readonly title: string
    readonly lead: string
    readonly editTitle: string
    readonly name: string
    readonly nameHint: string
    readonly body: string
    readonly bodyHint: string
    readonly category: string
    readonly payType: string
    readonly payAmount: string
    readonly payHint: string
    readonly closesAt: string
    readonly closesHint: string
    readonly headcount: string
    readonly headcountHint: string
    readonly send: string
    readonly save: string
    readonly checked: string
    readonly checkedText: readonly string[]
  }
  applicantsPage: {
    title(job: string): string
    readonly none: string
    readonly asks: string
    readonly asOffered: string
    readonly hire: string
    readonly hired: string
    readonly withdrawn: string
    readonly profile: string
    readonly contract: string
  }
  hire: {
    title(worker: string): string
    readonly lead: string
    readonly name: string
    readonly amount: string
    readonly amountHint: string
    readonly category: string
    readonly parts: string
    readonly partsText: string
    part(n: number): string
    partAmount(n: number): string
    readonly more: string
    readonly send: string
    readonly sendText: string
    readonly applied: string
    readonly button: string
  }
  clientPage: {
    readonly title: string
    readonly about: string
    readonly reviews: string
    reviewsCount(n: number): string
    readonly noReviews: string
    readonly fromWorker: string
    readonly openJobs: string
    readonly noJobs: string
    readonly mean: string
    readonly standing: { readonly good: string; readonly restricted: string; readonly suspended: string }
  }
}

export const jobTexts: Readonly<Record<Locale, JobTexts>> = isolating({ ja: jobJa, en: jobEn })
