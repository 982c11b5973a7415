import type { ExamDefinition, PartId } from '../item/bank.ts'
import { type Instant, plusPeriod } from '../kernel/instant.ts'
import { reaches, toOneDecimal } from './cut-score.ts'

/** The latest sitting of a part that ran its course. */
export interface PartScore {
  readonly part: PartId
  /** 0–100, unrounded. */
  readonly raw: number
  readonly closedAt: Instant
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
  }[]
}

/** Until when a score of a part counts. */
export const keptUntil = (exam: ExamDefinition, { part, closedAt }: Pick<PartScore, 'part' | 'closedAt'>): Instant => {
  const definition = exam.parts?.find(({ id }) => id === part)
  return definition ? plusPeriod(closedAt, definition.keep) : closedAt
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
      const score = latest.find((one) => one.part === id)
      return score !== undefined && keptUntil(exam, score) > now && reaches(score.raw, floor)
    })
}

/**
 * The decision over an exam in parts: the weighted scores reach the cut and each part its floor, from the latest sitting of
 * each part that is kept still. Compared before rounding. The latest counts, not the best: a part that is sat again replaces
 * what it was before.
 */
export function decideParts(exam: ExamDefinition, latest: readonly PartScore[], now: Instant): PartsDecision {
  const rows = (exam.parts ?? []).map((part) => {
    const score = latest.find((one) => one.part === part.id)
    return { part, score: score !== undefined && keptUntil(exam, score) > now ? score : undefined }
  })
  const parts = rows.map(({ part: { id, floor }, score }) => ({
    part: id,
    floor,
    ...(score ? { score: toOneDecimal(score.raw), keptUntil: keptUntil(exam, score) } : {}),
  }))
  const missesFloor = rows.some(({ part, score }) => score && !reaches(score.raw, part.floor))
  // whoever misses the floor of a part knows the outcome: nothing that opens after it could mend it
  if (missesFloor || rows.length === 0) return { state: 'failed', parts }
  if (rows.some(({ score }) => score === undefined)) return { state: 'open', parts }
  const weighted = rows.reduce((sum, { part, score }) => sum + (part.weight / 100) * (score?.raw ?? 0), 0)
  return { state: reaches(weighted, exam.passScore) ? 'passed' : 'failed', score: toOneDecimal(weighted), parts }
}
