import { latestOfParts, ranItsCourse } from '../attempt/attempt.ts'
import { type Eligibility, maySit, type Sighting, yearlyWindowStart } from '../attempt/may-sit.ts'
import { sightingsOf } from '../attempt/seen-keys/store.ts'
import { attemptsOfWorker, type Sitting, type StoredAttempt } from '../attempt/store.ts'
import { statusAt } from '../credential/credential-status.ts'
import { credentialsOfWorker } from '../credential/store.ts'
import type { CredentialRow } from '../credential/tables.ts'
import type { Bank, ExamPart, PartId } from '../item/bank.ts'
import type { Locale, LocaleText } from '../item/item.ts'
import type { CompiledHtml } from '../item/markup/compiled-html.ts'
import { findBank, latestBank, latestBanks } from '../item/store.ts'
import type { AttemptId } from '../kernel/id.ts'
import { type Instant, instant, type Period } from '../kernel/instant.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { Session } from '../marketplace/session-token.ts'
import { findWorker } from '../marketplace/store.ts'
import { countingScore, isPartOpen, type StandIn } from '../scoring/decide-parts.ts'
import type { ScoreReport } from '../scoring/raw-score.ts'
import type { World } from '../world/world.ts'
import { type BankStanding, examShown, isUntried, standingOfBank } from './judge-bank.ts'
import { openItems, type PracticeFamily, practiceOf } from './practise.ts'
import { partScores } from './read-part-scores.ts'
import { sectionSkills } from './read-result.ts'
import { type StudyTopic, studyTopics } from './read-study-sheets.ts'

export interface PartCard extends Pick<ExamPart, 'id' | 'timeLimitSeconds' | 'weight' | 'floor'> {
  readonly itemCount: number
  readonly taskCount: number
  readonly eligibility: Eligibility
  /** The certificate of an earlier version whose score stands in for this part, while it is valid. */
  readonly certificate?: StandIn & { readonly validUntil: Instant }
}

export interface ExamCard {
  readonly id: string
  readonly title: string
  readonly level: number
  readonly version: number
  readonly timeLimitSeconds: number
  readonly timeMultiplier: number
  /** The end of the window in which it may be sat, where it has one: nobody works beyond it. */
  readonly closesAt?: Instant
  readonly itemCount: number
  readonly passScore: number
  readonly validFor: Period
  readonly locales: readonly Locale[]
  /** The sittings of an exam in parts, each with what it means for this visitor. */
  readonly parts?: readonly PartCard[]
  /** Too few people sat its practical tasks to say anything of them from data. */
  readonly isUntried: boolean
  /** Whether a pass certifies something here. */
  readonly standing: BankStanding
  readonly eligibility: Eligibility & { readonly attemptsThisYear: number }
  readonly openAttempt?: AttemptId
  /** The visitor's own certificate, while it is valid. */
  readonly certificate?: { readonly id: CredentialRow['id']; readonly validUntil: Instant }
  readonly lastAttempt?: { readonly id: AttemptId; readonly startedAt: Instant; readonly closedAt?: Instant }
}

export interface ExamPage extends ExamCard {
  readonly sections: readonly {
    readonly id: string
    readonly title: string
    readonly itemCount: number
    readonly passScore?: number
    readonly skills: readonly string[]
  }[]
  /** Absent where there are none. */
  readonly rulesHtml?: CompiledHtml
  readonly retake: { readonly wait: Period; readonly perYear: number }
  /** What it does not show, and what may be used while questions are answered; absent where the exam does not say. */
  readonly limits?: string
  readonly tools?: string
  /** Areas with study sheets; empty where there are none. */
  readonly study: readonly StudyTopic[]
  /** Questions and tasks that anybody may try. */
  readonly practice?: { readonly questions: number; readonly families: readonly PracticeFamily[] }
}

interface Past {
  readonly attempts: readonly StoredAttempt[]
  readonly credentials: readonly CredentialRow[]
  readonly sightings: readonly Sighting[]
  readonly timeMultiplier: number
  readonly now: Instant
}

