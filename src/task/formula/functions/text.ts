import { numberIn } from '../coerce.ts'
import { findPattern } from '../criteria.ts'
import { formatNumber } from '../format-number.ts'
import { isFailure, MOST_CHARACTERS, narrow, type Operand, textOf, VALUE } from '../value.ts'
import { define, firstFailure, flat } from './define.ts'

/** Full-width katakana and its signs, with the half-width ones that stand for them; a voiced mark is one of its own. */
const HALF: ReadonlyMap<string, string> = new Map(
  Array.from({ length: 63 }, (_, i) => String.fromCharCode(0xff61 + i)).map((half) => [half.normalize('NFKC'), half]),
)

/** Full-width signs as half-width ones, katakana too: パ becomes two. */
const halfWidth = (text: string): string =>
  narrow(text).replace(/[ァ-ヶヷ-ヺー、。「」・]/g, (letter) =>
    [...letter.normalize('NFD')].map((part) => HALF.get(part) ?? part).join(''),
  )

const fullWidth = (text: string): string =>
  text
    .replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0))
    .replace(/ /g, '　')
    .replace(/[｡-ﾟ]+/g, (letters) => letters.normalize('NFKC'))

/** Texts with something between, or an error where one of them is one or all together are too long. */
function joined(operands: readonly Operand[], between: string, isEmptyLeftOut: boolean) {
  const values = operands.flatMap(flat)
  const failure = firstFailure(values)
  if (failure) return failure
  const texts = values.map((value) => (isFailure(value) ? '' : textOf(value))).filter((text) => text || !isEmptyLeftOut)
  return between.length * (texts.length - 1) > MOST_CHARACTERS ? VALUE : texts.join(between)
}

/** Both count from 1; not found, or from no place in the text: an error. */
const finding = (find: (text: string, wanted: string, from: number) => number) =>
  define('tt?i', (wanted, text, start = 1) => {
    const place = start >= 1 && start <= text.length + 1 ? find(text, wanted, start - 1) : -1
    return place < 0 ? VALUE : place + 1
  })

const CONCAT = define('a*a', (...operands) => joined(operands, '', false))

export const TEXTS = {
  LEFT: define('t?i', (text, count = 1) => (count < 0 ? VALUE : text.slice(0, count))),
  RIGHT: define('t?i', (text, count = 1) => (count < 0 ? VALUE : text.slice(Math.max(0, text.length - count)))),
  MID: define('tii', (text, start, count) =>
    start < 1 || count < 0 ? VALUE : text.slice(start - 1, start - 1 + count),
  ),
  LEN: define('t', (text) => text.length),
  TRIM: define('t', (text) => text.replace(/ +/g, ' ').replace(/^ | $/g, '')),
  UPPER: define('t', (text) => text.toUpperCase()),
  LOWER: define('t', (text) => text.toLowerCase()),
  PROPER: define('t', (text) =>
    text.toLowerCase().replace(/\p{L}+/gu, (word) => word.slice(0, 1).toUpperCase() + word.slice(1)),
  ),
  ASC: define('t', halfWidth),
  JIS: define('t', fullWidth),
  EXACT: define('tt', (one, other) => one === other),
  REPT: define('ti', (text, times) =>
    times < 0 || text.length * times > MOST_CHARACTERS ? VALUE : text.repeat(times),
  ),
  SUBSTITUTE: define('ttt?i', (text, wanted, instead, which) => {
    if (which !== undefined && which < 1) return VALUE
    const parts = wanted ? text.split(wanted) : [text]
    if (which === undefined)
      return text.length + (parts.length - 1) * instead.length > 2 * MOST_CHARACTERS ? VALUE : parts.join(instead)
    return which < parts.length ? parts.slice(0, which).join(wanted) + instead + parts.slice(which).join(wanted) : text
  }),
  REPLACE: define('tiit', (text, start, count, instead) =>
    start < 1 || count < 0 ? VALUE : text.slice(0, start - 1) + instead + text.slice(start - 1 + count),
  ),
  FIND: finding((text, wanted, from) => text.indexOf(wanted, from)),
  SEARCH: finding(findPattern),
  CONCAT,
  CONCATENATE: CONCAT,
  TEXTJOIN: define('tba*a', (between, isEmptyLeftOut, ...operands) => joined(operands, between, isEmptyLeftOut)),
  TEXT: define('vt', (value, format) => formatNumber(value, format) ?? VALUE),
  VALUE: define('v', (value) => (typeof value === 'string' ? (numberIn(value) ?? VALUE) : (value ?? 0))),
}
