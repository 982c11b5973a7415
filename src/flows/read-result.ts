import type { CloseReason, GradedAttempt } from '../attempt/attempt.ts'
import { retakeFrom } from '../attempt/may-retake.ts'
import { findCredential } from '../credential/store.ts'
import type { Bank } from '../item/bank.ts'
import type { Locale } from '../item/item.ts'
import { findBank } from '../item/store.ts'
import type { AttemptId } from '../kernel/id.ts'
import type { Instant } from '../kernel/instant.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import { startingSignal } from '../ranking/ranking-signal.ts'
import type { ScoreBand, ScoreReport } from '../scoring/score-report.ts'
import type { World } from '../world/world.ts'
import { type AttemptCall, findOwnAttempt } from './find-own-attempt.ts'

export interface SectionResult {
  readonly id: string
  readonly title: string
  readonly score: number
  readonly passScore?: number
  readonly band: ScoreBand
  readonly itemCount: number
  readonly skills: readonly string[]
}

/** A result as its candidate sees it: built from what was written when it was graded, so that it reads the same for ever. */
export interface ResultView {
  readonly id: AttemptId
  readonly status: 'graded'
  readonly reason: CloseReason
  readonly exam: string
  readonly title: string
  readonly level: number
  readonly closedAt: Instant
  readonly passed: boolean
  readonly score: number
  readonly passScore: number
  readonly scoreBand: ScoreBand
  readonly sections: readonly SectionResult[]
  readonly credential?: { readonly id: string; readonly validUntil: Instant; readonly issuedAt: Instant; readonly equivalentReviews: number }
  readonly retryAt?: Instant
}

/** Names of the skills that a section's items ask for, in the exam's order. */
export function sectionSkills(bank: Bank, topic: string, locale: Locale): string[] {
  const asked = new Set(bank.items.filter((item) => item.topic === topic).map((item) => item.skill))
  return bank.exam.skills.filter((skill) => asked.has(skill.id)).map((skill) => skill.name[locale] ?? skill.id)
}

export async function viewResult(world: World, attempt: GradedAttempt<ScoreReport>): Promise<ResultView> {
  const bank = await findBank(world.db, attempt.bankHash)
  if (!bank) throw new Error(`bank ${attempt.bankHash} of attempt ${attempt.id} is missing`)
  const { report } = attempt
  const credential = attempt.credential === undefined ? undefined : await findCredential(world.db, attempt.credential)
  const title = (topic: string) => bank.exam.sections.find((section) => section.topic === topic)?.title[attempt.locale] ?? topic
  return {
    id: attempt.id,
    status: 'graded',
    reason: attempt.reason,
    exam: attempt.exam,
    title: bank.exam.title[attempt.locale] ?? bank.exam.id,
    level: bank.exam.level,
    closedAt: attempt.closedAt,
    passed: report.passed,
    score: report.score,
    passScore: report.passScore,
    scoreBand: report.band,
    sections: report.sections.map(({ topic, ...section }) => ({ id: topic, title: title(topic), ...section, skills: sectionSkills(bank, topic, attempt.locale) })),
    ...(credential ? { credential: { id: credential.id, validUntil: credential.validUntil, issuedAt: credential.issuedAt, equivalentReviews: startingSignal().equivalentReviews } } : {}),
    ...(report.passed ? {} : { retryAt: retakeFrom(bank.exam, attempt.startedAt) }),
  }
}

/** The result of the session's attempt; refused with `attempt-open` while it runs. */
export async function readResult(world: World, call: AttemptCall): Promise<Result<ResultView>> {
  const own = await findOwnAttempt(world, call)
  if (!own.ok) return own
  if (own.value.status !== 'graded') return fail({ code: 'attempt-open', deadline: own.value.deadline })
  return ok(await viewResult(world, own.value))
}
