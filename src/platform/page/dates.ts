import type { Language } from '../../../dist/texts.d.ts'

/** Every date and time on a page is the marketplace's, in whatever country the reader is. */
const timeZone = 'Asia/Tokyo'

const formats = {
  ja: {
    day: new Intl.DateTimeFormat('ja-JP', { timeZone, year: 'numeric', month: 'long', day: 'numeric' }),
    weekday: new Intl.DateTimeFormat('ja-JP', { timeZone, month: 'long', day: 'numeric', weekday: 'short' }),
    clock: new Intl.DateTimeFormat('ja-JP', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
    seconds: new Intl.DateTimeFormat('ja-JP', { timeZone, hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' }),
  },
  en: {
    day: new Intl.DateTimeFormat('en-GB', { timeZone, year: 'numeric', month: 'short', day: 'numeric' }),
    weekday: new Intl.DateTimeFormat('en-GB', { timeZone, month: 'short', day: 'numeric', weekday: 'short' }),
    clock: new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
    seconds: new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' }),
  },
} as const

/** 2026年11月24日, 24 Nov 2026 */
export const dayText = (locale: Language, at: number): string => formats[locale].day.format(at)

/** 12月6日（日）, Sun 6 Dec */
export const weekdayText = (locale: Language, at: number): string =>
  locale === 'ja' ? formats.ja.weekday.format(at).replace('(', '（').replace(')', '）') : formats.en.weekday.format(at).replace(',', '')

/** 15:16; the English pages name the zone, since their readers may be anywhere. */
export const clockText = (locale: Language, at: number): string => formats[locale].clock.format(at) + (locale === 'en' ? ' JST' : '')

/** 14:53:05, for staff. */
export const secondsText = (locale: Language, at: number): string => formats[locale].seconds.format(at)

/** 2026年11月24日 15:11 */
export const dayTimeText = (locale: Language, at: number): string => `${dayText(locale, at)}${locale === 'en' ? ',' : ''} ${clockText(locale, at)}`

/** 12月6日（日）10:32 */
export const weekdayTimeText = (locale: Language, at: number): string => (locale === 'ja' ? `${weekdayText('ja', at)}${clockText('ja', at)}` : `${weekdayText('en', at)}, ${clockText('en', at)}`)

/** The machine-readable half of a `<time>`. */
export const timeAttribute = (at: number): string => new Date(at).toISOString()
