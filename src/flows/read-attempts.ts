import { countsByDay, type DaysAsked, minutesTaken } from '../attempt/day-counts/store.ts'
import {
  type AttemptEvent,
  type AttemptState,
  type AttemptsAsked,
  countOpen,
  countWaiting,
  eventsOf,
  findListed,
  type ListedAttempt,
  type ListPlace,
  listAttempts,
  signalsOf,
} from '../attempt/listing/store.ts'
import { givenAmong } from '../credential/store.ts'
import type { Bank } from '../item/bank.ts'
import { latestBanks, versionsAmong } from '../item/store.ts'
import { beginOfDay, dayOf, type Instant } from '../kernel/instant.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { Session } from '../marketplace/session-token.ts'
import { findWorker, type NamedPerson, namesOf, peopleNamed } from '../marketplace/store.ts'
import { type Ending, quantileOf, sumOf } from '../measurement/exam-figures.ts'
import type { World } from '../world/world.ts'
import { areSamples } from './judge-bank.ts'
import { noteAct } from './note-act.ts'
import type { Scope } from './read-today.ts'

const SIGNALS = 20
/** People of whom one is chosen. */
export const MOST_PEOPLE = 20
/** Of so many attempts in these days the fastest hundredth is told. */
const FEWEST_FOR_FAST = 200
const FAST_DAYS = 90
const FAST_SHARE = 0.01

/** What strikes about an attempt: a hint where to look, never a verdict. */
export type Hint =
  | { readonly hint: 'sat-before'; readonly times: number }
  | { readonly hint: 'unanswered'; readonly items: number }
  | { readonly hint: 'fast' }

/** An attempt as staff see it in the list. */
export interface ShownAttempt extends ListedAttempt {
  /** Empty where the marketplace told none. */
  readonly name: string
  readonly version?: number
  readonly hints: readonly Hint[]
  /** Whether the marketplace has taken the certificate; absent without one. */
  readonly isShown?: boolean
}

/** An attempt with the course of its events. */
export interface OpenedAttempt {
  readonly attempt: ShownAttempt
  readonly events: readonly AttemptEvent[]
  readonly signals: readonly { readonly kind: string; readonly at: Instant }[]
}

export interface AttemptsView {
  readonly now: Instant
  readonly exams: readonly Bank['exam'][]
  /** Whether all of it comes from sample items. */
  readonly isSample: boolean
  /** Of the period, whatever state is asked for; absent where one person or one attempt is looked for. */
  readonly counts?: Readonly<Record<AttemptState | 'all', number>>
  /** Whose attempts these are, where one person is looked for. */
  readonly worker?: string
  /** How many times the limit that person has; absent where no one person is known here. */
  readonly timeMultiplier?: number
  /** Those who may be meant, where it is not one alone: one more than are shown where there are more. */
  readonly people?: readonly NamedPerson[]
  readonly attempts: readonly ShownAttempt[]
  /** The last one, where there are more. */
  readonly more?: ListPlace
  readonly opened?: OpenedAttempt
}

export interface AttemptsQuery extends Scope {
  readonly state?: AttemptState | undefined
  /** The id of a person or of an attempt, or the beginning of a name. */
  readonly q?: string | undefined
  /** Only those about which something strikes. */
  readonly hinted?: boolean
  readonly after?: ListPlace | undefined
  /** The attempt that is shown with its course. */
  readonly open?: string | undefined
}

async function countStates({ db }: World, asked: DaysAsked): Promise<NonNullable<AttemptsView['counts']>> {
  const [days, open, waiting] = await Promise.all([
    countsByDay(db, asked),
    countOpen(db, asked),
    countWaiting(db, asked),
  ])
  const sum = (what: Ending) => sumOf(days, what)
  return {
    all: sum('started'),
    open,
    waiting,
    passed: sum('passed'),
    failed: sum('failed'),
    withdrawn: sum('withdrawn'),
    expired: sum('expired'),
    voided: sum('voided'),
  }
}

const kindOf = ({ exam, part }: ListedAttempt): string => `${exam} ${part ?? ''}`

/** How many minutes the fastest hundredth took at most, by exam and part. */
async function fastMinutes({ db }: World, attempts: readonly ListedAttempt[], today: number) {
  const kinds = [...Map.groupBy(attempts, kindOf)].flatMap(([kind, [first]]) => (first ? [{ kind, first }] : []))
  const found = await Promise.all(
    kinds.map(async ({ kind, first: { exam, part } }) => {
      const rows = await minutesTaken(db, { from: today - FAST_DAYS + 1, until: today, exam, part: part ?? '' })
      const n = rows.reduce((sum, row) => sum + row.n, 0)
      return [kind, n < FEWEST_FOR_FAST ? undefined : quantileOf(rows, FAST_SHARE)] as const
    }),
  )
  return new Map(found)
}

function hintsOf(attempt: ListedAttempt, fast: number | undefined): readonly Hint[] {
  const { startedAt, closedAt, reason, items, answered, earlier } = attempt
  const ran = closedAt !== undefined && (reason === 'submitted' || reason === 'deadline')
  const took = closedAt === undefined ? undefined : Math.floor((closedAt - startedAt) / 60_000)
  return [
    ...(ran && fast !== undefined && took !== undefined && took < fast ? [{ hint: 'fast' as const }] : []),
    ...(ran && answered < items ? [{ hint: 'unanswered' as const, items: items - answered }] : []),
    ...(earlier > 0 ? [{ hint: 'sat-before' as const, times: earlier + 1 }] : []),
  ]
}

