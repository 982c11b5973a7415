import type { Instant } from '../../../kernel/instant.ts'

/** Characters at most: of one line, of a condition, of the text about oneself. */
export const LONGEST_HEADLINE = 60
export const LONGEST_CONDITION = 80
export const LONGEST_ABOUT = 1_000

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
export const dayParts = ['morning', 'day', 'evening'] as const
export type Weekday = (typeof weekdays)[number]
export type DayPart = (typeof dayParts)[number]

/** Hours within which somebody means to answer. */
export const replyTimes = [2, 12, 24, 48] as const
export type ReplyTime = (typeof replyTimes)[number]

/** What a client who plans a job asks of a week. */
export const workingTimes = ['weekday-days', 'weekday-evenings', 'weekends'] as const
export type WorkingTime = (typeof workingTimes)[number]

/** The bit of a part of a day in `week`. */
export const bitOf = (day: Weekday, part: DayPart): number =>
  1 << (dayParts.indexOf(part) * weekdays.length + weekdays.indexOf(day))

const bitsOf = (days: readonly Weekday[], parts: readonly DayPart[]): number =>
  days.reduce((bits, day) => parts.reduce((more, part) => more | bitOf(day, part), bits), 0)

const timeBits: Readonly<Record<WorkingTime, number>> = {
  'weekday-days': bitsOf(weekdays.slice(0, 5), ['morning', 'day']),
  'weekday-evenings': bitsOf(weekdays.slice(0, 5), ['evening']),
  weekends: bitsOf(weekdays.slice(5), dayParts),
}

/** The times of which somebody has at least a part of a day. */
export const timesOf = (week: number): WorkingTime[] => workingTimes.filter((time) => (week & timeBits[time]) !== 0)

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

/** Sections of a profile that somebody can fill in themselves. */
const profileGaps = ['headline', 'times', 'about', 'terms', 'skills', 'sample'] as const
export type ProfileGap = (typeof profileGaps)[number]

/** Which of them are still empty. */
export function gapsOf(of: {
  readonly introduction: Introduction | undefined
  readonly skillsJa: string
  /** How many samples they have sent, shown or not. */
  readonly samples: number
}): ProfileGap[] {
  const { headlineJa = '', week = 0, aboutJa = '', smallestJa = '' } = of.introduction ?? {}
  const filled: Readonly<Record<ProfileGap, boolean>> = {
    headline: headlineJa !== '',
    times: week !== 0,
    about: aboutJa !== '',
    terms: smallestJa !== '',
    skills: of.skillsJa !== '',
    sample: of.samples > 0,
  }
  return profileGaps.filter((gap) => !filled[gap])
}

/** All that somebody has written of themselves. */
export const textsIn = (told: Introduction): string[] => [
  told.headlineJa,
  told.headlineEn,
  told.aboutJa,
  told.aboutEn,
  told.smallestJa,
  told.smallestEn,
  told.declinesJa,
  told.declinesEn,
]
