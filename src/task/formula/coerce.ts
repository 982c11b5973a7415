import { dateIn } from './date-serial.ts'
import { type Failure, isFailure, narrow, type Scalar, textOf, VALUE } from './value.ts'

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

export const toText = (value: Scalar): string | Failure => (isFailure(value) ? value : textOf(value))

export function toBoolean(value: Scalar): boolean | Failure {
  if (typeof value !== 'string') return isFailure(value) ? value : Boolean(value)
  const word = value.toUpperCase()
  return word === 'TRUE' || (word !== 'FALSE' && VALUE)
}
