import { countsByDay, type DaysAsked, minutesTaken } from '../attempt/day-counts/store.ts'
import { countOpen, countStarted, type ListedAttempt, openAttempts } from '../attempt/listing/store.ts'
import type { CountedEventType } from '../contract/events.ts'
import { openCases, openConcerns } from '../integrity/store.ts'
import type { Concern, IntegrityCase } from '../integrity/tables.ts'
import type { Bank } from '../item/bank.ts'
import { dueItems } from '../item/due-items.ts'
import type { Item, Locale } from '../item/item.ts'
import { type Proposal, waitingProposals } from '../item/publishing/store.ts'
import { latestBanks, leakedItems } from '../item/store.ts'
import { beginOfDay, dayOf, days, hours, type Instant, minus, minutes } from '../kernel/instant.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import { countedFrom } from '../marketplace/events/store.ts'
import type { Session } from '../marketplace/session-token.ts'
import { namesOf } from '../marketplace/store.ts'
import {
  type DayFigures,
  type Ending,
  passRateOf,
  quantileOf,
  type Share,
  shareOf,
  sumOf,
  weeklyPassRates,
} from '../measurement/exam-figures.ts'
import { FEWEST_FOR_DISCRIMINATION } from '../measurement/item-analysis.ts'
import { type ItemPoint, itemPoints } from '../measurement/store.ts'
import { attemptsPerHour } from '../platform/outbox/history/store.ts'
import type { World } from '../world/world.ts'
import { areSamples } from './judge-bank.ts'
import { type AlarmName, readAlarms } from './read-alarms.ts'
import { type Destination, readDestinations } from './read-destinations.ts'

/** Days that the figures of staff's pages may be of, today among them. */
export const PERIODS = [1, 7, 30, 90] as const

/** What the figures of staff's pages are of: of all exams and languages where none is named. */
export interface Scope {
  readonly days: (typeof PERIODS)[number]
  readonly exam?: string | undefined
  readonly locale?: Locale | undefined
}

const WEEKS = 12
const OPEN_READ = 50
const OPEN_SHOWN = 8
/** After so long without a save somebody may have lost the network. */
export const QUIET_AFTER = minutes(5)
const FLAGGED_SHOWN = 5
/** So many of what waits for a person are counted. */
export const MOST_WAITING = 100
/** A figure of a period, beside that of the one before. */
export interface Counted {
  readonly n: number
  readonly before: number
}

export const STAGES = ['opened', 'started', 'submitted', 'practical', 'passed', 'shown', 'hired'] as const
export type StageName = (typeof STAGES)[number]

/** A step on the way from an exam's page to a first job. */
export interface Stage extends Counted {
  readonly stage: StageName
  /** Of those who came as far as the step before; of a pass, of those who were judged. */
  readonly share?: Share
}

/** An item of a live version with what was measured of it in one language. */
export interface MeasuredPoint extends ItemPoint {
  readonly of: Item
}

export interface ItemMap {
  readonly exam: Bank['exam']
  /** Items that papers are drawn from. */
  readonly live: number
  readonly points: readonly MeasuredPoint[]
}

/** What an operator sees first. */
export interface Today {
  readonly now: Instant
  readonly exams: readonly Bank['exam'][]
  /** Whether all of it comes from sample items. */
  readonly isSample: boolean
  readonly alerts: {
    /** What of the service itself asks for somebody. */
    readonly alarms: readonly AlarmName[]
    readonly dead: number
    readonly silent: readonly Destination[]
    /** Items that those who know more get wrong. */
    readonly suspects: readonly MeasuredPoint[]
    readonly concerns: readonly Concern[]
    /** Certificates under review, which the marketplace's people have not decided about for good. */
    readonly cases: readonly IntegrityCase[]
    readonly proposals: readonly Proposal[]
    /** Exams of which an item leaked that no paper ever held. */
    readonly leakedBanks: readonly string[]
    /** By exam, items whose day of review has passed. */
    readonly overdue: readonly { readonly exam: string; readonly items: number }[]
  }
  readonly open: readonly (ListedAttempt & { readonly name: string })[]
  readonly openCount: number
  /** Of those that end first, how many saved nothing for a while. */
  readonly quiet: number
  readonly startedToday: number
  /** From midnight until this time of the day. */
  readonly startedYesterday: number
  readonly passRate: Share
  readonly medianMinutes: { readonly n: number; readonly minutes?: number }
  readonly expired: Share
  readonly finished: Share
  readonly funnel: readonly Stage[]
  readonly weeks: readonly (Share & { readonly from: number })[]
  readonly deliveries: {
    /** Messages that were first taken of late, of which the time is. */
    readonly taken: number
    readonly median?: number
    readonly waiting: number
    readonly destinations: readonly Destination[]
  }
  readonly hours: readonly { readonly hour: number; readonly sent: number; readonly failed: number }[]
  readonly map?: ItemMap
  readonly flagged: readonly MeasuredPoint[]
  readonly flaggedCount: number
}

