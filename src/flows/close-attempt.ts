import { type ClosedAttempt, type GradedAttempt, isOverdue, ranItsCourse, responseTimes } from '../attempt/attempt.ts'
import { gradeStatements } from '../attempt/graded-papers/store.ts'
import { responsesOf } from '../attempt/responses/store.ts'
import { closeOpenAttempt, findAttempt, type StoredAttempt } from '../attempt/store.ts'
import { gradeTasksStatements, tasksOf } from '../attempt/tasks/store.ts'
import { taskItemId } from '../form/form.ts'
import type { Bank } from '../item/bank.ts'
import { findBank } from '../item/store.ts'
import type { AttemptId } from '../kernel/id.ts'
import { decideParts, toOneDecimal } from '../scoring/decide-parts.ts'
import {
  type ResponseSheet,
  rawScore,
  reportScore,
  type ScoredItem,
  type ScoreReport,
  scoreForm,
} from '../scoring/raw-score.ts'
import { gradeTask } from '../task/grade-task.ts'
import type { TaskGrade } from '../task/task.ts'
import { isUniqueViolation, type Statement } from '../world/database.ts'
import type { World } from '../world/world.ts'
import { prepareAward } from './award-credential.ts'
import { standingOfBank } from './judge-bank.ts'
import { readPartScores } from './read-part-scores.ts'

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
  const sheet = Object.fromEntries(saved.map((save) => [save.item, save.response]))
  const sections = scoreForm(attempt.form, bank, sheet)
  const tasks = attempt.form.tasks ? await gradePaper(world, attempt, sheet) : []
  const report = await reportOf(world, attempt, bank, sections, tasks)
  const mayCertify = report.passed && (await standingOfBank(world, bank)) !== 'public'
  const award = mayCertify ? await prepareAward(world, attempt, bank, report) : undefined
  const times = responseTimes(attempt.startedAt, saved)
  const statements = gradeStatements(world.db, {
    id: attempt.id,
    exam: attempt.exam,
    worker: attempt.worker,
    isResult: ranItsCourse(attempt.reason) && report.part?.decision.state !== 'open',
    version: attempt.version,
    gradedAt: world.now(),
    report,
    items: [...sections.flat(), ...tasks].map(({ ref, itemId, itemHash, credit }) => ({
      ref,
      itemId,
      itemHash,
      credit,
      responseMs: times[ref],
    })),
    ...(award ? { credential: award.credential.id } : {}),
  })
  return [...statements, ...gradeTasksStatements(world.db, attempt.id, tasks), ...(award?.statements ?? [])]
}

/** A task of a paper with what its grader said. */
interface GradedTask extends ScoredItem {
  readonly grader: number
  readonly grade: TaskGrade
}

/** Grades the stored tasks of a paper with the graders that they were drawn for. */
async function gradePaper(world: World, { id, form }: ClosedAttempt, sheet: ResponseSheet): Promise<GradedTask[]> {
  const instances = await tasksOf(world.db, id)
  return instances.map(({ ref, instance }) => {
    const response = sheet[ref]
    const grade = gradeTask(instance, response && 'entries' in response ? response.entries : {})
    return {
      ref,
      itemId: taskItemId(instance.family),
      itemHash: instance.familyHash,
      points: form.tasks?.find((task) => task.ref === ref)?.points ?? 0,
      credit: grade.score,
      grader: instance.grader,
      grade,
    }
  })
}

/** The report of a paper; of an exam in parts with the decision, in which this sitting takes the place of an earlier one. */
async function reportOf(
  world: World,
  attempt: ClosedAttempt,
  bank: Bank,
  sections: readonly ScoredItem[][],
  tasks: readonly ScoredItem[],
): Promise<ScoreReport> {
  const counts = ranItsCourse(attempt.reason)
  const { part, startedAt, closedAt } = attempt
  if (part === undefined) {
    const scored = reportScore(bank, sections)
    return { ...scored, passed: scored.passed && counts }
  }
  const raw = rawScore([...sections.flat(), ...tasks])
  // what was kept when this sitting began counts with it: until then it could be started
  const before = await readPartScores(world, attempt.worker, bank.exam, startedAt)
  const latest = counts
    ? [...before.filter((one) => one.part !== part || one.certificate), { part, raw, closedAt }]
    : before
  const decision = decideParts(bank.exam, latest, startedAt)
  return {
    passed: counts && decision.state === 'passed',
    score: toOneDecimal(raw),
    passScore: bank.exam.passScore,
    part: { id: part, raw, decision },
  }
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
