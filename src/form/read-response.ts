import { answerIn, definitionOf, type Response } from '../item/definition-of.ts'
import type { Stem } from '../item/item.ts'
import { isRecord } from '../item/types/choice-list.ts'
import type { Layout } from '../item/types/item-type.ts'
import { LONGEST_TEXT } from '../item/types/typed-text.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { AnswerOf, ItemType, PresentedItem, PresentedResponse } from './form.ts'

/** What a response to an item of this type holds; undefined where there is none, or one of another shape. */
export const answerOf = <Type extends ItemType>(
  type: Type,
  response: PresentedResponse | undefined,
): AnswerOf<Type> | undefined => answerIn(type, response) as AnswerOf<Type> | undefined

/** The response to an item of this type that holds an answer. */
export const responseWith = <Type extends ItemType>(type: Type, answer: AnswerOf<Type>): PresentedResponse =>
  ({ [definitionOf(type).field]: answer }) as PresentedResponse

/** The longest text of an answer, in UTF-16 units, for those who know the form and not the item. */
export const MAX_TEXT = LONGEST_TEXT

/** Checks that a response fits the placed item that it answers. The refusal says what would fit; it never says what is right. */
export function readResponse(placed: Layout, stem: Stem, input: unknown): Result<PresentedResponse, string> {
  if (input === null) return ok(null)
  if (!isRecord(input)) return fail('a response is an object or null')
  const definition = definitionOf(stem.type)
  const { field } = definition
  const given = Object.keys(input).length === 1 && Object.hasOwn(input, field) ? input[field] : undefined
  const read = definition.readAnswer(given, stem, placed)
  return read.ok ? ok(responseWith(stem.type, read.value as never)) : read
}

/** Turns the refs of the paper back into the item's own indices, for scoring. The response must have passed `readResponse`. */
export function resolveResponse(type: ItemType, placed: Layout, response: PresentedResponse): Response {
  const given = answerIn(type, response)
  const definition = definitionOf(type)
  return given === undefined ? null : ({ [definition.field]: definition.resolveAnswer(given, placed) } as Response)
}

/** Whether nothing of an item is left open. A half-filled cloze or match still counts as unanswered. */
export function isAnswered(item: PresentedItem, response: PresentedResponse | undefined): boolean {
  const given = answerOf(item.type, response)
  return given !== undefined && definitionOf(item.type).isComplete(given, item)
}
