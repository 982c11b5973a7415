import type { CompileMemory } from '../compile-memory.ts'
import { warning } from '../diagnostic.ts'
import { say } from '../said.ts'
import type { Subject } from './subject.ts'
import { DATES_WITH_WEEKDAY, MONTHS, WEEKDAYS } from './words.data.ts'

interface WrittenDate {
  readonly text: string
  readonly year?: number
  readonly month: number
  readonly day: number
  /** 0 is Sunday. */
  readonly weekday: number
}

const monthOf = (written: string): number => {
  const named = MONTHS.findIndex((name) => written.toLowerCase().startsWith(name))
  return named >= 0 ? named + 1 : Number(written)
}

function datesIn({ stemText, options, wording }: Subject): WrittenDate[] {
  const text = [stemText, ...options.map((option) => option.text), wording.secret.rationale]
    .join('\n')
    .normalize('NFKC')
  return DATES_WITH_WEEKDAY.flatMap((form) =>
    [...text.matchAll(form)].map(({ 0: found, groups = {} }) => ({
      text: found,
      ...(groups.year ? { year: Number(groups.year) } : {}),
      month: monthOf(groups.month as string),
      day: Number(groups.day),
      weekday: WEEKDAYS.findIndex((names) => names.includes((groups.weekday as string).toLowerCase())),
    })),
  )
}

/** Whether the date exists in this year and falls on its weekday. */
function fallsIn(year: number, { month, day, weekday }: WrittenDate): boolean {
  const date = new Date(Date.UTC(year, month - 1, day))
  return date.getUTCMonth() === month - 1 && date.getUTCDay() === weekday
}

/** The calendar is the same after so many years. */
const CYCLE = 28
/** Fewer dates do not say in which year a bank plays. */
const FEWEST_DATES = 5

/** The year in which most of a bank's dates fall on their weekdays, the latest of equals; those with a year of their own vote too. */
function yearOf(dates: readonly WrittenDate[]): number | undefined {
  const latest = Math.max(...dates.flatMap(({ year }) => year ?? []), 2030)
  const years = Array.from({ length: CYCLE }, (_, i) => latest - i)
  const votes = years.map((year) => dates.filter((date) => fallsIn(year, date)).length)
  return dates.length < FEWEST_DATES ? undefined : years[votes.indexOf(Math.max(...votes))]
}

/**
 * A date whose weekday is another. Without a year it may lie in the year in which the bank plays, or in the next. An item about
 * such a slip names the right weekday of that day too, and is left alone.
 */
export function lintWeekdays(subjects: readonly Subject[], memory: CompileMemory): void {
  const written = subjects.map((subject) => ({
    subject,
    dates: memory.once('dates', [subject.wording], () => datesIn(subject)),
  }))
  const year = yearOf(written.flatMap(({ dates }) => dates))
  const isRight = (date: WrittenDate) =>
    date.year !== undefined
      ? fallsIn(date.year, date)
      : year === undefined || fallsIn(year, date) || fallsIn(year + 1, date)
  for (const { subject, dates } of written) {
    const wrong = dates.find(
      (date) =>
        !isRight(date) &&
        !dates.some((other) => other.month === date.month && other.day === date.day && isRight(other)),
    )
    if (wrong)
      subject.report(
        subject.at.stem,
        warning('stem/weekday', say('finding.weekdayWrong', { text: wrong.text }), say('advice.lookUpWeekday')),
      )
  }
}
