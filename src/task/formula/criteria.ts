import { numberIn } from './coerce.ts'
import { compare, type Failure, isFailure, type Scalar } from './value.ts'

/** A pattern's characters; `undefined` is `?`, `null` is `*`; a tilde makes the sign behind it an ordinary one. */
const patternOf = (pattern: string): readonly (string | undefined | null)[] =>
  (pattern.toLowerCase().match(/~[*?~]|[^]/g) ?? []).map((sign) =>
    sign === '*' ? null : sign === '?' ? undefined : sign.length > 1 ? sign.slice(1) : sign,
  )

export const hasWildcard = (text: string): boolean => /[*?~]/.test(text)

/**
 * Where in the text, from this place on, the pattern begins first; with `whole` it must fill the text. -1: nowhere. Steps are
 * bounded by the length of the text, far above what a pattern of an office needs: beyond, it counts as not found.
 */
export function findPattern(text: string, pattern: string, from = 0, whole = false): number {
  const signs = patternOf(pattern)
  const letters = text.toLowerCase()
  let steps = 16 * (letters.length + 64)
  for (let start = from; start <= letters.length; start++) {
    // a star takes one letter more whenever what follows does not fit, and only the last star: an earlier one would gain nothing
    let [at, sign, star, taken] = [start, 0, -1, 0]
    while (steps-- > 0) {
      if (sign === signs.length && (!whole || at === letters.length)) return start
      if (signs[sign] === null) [star, taken] = [sign++, at]
      else if (at < letters.length && sign < signs.length && (signs[sign] ?? letters[at]) === letters[at]) {
        at++
        sign++
      } else if (star >= 0 && taken < letters.length) [sign, at] = [star + 1, ++taken]
      else break
    }
    // what is not found behind a star is not found further on either
    if (whole || star >= 0) break
  }
  return -1
}

/** What COUNTIF and its kin ask of a cell: `">=100"`, `"*市"`, `"<>"`, `5`. An empty criterion cell asks for 0. */
export function meets(criterion: Exclude<Scalar, Failure>): (value: Scalar) => boolean {
  const [, operator = '', rest = ''] =
    typeof criterion === 'string' ? (/^(<>|[<>]=?|=)?([^]*)$/.exec(criterion) ?? []) : []
  const isText = typeof criterion === 'string'
  const truth = isText ? { TRUE: true, FALSE: false }[rest.toUpperCase()] : undefined
  const wanted = isText ? (truth ?? numberIn(rest) ?? rest) : (criterion ?? 0)
  const isEqual = (value: Scalar): boolean => {
    if (isFailure(value)) return value.error === wanted
    if (wanted === '') return value === null || (value === '' && !operator)
    if (typeof wanted === 'string')
      return (
        typeof value === 'string' &&
        (hasWildcard(wanted) ? findPattern(value, wanted, 0, true) === 0 : !compare(value, wanted))
      )
    const own = typeof value === 'string' && typeof wanted === 'number' ? (numberIn(value) ?? value) : value
    return own !== null && typeof own === typeof wanted && !compare(own, wanted)
  }
  if (operator === '<>') return (value) => !isEqual(value)
  if (!/[<>]/.test(operator)) return isEqual
  return (value) => {
    if (typeof value !== typeof wanted || isFailure(value)) return false
    const order = compare(value, wanted)
    return (order < 0 && operator[0] === '<') || (order > 0 && operator[0] === '>') || (!order && operator.length > 1)
  }
}
