/** What the page's script knows of a sheet: what it sends to be calculated, and the finished sentences it says of it. */

/** Values by address, formats by address or letter, and where each question's formula is copied. */
export interface SheetData {
  readonly cells: Readonly<Record<string, number | string>>
  readonly formats: Readonly<Record<string, 'date' | 'time' | 'percent'>>
  readonly questions: readonly { readonly field: string; readonly range: string }[]
}

/** What is wrong with a formula, by the names of its sentence's places: `{found}`, `{name}`. */
export interface TypingProblem {
  readonly code: string
  readonly [place: string]: string | number
}

/** What a typed formula comes to: texts by address, or why it is none. */
export interface Outcome {
  readonly field: string
  readonly cells: Readonly<Record<string, string>>
  readonly problem?: TypingProblem
}

/** Calculates all formulas of a sheet, each with what the others come to, whether they are right or not. */
export type EvaluateSheet = (sheet: SheetData, typed: Readonly<Record<string, string>>) => readonly Outcome[]

/** `{value}`, `{range}`, `{count}` and the places of problems are filled in. */
export interface SheetTexts {
  readonly comesTo: string
  readonly blank: string
  readonly filled: string
  readonly copied: string
  readonly problems: Readonly<Record<string, string>>
}

const fill = (text: string, values: Readonly<Record<string, string | number>>): string =>
  text.replace(/\{(\w+)\}/g, (_, place: string) => String(values[place] ?? ''))

/** What stands below a formula: what its first cell comes to, or why it is none. */
export function outcomeText(outcome: Outcome | undefined, range: string, texts: SheetTexts): string {
  if (!outcome) return ''
  const { problem, cells } = outcome
  if (problem) return fill(texts.problems[problem.code] ?? '', problem)
  const [address = ''] = range.split(':')
  return fill(texts.comesTo, { address, value: cells[address] || texts.blank })
}

/** How many formulas there are so far. */
export const filledText = (texts: SheetTexts, count: number, total: number): string =>
  fill(texts.filled, { count, total })
