import type { ItemType, PresentedItem, PresentedResponse } from '../form/form.ts'
import { presentItem } from '../form/present-form.ts'
import { readResponse, resolveResponse } from '../form/read-response.ts'
import type { Bank } from '../item/bank.ts'
import { answerIn, definitionOf, scoreResponse } from '../item/definition-of.ts'
import { drawValues, settleWording } from '../item/draw-values.ts'
import type { TaskFamily } from '../item/family.ts'
import type { Item, Locale, Wording } from '../item/item.ts'
import { type Reasons, readReasons } from '../item/read-reasons.ts'
import { latestBank } from '../item/store.ts'
import type { ExplainedResponse } from '../item/types/item-type.ts'
import { foldText } from '../item/types/typed-text.ts'
import { randomFrom, type Seed } from '../kernel/random.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import { drawFrom } from '../task/draw-task.ts'
import { type ExplainedGrade, explainGrade, gradeTask, groupOf, notesOf, type TaskNote } from '../task/grade-task.ts'
import type { Entries, PresentedTask } from '../task/present.ts'
import { readEntries } from '../task/read-entries.ts'
import type { DrawnKind } from '../task/task-kinds.ts'
import type { World } from '../world/world.ts'

// Practice is of items and families of its own, which no paper is drawn from, so that all of it may be shown. Nothing of it
// is stored: an item is always the same, an instance comes from its family and the seed in the address, and a response is
// judged where it was posted.

/** A task that anybody may try. */
export interface PracticeFamily {
  readonly id: string
  readonly kind: DrawnKind
  readonly title: string
  /** The language of the title: what is asked for, where the family is written in it. */
  readonly locale: Locale
  /** Suggested working time. */
  readonly minutes: number
}

export interface PracticeList {
  readonly exam: string
  readonly title: string
  readonly level: number
  /** Types of the questions, in their order. */
  readonly questions: readonly ItemType[]
  readonly families: readonly PracticeFamily[]
  /** How many study sheets the exam has. */
  readonly sheets: number
  /** How long a paper of questions is. */
  readonly paper: { readonly seconds: number; readonly questions: number }
}

/** One open question, without its key. */
export interface PracticeQuestion extends PracticeList {
  /** From 1. */
  readonly number: number
  /** Of the question, where it is not written in the reader's. */
  readonly locale: Locale
  readonly item: PresentedItem
}

/** What a response was worth, and why every option is right or wrong. */
export interface PracticeAnswer extends PracticeQuestion {
  readonly response: PresentedResponse
  /** 0..1 */
  readonly credit: number
  readonly explained: ExplainedResponse
  readonly reasons: Reasons
  /** The common mistake that was made. */
  readonly mistake?: Reasons['mistakes'][number]
  /** Name of what it measures. */
  readonly skillName?: string
  /** The skill, where it has a study sheet. */
  readonly study?: string
}

