import { dateIn, LAST_DAY, partsOf, secondsOf, serialOf, weekdayOf } from '../date-serial.ts'
import { NUM, type Operand, type Scalar, VALUE } from '../value.ts'
import { define, firstFailure, flat } from './define.ts'

const isDay = (serial: number) => serial >= 0 && serial < LAST_DAY + 1

const ofDay = (run: (serial: number) => number) => define('n', (serial) => (isDay(serial) ? run(serial) : NUM))

/** The day so many months on, or the last one of its month; `isEnd`: the last one anyway. */
function monthsOn(serial: number, months: number, isEnd: boolean): Scalar {
  if (!isDay(serial)) return NUM
  const { year, month, day } = partsOf(serial)
  const last = serialOf(year, month + Math.trunc(months) + 1, 0)
  if (last === undefined) return NUM
  return isEnd ? last : last - Math.max(0, partsOf(last).day - day)
}

/** Mondays to Fridays up to this day, counted from a Saturday before all days. */
const weekdaysTo = (serial: number) => {
  const days = serial + 7
  return Math.floor(days / 7) * 5 + Math.min(5, Math.max(0, (days % 7) - 1))
}
const isWeekend = (serial: number) => weekdayOf(serial) % 6 === 0

/** The numbers of the days in a list of holidays that fall on weekdays, each once, in order. */
const holidaysIn = (list: Operand): readonly number[] =>
  [
    ...new Set(
      flat(list).flatMap((day) => (typeof day === 'number' && !isWeekend(Math.floor(day)) ? [Math.floor(day)] : [])),
    ),
  ].sort((a, b) => a - b)

/** Monday to Friday so many on, or back. */
function weekdaysOn(serial: number, count: number): number {
  const step = Math.sign(count)
  let day = serial
  // from a weekend as from the working day before, seen in the direction of counting
  while (isWeekend(day)) day -= step
  const days = Math.abs(count)
  day += step * Math.floor(days / 5) * 7
  for (let left = days % 5; left > 0; left--) {
    day += step
    while (isWeekend(day)) day += step
  }
  return day
}

function dateDifference(from: number, to: number, unit: string): Scalar {
  if (from > to || !isDay(from) || !isDay(to)) return NUM
  const [a, b] = [partsOf(from), partsOf(to)]
  const months = (b.year - a.year) * 12 + b.month - a.month - Number(b.day < a.day)
  switch (unit.toUpperCase()) {
    case 'Y':
      return Math.floor(months / 12)
    case 'M':
      return months
    case 'D':
      return Math.floor(to) - Math.floor(from)
    case 'YM':
      return months % 12
    case 'MD':
      return b.day - a.day + (b.day < a.day ? partsOf(to - b.day).day : 0)
    case 'YD':
      return Math.floor(to) - (serialOf(a.year + Math.floor(months / 12), a.month, a.day) ?? 0)
    default:
      return NUM
  }
}

export const DATES = {
  DATE: define('nnn', (year, month, day) => {
    const full = Math.trunc(year) + (year >= 0 && year < 1900 ? 1900 : 0)
    return year < 0 || Math.abs(month) > 120_000 ? NUM : (serialOf(full, Math.floor(month), Math.floor(day)) ?? NUM)
  }),
  DATEVALUE: define('t', (text) => {
    const serial = dateIn(text)
    return serial === undefined || /^\d+:/.test(text) ? VALUE : Math.floor(serial)
  }),
  YEAR: ofDay((serial) => partsOf(serial).year),
  MONTH: ofDay((serial) => partsOf(serial).month),
  DAY: ofDay((serial) => partsOf(serial).day),
  HOUR: ofDay((serial) => Math.floor(secondsOf(serial) / 3_600)),
  MINUTE: ofDay((serial) => Math.floor(secondsOf(serial) / 60) % 60),
  SECOND: ofDay((serial) => secondsOf(serial) % 60),
  TIME: define('nnn', (hours, minutes, seconds) => {
    const all = Math.trunc(hours) * 3_600 + Math.trunc(minutes) * 60 + Math.trunc(seconds)
    return all < 0 ? NUM : (all % 86_400) / 86_400
  }),
  WEEKDAY: define('n?n', (serial, type = 1) => {
    if (!isDay(serial)) return NUM
    const first = type === 1 ? 0 : type === 2 || type === 3 ? 1 : type > 10 && type < 18 ? (type - 10) % 7 : -1
    return first < 0 ? NUM : ((weekdayOf(serial) - first + 7) % 7) + (type === 3 ? 0 : 1)
  }),
  WEEKNUM: define('n?n', (serial, type = 1) => {
    if (!isDay(serial)) return NUM
    const first = type === 1 ? 0 : type === 2 || type === 21 ? 1 : type > 10 && type < 18 ? (type - 10) % 7 : -1
    // by ISO 8601 a week belongs to the year of its Thursday
    const day = type === 21 ? Math.floor(serial) - ((weekdayOf(serial) + 6) % 7) + 3 : Math.floor(serial)
    const newYear = serialOf(partsOf(day).year, 1, 1) ?? 0
    const before = type === 21 ? 0 : (weekdayOf(newYear) - first + 7) % 7
    return first < 0 ? NUM : Math.floor((day - newYear + before) / 7) + 1
  }),
  EDATE: define('nn', (serial, months) => monthsOn(serial, months, false)),
  EOMONTH: define('nn', (serial, months) => monthsOn(serial, months, true)),
  DATEDIF: define('nnt', dateDifference),
  NETWORKDAYS: define('nn?a', (from, to, holidays = null) => {
    if (!isDay(from) || !isDay(to)) return NUM
    const failure = firstFailure(flat(holidays))
    const [first, last] = [Math.floor(Math.min(from, to)), Math.floor(Math.max(from, to))]
    const free = holidaysIn(holidays).filter((day) => day >= first && day <= last).length
    return failure ?? (weekdaysTo(last) - weekdaysTo(first - 1) - free) * (from > to ? -1 : 1)
  }),
  WORKDAY: define('nn?a', (from, count, holidays = null) => {
    const failure = firstFailure(flat(holidays))
    if (failure || !isDay(from) || Math.abs(count) > LAST_DAY) return failure ?? NUM
    const [start, days] = [Math.floor(from), Math.trunc(count)]
    const step = Math.sign(days)
    const free = holidaysIn(holidays)
    let day = days ? weekdaysOn(start, days) : start
    for (const holiday of step < 0 ? [...free].reverse() : free)
      if ((holiday - start) * step > 0 && (day - holiday) * step >= 0) day = weekdaysOn(day, step)
    return isDay(day) ? day : NUM
  }),
}
