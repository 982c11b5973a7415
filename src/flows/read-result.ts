import { type CloseReason, type GradedAttempt, ranItsCourse } from '../attempt/attempt.ts'
import { marksOf } from '../attempt/graded-papers/store.ts'
import { mayRetake, retakeFrom, yearlyWindowStart } from '../attempt/may-sit.ts'
import { startsSince } from '../attempt/store.ts'
import { type PartResult, partResultsOf } from '../credential/part-results.ts'
import { findCredential } from '../credential/store.ts'
import { presentForm } from '../form/present-form.ts'
import { isAnswered } from '../form/read-response.ts'
import type { Bank, ExamDefinition } from '../item/bank.ts'
import type { Locale } from '../item/item.ts'
import { findBank } from '../item/store.ts'
import type { AttemptId } from '../kernel/id.ts'
import type { Instant } from '../kernel/instant.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import { startingSignal } from '../ranking/ranking-signal.ts'
import {
  candidateReport,
  type MarkedSection,
  type ScoreBand,
  type Standing,
  taskReport,
} from '../scoring/candidate-report.ts'
import type { ScoreReport } from '../scoring/raw-score.ts'
import type { TaskNote } from '../task/grade-task.ts'
import type { DrawnKind } from '../task/task-kinds.ts'
import type { World } from '../world/world.ts'
import { examShown, isUntried } from './judge-bank.ts'
import { type AttemptCall, findOwnAttempt } from './read-attempt.ts'
import { readWork } from './read-work.ts'

/** An entry of the report: one section, or small neighbours that share it. */
export interface SectionResult {
  /** The section's id; ids that share the entry are joined by `+`. */
  readonly id: string
  readonly title: string
  readonly itemCount: number
  /** Absent where fewer than three quarters of the items were answered. */
  readonly standing?: Standing
  readonly skills: readonly string[]
}

/** One task of a practical part, as its candidate may know it. */
export interface TaskResult {
  readonly ref: string
  readonly kind: DrawnKind
  readonly title: string
  /** Absent where nothing was changed in it. */
  readonly standing?: Standing
  readonly notes: readonly (TaskNote & { readonly skillName?: string })[]
}

export interface ReportView {
  /** 0–100, cut to a whole number. */
  readonly score: number
  readonly band: ScoreBand
  readonly sections: readonly SectionResult[]
  /** Of a practical part. */
  readonly tasks?: readonly TaskResult[]
}

/** A result as its candidate sees it: built from what was written when it was graded, so that it reads the same for ever. */
export interface ResultView {
  readonly id: AttemptId
  readonly status: 'graded'
  readonly reason: CloseReason
  readonly exam: string
  readonly locale: Locale
  readonly title: string
  readonly level: number
  readonly closedAt: Instant
  readonly passed: boolean
  readonly passScore: number
  /** Of an exam in parts: what was sat, and what the parts come to together. */
  readonly part?: ScoreReport['part']
  /** Absent where fewer than half of the items were answered, and where the attempt was withdrawn or voided. */
  readonly report?: ReportView
  /** Titles of the sections that have a cut of their own, which a pass needs, too. */
  readonly minimums: readonly string[]
  readonly credential?: {
    readonly id: string
    readonly validUntil: Instant
    readonly issuedAt: Instant
    readonly equivalentReviews: number
    readonly parts: readonly PartResult[]
  }
  /** Too few people sat the practical tasks of its exam to say anything of them from data. */
  readonly isUntried: boolean
  /** A pass of an exam whose questions and keys are public: there is no certificate, for good. */
  readonly withheld?: 'public-bank'
  readonly retryAt?: Instant
}

/** Names of the skills that a section's items ask for, in the exam's order. */
export function sectionSkills(bank: Bank, topic: string, locale: Locale): string[] {
  const asked = new Set(
    bank.items.filter(({ topic: of, status }) => of === topic && status !== 'practice').map((item) => item.skill),
  )
  return bank.exam.skills.filter((skill) => asked.has(skill.id)).map((skill) => skill.name[locale] ?? skill.id)
}

/** The paper's sections with what each item earned and whether it was answered. */
async function markedSections(world: World, attempt: GradedAttempt<ScoreReport>, bank: Bank): Promise<MarkedSection[]> {
  const marks = await marksOf(world.db, attempt.id)
  // work that is archived just now leaves between two statements
  const isHere = !attempt.archived && Object.values(marks).some(({ response }) => response !== null)
  const archived = isHere
    ? undefined
    : new Map((await readWork(world, attempt)).responses.map(({ item, response }) => [item, response]))
  return presentForm(attempt.form, bank).map(({ id, items }) => ({
    topic: id,
    passScore: bank.exam.sections.find((section) => section.topic === id)?.passScore,
    items: items.map((item) => ({
      points: item.points,
      credit: marks[item.ref]?.credit ?? 0,
      answered: isAnswered(item, archived ? archived.get(item.ref) : marks[item.ref]?.response),
    })),
  }))
}

/** The bank of an attempt, and the language in which titles are shown. */
interface Shown {
  readonly bank: Bank
  readonly locale: Locale
}

