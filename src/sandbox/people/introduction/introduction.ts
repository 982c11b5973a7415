import type { Instant } from '../../../kernel/instant.ts'

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
export const dayParts = ['morning', 'day', 'evening'] as const
export type Weekday = (typeof weekdays)[number]
export type DayPart = (typeof dayParts)[number]

/** Hours within which somebody means to answer. */
export const replyTimes = [2, 12, 24, 48] as const
export type ReplyTime = (typeof replyTimes)[number]

/** The bit of a part of a day in `week`. */
export const bitOf = (day: Weekday, part: DayPart): number =>
  1 << (dayParts.indexOf(part) * weekdays.length + weekdays.indexOf(day))

/** What somebody tells of themselves and on what terms they work. Nothing of it is checked; what is empty is not shown. */
export interface Introduction {
  readonly worker: string
  readonly headlineJa: string
  readonly headlineEn: string
  readonly aboutJa: string
  readonly aboutEn: string
  /** Parts of days on which they work, a bit each. */
  readonly week: number
  readonly hoursPerWeek: number | null
  /** The first day of work. */
  readonly startsAt: Instant | null
  readonly replyHours: ReplyTime | null
  /** Whether they take a fixed price too. */
  readonly fixedPrice: boolean
  readonly smallestJa: string
  readonly smallestEn: string
  readonly declinesJa: string
  readonly declinesEn: string
}

export const emptyIntroduction = (worker: string): Introduction => ({
  worker,
  headlineJa: '',
  headlineEn: '',
  aboutJa: '',
  aboutEn: '',
  week: 0,
  hoursPerWeek: null,
  startsAt: null,
  replyHours: null,
  fixedPrice: false,
  smallestJa: '',
  smallestEn: '',
  declinesJa: '',
  declinesEn: '',
})
