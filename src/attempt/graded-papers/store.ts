import { and, desc, eq, inArray, isNull, lt, ne, or, sql } from 'drizzle-orm'
import type { Form, PresentedResponse } from '../../form/form.ts'
import type { TaskKind } from '../../item/family.ts'
import type { Locale } from '../../item/item.ts'
import type { AttemptId, CredentialId } from '../../kernel/id.ts'
import { type Instant, instant } from '../../kernel/instant.ts'
import type { ScoreReport } from '../../scoring/raw-score.ts'
import type { TaskGrade } from '../../task/task.ts'
import type { Database, Statement } from '../../world/database.ts'
import {
  attemptEvents,
  attempts,
  examPapers,
  itemExposures,
  responses,
  scoredResponses,
  taskGrades,
  taskInstances,
} from '../tables.ts'

export interface Grade {
  readonly id: AttemptId
  /** The closed attempt's version when it was read; the event takes the next number. */
  readonly version: number
  readonly gradedAt: Instant
  readonly report: ScoreReport
  readonly credential?: CredentialId
  readonly items: readonly {
    readonly ref: string
    readonly itemId: string
    readonly itemHash: string
    readonly credit: number
    readonly responseMs?: number
  }[]
  readonly exam: string
  readonly worker: string
  /** Whether it says that somebody passed or failed: a part before the last one does not, nor does an attempt that was broken off. */
  readonly isResult: boolean
}

/** An earlier attempt that said whether its candidate passed. */
const isResult = sql`${attempts.status} = 'graded' and ${attempts.reason} in ('submitted', 'deadline') and coalesce(${attempts.report} ->> '$.part.decision.state', '') <> 'open'`

/** Counts somebody's first result of an exam. */
const countTaker = (db: Database, { id, exam, worker, report }: Grade): Statement =>
  db
    .update(examPapers)
    .set({ takers: sql`takers + 1`, ...(report.passed ? { firstPasses: sql`first_passes + 1` } : {}) })
    .where(
      and(
        eq(examPapers.exam, exam),
        sql`not exists (select 1 from ${attempts} where ${attempts.worker} = ${worker} and ${attempts.exam} = ${exam} and ${attempts.id} <> ${id} and ${isResult})`,
      ),
    )

/** How many people got a result of an exam, and how many of those passed with their first one. */
export async function firstResultsOf(
  db: Database,
  exam: string,
): Promise<{ readonly takers: number; readonly passed: number }> {
  const [row] = await db
    .select({ takers: examPapers.takers, passed: examPapers.firstPasses })
    .from(examPapers)
    .where(eq(examPapers.exam, exam))
  return row ?? { takers: 0, passed: 0 }
}

/**
 * The statements that record a grade, for the caller's batch. The first inserts the attempt's next event under its
 * primary key: if anybody graded in between, the whole batch fails and nothing of it happens.
 */
export function gradeStatements(db: Database, grade: Grade): [Statement, ...Statement[]] {
  const scored = JSON.stringify(grade.items)
  return [
    db.insert(attemptEvents).values({
      attempt: grade.id,
      seq: grade.version + 1,
      type: 'graded',
      at: grade.gradedAt,
      actor: 'kentei',
      data: JSON.stringify({ passed: grade.report.passed, credential: grade.credential }),
    }),
    db
      .update(attempts)
      .set({
        status: 'graded',
        gradedAt: grade.gradedAt,
        report: JSON.stringify(grade.report),
        credential: grade.credential ?? null,
        version: grade.version + 1,
      })
      .where(and(eq(attempts.id, grade.id), eq(attempts.status, 'closed'))),
    db
      .insert(scoredResponses)
      .select(
        sql`select ${grade.id}, value ->> 'ref', value ->> 'itemHash', value ->> 'credit', value ->> 'responseMs' from json_each(${scored}) where true`,
      ),
    db
      .update(itemExposures)
      .set({ graded: sql`graded + 1`, ...(grade.credential === undefined ? {} : { passed: sql`passed + 1` }) })
      .where(
        and(
          eq(itemExposures.exam, grade.exam),
          sql`${itemExposures.item} in (select value ->> 'itemId' from json_each(${scored}))`,
        ),
      ),
    ...(grade.isResult ? [countTaker(db, grade)] : []),
  ]
}

/** A graded paper with all that its grade came from. */
export interface GradedPaperRow {
  readonly id: string
  readonly bankHash: string
  readonly locale: Locale
  readonly form: Form
  readonly gradedAt: Instant
  readonly credential?: string
  /** By the paper's item refs. */
  readonly responses: Readonly<Record<string, PresentedResponse>>
  readonly scores: Readonly<Record<string, { readonly credit: number; readonly responseMs?: number }>>
}

export interface PaperPage {
  readonly exam: string
  readonly limit: number
  /** The last paper of the page before. */
  readonly after?: Pick<GradedPaperRow, 'gradedAt' | 'id'>
}

/** Papers that were graded and have an owner, behind a given one. */
const ranTheirCourse = ({ exam, after }: Pick<PaperPage, 'exam' | 'after'>) =>
  and(
    eq(attempts.exam, exam),
    // written out: SQLite takes a partial index only where the statement itself says so
    sql`${attempts.status} = 'graded'`,
    inArray(attempts.reason, ['submitted', 'deadline']),
    ne(attempts.worker, ''),
    // their answers are not here any more
    isNull(attempts.archived),
    after &&
      or(lt(attempts.gradedAt, after.gradedAt), and(eq(attempts.gradedAt, after.gradedAt), lt(attempts.id, after.id))),
  )