/** What was measured of the live versions of items, wrong ones first, then flagged ones, then those of more papers. */
export async function readMeasuredPoints(
  { db }: Pick<World, 'db'>,
  banks: readonly Bank[],
  { exam, locale }: Pick<Scope, 'exam' | 'locale'>,
): Promise<readonly MeasuredPoint[]> {
  const items = new Map(
    banks.flatMap((bank) => bank.items.map((item) => [`${bank.exam.id} ${item.id} ${item.hash}`, item])),
  )
  const points = (await itemPoints(db, exam)).flatMap((point): MeasuredPoint[] => {
    const of = items.get(`${point.exam} ${point.item} ${point.hash}`)
    if (!of || point.n < FEWEST_FOR_DISCRIMINATION) return []
    return locale === undefined || locale === point.locale ? [{ ...point, of }] : []
  })
  return points.sort((a, b) => urgency(b) - urgency(a) || b.n - a.n)
}

const isSuspect = ({ flags }: Pick<ItemPoint, 'flags'>): boolean => flags.includes('negative-discrimination')
const urgency = (point: Pick<ItemPoint, 'flags'>): number => (isSuspect(point) ? 2 : point.flags.length > 0 ? 1 : 0)

function mapOf(
  banks: readonly Bank[],
  points: readonly MeasuredPoint[],
  chosen: string | undefined,
): ItemMap | undefined {
  const counts = Map.groupBy(points, ({ exam }) => exam)
  const [most] = [...counts].sort(([, a], [, b]) => b.length - a.length)
  const bank = banks.find(({ exam }) => exam.id === (chosen ?? most?.[0])) ?? banks[0]
  return (
    bank && {
      exam: bank.exam,
      live: bank.items.filter(({ status }) => status === 'live').length,
      points: counts.get(bank.exam.id) ?? [],
    }
  )
}

interface Period {
  readonly from: number
  readonly length: number
}

function funnelOf(
  figures: readonly DayFigures[],
  events: readonly { readonly event: CountedEventType; readonly day: number; readonly n: number }[],
  { from, length }: Period,
): readonly Stage[] {
  const isNow = ({ day }: { readonly day: number }) => day >= from
  const isBefore = ({ day }: { readonly day: number }) => day >= from - length && day < from
  const counted = (rows: readonly DayFigures[], ...what: Ending[]): Counted => {
    const sum = (of: readonly DayFigures[]) => what.reduce((total, one) => total + sumOf(of, one), 0)
    return { n: sum(rows.filter(isNow)), before: sum(rows.filter(isBefore)) }
  }
  const happened = (event: CountedEventType): Counted => {
    const own = events.filter((one) => one.event === event)
    const sum = (rows: typeof own) => rows.reduce((total, { n }) => total + n, 0)
    return { n: sum(own.filter(isNow)), before: sum(own.filter(isBefore)) }
  }
  const first = figures.filter(({ isPractical }) => !isPractical)
  const second = figures.filter(({ isPractical }) => isPractical)
  const [opened, started, submitted] = [
    happened('exam.opened'),
    counted(first, 'started'),
    counted(first, 'submitted', 'expired'),
  ]
  const [passed, shown, hired] = [counted(figures, 'passed'), counted(figures, 'shown'), happened('worker.first_hired')]
  return [
    { stage: 'opened', ...opened },
    {
      stage: 'started',
      ...started,
      ...(opened.n > 0 ? { share: shareOf(Math.min(started.n, opened.n), opened.n) } : {}),
    },
    { stage: 'submitted', ...submitted, share: shareOf(submitted.n, started.n) },
    ...(second.length > 0 ? [{ stage: 'practical' as const, ...counted(second, 'submitted', 'expired') }] : []),
    { stage: 'passed', ...passed, share: passRateOf(figures.filter(isNow)) },
    { stage: 'shown', ...shown, share: shareOf(shown.n, passed.n) },
    { stage: 'hired', ...hired, ...(hired.n > 0 ? { share: shareOf(Math.min(hired.n, shown.n), shown.n) } : {}) },
  ]
}

