import { dateIn, isDay } from './date-serial.ts'
import { type Failure, isFailure, NUM, narrow, type Scalar, textOf, VALUE } from './value.ts'

/** A number as people write it: 1,234  ￥500  50%  -1.5e3  ２６, or a date or time. */
export function numberIn(text: string): number | undefined {
  const match = /^([-+]?)[¥\\$]?(\d{1,3}(?:,\d{3})+(?:\.\d*)?|\d+\.?\d*|\.\d+)(e[-+]?\d+)?(%?)$/i.exec(
    narrow(text).replace('￥', '¥').trim(),
  )
  if (!match) return dateIn(text)
  const [, sign, digits = '', exponent = '', percent] = match
  const number = Number(`${sign}${digits.replaceAll(',', '')}${exponent}`)
  return percent ? number / 100 : number
}

export const toNumber = (value: Scalar): number | Failure =>
  typeof value === 'string' ? (numberIn(value) ?? VALUE) : isFailure(value) ? value : Number(value)

/** A number without its decimals, as most functions take one that counts. */
export function toWhole(value: Scalar): number | Failure {
  const number = toNumber(value)
  return isFailure(number) ? number : Math.trunc(number)
}

/** The number of a day without its time, or an error where there is no such day. */
export function toDay(value: Scalar): number | Failure {
  const number = toNumber(value)
  return isFailure(number) ? number : isDay(number) ? Math.floor(number) : NUM
}

export const toText = (value: Scalar): string | Failure => (isFailure(value) ? value : textOf(value))

export function toBoolean(value: Scalar): boolean | Failure {
  if (typeof value !== 'string') return isFailure(value) ? value : Boolean(value)
  const word = value.toUpperCase()
  return word === 'TRUE' || (word !== 'FALSE' && VALUE)
}
