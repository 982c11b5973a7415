import type { Random } from '../../kernel/random.ts'
import type { CellFault, FormatName, TableColumn } from './family.ts'
import { ERA, UNREADABLE, WIDE_GAP, YEN } from './kana.data.ts'
import { pick } from './persons.ts'
import { FORMATS, FORMATS_OF, fullWidth, halfWidthKana, hiragana } from './values.ts'

/** A cell before it goes wrong. */
export interface CellMatter {
  /** The value in no format: phones with hyphens, dates as `YYYY-MM-DD`, amounts and postal codes as digits. */
  readonly plain: string
  /** The same as the rules ask for it. */
  readonly right: string
  readonly format: FormatName | undefined
  readonly column: TableColumn
  readonly random: Random
  /** Wrong spellings of the values of a choice. */
  readonly variants: Readonly<Record<string, readonly string[]>>
}

const parts = (date: string) => date.split('-').map(Number) as [number, number, number]

const wrongSeparator = ({ plain, format, random }: CellMatter): string => {
  if (format === 'phone-digits') return plain
  const [area, exchange, line] = plain.split('-')
  return pick(
    [
      plain.replaceAll('-', ''),
      `${area}(${exchange})${line}`,
      `${area} ${exchange} ${line}`,
      plain.replaceAll('-', '‐'),
    ],
    random,
  )
}

const inEra = ({ plain, random }: CellMatter): string => {
  const [year, month, day] = parts(plain)
  const own = year - ERA.yearBefore
  return pick([`${ERA.name}${own}年${month}月${day}日`, `${ERA.short}${own}.${month}.${day}`], random)
}

const inOtherFormat = ({ plain, right, format, column, random }: CellMatter): string => {
  if (column.content.of !== 'date') {
    const formats: readonly FormatName[] = FORMATS_OF[column.content.of as keyof typeof FORMATS_OF] ?? []
    return pick(
      formats
        .filter((other) => other !== format)
        .map((other) => FORMATS[other](plain))
        .filter((value) => value !== right),
      random,
    )
  }
  const [year, month, day] = parts(plain)
  return pick(
    [
      ...FORMATS_OF.date.filter((other) => other !== format).map((other) => FORMATS[other](plain)),
      `${year}年${month}月${day}日`,
      `${year}.${month}.${day}`,
    ].filter((value) => value !== right),
    random,
  )
}

const withSpaces = ({ right, random }: CellMatter): string =>
  pick([` ${right}`, `${right} `, `${WIDE_GAP}${right}`, `${right}${WIDE_GAP}`], random)

/** One digit in the last four that nobody can read any more. */
const unreadable = ({ right, random }: CellMatter): string => {
  const places = [...right].flatMap((sign, at) => (/[0-9]/.test(sign) ? [at] : [])).slice(-4)
  const at = places.length > 0 ? pick(places, random) : right.length - 1
  return `${right.slice(0, at)}${UNREADABLE}${right.slice(at + 1)}`
}

const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** A day after the last one of its month, in the format that is asked for. */
const impossibleDate = ({ plain, format }: CellMatter): string => {
  const [year, month] = parts(plain)
  const short = (DAYS_IN_MONTH[month - 1] as number) < 31 ? 31 : 32
  return FORMATS[format ?? 'date-hyphens'](`${year}-${String(month).padStart(2, '0')}-${short}`)
}

/** How each fault is made. All but the last three are undone by writing what the rules ask for. */
export const FAULTS: Readonly<Record<CellFault, (matter: CellMatter) => string>> = {
  'full-width': ({ right }) => fullWidth(right),
  separator: wrongSeparator,
  // what a spreadsheet makes of a number
  'leading-zero': ({ right, plain, column }) =>
    column.content.of === 'phone' ? plain.replaceAll('-', '').replace(/^0/, '') : right.replace(/(?<!\d)0+(?=\d)/, ''),
  era: inEra,
  'other-format': inOtherFormat,
  spaces: withSpaces,
  'name-gap': ({ right, random }) => right.replace(WIDE_GAP, pick([' ', ''], random)),
  'half-width-kana': ({ right }) => halfWidthKana(right),
  hiragana: ({ right }) => hiragana(right),
  unit: ({ right, random }) => pick([`${right}${YEN}`, `¥${right}`, `${fullWidth('¥')}${right}`], random),
  variant: ({ right, random, variants }) => pick(variants[right] ?? [right], random),
  unlisted: ({ right, column, random, variants }) => pick(variants[column.name] ?? [right], random),
  unreadable,
  'impossible-date': impossibleDate,
}

/** Faults of values that nobody can mend: they are left as they are, and a note says what to ask. */
export const UNKNOWABLE: readonly string[] = ['unlisted', 'unreadable', 'impossible-date']
