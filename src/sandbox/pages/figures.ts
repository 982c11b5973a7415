import type { Duration } from '../../kernel/instant.ts'
import { type Locale, textsOf } from './texts.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** The largest unit that fills at least one of itself. */
function inUnits(time: number): { readonly count: number; readonly unit: 'day' | 'hour' | 'minute' } {
  if (time >= DAY) return { count: Math.floor(time / DAY), unit: 'day' }
  if (time >= HOUR) return { count: Math.floor(time / HOUR), unit: 'hour' }
  return { count: Math.max(0, Math.floor(time / MINUTE)), unit: 'minute' }
}

/** How much of a time is left, rounded down to days, hours or minutes. */
export const leftText = (locale: Locale, time: Duration): string => textsOf(locale)('market.left', inUnits(time))

/** An amount of yen. */
export const yenText = (locale: Locale, amount: number): string => textsOf(locale)('market.yen', { amount })

const shortFormats = new Map<Locale, Intl.NumberFormat>()

/** A number to be taken in at a glance: 128万, 1.28M; whole below that. */
export function shortNumber(locale: Locale, n: number): string {
  if (n < 10_000) return n.toLocaleString(locale)
  const format =
    shortFormats.get(locale) ?? new Intl.NumberFormat(locale, { notation: 'compact', maximumSignificantDigits: 3 })
  shortFormats.set(locale, format)
  return format.format(n)
}
