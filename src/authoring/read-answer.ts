import type { Place } from './diagnostic.ts'
import { NO_UNIT } from './keywords.data.ts'

/** Arithmetic over the variables as it is written between `{{` and `}}`. */
export interface Formula {
  readonly formula: string
}

/** An accepted answer as it is compared: without code marks and escapes. */
export const plainAnswer = (written: string): string =>
  /^`[^`]+`$/.test(written) ? written.slice(1, -1) : written.replace(/\\([\\`*_[\]|<>~])/g, '$1')

/** Half-width digits and signs; the unit keeps the width it was written in. */
const foldDigits = (text: string): string =>
  text
    .replace(/[０-９，．＋]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    .replace(/[－−]/g, '-')
    .replaceAll('\u3000', ' ')

/** A number and what comes after it, if anything. */
const QUANTITY = /^(?<digits>[+-]?\d[\d,]*(?:\.\d+)?)\s*(?<unit>[^\d\s.,+-].*)?$/u

/** Words and signs without a number in them, but for the power behind a Latin letter (`m2`). */
const UNIT =
  /^(?!e\d)[\p{L}\p{So}\p{Sc}%％‰](?:[\p{L}\p{So}\p{Sc}²³・·/／.]|(?<=[a-z])\d(?!\d))*(?: (?:[\p{L}/]|(?<=[a-z])\d(?!\d))+)*$/iu

/** A unit as it is written; undefined for what makes another number of the one before it (`1万3,200`, `5 or 6`, `10^3`). */
const readUnit = (text: string): string | undefined =>
  text === '' || (UNIT.test(text) && !NO_UNIT.test(text)) ? text : undefined

function readQuantity(text: string): { value: number; unit: string } | undefined {
  const { digits = '', unit: written = '' } = QUANTITY.exec(text.trim())?.groups ?? {}
  const isGrouped = !digits.includes(',') || /^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/.test(digits)
  const unit = readUnit(written.trim())
  return digits !== '' && isGrouped && unit !== undefined
    ? { value: Number(digits.replaceAll(',', '')), unit }
    : undefined
}

/** Whether a cell holds a number and nothing else but a common unit: what is taken for one without being called so. */
export const isPlainNumber = (text: string): boolean =>
  /^[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?: ?[%％\p{Sc}]| ?(?![\p{Script=Latin}])\p{L}{1,3}| \p{Script=Latin}{1,12}| ?[kcm]?[mg])?$/u.test(
    foldDigits(text.trim()).replace(/ *(?:±|\+\/-) *\d.*$/, ''),
  )

/** `{{ price * 1.1 }} yen`: the expression and the unit after it. */
function readFormulaQuantity(text: string): { value: Formula; unit: string } | undefined {
  const { formula, unit = '' } =
    /^\{\{(?<formula>[^{}]+)\}\}\s*(?<unit>[^\d\s.,+-].*)?$/u.exec(text.trim())?.groups ?? {}
  const read = readUnit(unit.trim())
  return formula === undefined || read === undefined ? undefined : { value: { formula }, unit: read }
}

/** Whether a unit stands for a hundredth. */
export const isShare = (unit: string): boolean => /[%％]/.test(unit)

/** Reads `13,200 ± 0 yen` or `{{ price * 1.1 }} ± 0 yen`; undefined when it is no such thing. */
export function readNumericKey(text: string): { value: number | Formula; tolerance: number; unit: string } | undefined {
  // an expression may itself hold ÷ and the like: it is taken whole
  const [, written = '', rest = ''] = /^(\s*\{\{[^{}]*\}\}[^±]*|[^±]*?)(?=±|\+\/-|$)(.*)$/u.exec(text) ?? []
  const formula = readFormulaQuantity(written)
  const [left = '', right, ...more] = foldDigits(formula ? rest : text).split(/±|\+\/-/)
  const value = formula ?? readQuantity(left)
  const tolerance = right === undefined ? { value: 0, unit: '' } : readQuantity(right)
  if (!value || !tolerance || more.length > 0 || tolerance.value < 0) return undefined
  if (value.unit !== '' && tolerance.unit !== '' && value.unit !== tolerance.unit) return undefined
  // five per cent of the value, or five points where the value itself is a share: only then it is told apart
  if (tolerance.value > 0 && isShare(tolerance.unit) && !isShare(value.unit)) return undefined
  return { value: value.value, tolerance: tolerance.value, unit: tolerance.unit || value.unit }
}

export interface Line {
  readonly text: string
  readonly place: Place
}

/** The lines that hold something, and where their text starts. */
export function contentLines(lines: readonly string[], from: number, to: number): Line[] {
  const found: Line[] = []
  for (let i = from; i < to; i++) {
    const line = lines[i] as string
    if (line.trim() !== '') found.push({ text: line.trimEnd(), place: { line: i + 1, column: line.search(/\S/) + 1 } })
  }
  return found
}
