import { and, between, eq, sql } from 'drizzle-orm'
import type { PartId } from '../../item/bank.ts'
import type { Locale } from '../../item/item.ts'
import type { Database } from '../../world/database.ts'
import { examDays, examMinutes } from '../tables.ts'

/** Which attempts are asked about: of all exams and languages where none is named. Days as in `dayOf`, both ends among them. */
export interface DaysAsked {
  readonly from: number
  readonly until: number
  readonly exam?: string | undefined
  readonly locale?: Locale | undefined
  /** Empty for exams that are one paper. */
  readonly part?: PartId | '' | undefined
}

const within = (table: typeof examDays | typeof examMinutes, { from, until, exam, locale, part }: DaysAsked) =>
  and(
    between(table.day, from, until),
    exam === undefined ? undefined : eq(table.exam, exam),
    locale === undefined ? undefined : eq(table.locale, locale),
    part === undefined ? undefined : eq(table.part, part),
  )

const sum = (column: (typeof examDays)[keyof typeof examDays]) => sql<number>`sum(${column})`

/** How the attempts of each day ended, practical parts apart. */
export const countsByDay = (db: Database, asked: DaysAsked) =>
  db
    .select({
      day: examDays.day,
      isPractical: sql<number>`${examDays.part} = 'practical'`.mapWith(Boolean),
      started: sum(examDays.started),
      submitted: sum(examDays.submitted),
      expired: sum(examDays.expired),
      withdrawn: sum(examDays.withdrawn),
      voided: sum(examDays.voided),
      passed: sum(examDays.passed),
      failed: sum(examDays.failed),
      shown: sum(examDays.shown),
    })
    .from(examDays)
    .where(within(examDays, asked))
    .groupBy(examDays.day, sql`2`)

/** How many of the attempts that ran their course took how many minutes, in the order of the minutes. */
export const minutesTaken = (db: Database, asked: DaysAsked) =>
  db
    .select({ minutes: examMinutes.minutes, n: sql<number>`sum(${examMinutes.n})` })
    .from(examMinutes)
    .where(within(examMinutes, asked))
    .groupBy(examMinutes.minutes)
    .orderBy(examMinutes.minutes)
