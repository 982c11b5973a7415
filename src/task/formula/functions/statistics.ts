import { toNumber } from '../coerce.ts'
import { meets } from '../criteria.ts'
import {
  DIV,
  type Failure,
  isBlock,
  isFailure,
  NA,
  NUM,
  type Operand,
  rowsOf,
  type Scalar,
  sizeOf,
  VALUE,
} from '../value.ts'
import { define, firstFailure, flat } from './define.ts'

/** Of ranges what is a number, of single values what can be read as one; or the first error. */
export function numbersIn(operands: readonly Operand[]): readonly number[] | Failure {
  const numbers = operands.flatMap((operand): readonly Scalar[] =>
    isBlock(operand)
      ? flat(operand).filter((value) => typeof value === 'number' || isFailure(value))
      : [toNumber(operand)],
  )
  return firstFailure(numbers) ?? (numbers as number[])
}

const ofNumbers = (run: (numbers: readonly number[]) => Scalar) => (operands: readonly Operand[]) => {
  const numbers = numbersIn(operands)
  return isFailure(numbers) ? numbers : run(numbers)
}

export const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)
const mean = (numbers: readonly number[]) => (numbers.length ? sum(numbers) / numbers.length : DIV)
const largest = (numbers: readonly number[]) => numbers.reduce((a, b) => Math.max(a, b), numbers[0] ?? 0)
const smallest = (numbers: readonly number[]) => numbers.reduce((a, b) => Math.min(a, b), numbers[0] ?? 0)
const variance = (less: number) => (numbers: readonly number[]) => {
  const middle = sum(numbers) / numbers.length
  return numbers.length > less ? sum(numbers.map((number) => (number - middle) ** 2)) / (numbers.length - less) : DIV
}
const deviation = (less: number) => (numbers: readonly number[]) => {
  const squared = variance(less)(numbers)
  return isFailure(squared) ? squared : Math.sqrt(squared)
}
const inOrder = (numbers: readonly number[]) => [...numbers].sort((a, b) => a - b)

function median(numbers: readonly number[]): Scalar {
  const sorted = inOrder(numbers)
  if (!sorted.length) return NUM
  return mean(sorted.slice(Math.ceil(sorted.length / 2) - 1, Math.floor(sorted.length / 2) + 1))
}

const count = (operands: readonly Operand[]): number =>
  operands
    .flatMap((operand): readonly unknown[] => (isBlock(operand) ? flat(operand) : [toNumber(operand)]))
    .filter((value) => typeof value === 'number').length

const filled = (operands: readonly Operand[]): number =>
  operands.flatMap((operand) => (isBlock(operand) ? flat(operand).filter((value) => value !== null) : [operand])).length

type Aggregate = (operands: readonly Operand[]) => Scalar
const AVERAGE: Aggregate = ofNumbers(mean)
const MAX: Aggregate = ofNumbers(largest)
const MIN: Aggregate = ofNumbers(smallest)
const PRODUCT: Aggregate = ofNumbers((numbers) => (numbers.length ? numbers.reduce((a, b) => a * b, 1) : 0))
const SUM: Aggregate = ofNumbers(sum)
const DEVIATION = ofNumbers(deviation(1))
const DEVIATION_OF_ALL = ofNumbers(deviation(0))
const VARIANCE = ofNumbers(variance(1))
const VARIANCE_OF_ALL = ofNumbers(variance(0))

/** What the first argument of SUBTOTAL names, from 1. */
const SUBTOTALS = [
  AVERAGE,
  count,
  filled,
  MAX,
  MIN,
  PRODUCT,
  DEVIATION,
  DEVIATION_OF_ALL,
  SUM,
  VARIANCE,
  VARIANCE_OF_ALL,
]

const over = (run: Aggregate) => define('a*a', (...operands) => run(operands))

/** The values of a range at the places where every other range meets its criterion. */
function chosen(from: Operand, pairs: readonly unknown[]): readonly Scalar[] | Failure {
  const failure = firstFailure([from, ...pairs].filter(isFailure))
  if (failure) return failure
  const values = rowsOf(from)
  const tests: { readonly cells: readonly (readonly Scalar[])[]; readonly test: (value: Scalar) => boolean }[] = []
  for (let i = 0; i < pairs.length; i += 2) {
    const cells = rowsOf(pairs[i] as Operand)
    if (cells.length !== values.length || cells[0]?.length !== values[0]?.length) return VALUE
    tests.push({ cells, test: meets(pairs[i + 1] as Exclude<Scalar, Failure>) })
  }
  return values.flatMap((row, r) => row.filter((_, c) => tests.every(({ cells, test }) => test(cells[r]?.[c] ?? null))))
}

