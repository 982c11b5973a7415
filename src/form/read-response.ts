import { definitionOf } from '../item/definition-of.ts'
import type { ItemType, Stem } from '../item/item.ts'
import { answerIn, type Response } from '../item/response.ts'
import { isRecord } from '../item/types/choice-list.ts'
import type { Layout } from '../item/types/item-type.ts'
import { LONGEST_TEXT } from '../item/types/typed-text.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { PresentedResponse } from './form.ts'
import { responseWith } from './response-field.ts'

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
