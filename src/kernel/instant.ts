/** A point in time: whole milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number & { readonly __unit: 'instant-ms' }

/** A length of time in whole milliseconds. */
export type Duration = number & { readonly __unit: 'duration-ms' }

/** A calendar length: "two years from today" ends on the same day of the calendar, leap years included. */
export interface Period {
  readonly years: number
  readonly months: number
  readonly days: number
}

export const instant = (milliseconds: number): Instant => Math.trunc(milliseconds) as Instant

export const milliseconds = (n: number): Duration => n as Duration
export const seconds = (n: number): Duration => (n * 1_000) as Duration
export const minutes = (n: number): Duration => (n * 60_000) as Duration
export const hours = (n: number): Duration => (n * 3_600_000) as Duration
export const days = (n: number): Duration => (n * 86_400_000) as Duration

export const plus = (at: Instant, duration: Duration): Instant => (at + duration) as Instant

export const minus = (at: Instant, duration: Duration): Instant => (at - duration) as Instant

/** Adds a calendar period in UTC. A day that the month lacks becomes the month's last (31 Jan + 1 month = 28 or 29 Feb). */
export function plusPeriod(at: Instant, period: Period): Instant {
  const date = new Date(at)
  const day = date.getUTCDate()
  date.setUTCDate(1)
  date.setUTCMonth(date.getUTCMonth() + period.months + period.years * 12)
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate()
  date.setUTCDate(Math.min(day, lastDay))
  return instant(date.getTime() + period.days * 86_400_000)
}

/** Takes a calendar period away, in UTC. */
export const minusPeriod = (at: Instant, period: Period): Instant =>
  plusPeriod(at, { years: -period.years, months: -period.months, days: -period.days })

const A_DAY = 86_400_000
/** Days begin where the marketplace is, at Tokyo: nine hours before those of UTC, the year round. */
const AHEAD = 9 * 3_600_000

/** The day on which a time lies: whole days since 1970. */
export const dayOf = (at: Instant): number => Math.floor((at + AHEAD) / A_DAY)

/** When a day begins. */
export const beginOfDay = (day: number): Instant => (day * A_DAY - AHEAD) as Instant

/** RFC 3339 in UTC with milliseconds, the only form in which a time leaves the service. */
export const toRfc3339 = (at: Instant): string => new Date(at).toISOString()

/** Reads an RFC 3339 time with an offset; undefined when it is none. */
export function parseRfc3339(text: string): Instant | undefined {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/.test(text)) return undefined
  const at = Date.parse(text)
  return Number.isNaN(at) ? undefined : instant(at)
}

/** Reads `90s`, `45m`, `2h`, `14d`; undefined when it is none of these. */
export function parseDuration(text: string): Duration | undefined {
  const match = /^(\d{1,6})(s|m|h|d)$/.exec(text.trim())
  if (!match) return undefined
  const unit = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }[match[2] as 's' | 'm' | 'h' | 'd']
  return (Number(match[1]) * unit) as Duration
}

/** Reads `14d`, `6mo`, `2y`; undefined when it is none of these. */
export function parsePeriod(text: string): Period | undefined {
  const match = /^(\d{1,4})(d|mo|y)$/.exec(text.trim())
  if (!match) return undefined
  const n = Number(match[1])
  return { years: match[2] === 'y' ? n : 0, months: match[2] === 'mo' ? n : 0, days: match[2] === 'd' ? n : 0 }
}
