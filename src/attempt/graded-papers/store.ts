import { and, desc, eq, inArray, lt, ne, or, sql } from 'drizzle-orm'
import type { Form, PresentedResponse } from '../../form/form.ts'
import type { TaskKind } from '../../item/family.ts'
import type { Locale } from '../../item/item.ts'
import { type Instant, instant } from '../../kernel/instant.ts'
import type { TaskGrade } from '../../task/task.ts'
import type { Database } from '../../world/database.ts'
import { attempts, responses, scoredResponses, taskGrades, taskInstances } from '../tables.ts'

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
    after &&
      or(lt(attempts.gradedAt, after.gradedAt), and(eq(attempts.gradedAt, after.gradedAt), lt(attempts.id, after.id))),
  )

type ScoreEntry = readonly [credit: number, responseMs: number | null]

/**
 * Graded papers that ran their course, the newest first: withdrawn and voided ones are left out, and those without an owner,
 * which an earlier release kept of erased people without their answers. One query; it walks the index
 * `attempts_graded` and reads one row per answer and per score. A row stays below 30 KB for a paper of a hundred items.
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