type ScoreEntry = readonly [credit: number, responseMs: number | null]

/**
 * Graded papers that ran their course, the newest first: withdrawn and voided ones are left out, and those without an owner,
 * which an earlier release kept of erased people without their answers. One query; it walks the index
 * `attempts_unarchived` and reads one row per answer and per score. A row stays below 30 KB for a paper of a hundred items.
 */
export async function gradedPapers(db: Database, { exam, limit, after }: PaperPage): Promise<GradedPaperRow[]> {
  const rows = await db
    .select({
      id: attempts.id,
      bankHash: attempts.bankHash,
      locale: attempts.locale,
      form: attempts.form,
      gradedAt: sql<number>`${attempts.gradedAt}`,
      credential: attempts.credential,
      responses: sql<string>`(select json_group_object(${responses.item}, json(${responses.response})) from ${responses} where ${responses.attempt} = ${attempts.id})`,
      scores: sql<string>`(select json_group_object(${scoredResponses.item}, json_array(${scoredResponses.credit}, ${scoredResponses.responseMs})) from ${scoredResponses} where ${scoredResponses.attempt} = ${attempts.id})`,
    })
    .from(attempts)
    .where(
      and(
        ranTheirCourse({ exam, after }),
        // tasks are measured by their checkpoints, not as items
        sql`${attempts.part} is not 'practical'`,
      ),
    )
    .orderBy(desc(attempts.gradedAt), desc(attempts.id))
    .limit(limit)
  return rows.map(({ credential, ...row }) => ({
    id: row.id,
    bankHash: row.bankHash,
    locale: row.locale as Locale,
    form: JSON.parse(row.form) as Form,
    gradedAt: instant(row.gradedAt),
    ...(credential === null ? {} : { credential }),
    responses: JSON.parse(row.responses) as GradedPaperRow['responses'],
    scores: Object.fromEntries(
      Object.entries(JSON.parse(row.scores) as Record<string, ScoreEntry>).map(([ref, [credit, responseMs]]) => [
        ref,
        responseMs === null ? { credit } : { credit, responseMs },
      ]),
    ),
  }))
}

/** A graded practical paper: its tasks, and what the newest grader said of each. */
export interface PracticalPaperRow {
  readonly id: string
  readonly bankHash: string
  readonly form: Form
  readonly gradedAt: Instant
  readonly credential?: string
  readonly tasks: readonly {
    readonly ref: string
    readonly family: string
    readonly familyHash: string
    readonly kind: TaskKind
    readonly grade: TaskGrade
  }[]
}

/**
 * Graded practical papers that ran their course, the newest first. One query; it walks the index `attempts_practical` and
 * reads the tasks and grades of each, some 10 KB.
 */
export async function practicalPapers(db: Database, { exam, limit, after }: PaperPage): Promise<PracticalPaperRow[]> {
  const tasks = sql<string>`(select json_group_array(json_object('ref', i.ref, 'family', i.family, 'familyHash', i.family_hash, 'kind', i.kind, 'grade', json(g.grade)))
    from ${taskInstances} i join ${taskGrades} g on g.attempt_id = i.attempt_id and g.ref = i.ref
    where i.attempt_id = ${attempts.id}
    and g.grader = (select max(newest.grader) from ${taskGrades} newest where newest.attempt_id = i.attempt_id and newest.ref = i.ref))`
  const rows = await db
    .select({
      id: attempts.id,
      bankHash: attempts.bankHash,
      form: attempts.form,
      gradedAt: sql<number>`${attempts.gradedAt}`,
      credential: attempts.credential,
      tasks,
    })
    .from(attempts)
    .where(and(ranTheirCourse({ exam, after }), sql`${attempts.part} = 'practical'`))
    .orderBy(desc(attempts.gradedAt), desc(attempts.id))
    .limit(limit)
  return rows.map(({ credential, ...row }) => ({
    id: row.id,
    bankHash: row.bankHash,
    form: JSON.parse(row.form) as Form,
    gradedAt: instant(row.gradedAt),
    ...(credential === null ? {} : { credential }),
    tasks: JSON.parse(row.tasks) as PracticalPaperRow['tasks'],
  }))
}

/** What was answered to each item of one graded paper and what it earned, by item ref. */
export async function marksOf(
  db: Database,
  attempt: string,
): Promise<Readonly<Record<string, { readonly credit: number; readonly response: PresentedResponse }>>> {
  const rows = await db
    .select({ item: scoredResponses.item, credit: scoredResponses.credit, response: responses.response })
    .from(scoredResponses)
    .leftJoin(responses, and(eq(responses.attempt, scoredResponses.attempt), eq(responses.item, scoredResponses.item)))
    .where(eq(scoredResponses.attempt, attempt))
  return Object.fromEntries(
    rows.map(({ item, credit, response }) => [
      item,
      { credit, response: response === null ? null : (JSON.parse(response) as PresentedResponse) },
    ]),
  )
}
