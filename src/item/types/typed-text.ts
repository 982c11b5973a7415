import * as z from 'zod'
import { fail, ok, type Result } from '../../kernel/result.ts'
import type { CompiledHtml } from '../markup/compiled-html.ts'
import { foldText } from '../typed-answer.ts'
import type { ItemTypeDefinition, StemFill, TypeShapes } from './item-type.ts'

// What the types have in common whose answer is one typed text.

/** The longest answer that is kept, in UTF-16 units; more is refused, never cut. */
export const LONGEST_TEXT = 2_000

export const isText = (value: unknown): value is string => typeof value === 'string' && value.length <= LONGEST_TEXT

/** Whether one of the accepted answers was typed, but for width, case and white space. */
export const accepts = (accepted: readonly string[], text: string): boolean =>
  accepted.some((answer) => foldText(answer) === foldText(text))

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
