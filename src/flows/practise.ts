import type { Bank } from '../item/bank.ts'
import type { TaskFamily } from '../item/family.ts'
import type { Locale } from '../item/item.ts'
import { latestBank } from '../item/store.ts'
import type { Seed } from '../kernel/random.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import { drawTask } from '../task/draw-task.ts'
import { type ExplainedGrade, explainGrade, gradeTask, groupOf, notesOf, type TaskNote } from '../task/grade-task.ts'
import type { Entries, PresentedTask } from '../task/present.ts'
import { readEntries } from '../task/read-entries.ts'
import type { DrawnKind } from '../task/task-kinds.ts'
import type { World } from '../world/world.ts'

// Practice is of families of its own, which no paper is drawn from, so that all of it may be shown. Nothing of it is stored:
// an instance comes from its family and the seed in the address, and a response is graded where it was posted.

/** A task that anybody may try. */
export interface PracticeFamily {
  readonly id: string
  readonly kind: DrawnKind
  readonly title: string
  /** Suggested working time. */
  readonly minutes: number
}

export interface PracticeList {
  readonly exam: string
  readonly title: string
  readonly families: readonly PracticeFamily[]
}

export interface PracticeRequest {
  readonly exam: string
  readonly family: string
  readonly seed: Seed
  readonly locale: Locale
}

/** One drawing of a family, without what is right in it. */
export interface PracticeTask {
  readonly exam: string
  readonly title: string
  readonly family: string
  readonly seed: Seed
  /** Of its brief and its rules. */
  readonly locale: Locale
  readonly task: PresentedTask
}

type NamedNote = TaskNote & { readonly skillName?: string }

/** Everything there is to say of a response. */
export interface PracticeReport extends PracticeTask {
  readonly entries: Entries
  /** 0–100, cut to a whole number. */
  readonly score: number
  /** Why the score was held at one half, where it was. */
  readonly critical?: NamedNote
  readonly groups: readonly { readonly note: NamedNote; readonly checkpoints: ExplainedGrade['checkpoints'] }[]
  readonly losses: readonly { readonly note: NamedNote; readonly losses: ExplainedGrade['losses'] }[]
  /** As the author wrote it, in Japanese. */
  readonly rationale: string
}

const wordingOf = ({ wordings }: TaskFamily, locale: Locale) => wordings[locale] ?? wordings.ja ?? wordings.en

/** The families of a bank that anybody may try. */
export const practiceOf = ({ tasks = [] }: Bank, locale: Locale): PracticeFamily[] =>
  tasks
    .filter(({ status }) => status === 'practice')
    .map((family) => ({
      id: family.id,
      kind: family.kind,
      title: wordingOf(family, locale)?.title ?? family.id,
      minutes: family.minutes,
    }))

const titleOf = ({ exam }: Bank, locale: Locale): string => exam.title[locale] ?? exam.title.ja ?? exam.id

/** What anybody may try of an exam. */
export async function listPractice(world: World, exam: string, locale: Locale): Promise<Result<PracticeList>> {
  const bank = await latestBank(world.db, exam)
  if (!bank) return fail({ code: 'not-found' })
  return ok({ exam, title: titleOf(bank, locale), families: practiceOf(bank, locale) })
}

/** Draws what was asked for. Whatever papers may be drawn from is not there, whether it is drawn today or not. */
async function draw(world: World, { exam, family: id, seed, locale: wished }: PracticeRequest) {
  const bank = await latestBank(world.db, exam)
  const family = bank?.tasks?.find((one) => one.id === id && one.status === 'practice')
  if (!bank || !family) return undefined
  const locale = family.wordings[wished] ? wished : family.wordings.ja ? 'ja' : 'en'
  const instance = drawTask(family, { locale, seed })
  const shown = { exam, title: titleOf(bank, wished), family: id, seed, locale, task: instance.presented }
  return { bank, family, instance, shown }
}

/** One drawing of a practice family. The same family and seed give the same. */
export async function drawPractice(world: World, request: PracticeRequest): Promise<Result<PracticeTask>> {
  const drawn = await draw(world, request)
  return drawn ? ok(drawn.shown) : fail({ code: 'not-found' })
}

/** Grades entries as a paper's would be, and says everything that is right. */
export async function gradePractice(
  world: World,
  request: PracticeRequest,
  given: Entries,
): Promise<Result<PracticeReport>> {
  const drawn = await draw(world, request)
  if (!drawn) return fail({ code: 'not-found' })
  const { bank, family, instance, shown } = drawn
  const read = readEntries(instance.presented.fields, { entries: given })
  if (!read.ok) return fail({ code: 'malformed', issues: [{ path: 'entries', message: read.problem }] })
  const { entries } = read.value
  const grade = gradeTask(instance, entries)
  const { checkpoints, losses } = explainGrade(instance, entries, grade)
  const named = (note: TaskNote): NamedNote => {
    const skillName = bank.exam.skills.find(({ id }) => id === note.skill)?.name[request.locale]
    return { ...note, ...(skillName === undefined ? {} : { skillName }) }
  }
  const notes = notesOf(grade).map(named)
  return ok({
    ...shown,
    entries,
    score: Math.floor(grade.score * 100 + 1e-9),
    ...(grade.critical === undefined ? {} : { critical: { group: grade.critical, done: 1 } }),
    groups: notes
      .filter(({ of }) => of !== undefined)
      .map((note) => ({ note, checkpoints: checkpoints.filter(({ id }) => groupOf(id) === note.group) })),
    losses: notes
      .filter(({ of }) => of === undefined)
      .map((note) => ({ note, losses: losses.filter(({ reason }) => reason === note.group) })),
    rationale: family.rationale,
  })
}
