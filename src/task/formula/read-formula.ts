import { fail, ok, type Result } from '../../kernel/result.ts'
import { functionNamed } from './functions/registry.ts'
import { type BinaryOperator, type Corner, columnNumber, type Formula, MOST_COLUMNS, MOST_ROWS } from './tree.ts'
import { type ErrorCode, narrow } from './value.ts'

/** Characters of a formula, its equals sign counted. */
export const MOST_FORMULA_CHARACTERS = 600
/** Brackets, functions and signs within each other. */
export const MOST_DEPTH = 64

/** Why a text is no formula; `at` is the place in it, from 0. */
export type FormulaProblem =
  | { readonly code: 'no-equals-sign'; readonly at: number }
  | { readonly code: 'too-long' | 'too-deep'; readonly at: number; readonly most: number }
  /** A sign, word or value where none of its kind can stand. */
  | { readonly code: 'unexpected'; readonly at: number; readonly found: string }
  /** Something is missing at the end. */
  | { readonly code: 'unfinished'; readonly at: number }
  /** The quotation mark, bracket or brace at this place is never closed. */
  | { readonly code: 'not-closed'; readonly at: number; readonly found: string }
  /** A word without quotation marks, or a function that does not exist or may not be used. */
  | { readonly code: 'unknown-name' | 'unknown-function'; readonly at: number; readonly name: string }
  | {
      readonly code: 'argument-count'
      readonly at: number
      readonly name: string
      readonly least: number
      readonly most: number
      readonly given: number
    }

/** How strongly an operator binds. All are read from left to right; signs bind more strongly than any: -2^2 is 4. */
const STRENGTH: Readonly<Record<BinaryOperator, number>> = {
  '=': 1,
  '<>': 1,
  '<': 1,
  '>': 1,
  '<=': 1,
  '>=': 1,
  '&': 2,
  '+': 3,
  '-': 3,
  '*': 4,
  '/': 4,
  '^': 5,
}

const WORD = '[\\p{L}\\p{N}_.]'
const CELL = String.raw`\$?[A-Z]{1,3}\$?[1-9]\d{0,6}`
const PLACE = String.raw`${CELL}(?:\s*:\s*${CELL})?|\$?[A-Z]{1,3}\s*:\s*\$?[A-Z]{1,3}|\$?[1-9]\d{0,6}\s*:\s*\$?[1-9]\d{0,6}`
const TOKEN = new RegExp(
  [
    '"(?<text>(?:[^"]|"")*)"',
    String.raw`(?<error>#(?:N/A|DIV/0!|VALUE!|REF!|NAME\?|NUM!|NULL!|CALC!))`,
    String.raw`(?:(?:'(?<quoted>(?:[^']|'')+)'|(?<sheet>${WORD}+))!)?(?<place>${PLACE})(?!${WORD}|\s*\()`,
    String.raw`(?<number>(?:\d+\.?\d*|\.\d+)(?:E[-+]?\d+)?)`,
    String.raw`(?<call>[A-Z][A-Z\d.]*)\s*\(`,
    `(?<word>${WORD}+)`,
    '(?<sign><=|>=|<>|[-+*/^&=<>%(){},;])',
  ].join('|'),
  'iuy',
)

/** Half-width letters and signs outside of quotation marks, each in the place where it was typed. */
const narrowed = (typed: string): string =>
  typed.replace(/"[^"]*"|[“”＂]([^“”＂]*)[“”＂]|['＇]([^'＇]*)['＇]|[^]/g, (part, text?: string, sheet?: string) =>
    text !== undefined
      ? `"${text}"`
      : sheet !== undefined
        ? `'${sheet}'`
        : part.length > 1
          ? part
          : narrow(part).replace(/[“”]/, '"'),
  )

function cornerOf(place: string): Corner | undefined {
  const [, columnSign, letters, rowSign, digits] = /^(\$?)([A-Z]*)(\$?)(\d*)$/i.exec(place.trim()) ?? []
  const column = letters ? columnNumber(letters.toUpperCase()) : undefined
  const row = digits ? Number(digits) : undefined
  if ((column ?? 1) > MOST_COLUMNS || (row ?? 1) > MOST_ROWS) return undefined
  // of a whole row the only sign is read first
  const isRowFixed = Boolean(letters ? rowSign : columnSign)
  return { row, column, isRowFixed, isColumnFixed: Boolean(letters && columnSign) }
}

/**
 * Reads what is typed into a cell: full-width letters and signs, lower case and spaces are as good as others. Functions and
 * the number of their arguments are checked too. Never throws, whatever the text.
 *
 * @example
 * const read = readFormula('＝sum（A1：A3）*2')
 * read.ok && printFormula(read.value) // '=SUM(A1:A3)*2'
 */
