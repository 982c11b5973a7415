import { dateIn, isDay, LAST_DAY, partsOf, secondsOf, serialOf, weekdayOf } from '../date-serial.ts'
import { type Failure, isFailure, NUM, type Operand, type Scalar, VALUE } from '../value.ts'
import { define, firstFailure, flat } from './define.ts'

const ofDay = (run: (serial: number) => number) => define('d', run)

/** Of a day and its time. */
const ofTime = (run: (seconds: number) => number) =>
  define('n', (serial) => (isDay(serial) ? Math.floor(run(secondsOf(serial))) : NUM))

/** The day so many months on, or the last one of its month; `isEnd`: the last one anyway. */
const monthsOn = (isEnd: boolean) =>
  define('di', (serial, months) => {
    const { year, month, day } = partsOf(serial)
    const last = serialOf(year, month + months + 1, 0)
    return last === undefined ? NUM : isEnd ? last : last - Math.max(0, partsOf(last).day - day)
  })

/** Mondays to Fridays up to this day, counted from a Saturday before all days. */
const weekdaysTo = (serial: number) => {
  const days = serial + 7
  return Math.floor(days / 7) * 5 + Math.min(5, Math.max(0, (days % 7) - 1))
}
const isWeekend = (serial: number) => weekdayOf(serial) % 6 === 0

/** Holidays that fall on weekdays, each once, in order; or the first error in their list. */
function holidaysIn(list: Operand): readonly number[] | Failure {
  const days = flat(list).filter((day) => isFailure(day) || (typeof day === 'number' && !isWeekend(day)))
  return firstFailure(days) ?? [...new Set(days.map((day) => Math.floor(Number(day))))].sort((a, b) => a - b)
}

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
  const [a, b] = [partsOf(from), partsOf(to)]
  const isShort = b.day < a.day
  const months = (b.year - a.year) * 12 + b.month - a.month - Number(isShort)
  const years = Math.floor(months / 12)
  const differences: Readonly<Record<string, number>> = {
    Y: years,
    M: months,
    D: to - from,
    YM: months % 12,
    MD: b.day - a.day + (isShort ? partsOf(to - b.day).day : 0),
    YD: to - (serialOf(a.year + years, a.month, a.day) ?? 0),
  }
  return from > to ? NUM : (differences[unit.toUpperCase()] ?? NUM)
}

/** The day that weeks begin with, 0 Sunday, by the types that WEEKDAY and WEEKNUM share. */
const firstDayOf = (type: number): number | undefined =>
  type === 1 ? 0 : type === 2 || type === 3 || type === 21 ? 1 : type > 10 && type < 18 ? type % 10 : undefined

export const DATES = {
  DATE: define('iii', (year, month, day) =>
    year < 0 || Math.abs(month) > 120_000 ? NUM : (serialOf(year < 1900 ? year + 1900 : year, month, day) ?? NUM),
  ),
  DATEVALUE: define('t', (text) => {
    const serial = dateIn(text)
    return serial === undefined || /^\d+:/.test(text) ? VALUE : Math.floor(serial)
  }),
  TIMEVALUE: define('t', (text) => {
    const serial = dateIn(text)
    return serial === undefined ? VALUE : serial % 1
  }),
  YEAR: ofDay((serial) => partsOf(serial).year),
  MONTH: ofDay((serial) => partsOf(serial).month),
  DAY: ofDay((serial) => partsOf(serial).day),
  HOUR: ofTime((seconds) => seconds / 3_600),
  MINUTE: ofTime((seconds) => (seconds / 60) % 60),
  SECOND: ofTime((seconds) => seconds % 60),
  TIME: define('iii', (hours, minutes, seconds) => {
    const all = hours * 3_600 + minutes * 60 + seconds
    return all < 0 ? NUM : (all % 86_400) / 86_400
  }),
  WEEKDAY: define('d?i', (serial, type = 1) => {
    const first = firstDayOf(type)
    return first === undefined ? NUM : ((weekdayOf(serial) - first + 7) % 7) + (type === 3 ? 0 : 1)
  }),
  WEEKNUM: define('d?i', (serial, type = 1) => {
    const first = firstDayOf(type)
    // by ISO 8601 a week belongs to the year of its Thursday
    const day = type === 21 ? serial - ((weekdayOf(serial) + 6) % 7) + 3 : serial
    const newYear = serialOf(partsOf(day).year, 1, 1) ?? 0
    if (first === undefined) return NUM
    const before = type === 21 ? 0 : (weekdayOf(newYear) - first + 7) % 7
    return Math.floor((day - newYear + before) / 7) + 1
  }),
  EDATE: monthsOn(false),
  EOMONTH: monthsOn(true),
  DATEDIF: define('ddt', dateDifference),
  NETWORKDAYS: define('dd?a', (from, to, list = null) => {
    const holidays = holidaysIn(list)
    if (isFailure(holidays)) return holidays
    const [first, last] = [Math.min(from, to), Math.max(from, to)]
    const free = holidays.filter((day) => day >= first && day <= last).length
    return (weekdaysTo(last) - weekdaysTo(first - 1) - free) * (from > to ? -1 : 1)
  }),
  WORKDAY: define('di?a', (start, days, list = null) => {
    const holidays = holidaysIn(list)
    if (isFailure(holidays)) return holidays
    if (Math.abs(days) > LAST_DAY) return NUM
    const step = Math.sign(days)
    let day = days ? weekdaysOn(start, days) : start
    for (const holiday of step < 0 ? [...holidays].reverse() : holidays)
      if ((holiday - start) * step > 0 && (day - holiday) * step >= 0) day = weekdaysOn(day, step)
    return isDay(day) ? day : NUM
  }),
}
