import { numberIn } from './coerce.ts'
import { ERAS, LAST_DAY, partsOf, secondsOf, weekdayOf } from './date-serial.ts'
import { roundBy } from './functions/number.ts'
import { type Failure, type Scalar, textOf } from './value.ts'

const DAYS = '日月火水木金土'

/** A part of a format: letters of a date, a digit's place, or something that stands as it is. */
interface Token {
  readonly code: string
  readonly literal?: string
}

/** Characters of a format. */
const MOST_FORMAT = 255

const TOKEN =
  /"([^"]*)"|\\(.)|[_*](.)|\[(h+|m+|s+)\]|\[[^\]<>=]*\]|(general|g\/標準|am\/pm|y+|m+|d+|aaaa?|g+|e+|h+|s+|[0#?@;])|([^])/gi

/** The tokens of each section, or undefined where a format is written that is not known here. */
function sectionsOf(format: string): readonly (readonly Token[])[] | undefined {
  if (format.length > MOST_FORMAT) return undefined
  const sections: Token[][] = [[]]
  for (const [all, quoted, escaped, , elapsed, code, other] of format.matchAll(TOKEN)) {
    const literal = quoted ?? escaped
    if (code === ';') sections.push([])
    else if (other === '[' || other === '"') return undefined
    else if (literal !== undefined) sections.at(-1)?.push({ code: '', literal })
    else if (elapsed) sections.at(-1)?.push({ code: `[${elapsed.slice(0, 1).toLowerCase()}`, literal: elapsed })
    else if (code ?? other) sections.at(-1)?.push({ code: (code ?? other ?? '').toLowerCase(), literal: all })
  }
  return sections
}

const padded = (number: number, length: number) => String(number).padStart(length, '0')

/** A month or weekday in English. */
const named = (serial: number, options: Intl.DateTimeFormatOptions): string =>
  new Date((serial - 25_569) * 86_400_000).toLocaleDateString('en-US', { ...options, timeZone: 'UTC' })

const lengths = ['short', 'long', 'narrow'] as const

