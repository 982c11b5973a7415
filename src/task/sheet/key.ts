import { isFailure } from '../formula/value.ts'
import type { Run } from './family.ts'

/** Values one below the other, by the address of the first. */
export type Runs = Readonly<Record<string, Run>>

/** A sheet on which formulas are tried. */
export interface TrialSheet {
  /** What stands in its cells; where formulas are asked for, what they should come to. */
  readonly cells: Runs
  /** What they should come to where something else stands, by the range. */
  readonly right: Readonly<Record<string, Run>>
}

export interface QuestionKey {
  readonly field: string
  readonly range: string
  readonly skill: string
  readonly points: number
  /** One right formula of many. */
  readonly model: string
}

/** What is right on a sheet. */
export interface SheetKey {
  readonly questions: readonly QuestionKey[]
  /** Heads and other texts, the same on every sheet. */
  readonly texts: Readonly<Record<string, string>>
  /** The one that is shown, then the hidden ones. */
  readonly sheets: readonly TrialSheet[]
}

const ADDRESS = /^([A-Z]+)(\d+)$/

/** `F5:F28` → its addresses. */
export function addressesIn(range: string): string[] {
  const [first = '', last = first] = range.split(':')
  const [, column = '', from = '0'] = ADDRESS.exec(first) ?? []
  const [, , to = from] = ADDRESS.exec(last) ?? []
  return Array.from({ length: Number(to) - Number(from) + 1 }, (_, i) => `${column}${Number(from) + i}`)
}

/** What stands in each cell. */
export function cellsOf(texts: SheetKey['texts'], runs: Runs): Record<string, number | string | boolean> {
  const all: Record<string, number | string | boolean> = { ...texts }
  for (const [first, run] of Object.entries(runs)) {
    const [, column = '', row = '0'] = ADDRESS.exec(first) ?? []
    for (const [i, value] of run.entries())
      if (value !== null && !isFailure(value)) all[`${column}${Number(row) + i}`] = value
  }
  return all
}

/** What the formulas of a question should come to. */
export function rightValues({ cells, right }: TrialSheet, range: string): Run {
  return right[range] ?? cells[range.split(':')[0] as string] ?? []
}