async function pastOf(world: World, session: Session | undefined): Promise<Past> {
  const now = world.now()
  if (session?.role !== 'worker') return { attempts: [], credentials: [], sightings: [], timeMultiplier: 1, now }
  const [attempts, credentials, sightings, worker] = await Promise.all([
    attemptsOfWorker(world.db, session.worker),
    credentialsOfWorker(world.db, session.worker),
    sightingsOf(world.db, session.worker),
    findWorker(world.db, session.worker),
  ])
  return { attempts, credentials, sightings, timeMultiplier: worker?.timeMultiplier ?? 1, now }
}

const ranItsPart = (attempt: StoredAttempt): attempt is Sitting =>
  attempt.status === 'graded' && attempt.part !== undefined && ranItsCourse(attempt.reason)

async function cardOf(
  world: World,
  bank: Bank,
  locale: Locale,
  { attempts, credentials, sightings, timeMultiplier, now }: Past,
): Promise<ExamCard> {
  const [exam, standing] = await Promise.all([examShown(world, bank), standingOfBank(world, bank)])
  const mine = attempts.filter((attempt) => attempt.exam === exam.id)
  const open = mine.find((attempt) => attempt.status === 'open' && attempt.deadline > now)
  const last = mine.find((attempt) => attempt !== open)
  const held = credentials.find((one) => one.exam === exam.id && statusAt(one, now) === 'active')
  const candidacy = (part?: PartId) => ({
    starts: mine.filter((attempt) => attempt.part === part).map((attempt) => attempt.startedAt),
    sightings,
    isPublic: standing === 'public',
  })
  const itemCount = exam.sections.reduce((sum, section) => sum + section.draw, 0)
  const sittings = latestOfParts(mine.filter(ranItsPart))
  const attemptOf = async ({ attemptId }: CredentialRow) => mine.find(({ id }) => id === attemptId)
  const latest = exam.parts ? await partScores(exam, { sittings, credentials, attemptOf }, now) : []
  const parts = bank.exam.parts?.map(({ id, timeLimitSeconds, weight, floor, tasks }): PartCard => {
    const may = maySit(bank, candidacy(id), now)
    const certificate = countingScore(bank.exam, id, latest, now)?.certificate
    return {
      id,
      timeLimitSeconds,
      weight,
      floor,
      itemCount: tasks.length > 0 ? 0 : itemCount,
      taskCount: tasks.length,
      eligibility: isPartOpen(bank.exam, id, latest, now)
        ? may
        : { mayStart: false, reason: 'part-order', attemptsLeft: may.attemptsLeft },
      ...(certificate ? { certificate } : {}),
    }
  })
  // the part that comes next speaks for the exam
  const next = parts?.filter(({ eligibility }) => eligibility.mayStart || eligibility.reason !== 'part-order').at(-1)
  const eligibility = next?.eligibility ?? maySit(bank, candidacy(), now)
  const { starts } = candidacy(next?.id)
  return {
    id: exam.id,
    title: exam.title[locale] ?? exam.title.ja ?? exam.id,
    level: exam.level,
    version: exam.version,
    timeLimitSeconds: exam.timeLimitSeconds,
    timeMultiplier,
    ...(exam.closesAt === undefined ? {} : { closesAt: instant(Date.parse(exam.closesAt)) }),
    itemCount: itemCount + (parts ?? []).reduce((sum, { taskCount }) => sum + taskCount, 0),
    passScore: exam.passScore,
    ...(parts ? { parts } : {}),
    isUntried: await isUntried(world, bank),
    validFor: exam.validFor,
    locales: exam.locales,
    standing,
    eligibility: { ...eligibility, attemptsThisYear: starts.filter((at) => at > yearlyWindowStart(now)).length },
    ...(open ? { openAttempt: open.id } : {}),
    ...(held ? { certificate: { id: held.id, validUntil: held.validUntil } } : {}),
    ...(last
      ? {
          lastAttempt: {
            id: last.id,
            startedAt: last.startedAt,
            ...(last.status === 'open' ? {} : { closedAt: last.closedAt }),
          },
        }
      : {}),
  }
}

/** All published exams, with what they mean for this visitor. */
export async function readCatalogue(world: World, session: Session | undefined, locale: Locale): Promise<ExamCard[]> {
  const [banks, past] = await Promise.all([latestBanks(world.db), pastOf(world, session)])
  return Promise.all(banks.map((bank) => cardOf(world, bank, locale, past)))
}

