import type { Bank } from '../item/bank.ts'
import type { Locale, LocaleText } from '../item/item.ts'
import { latestBank } from '../item/store.ts'
import type { StudyWording } from '../item/study-sheet.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { World } from '../world/world.ts'

/** A sheet by what it is called. */
export interface StudyEntry {
  readonly skill: string
  readonly title: string
}

/** An area of an exam with its sheets. */
export interface StudyTopic {
  readonly id: string
  readonly title: string
  readonly sheets: readonly StudyEntry[]
}

export interface StudyList {
  readonly exam: string
  readonly title: string
  readonly level: number
  readonly topics: readonly StudyTopic[]
}

/** One sheet, and which come before and after it. */
export interface StudyPage extends Omit<StudyList, 'topics'> {
  readonly topic: Omit<StudyTopic, 'sheets'>
  readonly skill: string
  /** Of the sheet, where it is not written in the reader's. */
  readonly locale: Locale
  readonly sheet: StudyWording
  readonly previous?: StudyEntry
  readonly next?: StudyEntry
}

const said = (text: LocaleText, locale: Locale, fallback: string): string => text[locale] ?? text.ja ?? fallback

/** The areas of a bank that have sheets, in the order of the paper, each with its sheets in the order of the skills. */
export function studyTopics({ exam, studySheets = [] }: Bank, locale: Locale): StudyTopic[] {
  return exam.sections.flatMap(({ topic, title }) => {
    const sheets = studySheets.flatMap(({ topic: of, skill, wordings }) => {
      const wording = wordings[locale] ?? wordings.ja ?? wordings.en
      return of === topic && wording ? [{ skill, title: wording.title }] : []
    })
    return sheets.length > 0 ? [{ id: topic, title: said(title, locale, topic), sheets }] : []
  })
}

/** The sheets of the live version of an exam; not found where it has none. */
export async function listStudySheets(world: World, exam: string, locale: Locale): Promise<Result<StudyList>> {
  const bank = await latestBank(world.db, exam)
  const topics = bank ? studyTopics(bank, locale) : []
  if (!bank || topics.length === 0) return fail({ code: 'not-found' })
  return ok({ exam, title: said(bank.exam.title, locale, exam), level: bank.exam.level, topics })
}

/** The sheet of a skill, in the reader's language where it is written in that. */
export async function readStudySheet(
  world: World,
  { exam, skill, locale: wished }: { readonly exam: string; readonly skill: string; readonly locale: Locale },
): Promise<Result<StudyPage>> {
  const bank = await latestBank(world.db, exam)
  const found = bank?.studySheets?.find((one) => one.skill === skill)
  const locale = found?.wordings[wished] ? wished : found?.wordings.ja ? 'ja' : 'en'
  const sheet = found?.wordings[locale]
  if (!bank || !found || !sheet) return fail({ code: 'not-found' })
  const topics = studyTopics(bank, wished)
  const all = topics.flatMap(({ sheets }) => sheets)
  const at = all.findIndex((one) => one.skill === skill)
  const [previous, next] = [all[at - 1], all[at + 1]]
  return ok({
    exam,
    title: said(bank.exam.title, wished, exam),
    level: bank.exam.level,
    topic: { id: found.topic, title: topics.find(({ id }) => id === found.topic)?.title ?? found.topic },
    skill,
    locale,
    sheet,
    ...(previous ? { previous } : {}),
    ...(next ? { next } : {}),
  })
}
