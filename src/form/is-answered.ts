import { definitionOf } from '../item/definition-of.ts'
import type { PresentedItem, PresentedResponse } from './form.ts'
import { answerOf } from './response-field.ts'

/** Whether nothing of an item is left open. A half-filled cloze or match still counts as unanswered. */
export function isAnswered(item: PresentedItem, response: PresentedResponse | undefined): boolean {
  const given = answerOf(item.type, response)
  return given !== undefined && definitionOf(item.type).isComplete(given, item)
}
