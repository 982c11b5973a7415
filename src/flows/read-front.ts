import type { ExamDefinition } from '../item/bank.ts'
import type { Locale, LocaleText } from '../item/item.ts'
import { latestBanks } from '../item/store.ts'
import type { World } from '../world/world.ts'
import { type BankStanding, examShown, standingOfBank } from './judge-bank.ts'
import { openItems, readSample, type SampleQuestion } from './practise.ts'
import { type PassRate, readPassRate } from './read-pass-rate.ts'

/** An exam as a stranger is told of it. */
export interface FrontExam
  extends Pick<ExamDefinition, 'id' | 'level' | 'timeLimitSeconds' | 'passScore' | 'validFor'> {
  readonly title: string
  readonly claim?: string
  /** Titles of its sections. */
  readonly topics: readonly string[]
  readonly itemCount: number
  readonly taskCount: number
  readonly parts?: readonly Pick<NonNullable<ExamDefinition['parts']>[number], 'id'>[]
  readonly standing: BankStanding
  /** How many open questions there are to try. */
  readonly openCount: number
  readonly passRate: PassRate
}

/** What stands on the page that everybody may read. */
export interface Front {
  readonly exams: readonly FrontExam[]
  readonly sample?: SampleQuestion
}

/** Reads what the front page tells: it is the same for everybody who reads a language. */
export async function readFront(world: World, locale: Locale): Promise<Front> {
  const said = (text: LocaleText | undefined) => text?.[locale] ?? text?.ja
  const exams = await Promise.all(
    (await latestBanks(world.db)).map(async (bank): Promise<FrontExam> => {
      const [exam, standing, passRate] = await Promise.all([
        examShown(world, bank),
        standingOfBank(world, bank),
        readPassRate(world, bank.exam.id),
      ])
      const claim = said(exam.claim)
      return {
        id: exam.id,
        level: exam.level,
        timeLimitSeconds: exam.timeLimitSeconds,
        passScore: exam.passScore,
        validFor: exam.validFor,
        title: said(exam.title) ?? exam.id,
        ...(claim === undefined ? {} : { claim }),
        topics: exam.sections.map(({ title, topic }) => said(title) ?? topic),
        itemCount: exam.sections.reduce((sum, { draw }) => sum + draw, 0),
        taskCount: (exam.parts ?? []).reduce((sum, { tasks }) => sum + tasks.length, 0),
        ...(exam.parts ? { parts: exam.parts.map(({ id }) => ({ id })) } : {}),
        standing,
        openCount: openItems(bank).length,
        passRate,
      }
    }),
  )
  const first = exams.find(({ openCount }) => openCount > 0)
  const sample = first && (await readSample(world, first.id, locale))
  return { exams, ...(sample ? { sample } : {}) }
}