async function showAll(world: World, listed: readonly ListedAttempt[], today: number): Promise<ShownAttempt[]> {
  const { db } = world
  const [names, versions, given, fast] = await Promise.all([
    namesOf(
      db,
      listed.map(({ worker }) => worker),
    ),
    versionsAmong(
      db,
      listed.map(({ bankHash }) => bankHash),
    ),
    givenAmong(
      db,
      listed.flatMap(({ credential }) => credential ?? []),
    ),
    fastMinutes(world, listed, today),
  ])
  return listed.map((attempt) => {
    const version = versions.get(attempt.bankHash)
    return {
      ...attempt,
      name: names.get(attempt.worker) ?? '',
      hints: hintsOf(attempt, fast.get(kindOf(attempt))),
      ...(version === undefined ? {} : { version }),
      ...(attempt.credential === undefined ? {} : { isShown: given.has(attempt.credential) }),
    }
  })
}

async function openOne(world: World, id: string, today: number): Promise<OpenedAttempt | undefined> {
  const found = await findListed(world.db, id)
  if (!found) return undefined
  const [[attempt], events, signals] = await Promise.all([
    showAll(world, [found], today),
    eventsOf(world.db, id),
    signalsOf(world.db, id, SIGNALS),
  ])
  return attempt && { attempt, events, signals }
}

/** How many attempts a page has at most, and how many are looked at to fill it where only some are wanted. */
interface PageSize {
  readonly shown: number
  readonly lookedAt: number
}

const LIST: PageSize = { shown: 25, lookedAt: 400 }
/** What a table for a spreadsheet has at most. */
export const MOST_IN_TABLE = 1_000
const TABLE: PageSize = { shown: MOST_IN_TABLE, lookedAt: MOST_IN_TABLE }

/** A page of attempts, from where the last one ended. Of hinted ones it may have few, or none, and still lead on. */
async function readPage(
  world: World,
  asked: Omit<AttemptsAsked, 'limit'> & { readonly hinted: boolean; readonly today: number },
  { shown, lookedAt }: PageSize,
): Promise<Pick<AttemptsView, 'attempts' | 'more'>> {
  const { hinted, today, ...list } = asked
  const most = hinted ? lookedAt : shown
  const found = await listAttempts(world.db, { ...list, limit: most + 1 })
  const looked = await showAll(world, found.slice(0, most), today)
  const fitting = hinted ? looked.filter(({ hints }) => hints.length > 0) : looked
  const attempts = fitting.slice(0, shown)
  const last = fitting.length > shown ? attempts.at(-1) : found.length > most ? looked.at(-1) : undefined
  return { attempts, ...(last ? { more: last } : {}) }
}

/** Whose attempts are looked for: one person by id or by a name that nobody else's begins with, or several to choose from. */
async function findPeople(
  { db }: World,
  q: string,
): Promise<Pick<AttemptsView, 'worker' | 'people' | 'timeMultiplier'>> {
  const known = await findWorker(db, q)
  if (known) return { worker: q, timeMultiplier: known.timeMultiplier }
  const people = await peopleNamed(db, q, MOST_PEOPLE + 1)
  const [one] = people
  if (!one || people.length > 1) return { people }
  return { worker: one.worker, timeMultiplier: (await findWorker(db, one.worker))?.timeMultiplier }
}

/** Attempts for operators, newest first: of everybody in a period, of one person, or one by its id. */
export async function readAttempts(
  world: World,
  session: Session,
  query: AttemptsQuery,
): Promise<Result<AttemptsView>> {
  if (session.role !== 'operator') return fail({ code: 'forbidden' })
  const { db } = world
  const { days, exam, locale, state, q, hinted = false, after, open } = query
  const now = world.now()
  const today = dayOf(now)
  const from = today - days + 1
  const one = q?.startsWith('att_') ? await findListed(db, q) : undefined
  const whose = one || q === undefined ? {} : await findPeople(world, q)
  const page = async (): Promise<Pick<AttemptsView, 'attempts' | 'more'>> => {
    if (one) return { attempts: await showAll(world, [one], today) }
    if (whose.people) return { attempts: [] }
    const { worker } = whose
    const of = worker === undefined ? { from: beginOfDay(from), exam, locale, state } : { worker }
    return readPage(world, { ...of, after, hinted, today }, LIST)
  }
  const [banks, counts, listed] = await Promise.all([
    latestBanks(db),
    q === undefined ? countStates(world, { from, until: today, exam, locale }) : undefined,
    page(),
  ])
  const opened = open === undefined ? undefined : await openOne(world, open, today)
  return ok({
    now,
    exams: banks.map((bank) => bank.exam),
    isSample: await areSamples(banks, exam),
    ...listed,
    ...whose,
    ...(counts ? { counts } : {}),
    ...(opened ? { opened } : {}),
  })
}

/**
 * The same list for a spreadsheet, as far as a file of it goes. It tells of many people at once, so it is noted each time
 * who took it, what was asked, and how many it told of.
 */
export async function exportAttempts(
  world: World,
  session: Session,
  query: Omit<AttemptsQuery, 'open' | 'after' | 'q'>,
): Promise<Result<Pick<AttemptsView, 'attempts' | 'exams' | 'more'>>> {
  if (session.role !== 'operator') return fail({ code: 'forbidden' })
  const { days, exam, locale, state, hinted = false } = query
  const today = dayOf(world.now())
  const from = beginOfDay(today - days + 1)
  const { attempts, more } = await readPage(world, { from, exam, locale, state, hinted, today }, TABLE)
  await world.db.batch(
    await noteAct(world, {
      act: 'attempts.exported',
      actor: { person: session.worker },
      object: [`${days}`, exam, locale, state, hinted ? 'hinted' : undefined].filter(Boolean).join(' '),
      facts: { attempts: attempts.length },
    }),
  )
  const banks = await latestBanks(world.db)
  return ok({ attempts, exams: banks.map((bank) => bank.exam), ...(more ? { more } : {}) })
}
