import type { SignatureStanding } from '../attempt/archive/archived-work.ts'
import { findAttempt } from '../attempt/store.ts'
import { findBank } from '../item/store.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import { toOneDecimal } from '../scoring/decide-parts.ts'
import { rawScore, scoreForm } from '../scoring/raw-score.ts'
import { gradeTask } from '../task/grade-task.ts'
import { readWork, type WorkPlace } from './read-work.ts'

/** A graded attempt, graded once more from what was answered. */
export interface Replayed {
  readonly attempt: string
  /** Whether its work was read from the archive. */
  readonly archived: boolean
  /** What the signature of its file says. */
  readonly signature?: SignatureStanding
  /** Percent of the points, as it was reported, and as it comes out now. */
  readonly reported: number
  readonly replayed: number
  /** Refs of the items and tasks whose task grade comes out otherwise. */
  readonly differing: readonly string[]
}

/**
 * Grades an attempt again from its stored paper and answers, with the bank and the graders of its day, and compares. It changes
 * nothing. @throws a `SpoiltWork` where its file of the archive is not what was put there.
 */
export async function replayAttempt(world: WorkPlace, id: string): Promise<Result<Replayed>> {
  const attempt = await findAttempt(world.db, id)
  if (!attempt) return fail({ code: 'not-found' })
  if (attempt.status !== 'graded') return fail({ code: 'attempt-open', deadline: attempt.deadline })
  const bank = await findBank(world.db, attempt.bankHash)
  if (!bank) throw new Error(`bank ${attempt.bankHash} of attempt ${attempt.id} is missing`)
  const { responses, tasks, grades, signature } = await readWork(world, attempt)
  const sheet = Object.fromEntries(responses.map(({ item, response }) => [item, response]))
  const graded = tasks.map(({ ref, instance }) => {
    const response = sheet[ref]
    const grade = gradeTask(instance, response && 'entries' in response ? response.entries : {})
    return {
      ref,
      grade,
      credit: grade.score,
      points: attempt.form.tasks?.find((task) => task.ref === ref)?.points ?? 0,
    }
  })
  const raw = rawScore([...scoreForm(attempt.form, bank, sheet).flat(), ...graded])
  return ok({
    attempt: id,
    archived: attempt.archived !== undefined,
    ...(signature ? { signature } : {}),
    reported: attempt.report.score,
    replayed: toOneDecimal(raw),
    differing: graded.flatMap(({ ref, grade }) => (JSON.stringify(grade) === JSON.stringify(grades[ref]) ? [] : [ref])),
  })
}