export function readFormula(typed: string): Result<Formula, FormulaProblem> {
  if (typed.length > MOST_FORMULA_CHARACTERS)
    return fail({ code: 'too-long', at: MOST_FORMULA_CHARACTERS, most: MOST_FORMULA_CHARACTERS })
  const source = narrowed(typed)
  let problem: FormulaProblem | undefined
  let at = 0
  let depth = 0
  const NOTHING: Formula = { is: 'literal', value: null }
  /** The first problem is the one; after it nothing is left to read, and everything under way comes to its end. */
  const refuse = (found: FormulaProblem): Formula => {
    problem ??= found
    at = source.length
    return NOTHING
  }
  const skipSpaces = () => {
    while (/\s/.test(source[at] ?? '')) at++
  }
  const next = (): RegExpExecArray | null => {
    skipSpaces()
    TOKEN.lastIndex = at
    return TOKEN.exec(source)
  }
  const nextSign = (): string | undefined => next()?.groups?.sign
  const takes = (sign: string): boolean => {
    const isNext = nextSign() === sign
    if (isNext) at += sign.length
    return isNext
  }
  const unexpected = (): Formula => {
    skipSpaces()
    if (at >= source.length) return refuse({ code: 'unfinished', at })
    const found = next()?.[0] ?? String.fromCodePoint(source.codePointAt(at) ?? 0)
    return refuse(/["']/.test(found) ? { code: 'not-closed', at, found } : { code: 'unexpected', at, found })
  }
  const close = (sign: string, opened: number): void => {
    if (takes(sign)) return
    skipSpaces()
    if (at >= source.length) refuse({ code: 'not-closed', at: opened, found: source[opened] ?? '' })
    else unexpected()
  }

  function operand(): Formula {
    const token = next()
    const start = at
    const { text, error, quoted, sheet, place, number, call, word, sign } = token?.groups ?? {}
    if (!token || (sign && !/[-+({]/.test(sign))) return unexpected()
    if (++depth > MOST_DEPTH) return refuse({ code: 'too-deep', at: start, most: MOST_DEPTH })
    at += token[0].length
    const part = (): Formula => {
      if (text !== undefined) return { is: 'literal', value: text.replaceAll('""', '"') }
      if (error) return { is: 'literal', value: { error: error.toUpperCase() as ErrorCode } }
      if (number) return { is: 'literal', value: Number(number) }
      if (place) return reference(place, quoted?.replaceAll("''", "'") ?? sheet, start)
      if (call) return called(call.toUpperCase(), start)
      if (word) {
        const truth = { TRUE: true, FALSE: false }[word.toUpperCase()]
        return truth === undefined
          ? refuse({ code: 'unknown-name', at: start, name: word })
          : { is: 'literal', value: truth }
      }
      if (sign === '(') {
        const inner = expression(1)
        close(')', start)
        return { is: 'group', of: [inner] }
      }
      if (sign === '{') return array(start)
      return { is: sign === '-' ? 'minus' : 'plus', of: [operand()] }
    }
    let read = part()
    while (takes('%')) read = { is: 'percent', of: [read] }
    depth--
    return read
  }

  function reference(place: string, sheet: string | undefined, start: number): Formula {
    const [from, to] = place.split(':').map(cornerOf)
    if (!from || (place.includes(':') && !to)) return refuse({ code: 'unknown-name', at: start, name: place })
    return { is: 'reference', sheet, from, to }
  }

  function called(name: string, start: number): Formula {
    const entry = functionNamed(name)
    if (!entry) return refuse({ code: 'unknown-function', at: start, name })
    const opened = at - 1
    const given: Formula[] = []
    if (nextSign() !== ')')
      do given.push(/^[,)]$/.test(nextSign() ?? '') ? NOTHING : expression(1))
      while (takes(','))
    close(')', opened)
    const { least, most, step } = entry
    const beyond = given.length - least
    if (beyond < 0 || given.length > most || beyond % step)
      return refuse({ code: 'argument-count', at: start, name, least, most, given: given.length })
    return { is: 'call', name, of: given }
  }

  function array(start: number): Formula {
    const of: Formula[] = []
    let columns = 0
    do {
      const before = of.length
      do of.push(expression(1))
      while (takes(','))
      columns ||= of.length
      if (of.length - before !== columns) refuse({ code: 'unexpected', at: start, found: '{' })
    } while (takes(';'))
    close('}', start)
    return { is: 'array', columns, of }
  }

  function expression(least: number): Formula {
    let left = operand()
    while (true) {
      const sign = nextSign() as BinaryOperator | undefined
      const strength = sign && STRENGTH[sign]
      if (!strength || strength < least) return left
      at += sign.length
      left = { is: sign, of: [left, expression(strength + 1)] }
    }
  }

  skipSpaces()
  if (source[at] !== '=') return fail({ code: 'no-equals-sign', at })
  at++
  const formula = expression(1)
  skipSpaces()
  if (at < source.length) unexpected()
  return problem ? fail(problem) : ok(formula)
}