interface QuestionRequest {
  readonly exam: string
  readonly number: number
  readonly locale: Locale
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

/** The language in which something is read that may not be written in the one that is asked for. */
const writtenIn = ({ wordings }: TaskFamily, locale: Locale): Locale =>
  [locale, 'ja' as const].find((one) => wordings[one] !== undefined) ?? 'en'

/** The families of a bank that anybody may try. */
export const practiceOf = ({ tasks = [] }: Bank, locale: Locale): PracticeFamily[] =>
  tasks
    .filter(({ status }) => status === 'practice')
    .map((family) => {
      const written = writtenIn(family, locale)
      const title = family.wordings[written]?.title ?? family.id
      return { id: family.id, kind: family.kind, title, locale: written, minutes: family.minutes }
    })

const titleOf = ({ exam }: Bank, locale: Locale): string => exam.title[locale] ?? exam.title.ja ?? exam.id

/**
 * The questions of a bank that anybody may try. Whoever published it may have been mistaken or worse: what is used otherwise
 * too, under whatever id, is not among them.
 */
export function openItems({ items }: Pick<Bank, 'items'>): Item[] {
  const used = new Set(items.flatMap(({ status, hash }) => (status === 'practice' ? [] : [hash])))
  return items.filter(
    ({ status, type, hash }) => status === 'practice' && definitionOf(type).isScored && !used.has(hash),
  )
}

const listOf = (bank: Bank, locale: Locale): PracticeList => ({
  exam: bank.exam.id,
  title: titleOf(bank, locale),
  level: bank.exam.level,
  questions: openItems(bank).map(({ type }) => type),
  families: practiceOf(bank, locale),
  sheets: bank.studySheets?.length ?? 0,
  paper: {
    seconds: (bank.exam.parts?.find(({ tasks }) => tasks.length === 0) ?? bank.exam).timeLimitSeconds,
    questions: bank.exam.sections.reduce((sum, { draw }) => sum + draw, 0),
  },
})

/** The numbers of a parametric question are the same for everybody. */
const VALUES_SEED: Seed = '0'.repeat(32)

async function findQuestion(world: World, { exam, number, locale: wished }: QuestionRequest) {
  const bank = await latestBank(world.db, exam)
  const found = bank && openItems(bank)[number - 1]
  const locale = found?.wordings[wished] ? wished : found?.wordings.ja ? 'ja' : 'en'
  const wording: Wording | undefined = found?.wordings[locale]
  if (!bank || !found || !wording) return undefined
  const values = drawValues(wording.variables ?? [], randomFrom(VALUES_SEED))
  const { stem, key } = settleWording(wording, values)
  // as written: its reasons go by that order
  const placed = {
    ref: `q${number}`,
    itemId: found.id,
    itemHash: found.hash,
    values,
    ...definitionOf(stem.type).layOutAsWritten(stem),
  }
  const shown: PracticeQuestion = {
    ...listOf(bank, wished),
    number,
    locale,
    item: presentItem(placed, wording.stem, found.points),
  }
  return { bank, found, wording, stem, key, placed, shown }
}

/** A typed answer without what people write or leave out: commas, spaces, a unit in one word. */
const plain = (text: string): string =>
  foldText(text)
    .replaceAll(',', '')
    .replace(/(?<=\d)\D+$/, '')

/** The question with this number; not found where there is none. */
export async function readQuestion(world: World, request: QuestionRequest): Promise<Result<PracticeQuestion>> {
  const question = await findQuestion(world, request)
  return question ? ok(question.shown) : fail({ code: 'not-found' })
}

/** Judges a response as a paper's would be, and says what is right and why. Refs are those of the question as it is shown. */
export async function answerQuestion(
  world: World,
  request: QuestionRequest,
  given: unknown,
): Promise<Result<PracticeAnswer>> {
  const question = await findQuestion(world, request)
  if (!question) return fail({ code: 'not-found' })
  const { bank, found, wording, stem, key, placed, shown } = question
  const read = readResponse(placed, stem, given)
  if (!read.ok) return fail({ code: 'malformed', issues: [{ path: 'response', message: read.problem }] })
  const response = resolveResponse(stem.type, placed, read.value)
  const answer = answerIn(stem.type, response)
  const definition = definitionOf(stem.type)
  if (answer === undefined || !definition.isAnswered(answer))
    return fail({ code: 'malformed', issues: [{ path: 'response', message: 'nothing is answered' }] })
  const skillName = bank.exam.skills.find(({ id }) => id === found.skill)?.name[request.locale]
  const sheet = bank.studySheets?.find(({ skill }) => skill === found.skill)
  const reasons = readReasons(wording.secret.rationale)
  const mistake = reasons.mistakes.find((one) => typeof answer === 'string' && plain(one.answer) === plain(answer))
  return ok({
    ...shown,
    response: read.value,
    credit: scoreResponse(key, response),
    explained: definition.explain(key, stem, answer),
    reasons,
    ...(mistake ? { mistake } : {}),
    ...(skillName === undefined ? {} : { skillName }),
    ...(sheet ? { study: sheet.skill } : {}),
  })
}

/** What anybody may try of an exam. */
export async function listPractice(world: World, exam: string, locale: Locale): Promise<Result<PracticeList>> {
  const bank = await latestBank(world.db, exam)
  if (!bank) return fail({ code: 'not-found' })
  return ok(listOf(bank, locale))
}

/** Whatever papers may be drawn from is not there, whether it is drawn today or not. */
async function findFamily(world: World, exam: string, id: string) {
  const bank = await latestBank(world.db, exam)
  const family = bank?.tasks?.find((one) => one.id === id && one.status === 'practice')
  return bank && family ? { bank, family } : undefined
}

/** Tells a family without a drawing of it, which takes as long as all else of its page. */
export async function findPractice(
  world: World,
  { exam, family }: Pick<PracticeRequest, 'exam' | 'family'>,
): Promise<Result<{ readonly exam: string; readonly family: string }>> {
  return (await findFamily(world, exam, family)) ? ok({ exam, family }) : fail({ code: 'not-found' })
}

async function draw(world: World, { exam, family: id, seed, locale: wished }: PracticeRequest) {
  const found = await findFamily(world, exam, id)
  if (!found) return undefined
  const { bank, family } = found
  const locale = family.wordings[wished] ? wished : family.wordings.ja ? 'ja' : 'en'
  const instance = drawFrom(family, { locale, seed })
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

/** One open question with its key and why: what a stranger sees of an exam. */
export interface SampleQuestion {
  readonly exam: string
  readonly title: string
  readonly level: number
  /** Of the question. */
  readonly locale: Locale
  readonly stemHtml: PresentedItem['stemHtml']
  readonly options: readonly Pick<ExplainedResponse['parts'][number], 'label' | 'html' | 'isRight'>[]
  /** The whole of the reason, and that of the right option. */
  readonly why: readonly string[]
  /** How many there are to try. */
  readonly count: number
}

/** The first open question of one right option; undefined where an exam has none. */
export async function readSample(world: World, exam: string, locale: Locale): Promise<SampleQuestion | undefined> {
  const listed = await listPractice(world, exam, locale)
  const number = listed.ok ? listed.value.questions.indexOf('single') + 1 : 0
  const shown = number > 0 ? await readQuestion(world, { exam, number, locale }) : undefined
  const option = shown?.ok ? shown.value.item.options?.[0]?.ref : undefined
  if (option === undefined) return undefined
  const answer = await answerQuestion(world, { exam, number, locale }, { choice: option })
  if (!answer.ok) return undefined
  const { title, level, questions, explained, reasons, item, locale: written } = answer.value
  const right = explained.parts.filter(({ isRight }) => isRight).map(({ label }) => reasons.of[label])
  return {
    exam,
    title,
    level,
    locale: written,
    stemHtml: item.stemHtml,
    options: explained.parts,
    why: [reasons.text, ...right].filter((text): text is string => text !== undefined && text !== ''),
    count: questions.length,
  }
}
