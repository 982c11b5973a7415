import { narrow } from './value.ts'

/** Days from 1899-12-30 to 1970-01-01. */
const EPOCH = 25_569
const DAY = 86_400_000

/** The last day a spreadsheet knows, 9999-12-31. */
export const LAST_DAY = 2_958_465

export interface DateParts {
  readonly year: number
  /** 1 to 12. */
  readonly month: number
  readonly day: number
}

/** The number of a day; months and days beyond their ends run on. Below zero or above 9999 undefined. Source: the 1900 date system, in which 1900 is a leap year. */
export function serialOf(year: number, month: number, day: number): number | undefined {
  const days = Math.floor(Date.UTC(year, month - 1, day) / DAY) + EPOCH
  const serial = days < 61 ? days - 1 : days
  return serial >= 0 && serial <= LAST_DAY ? serial : undefined
}

/** The date of a day's number, 0 to 2,958,465. Day 0 is 0 January 1900, day 60 the 29 February that never was. */
export function partsOf(serial: number): DateParts {
  const days = Math.floor(serial)
  if (days === 0 || days === 60) return { year: 1900, month: days ? 2 : 1, day: days && 29 }
  const date = new Date((days < 60 ? days + 1 : days) * DAY - EPOCH * DAY)
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() }
}

/** 0 Sunday to 6 Saturday. */
export const weekdayOf = (serial: number): number => (((Math.floor(serial) - 1) % 7) + 7) % 7

/** Whole seconds of the day that has begun, 0 to 86,399. */
export const secondsOf = (serial: number): number => Math.round((serial - Math.floor(serial)) * 86_400) % 86_400

/** First days of the Japanese eras, newest first: letter, name, number of the day. */
export const ERAS = [
  ['R', '令和', 43_586],
  ['H', '平成', 32_516],
  ['S', '昭和', 9_856],
  ['T', '大正', 4_595],
] as const

export const isDay = (serial: number): boolean => serial >= 0 && serial < LAST_DAY + 1

/** A date or time as people write it: 2026/11/1, 2026-11-01, 2026年11月1日, 9:05, 2026/11/1 9:05:30. Undefined where there is no such day. */
export function dateIn(text: string): number | undefined {
  const match = /^(?:(\d{4})([-/]|年)(\d\d?)(?:\2|月)(\d\d?)日?)?(?: *(\d{1,4}):(\d\d?)(?::(\d\d?))?)?$/.exec(
    narrow(text).trim(),
  )
  const [, year, , month, day, hours, minutes = '0', seconds = '0'] = match ?? []
  if (!year && !hours) return undefined
  const date = year ? serialOf(Number(year), Number(month), Number(day)) : 0
  if (date === undefined || (year && partsOf(date).day !== Number(day)) || Number(minutes) > 59) return undefined
  return date + (Number(hours ?? 0) * 3_600 + Number(minutes) * 60 + Number(seconds)) / 86_400
}