async function viewReport(
  world: World,
  attempt: GradedAttempt<ScoreReport>,
  { bank, locale }: Shown,
): Promise<ReportView | undefined> {
  if (!ranItsCourse(attempt.reason)) return undefined
  if (attempt.form.tasks) return viewTasks(world, attempt, { bank, locale })
  const report = candidateReport(attempt.report, await markedSections(world, attempt, bank))
  if (!report) return undefined
  const sections = report.sections.map(({ topics, ...entry }) => ({
    id: topics.join('+'),
    title: topics.map((topic) => titleOf(bank, topic, locale)).join(locale === 'ja' ? '／' : ' / '),
    ...entry,
    skills: topics.flatMap((topic) => sectionSkills(bank, topic, locale)),
  }))
  return { ...report, sections }
}

/** The report of a practical part. */
async function viewTasks(
  world: World,
  attempt: GradedAttempt<ScoreReport>,
  { bank, locale }: Shown,
): Promise<ReportView | undefined> {
  const { form, part, report } = attempt
  const { tasks, grades, responses: saved } = await readWork(world, attempt)
  const touched = new Set(
    saved.flatMap(({ item, response }) =>
      response && 'entries' in response && Object.keys(response.entries).length > 0 ? [item] : [],
    ),
  )
  const floor = bank.exam.parts?.find((one) => one.id === part)?.floor ?? bank.exam.passScore
  const marked = (form.tasks ?? []).flatMap(({ ref }) => {
    const grade = grades[ref]
    return grade ? [{ ref, grade, answered: touched.has(ref) }] : []
  })
  const shown = taskReport(report.part?.raw ?? report.score, floor, marked)
  return (
    shown && {
      ...shown,
      sections: [],
      tasks: shown.tasks.flatMap((task) => {
        const presented = tasks.find(({ ref }) => ref === task.ref)?.instance.presented
        if (!presented) return []
        const notes = task.notes.map((note) => {
          const skill = bank.exam.skills.find(({ id: known }) => known === note.skill)?.name[locale]
          return { ...note, ...(skill === undefined ? {} : { skillName: skill }) }
        })
        return [{ ...task, kind: presented.kind, title: presented.title, notes }]
      }),
    }
  )
}

const titleOf = (bank: Bank, topic: string, locale: Locale): string =>
  bank.exam.sections.find((section) => section.topic === topic)?.title[locale] ?? topic

/** When the exam, or the part, may be sat again after an attempt, by the wait and by the starts of a year. */
async function retryAfter(
  { db }: World,
  { worker, exam, part, startedAt, closedAt }: GradedAttempt<ScoreReport>,
  definition: ExamDefinition,
): Promise<Instant | undefined> {
  const starts = await startsSince(db, { worker, exam, part }, yearlyWindowStart(closedAt))
  const may = mayRetake(
    definition,
    starts.filter((at) => at <= startedAt),
    closedAt,
  )
  return may.mayStart ? retakeFrom(definition, startedAt) : may.retryAt
}

/** What a graded attempt came to, with titles in a language: that of the paper where none is named. */
export async function viewResult(
  world: World,
  attempt: GradedAttempt<ScoreReport>,
  language?: Locale | undefined,
): Promise<ResultView> {
  const bank = await findBank(world.db, attempt.bankHash)
  if (!bank) throw new Error(`bank ${attempt.bankHash} of attempt ${attempt.id} is missing`)
  const locale = language ?? attempt.locale
  const { passed, passScore } = attempt.report
  const report = await viewReport(world, attempt, { bank, locale })
  const { title } = await examShown(world, bank)
  const credential = attempt.credential === undefined ? undefined : await findCredential(world.db, attempt.credential)
  const retryAt = passed ? undefined : await retryAfter(world, attempt, bank.exam)
  return {
    id: attempt.id,
    status: 'graded',
    reason: attempt.reason,
    exam: attempt.exam,
    locale: attempt.locale,
    title: title[locale] ?? bank.exam.id,
    level: bank.exam.level,
    closedAt: attempt.closedAt,
    passed,
    passScore,
    ...(attempt.report.part ? { part: attempt.report.part } : {}),
    ...(report ? { report } : {}),
    isUntried: await isUntried(world, bank),
    minimums: bank.exam.sections
      .filter(({ passScore }) => passScore !== undefined)
      .map(({ topic }) => titleOf(bank, topic, locale)),
    ...(credential
      ? {
          credential: {
            id: credential.id,
            validUntil: credential.validUntil,
            issuedAt: credential.issuedAt,
            equivalentReviews: startingSignal().equivalentReviews,
            parts: partResultsOf(credential.jwt),
          },
        }
      : {}),
    ...(passed && attempt.credential === undefined ? { withheld: 'public-bank' } : {}),
    ...(retryAt === undefined ? {} : { retryAt }),
  }
}

/** The result of the session's attempt; refused with `attempt-open` while it runs. */
export async function readResult(
  world: World,
  { language, ...call }: AttemptCall & { readonly language?: Locale | undefined },
): Promise<Result<ResultView>> {
  const own = await findOwnAttempt(world, call)
  if (!own.ok) return own
  if (own.value.status !== 'graded') return fail({ code: 'attempt-open', deadline: own.value.deadline })
  return ok(await viewResult(world, own.value, language))
}
