import type { Duration, Instant } from '../../kernel/instant.ts'
import { type Locale, textsOf } from './texts.ts'

/** How times and money are written. Times are those of Japan, where the marketplace is. */
export interface FigureTexts {
  /** `2026年11月25日` */
  day(at: Instant): string
  /** Day and minute; with the year when it is not this one. */
  moment(at: Instant, now: Instant): string
  /** Day with its year, and minute. */
  clock(at: Instant): string
  /** How much of a time is left, rounded down to days, hours or minutes. */
  left(time: Duration): string
  yen(amount: number): string
}

const timeZone = 'Asia/Tokyo'
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const yearOf = new Intl.DateTimeFormat('en', { timeZone, year: 'numeric' })
const sameYear = (one: Instant, other: Instant): boolean => yearOf.format(one) === yearOf.format(other)

const ja = {
  day: new Intl.DateTimeFormat('ja-JP', { timeZone, year: 'numeric', month: 'long', day: 'numeric' }),
  dayOfYear: new Intl.DateTimeFormat('ja-JP', { timeZone, month: 'long', day: 'numeric' }),
  clock: new Intl.DateTimeFormat('ja-JP', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
}

const en = {
  day: new Intl.DateTimeFormat('en-GB', { timeZone, year: 'numeric', month: 'short', day: 'numeric' }),
  dayOfYear: new Intl.DateTimeFormat('en-GB', { timeZone, month: 'short', day: 'numeric' }),
  clock: new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
}

/** The largest unit that fills at least one of itself. */
function inUnits(time: number): readonly [count: number, unit: 'day' | 'hour' | 'minute'] {
  if (time >= DAY) return [Math.floor(time / DAY), 'day']
  return time >= HOUR ? [Math.floor(time / HOUR), 'hour'] : [Math.max(0, Math.floor(time / MINUTE)), 'minute']
}

function leftIn(locale: Locale, time: number): string {
  const [count, unit] = inUnits(time)
  return textsOf(locale)('market.left', { count, unit })
}

export const figureTexts: Readonly<Record<Locale, FigureTexts>> = {
  ja: {
    day: (at) => ja.day.format(at),
    moment: (at, now) => `${(sameYear(at, now) ? ja.dayOfYear : ja.day).format(at)} ${ja.clock.format(at)}`,
    clock: (at) => `${ja.day.format(at)} ${ja.clock.format(at)}`,
    left: (time) => leftIn('ja', time),
    yen: (amount) => `${amount.toLocaleString('ja-JP')}円`,
  },
  en: {
    day: (at) => en.day.format(at),
    moment: (at, now) => `${(sameYear(at, now) ? en.dayOfYear : en.day).format(at)}, ${en.clock.format(at)} JST`,
    clock: (at) => `${en.day.format(at)}, ${en.clock.format(at)} JST`,
    left: (time) => leftIn('en', time),
    yen: (amount) => `¥${amount.toLocaleString('en-US')}`,
  },
}
