import * as z from 'zod'
import { fail, ok, type Result } from '../../kernel/result.ts'
import type { CompiledHtml } from '../markup/compiled-html.ts'
import { CURRENCIES, FULL_STOP, SAME_SIGNS } from './currencies.data.ts'
import type { ExplainedResponse, ItemTypeDefinition, StemFill, TypeShapes } from './item-type.ts'

/** Folds what a Japanese keyboard makes of one answer: full and half width (NFKC), case and white space. */
export const foldText = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/\s+/gu, '')

/** Folds besides what is typed in more than one way: quotes, dashes, and commas of thousands. */
const foldAnswer = (text: string): string =>
  SAME_SIGNS.reduce((folded, [signs, one]) => folded.replace(signs, one), foldText(text)).replace(
    /(?<![\d,.])\d{1,3}(?:,\d{3})+(?![\d,])/g,
    (number) => number.replaceAll(',', ''),
  )

const withoutEnd = (text: string, end: string): string =>
  end !== '' && text.endsWith(end) ? text.slice(0, -end.length) : text

/** Without the unit, in whatever way a sum of money has it: 「¥13,200」, 「13,200 JPY」. */
function withoutUnit(text: string, unit: string): string {
  const currency = CURRENCIES.find(({ words }) => words.includes(unit))
  if (!currency) return withoutEnd(text, unit)
  const word = currency.words.find((one) => text.endsWith(one)) ?? ''
  return withoutEnd(text, word).replace(currency.signs, '')
}

/**
 * Reads a number as people type it: full-width digits, thousands separators, a leading sign, a trailing unit and a full stop
 * ("￥１３，２００", "13,200円。", ".5"). Undefined when it is no single number.
 */
export function readNumber(text: string, unit: string): number | undefined {
  const [folded, foldedUnit] = [text, unit].map((one) => foldText(one).replace(FULL_STOP, '')) as [string, string]
  // dashes stand for a sign before the number alone: a unit may hold the long vowel mark
  const number = withoutUnit(folded, foldedUnit).replace(/^[−‐‑–—ー]/u, '-')
  if (!/^[+-]?(?:(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|\.\d+)$/u.test(number)) return undefined
  return Number(number.replaceAll(',', ''))
}

// What the types have in common whose answer is one typed text.

/** The longest answer that is kept, in UTF-16 units; more is refused, never cut. */
export const LONGEST_TEXT = 2_000

export const isText = (value: unknown): value is string => typeof value === 'string' && value.length <= LONGEST_TEXT

/** Whether one of the accepted answers was typed, but for width, case, white space, and the kind of its quotes and dashes. */
export const accepts = (accepted: readonly string[], text: string): boolean =>
  accepted.some((answer) => foldAnswer(answer) === foldAnswer(text))

export interface TypedText extends TypeShapes {
  readonly field: 'text'
  readonly answer: string
  readonly response: string
}

type Shared =
  | 'field'
  | 'optionsCompete'
  | 'answerSchema'
  | 'listsOf'
  | 'layOut'
  | 'layOutAsWritten'
  | 'readAnswer'
  | 'resolveAnswer'
  | 'isComplete'
  | 'isAnswered'
  | 'optionsOf'
  | 'picksOf'

export const typedText = {
  field: 'text',
  optionsCompete: false,
  answerSchema: () => z.string(),
  listsOf: () => [],
  layOut: () => ({}),
  layOutAsWritten: () => ({}),
  readAnswer: (value: unknown): Result<string, string> =>
    isText(value) ? ok(value) : fail(`expected {text: at most ${LONGEST_TEXT} characters}`),
  resolveAnswer: (answer: string) => answer,
  isComplete: (answer: string) => answer.trim() !== '',
  isAnswered: (response: string) => response.trim() !== '',
  optionsOf: () => [],
  picksOf: () => [],
} satisfies Pick<ItemTypeDefinition<TypedText>, Shared>

/** A stem that is its text alone. */
export const settleText = <Stem extends { readonly html: CompiledHtml }>(stem: Stem, { html }: StemFill): Stem => ({
  ...stem,
  html: html(stem.html),
})

/** What was typed beside what is right. */
export const explainText = (right: readonly string[], given: string | undefined): ExplainedResponse => ({
  areOptions: false,
  parts: [],
  right,
  ...(given === undefined ? {} : { given }),
})
