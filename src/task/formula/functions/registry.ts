import { DATES } from './dates.ts'
import type { FunctionEntry } from './define.ts'
import { LOGIC } from './logic.ts'
import { LOOKUP } from './lookup.ts'
import { NUMBERS } from './number.ts'
import { STATISTICS } from './statistics.ts'
import { TEXTS } from './text.ts'

/**
 * Every function there is, by its name in capitals: what is not here cannot be called. Nothing draws lots, asks the clock or
 * makes a reference from a text.
 */
const FUNCTIONS: Readonly<Record<string, FunctionEntry>> = {
  ...STATISTICS,
  ...LOGIC,
  ...LOOKUP,
  ...NUMBERS,
  ...TEXTS,
  ...DATES,
}

export const functionNamed = (name: string): FunctionEntry | undefined =>
  Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined

/** Names of all functions. */
export const functionNames: readonly string[] = Object.keys(FUNCTIONS)
