import type { Language } from '../../../dist/texts.d.ts'
import { frameWords } from './words.ts'

/** Every date and time on a page is the marketplace's, in whatever country the reader is. */
const timeZone = 'Asia/Tokyo'

function formatsIn(language: Language) {
  const t = frameWords(language)
  const format = (parts: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(t('time.locale'), { timeZone, ...parts })
  const day = { month: t('time.month') as 'long' | 'short', day: 'numeric' } as const
  const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
  return {
    day: format({ year: 'numeric', ...day }),
    dayOfYear: format(day),
    weekday: format({ weekday: 'short' }),
    year: format({ year: 'numeric' }),
    clock: format(clock),
    seconds: format({ ...clock, second: '2-digit' }),
  }
}

/** They are made when first asked for, once: making them takes longer than using them. */
const made = new Map<Language, ReturnType<typeof formatsIn>>()

function formatsOf(language: Language): ReturnType<typeof formatsIn> {
  const formats = made.get(language) ?? formatsIn(language)
  made.set(language, formats)
  return formats
}

/** 2026年11月24日, 24 Nov 2026 */
export const dayText = (language: Language, at: number): string => formatsOf(language).day.format(at)

/** 11月24日, 24 Nov */
export const dayOfYearText = (language: Language, at: number): string => formatsOf(language).dayOfYear.format(at)

/** 12月6日（日）, Sun 6 Dec */
export function weekdayText(language: Language, at: number): string {
  const { dayOfYear, weekday } = formatsOf(language)
  return frameWords(language)('time.weekday', { day: dayOfYear.format(at), weekday: weekday.format(at) })
}

/** 15:16; the English pages name the zone, since their readers may be anywhere. */
export const clockText = (language: Language, at: number): string =>
  frameWords(language)('time.clock', { clock: formatsOf(language).clock.format(at) })

/** 14:53:05, for staff. */
export const secondsText = (language: Language, at: number): string => formatsOf(language).seconds.format(at)

const besideClock = (language: Language, day: string, at: number): string =>
  frameWords(language)('time.dayClock', { day, clock: clockText(language, at) })

/** 2026年11月24日 15:11 */
export const dayTimeText = (language: Language, at: number): string => besideClock(language, dayText(language, at), at)

/** The same, without the year where that is this one. */
export function momentText(language: Language, at: number, now: number): string {
  const { year, day, dayOfYear } = formatsOf(language)
  return besideClock(language, (year.format(at) === year.format(now) ? dayOfYear : day).format(at), at)
}

/** 12月6日（日）10:32 */
export const weekdayTimeText = (language: Language, at: number): string =>
  frameWords(language)('time.weekdayClock', { day: weekdayText(language, at), clock: clockText(language, at) })

/** The machine-readable half of a `<time>`. */
export const timeAttribute = (at: number): string => new Date(at).toISOString()