function inLocale<Name extends string>(name: Name, text: LocaleText | undefined, locale: Locale) {
  const said = text?.[locale] ?? text?.ja
  return said === undefined ? {} : ({ [name]: said } as Record<Name, string>)
}

/** One exam with its rules. */
export async function readExam(
  world: World,
  session: Session | undefined,
  exam: string,
  locale: Locale,
): Promise<Result<ExamPage>> {
  const bank = await latestBank(world.db, exam)
  if (!bank) return fail({ code: 'not-found' })
  return ok({
    ...(await cardOf(world, bank, locale, await pastOf(world, session))),
    sections: bank.exam.sections.map((section) => ({
      id: section.topic,
      title: section.title[locale] ?? section.title.ja ?? section.topic,
      itemCount: section.draw,
      skills: sectionSkills(bank, section.topic, locale),
      ...(section.passScore === undefined ? {} : { passScore: section.passScore }),
    })),
    rulesHtml: bank.exam.rulesHtml[locale] ?? bank.exam.rulesHtml.ja,
    retake: bank.exam.retake,
    ...inLocale('limits', bank.exam.limits, locale),
    ...inLocale('tools', bank.exam.tools, locale),
    practice: { questions: openItems(bank).length, families: practiceOf(bank, locale) },
    study: studyTopics(bank, locale),
  })
}

export interface AttemptRecord {
  readonly id: AttemptId
  readonly exam: string
  readonly title: string
  readonly level: number
  readonly status: StoredAttempt['status']
  readonly reason?: 'submitted' | 'deadline' | 'withdrawn' | 'voided'
  readonly startedAt: Instant
  readonly closedAt?: Instant
  /** Of an exam in parts. */
  readonly part?: PartId
  /** Absent where nothing is decided: before it was graded, and after a part that another one follows. */
  readonly passed?: boolean
  /** Whether it is a part that reached its floor, and another one decides with it. */
  readonly isPartDone?: true
}

export interface Records {
  readonly attempts: AttemptRecord[]
  readonly credentials: (Omit<CredentialRow, 'title'> & { title: string })[]
  /** Whether credentials that follow carry a hashed address; undefined for whoever gets none. */
  readonly identity?: 'hashed' | 'none'
  /** Whether they carry the worker's name; undefined for whoever gets none. */
  readonly name?: 'shown' | 'none'
}

const outcomeOf = ({ part, passed }: ScoreReport): Pick<AttemptRecord, 'passed' | 'isPartDone'> =>
  part?.decision.state === 'open' ? { isPartDone: true } : { passed }

/** A worker's own attempts and credentials, newest first. */
export async function readRecords(world: World, session: Session, locale: Locale): Promise<Records> {
  const [attempts, credentials, worker] = await Promise.all([
    attemptsOfWorker(world.db, session.worker),
    credentialsOfWorker(world.db, session.worker),
    findWorker(world.db, session.worker),
  ])
  const records = attempts.map(async (attempt): Promise<AttemptRecord> => {
    const bank = await findBank(world.db, attempt.bankHash)
    const exam = bank && (await examShown(world, bank))
    return {
      id: attempt.id,
      exam: attempt.exam,
      title: exam?.title[locale] ?? exam?.title.ja ?? attempt.exam,
      level: exam?.level ?? 3,
      status: attempt.status,
      startedAt: attempt.startedAt,
      ...(attempt.status === 'open' ? {} : { reason: attempt.reason, closedAt: attempt.closedAt }),
      ...(attempt.part ? { part: attempt.part } : {}),
      ...(attempt.status === 'graded' ? outcomeOf(attempt.report) : {}),
    }
  })
  const mayEarn = session.role === 'worker' && worker && worker.erasedAt === undefined
  return {
    attempts: await Promise.all(records),
    credentials: credentials.map((row) => ({ ...row, title: row.title[locale] ?? row.title.ja ?? row.exam })),
    ...(mayEarn ? { identity: worker.identity ? 'hashed' : 'none', name: worker.isUnnamed ? 'none' : 'shown' } : {}),
  }
}