/** What becomes of the values that meet their criteria; of them, as of a range, only numbers count. */
const ofChosen = (run: Aggregate) => (from: Operand, pairs: readonly unknown[]) => {
  const values = chosen(from, pairs)
  return isFailure(values) ? values : run(values.filter((value) => typeof value === 'number' || isFailure(value)))
}
const where = (run: Aggregate) => {
  const aggregate = ofChosen(run)
  return define('aav*av', (from, ...pairs) => aggregate(from, pairs))
}
/** The second range is as large as the first, whatever was written. */
const whereOne = (run: Aggregate) => {
  const aggregate = ofChosen(run)
  return define('av?a', (range, criterion, from = range) =>
    aggregate(isBlock(from) && isBlock(range) ? (from.range?.sized(range.rows, range.columns) ?? from) : from, [
      range,
      criterion,
    ]),
  )
}

/** The n-th of the numbers in order; negative n: from the end, -1 the last. */
const nth = (operand: Operand, n: (numbers: readonly number[]) => number): Scalar =>
  ofNumbers((numbers) => inOrder(numbers)[n(numbers)] ?? NUM)([operand])

const RANK = define('na?n', (number, among, rising = 0) =>
  ofNumbers((numbers) =>
    numbers.includes(number) ? 1 + numbers.filter((other) => (rising ? other < number : other > number)).length : NA,
  )([among]),
)

export const STATISTICS = {
  SUM: over(SUM),
  AVERAGE: over(AVERAGE),
  MAX: over(MAX),
  MIN: over(MIN),
  PRODUCT: over(PRODUCT),
  COUNT: over(count),
  COUNTA: over(filled),
  COUNTBLANK: define('a', (range) =>
    isBlock(range)
      ? sizeOf(range).rows * sizeOf(range).columns -
        flat(range).filter((value) => value !== null && value !== '').length
      : VALUE,
  ),
  MEDIAN: over(ofNumbers(median)),
  STDEV: over(DEVIATION),
  'STDEV.S': over(DEVIATION),
  STDEVP: over(DEVIATION_OF_ALL),
  'STDEV.P': over(DEVIATION_OF_ALL),
  VAR: over(VARIANCE),
  'VAR.S': over(VARIANCE),
  VARP: over(VARIANCE_OF_ALL),
  'VAR.P': over(VARIANCE_OF_ALL),
  COUNTIF: define('av', (range, criterion) => {
    const values = chosen(range, [range, criterion])
    return isFailure(values) ? values : values.length
  }),
  COUNTIFS: define('av*av', (range, ...rest) => {
    const values = chosen(range, [range, ...rest])
    return isFailure(values) ? values : values.length
  }),
  SUMIF: whereOne(SUM),
  AVERAGEIF: whereOne(AVERAGE),
  SUMIFS: where(SUM),
  AVERAGEIFS: where(AVERAGE),
  MAXIFS: where(MAX),
  MINIFS: where(MIN),
  LARGE: define('an', (range, n) => nth(range, ({ length }) => length - Math.ceil(n))),
  SMALL: define('an', (range, n) => nth(range, () => Math.ceil(n) - 1)),
  RANK,
  'RANK.EQ': RANK,
  /** Rows that are hidden do not exist here: 109 is 9. */
  SUBTOTAL: define('ia*a', (code, ...ranges) => {
    const run = SUBTOTALS[(code % 100) - 1]
    const values = ranges.map((range) => {
      const cells = isBlock(range) ? range.range?.cellsButSubtotals() : undefined
      return cells && isBlock(range) ? { ...range, cells: () => cells } : range
    })
    return run ? run(values) : VALUE
  }),
  SUMPRODUCT: define('a*a', (...operands) => {
    const [first, ...others] = operands.map(rowsOf) as [
      readonly (readonly Scalar[])[],
      ...(readonly (readonly Scalar[])[])[],
    ]
    if (others.some((cells) => cells.length !== first.length || cells[0]?.length !== first[0]?.length)) return VALUE
    const failure = firstFailure(operands.flatMap(flat))
    const number = (value: Scalar | undefined) => (typeof value === 'number' ? value : 0)
    const product = (r: number, c: number) => others.reduce((all, cells) => all * number(cells[r]?.[c]), 1)
    return failure ?? sum(first.flatMap((row, r) => row.map((value, c) => number(value) * product(r, c))))
  }),
}
