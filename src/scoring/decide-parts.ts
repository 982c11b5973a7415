import type { ExamDefinition, PartId } from '../item/bank.ts'
import type { CredentialId } from '../kernel/id.ts'
import { type Instant, plusPeriod } from '../kernel/instant.ts'

/** Cuts to one decimal, downwards, so that a score that misses the cut is never shown as having reached it. */
export const toOneDecimal = (value: number): number => Math.floor(value * 10 + 1e-6) / 10

/**
 * Whether a score reaches a cut score, both in percent. Compared before rounding, so that 69.96 does not pass at 70;
 * the slack only covers the noise of adding fractions such as 1/3.
 */
export const reaches = (score: number, cutScore: number): boolean => score >= cutScore - 1e-9

/** The latest sitting of a part that ran its course, or what stands in for one. */
export interface PartScore {
  readonly part: PartId
  /** 0–100, unrounded. */
  readonly raw: number
  readonly closedAt: Instant
  /** The certificate of an earlier version, of one paper, whose score this is: it counts as long as that is valid. */
  readonly certificate?: StandIn & { readonly validUntil: Instant }
}

/** A certificate that stands in for a part. */
export interface StandIn {
  readonly id: CredentialId
  /** Version of the exam that it was issued for. */
  readonly version: number
}

/** What the parts of an exam come to together. */
export interface PartsDecision {
  /** `open` while a part that may be sat has no score that counts. */
  readonly state: 'passed' | 'failed' | 'open'
  /** The weighted score, 0–100, cut to one decimal; absent while the decision is open. */
  readonly score?: number
  readonly parts: readonly {
    readonly part: PartId
    /** Absent where the part was not sat, or its score is kept no longer. */
    readonly score?: number
    readonly floor: number
    readonly keptUntil?: Instant
    /** Where the score is not of a sitting of the part. */
    readonly certificate?: StandIn
  }[]
}

/** Until when a score of a part counts. */
export const keptUntil = (
  exam: ExamDefinition,
  { part, closedAt, certificate }: Pick<PartScore, 'part' | 'closedAt' | 'certificate'>,
): Instant => {
  if (certificate) return certificate.validUntil
  const definition = exam.parts?.find(({ id }) => id === part)
  return definition ? plusPeriod(closedAt, definition.keep) : closedAt
}

/** The score of a part that counts now: of its latest sitting while that is kept, else of a certificate that stands in. */
export const countingScore = (
  exam: ExamDefinition,
  part: PartId,
  scores: readonly PartScore[],
  now: Instant,
): PartScore | undefined => {
  const kept = scores.filter((one) => one.part === part && keptUntil(exam, one) > now)
  return kept.find(({ certificate }) => !certificate) ?? kept[0]
}

/** Whether a part may be opened: every part before it has a score that counts and reaches its floor. */
export function isPartOpen(exam: ExamDefinition, part: PartId, latest: readonly PartScore[], now: Instant): boolean {
  const parts = exam.parts ?? []
  return parts
    .slice(
      0,
      Math.max(
        0,
        parts.findIndex(({ id }) => id === part),
      ),
    )
    .every(({ id, floor }) => {
      const score = countingScore(exam, id, latest, now)
      return score !== undefined && reaches(score.raw, floor)
    })
}

/**
 * The decision over an exam in parts: the weighted scores reach the cut and each part its floor, from the latest sitting of
 * each part that is kept still. Compared before rounding. The latest counts, not the best: a part that is sat again replaces
 * what it was before.
 */
export function decideParts(exam: ExamDefinition, latest: readonly PartScore[], now: Instant): PartsDecision {
  const rows = (exam.parts ?? []).map((part) => ({ part, score: countingScore(exam, part.id, latest, now) }))
  const parts = rows.map(({ part: { id, floor }, score }) => ({
    part: id,
    floor,
    ...(score ? { score: toOneDecimal(score.raw), keptUntil: keptUntil(exam, score) } : {}),
    ...(score?.certificate ? { certificate: { id: score.certificate.id, version: score.certificate.version } } : {}),
  }))
  const missesFloor = rows.some(({ part, score }) => score && !reaches(score.raw, part.floor))
  // whoever misses the floor of a part knows the outcome: nothing that opens after it could mend it
  if (missesFloor || rows.length === 0) return { state: 'failed', parts }
  if (rows.some(({ score }) => score === undefined)) return { state: 'open', parts }
  const weighted = rows.reduce((sum, { part, score }) => sum + (part.weight / 100) * (score?.raw ?? 0), 0)
  return { state: reaches(weighted, exam.passScore) ? 'passed' : 'failed', score: toOneDecimal(weighted), parts }
}