function formatDate(tokens: readonly Token[], number: number): string | undefined {
  const serial = Math.round(number * 86_400) / 86_400
  if (serial < 0 || serial > LAST_DAY + 1) return undefined
  const { year, month, day } = partsOf(serial)
  const seconds = secondsOf(serial)
  const era = ERAS.find(([, , begun]) => serial >= begun)
  const yearOfEra = era ? year - partsOf(era[2]).year + 1 : year
  const isHalfDay = tokens.some(({ code }) => code === 'am/pm')
  const codes = tokens.map(({ code }) => code).filter((code) => /^\[?[ymdaghse]/.test(code))
  let place = -1
  return tokens
    .map(({ code, literal }) => {
      if (codes[place + 1] === code) place++
      const length = code.length
      switch (code[0] === '[' ? code : code[0]) {
        case 'y':
          return length > 2 ? padded(year, 4) : padded(year % 100, 2)
        case 'm': {
          if (/^\[?h/.test(codes[place - 1] ?? '') || codes[place + 1]?.[0] === 's')
            return padded(Math.floor(seconds / 60) % 60, length)
          return length > 2 ? named(serial, { month: lengths[length - 3] }) : padded(month, length)
        }
        case 'd':
          return length > 2 ? named(serial, { weekday: lengths[length - 3] }) : padded(day, length)
        case 'a':
          if (code === 'am/pm') return seconds < 43_200 ? 'AM' : 'PM'
          return DAYS[weekdayOf(serial)] + (length > 3 ? '曜日' : '')
        case 'g':
          return length > 2 ? era?.[1] : length > 1 ? era?.[1][0] : era?.[0]
        case 'e':
          return padded(yearOfEra, length)
        case 'h':
          return padded(Math.floor(seconds / 3_600) % (isHalfDay ? 12 : 24) || (isHalfDay ? 12 : 0), length)
        case 's':
          return padded(seconds % 60, length)
        case '[h':
          return padded(Math.floor(serial * 24 + 1e-9), literal?.length ?? 1)
        case '[m':
          return padded(Math.floor(serial * 1_440 + 1e-9), literal?.length ?? 1)
        case '[s':
          return padded(Math.round(serial * 86_400), literal?.length ?? 1)
        default:
          return literal
      }
    })
    .join('')
}

const isPlace = ({ code }: Token) => /^[0#?]$/.test(code)
const filler = { '0': '0', '#': '', '?': ' ' } as Readonly<Record<string, string>>

function formatDigits(tokens: readonly Token[], number: number): string {
  const places = tokens.flatMap((token, i) => (isPlace(token) ? [i] : []))
  const first = places[0] ?? tokens.length
  const found = tokens.findIndex(({ code }, i) => code === '.' && i >= first - 1)
  const point = found < 0 ? tokens.length : found
  const lastWhole = places.findLast((i) => i < point) ?? -1
  // commas among the places group digits, those right behind them divide by a thousand
  const isGrouped = tokens.some(({ code }, i) => code === ',' && i > first && i < lastWhole)
  let thousands = 0
  while (tokens[lastWhole + 1 + thousands]?.code === ',' && lastWhole >= 0) thousands++
  const percents = tokens.filter(({ code }) => code === '%').length
  const decimals = places.filter((i) => i > point).length
  const rounded = roundBy(Math.round)(number * 100 ** percents * 1_000 ** -thousands, decimals)
  const written =
    rounded < 1e21 ? rounded.toFixed(Math.min(decimals, 100)) : `${BigInt(rounded)}.${'0'.repeat(decimals)}`
  const [digits = '', fraction = ''] = written.split('.')
  let [left, placed] = [digits === '0' ? '' : digits, 0]
  const take = (): string => {
    const digit = left.slice(-1)
    left = left.slice(0, -1)
    return digit && (isGrouped && placed++ && placed % 3 === 1 ? `${digit},` : digit)
  }
  const out = tokens.map((token) => token.literal ?? '')
  for (let i = point - 1; i >= 0; i--) {
    const token = tokens[i] as Token
    if (token.code === ',' && i > first) out[i] = ''
    if (!isPlace(token)) continue
    if (!left && token.code === '0') left = '0'
    out[i] = take() || (filler[token.code] ?? '')
    while (i === first && left) out[i] = take() + out[i]
  }
  let at = 0
  for (const i of places.filter((place) => place > point)) {
    const rest = fraction.slice(at)
    out[i] = /^0*$/.test(rest) ? (filler[(tokens[i] as Token).code] ?? '') : (fraction[at] ?? '')
    at++
  }
  return out.join('')
}

/**
 * A value as TEXT writes it: `#,##0`, `0.0%`, `yyyy年m月d日`, `ggge年`, `aaa`, `[h]:mm`, sections for negative numbers, zero and
 * text. Undefined: a date that does not exist, or a format with conditions.
 */
export function formatNumber(value: Exclude<Scalar, Failure>, format: string): string | undefined {
  const number = typeof value === 'string' ? numberIn(value) : typeof value === 'boolean' ? undefined : (value ?? 0)
  const sections = sectionsOf(format)
  if (!sections) return undefined
  if (number === undefined) {
    const section = sections[3] ?? (sections[0]?.some(({ code }) => code === '@') ? sections[0] : undefined)
    const text = textOf(value)
    return section ? section.map(({ code, literal }) => (code === '@' ? text : literal)).join('') : text
  }
  const own = sections[number < 0 && sections.length > 1 ? 1 : !number && sections.length > 2 ? 2 : 0] ?? []
  const isDate = own.some(({ code }) => /^\[?([ymdhse]|a(?!$)|g(?!eneral|\/))/.test(code) && code !== 'general')
  if (isDate) return formatDate(own, number)
  const sign = number < 0 && sections.length < 2 ? '-' : ''
  const shown = own.some(({ code }) => /^(general|g\/標準|@)$/.test(code))
    ? own.map(({ code, literal }) => (/^(general|g\/標準|@)$/.test(code) ? textOf(Math.abs(number)) : literal)).join('')
    : formatDigits(own, Math.abs(number))
  return sign && /[1-9]/.test(shown) ? sign + shown : shown
}
