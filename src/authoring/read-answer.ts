import type { Place } from './diagnostic.ts'

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

/** A number and the unit after it, if any; a unit may hold digits (`m2`) but does not start with one. */
const QUANTITY = /^(?<digits>[+-]?\d[\d,]*(?:\.\d+)?)\s*(?<unit>[^\d\s.,+-].*)?$/u

function readQuantity(text: string): { value: number; unit: string } | undefined {
  const { digits = '', unit = '' } = QUANTITY.exec(text.trim())?.groups ?? {}
  const isGrouped = !digits.includes(',') || /^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/.test(digits)
  return digits !== '' && isGrouped ? { value: Number(digits.replaceAll(',', '')), unit: unit.trim() } : undefined
}

/** `{{ price * 1.1 }} yen`: the expression and the unit after it. */
function readFormulaQuantity(text: string): { value: Formula; unit: string } | undefined {
  const { formula, unit = '' } =
    /^\{\{(?<formula>[^{}]+)\}\}\s*(?<unit>[^\d\s.,+-].*)?$/u.exec(text.trim())?.groups ?? {}
  return formula === undefined ? undefined : { value: { formula }, unit: unit.trim() }
}

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
