/** An operation of the arithmetic that parametric items may use. Rounding takes the number of decimals as a second operand; negative ones round to tens, hundreds … */
export type Operation = '+' | '-' | '*' | '/' | 'floor' | 'ceil' | 'round' | 'min' | 'max'

/** Arithmetic as a tree: a decimal (`"0.1021"`), the name of a variable, or an operation. It is walked, never run as code. */
export type Expression = string | readonly [Operation, ...Expression[]]

/** Values of variables, by name. */
export type Values = Readonly<Record<string, number>>

/** An exact fraction; `d` > 0. Binary fractions would make 10 % of some prices a yen too little when cut down. */
interface Exact {
  readonly n: bigint
  readonly d: bigint
}

const DECIMAL = /^-?\d+(?:\.\d+)?$/

function exactOf(decimal: string): Exact {
  if (!decimal.includes('.')) return { n: BigInt(decimal), d: 1n }
  const [whole = '0', fraction = ''] = decimal.split('.')
  return { n: BigInt(whole + fraction), d: 10n ** BigInt(fraction.length) }
}

const floorDivide = (n: bigint, d: bigint): bigint => (n >= 0n || n % d === 0n ? n / d : n / d - 1n)

/** Moves the point, rounds to a whole number, and moves it back. Halves go away from zero, as in spreadsheets. */
function rounded({ n, d }: Exact, how: 'floor' | 'ceil' | 'round', decimals: number): Exact {
  const scale = 10n ** BigInt(Math.abs(decimals))
  const [sn, sd] = decimals >= 0 ? [n * scale, d] : [n, d * scale]
  const whole =
    how === 'floor'
      ? floorDivide(sn, sd)
      : how === 'ceil'
        ? -floorDivide(-sn, sd)
        : sn < 0n
          ? -floorDivide(-2n * sn + sd, 2n * sd)
          : floorDivide(2n * sn + sd, 2n * sd)
  return decimals >= 0 ? { n: whole, d: scale } : { n: whole * scale, d: 1n }
}

const compare = (a: Exact, b: Exact): bigint => a.n * b.d - b.n * a.d

function apply(operation: Operation, operands: readonly Exact[]): Exact | undefined {
  const [a, b] = operands as readonly [Exact, Exact | undefined]
  switch (operation) {
    case '+':
      return b && { n: a.n * b.d + b.n * a.d, d: a.d * b.d }
    case '-':
      return b ? { n: a.n * b.d - b.n * a.d, d: a.d * b.d } : { n: -a.n, d: a.d }
    case '*':
      return b && { n: a.n * b.n, d: a.d * b.d }
    case '/':
      return b && b.n !== 0n
        ? b.n > 0n
          ? { n: a.n * b.d, d: a.d * b.n }
          : { n: -a.n * b.d, d: a.d * -b.n }
        : undefined
    case 'floor':
    case 'ceil':
    case 'round': {
      const decimals = b ? Number(b.n) / Number(b.d) : 0
      return Number.isInteger(decimals) && Math.abs(decimals) <= 12 ? rounded(a, operation, decimals) : undefined
    }
    case 'min':
    case 'max':
      return operands.reduce((best, one) => ((operation === 'min') === compare(one, best) < 0n ? one : best))
    default:
      return operation satisfies never
  }
}

function exactValue(expression: Expression, values: Values): Exact | undefined {
  if (typeof expression === 'string') {
    if (DECIMAL.test(expression)) return exactOf(expression)
    const value = Object.hasOwn(values, expression) ? values[expression] : undefined
    return value === undefined || !DECIMAL.test(String(value)) ? undefined : exactOf(String(value))
  }
  const [operation, ...operands] = expression
  const exact = operands.map((operand) => exactValue(operand, values))
  return exact.includes(undefined) ? undefined : apply(operation, exact as Exact[])
}

const MOST_DECIMALS = 6

/** What an expression comes to: the nearest decimal with at most six places, and whether it is the exact value. */
export interface Amount {
  readonly decimal: string
  readonly isExact: boolean
}

/** Undefined for a division by zero, an unknown variable, or rounding to no whole number of places. */
export function evaluate(expression: Expression, values: Values): Amount | undefined {
  const exact = exactValue(expression, values)
  if (!exact) return undefined
  if (exact.d === 1n) return { decimal: exact.n.toString(), isExact: true }
  const cut = rounded(exact, 'round', MOST_DECIMALS)
  const digits = (cut.n < 0n ? -cut.n : cut.n).toString().padStart(MOST_DECIMALS + 1, '0')
  const fraction = digits.slice(-MOST_DECIMALS).replace(/0+$/, '')
  const decimal = `${cut.n < 0n ? '-' : ''}${digits.slice(0, -MOST_DECIMALS)}${fraction === '' ? '' : `.${fraction}`}`
  return { decimal, isExact: compare(cut, exact) === 0n }
}

/** `13200.5` as it is shown: `13,200.5`. */
export function groupDigits(decimal: string): string {
  const [whole = '', fraction] = decimal.split('.')
  return `${whole.replace(/\B(?=(\d{3})+$)/g, ',')}${fraction === undefined ? '' : `.${fraction}`}`
}

/** Names of the variables in an expression, each once. */
export const variablesIn = (expression: Expression): ReadonlySet<string> =>
  typeof expression === 'string'
    ? new Set(DECIMAL.test(expression) ? [] : [expression])
    : new Set(expression.slice(1).flatMap((operand) => [...variablesIn(operand)]))
