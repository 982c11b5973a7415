import type { PresentedResponse, PresentedSection } from '../../form/form.ts'
import type { AttemptId, CredentialId } from '../../kernel/id.ts'
import type { Instant, Period } from '../../kernel/instant.ts'
import type { IneligibleReason } from '../../kernel/problem.ts'
import type { PageLocale } from '../ui/message.ts'

/** What the candidate's pages show. The flows' answers fit these shapes; pages ask for nothing else. */

export interface EligibilityView {
  readonly mayStart: boolean
  readonly reason?: IneligibleReason
  readonly retryAt?: Instant
  readonly attemptsLeft: number
  readonly attemptsThisYear?: number
}

export interface LastAttempt {
  readonly id: AttemptId
  readonly closedAt?: Instant
  readonly startedAt?: Instant
}

export interface ExamCard {
  readonly id: string
  readonly title: string
  readonly level: number
  readonly version: number
  readonly timeLimitSeconds: number
  readonly timeMultiplier?: number
  readonly itemCount: number
  readonly passScore: number
  readonly validFor: Period
  readonly locales: readonly PageLocale[]
  readonly eligibility?: EligibilityView
  readonly openAttempt?: AttemptId
  readonly lastAttempt?: LastAttempt
}

export interface ExamSection {
  readonly id: string
  readonly title: string
  readonly itemCount: number
  readonly passScore?: number
  readonly skills: readonly string[]
}

export interface ExamPageView extends ExamCard {
  readonly sections: readonly ExamSection[]
  readonly rulesHtml: string
  readonly eligibility: EligibilityView
  readonly retake?: { readonly wait: Period; readonly perYear: number }
}

export interface AttemptView {
  readonly id: AttemptId
  readonly status: 'open' | 'closed' | 'graded'
  readonly exam: string
  readonly title: string
  readonly level: number
  readonly locale: PageLocale
  readonly now: Instant
  readonly startedAt: Instant
  readonly deadline: Instant
  readonly lease?: string
  readonly sections: readonly PresentedSection[]
  readonly responses: Readonly<Record<string, StoredResponse>>
}

export interface StoredResponse {
  readonly response: PresentedResponse
  readonly revision: number
}

export interface Band {
  readonly low: number
  readonly high: number
}

export interface SectionResult {
  readonly id: string
  readonly title: string
  readonly score: number
  readonly passScore?: number
  readonly band: Band
  readonly itemCount: number
  readonly skills?: readonly string[]
}

export interface ResultView {
  readonly id?: AttemptId
  readonly status: 'graded' | 'awaiting-rating' | 'closed' | 'open'
  readonly reason: 'submitted' | 'deadline' | 'withdrawn' | 'voided'
  readonly exam: string
  readonly title: string
  readonly level: number
  readonly closedAt: Instant
  readonly passed?: boolean
  readonly score: number
  readonly passScore: number
  readonly scoreBand: Band
  readonly sections: readonly SectionResult[]
  readonly credential?: { readonly id: CredentialId | string; readonly validUntil?: Instant; readonly equivalentReviews?: number }
  readonly retryAt?: Instant
  readonly attemptsLeft?: number
}

export interface RecordView {
  readonly id: AttemptId
  readonly exam: string
  readonly title: string
  readonly level: number
  readonly status: 'open' | 'closed' | 'graded' | 'awaiting-rating'
  readonly reason?: ResultView['reason']
  readonly startedAt: Instant
  readonly closedAt?: Instant
  readonly passed?: boolean
}

export interface CertificateView {
  readonly id: CredentialId | string
  readonly exam: string
  readonly title: string
  readonly level: number
  readonly status: 'active' | 'suspended' | 'revoked' | 'expired'
  readonly issuedAt: Instant
  readonly validUntil: Instant
}

export interface RecordsView {
  readonly attempts: readonly RecordView[]
  readonly credentials: readonly CertificateView[]
}
