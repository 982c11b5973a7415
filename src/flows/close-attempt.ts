import { type ClosedAttempt, type GradedAttempt, isOverdue, ranItsCourse } from '../attempt/attempt.ts'
import { responseTimes } from '../attempt/response-times.ts'
import { closeOpenAttempt, findAttempt, gradeStatements, responsesOf, type StoredAttempt } from '../attempt/store.ts'
import { findBank } from '../item/store.ts'
import type { AttemptId } from '../kernel/id.ts'
import { reportScore, type ScoreReport, scoreForm } from '../scoring/raw-score.ts'
import { isUniqueViolation, type Statement } from '../world/database.ts'
import type { World } from '../world/world.ts'
import { prepareAward } from './award-credential.ts'
import { standingOfBank } from './judge-bank.ts'

/** How often a grade is tried again when its random index in the status list was taken. */
const MOST_TRIES = 5

/**
 * Grades a closed attempt: report, credential and messages are computed from the frozen responses and written in one batch.
 * A pass of an exam whose bank is public is graded, and no more. Whoever grades second finds the event taken, and reads
 * what the first one wrote. `asRead` spares the first reading.
 * Undefined when its worker was erased meanwhile.
 */
export async function gradeAttempt(
  world: World,
  id: AttemptId,
  asRead?: StoredAttempt,
): Promise<GradedAttempt<ScoreReport> | undefined> {
  for (let tries = 0; ; tries++) {
    const attempt = (tries === 0 && asRead) || (await findAttempt(world.db, id))
    if (!attempt || attempt.status === 'graded') return attempt
    if (attempt.status !== 'closed') throw new Error(`attempt ${id} is not closed`)
    try {
      await world.db.batch(await gradeBatch(world, attempt))
    } catch (error) {
      if (!isUniqueViolation(error) || tries === MOST_TRIES) throw error
    }
  }
}

async function gradeBatch(world: World, attempt: ClosedAttempt): Promise<[Statement, ...Statement[]]> {
  const bank = await findBank(world.db, attempt.bankHash)
  if (!bank) throw new Error(`bank ${attempt.bankHash} of attempt ${attempt.id} is missing`)
  const saved = await responsesOf(world.db, attempt.id)
  const sections = scoreForm(attempt.form, bank, Object.fromEntries(saved.map((save) => [save.item, save.response])))
  const scored = reportScore(bank, sections)
  const report = { ...scored, passed: scored.passed && ranItsCourse(attempt.reason) }
  const mayCertify = report.passed && (await standingOfBank(world, bank)) !== 'public'
  const award = mayCertify ? await prepareAward(world, attempt, bank, report) : undefined
  const times = responseTimes(attempt.startedAt, saved)
  const statements = gradeStatements(world.db, {
    id: attempt.id,
    exam: attempt.exam,
    version: attempt.version,
    gradedAt: world.now(),
    report,
    items: sections.flat().map((item) => ({
      ref: item.ref,
      itemId: item.itemId,
      itemHash: item.itemHash,
      credit: item.credit,
      responseMs: times[item.ref],
    })),
    ...(award ? { credential: award.credential.id } : {}),
  })
  return [...statements, ...(award?.statements ?? [])]
}

/**
 * Closes an open attempt if its time is over, and finishes an interrupted grade: whoever touches an attempt comes here first.
 * Undefined when its worker was erased meanwhile.
 */
export async function settleAttempt(world: World, attempt: StoredAttempt): Promise<StoredAttempt | undefined> {
  if (attempt.status === 'open') {
    const now = world.now()
    if (!isOverdue(attempt, now)) return attempt
    await closeOpenAttempt(world.db, { id: attempt.id, reason: 'deadline', now, actor: 'kentei', overdue: true })
    // an extension may have come first: then it is still open
    const current = await findAttempt(world.db, attempt.id)
    if (!current || current.status === 'open') return current
    return current.status === 'graded' ? current : gradeAttempt(world, attempt.id, current)
  }
  return attempt.status === 'graded' ? attempt : gradeAttempt(world, attempt.id, attempt)
}
