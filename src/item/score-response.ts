import { definitionOf } from './definition-of.ts'
import type { SettledKey } from './item.ts'
import { answerIn, type Response } from './response.ts'

/** The share of an item's points that a response earns, 0..1; 0 for no answer, or an answer of another shape. */
export function scoreResponse(key: SettledKey, response: Response): number {
  const given = answerIn(key.type, response)
  return given === undefined ? 0 : definitionOf(key.type).score(key, given)
}