async function readAlerts(
  world: World,
  banks: readonly Bank[],
  points: readonly MeasuredPoint[],
  destinations: readonly Destination[],
): Promise<Today['alerts']> {
  const [alarms, concerns, cases, proposals] = await Promise.all([
    readAlarms(world),
    openConcerns(world.db, MOST_WAITING),
    openCases(world.db, MOST_WAITING),
    waitingProposals(world.db, MOST_WAITING),
  ])
  const leaks = await Promise.all(banks.map(({ exam }) => leakedItems(world.db, exam.id)))
  const date = new Date(world.now()).toISOString().slice(0, 10)
  return {
    alarms,
    dead: destinations.reduce((sum, { dead }) => sum + dead, 0),
    silent: destinations.filter(({ silentSince }) => silentSince !== undefined),
    suspects: points.filter(isSuspect),
    concerns,
    cases,
    proposals,
    leakedBanks: banks
      .filter(({ items }, n) => items.some(({ id, status }) => status === 'honeypot' && leaks[n]?.has(id)))
      .map(({ exam }) => exam.id),
    overdue: banks.flatMap((bank) => {
      const due = dueItems(bank, date)
      return due.length > 0 ? [{ exam: bank.exam.id, items: due.length }] : []
    }),
  }
}

/**
 * What an operator sees first: what waits for a person, and how the exams go. It costs the same however long the history is:
 * figures come from counts by day, times of delivery from the latest thousand tries.
 */
export async function readToday(world: World, session: Session, scope: Scope): Promise<Result<Today>> {
  if (session.role !== 'operator') return fail({ code: 'forbidden' })
  const { db } = world
  const now = world.now()
  const today = dayOf(now)
  const { exam, locale } = scope
  const period: Period = { from: today - scope.days + 1, length: scope.days }
  const asked: DaysAsked = { from: period.from, until: today, exam, locale }
  const oldest = Math.min(period.from - period.length, today - 7 * WEEKS + 1)
  const [banks, figures, events, minutesRows, open, openCount, startedYesterday, deliveries, perHour] =
    await Promise.all([
      latestBanks(db),
      countsByDay(db, { ...asked, from: oldest }),
      countedFrom(db, oldest, exam),
      minutesTaken(db, asked),
      openAttempts(db, { exam, locale, limit: OPEN_READ }),
      countOpen(db, { exam, locale }),
      countStarted(db, { from: beginOfDay(today - 1), until: minus(now, days(1)), exam, locale }),
      readDestinations(world, minus(now, hours(24))),
      attemptsPerHour(db, minus(now, hours(24))),
    ])
  const points = await readMeasuredPoints(world, banks, scope)
  const names = await namesOf(
    db,
    open.map(({ worker }) => worker),
  )
  const inPeriod = figures.filter(({ day }) => day >= period.from)
  const map = mapOf(banks, points, exam)
  const median = quantileOf(minutesRows, 0.5)
  const flagged = points.filter(({ flags }) => flags.length > 0)
  const ran = sumOf(inPeriod, 'submitted') + sumOf(inPeriod, 'expired')
  return ok({
    now,
    exams: banks.map((bank) => bank.exam),
    isSample: await areSamples(banks, exam),
    alerts: await readAlerts(world, banks, points, deliveries.destinations),
    quiet: open.filter(({ savedAt, startedAt }) => now - (savedAt ?? startedAt) >= QUIET_AFTER).length,
    open: open.slice(0, OPEN_SHOWN).map((one) => ({ ...one, name: names.get(one.worker) ?? '' })),
    openCount,
    startedToday: sumOf(
      figures.filter(({ day }) => day === today),
      'started',
    ),
    startedYesterday,
    passRate: passRateOf(inPeriod),
    medianMinutes: { n: ran, ...(median === undefined ? {} : { minutes: median }) },
    expired: shareOf(sumOf(inPeriod, 'expired'), ran),
    finished: shareOf(ran, sumOf(inPeriod, 'started')),
    funnel: funnelOf(figures, events, period),
    weeks: weeklyPassRates(figures, { today, weeks: WEEKS }),
    deliveries,
    hours: perHour,
    ...(map ? { map } : {}),
    flagged: flagged.slice(0, FLAGGED_SHOWN),
    flaggedCount: flagged.length,
  })
}
