import { definitionOf } from '../item/definition-of.ts'
import { answerIn } from '../item/response.ts'
import type { AnswerOf, ItemType, PresentedResponse } from './form.ts'

/** What a response to an item of this type holds; undefined where there is none, or one of another shape. */
export const answerOf = <Type extends ItemType>(
  type: Type,
  response: PresentedResponse | undefined,
): AnswerOf<Type> | undefined => answerIn(type, response) as AnswerOf<Type> | undefined

/** The response to an item of this type that holds an answer. */
export const responseWith = <Type extends ItemType>(type: Type, answer: AnswerOf<Type>): PresentedResponse =>
  ({ [definitionOf(type).field]: answer }) as PresentedResponse
