import type { Blank, Stem } from '../item/item.ts'
import type { Response } from '../item/response.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { Layout, PresentedResponse } from './form.ts'

/** The longest answer that is kept, in UTF-16 units; more is refused, never cut. */
export const MAX_TEXT = 2_000

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)
const isText = (value: unknown): value is string => typeof value === 'string' && value.length <= MAX_TEXT
const distinct = (list: readonly unknown[]) => new Set(list).size === list.length
/** Whether a ref names one of the laid-out choices. */
const names = (layout: readonly number[] | undefined, ref: unknown): ref is string => {
  if (typeof ref !== 'string' || !/^[a-z]{1,2}$/.test(ref)) return false
  return indexOf(ref) < (layout?.length ?? 0)
}

/** Equal answers have one spelling, so that a repeated save is recognised as the same. */
const inOneOrder = (record: Record<string, unknown>) => Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1))) as Record<string, string>

/** Checks that a response fits the placed item that it answers. The refusal says what would fit; it never says what is right. */
export function readResponse(placed: Layout, stem: Stem, input: unknown): Result<PresentedResponse, string> {
  if (input === null) return ok(null)
  if (!isRecord(input)) return fail('a response is an object or null')
  const only = (name: string) => Object.keys(input).length === 1 && Object.hasOwn(input, name)
  switch (stem.type) {
    case 'single':
    case 'true-false':
      return only('choice') && names(placed.choices, input.choice) ? ok({ choice: input.choice }) : fail('expected {choice: one of the option refs}')
    case 'multiple': {
      const choices = only('choices') ? input.choices : undefined
      if (!Array.isArray(choices) || !distinct(choices) || !choices.every((ref) => names(placed.choices, ref))) return fail('expected {choices: [distinct option refs]}')
      return ok({ choices })
    }
    case 'numeric':
    case 'short':
    case 'essay':
      return only('text') && isText(input.text) ? ok({ text: input.text }) : fail(`expected {text: at most ${MAX_TEXT} characters}`)
    case 'cloze':
      return readBlanks(placed, stem.blanks, only('blanks') ? input.blanks : undefined)
    case 'order': {
      const order = only('order') ? input.order : undefined
      if (!Array.isArray(order) || order.length !== stem.choices.length || !distinct(order) || !order.every((ref) => names(placed.choices, ref)))
        return fail('expected {order: [every option ref once]}')
      return ok({ order })
    }
    case 'match':
      return readPairs(placed, only('pairs') ? input.pairs : undefined)
    default:
      return stem satisfies never
  }
}

function readPairs(placed: Layout, pairs: unknown): Result<PresentedResponse, string> {
  const isLeft = (ref: string) => /^[1-9]\d?$/.test(ref) && Number(ref) <= (placed.left?.length ?? 0)
  if (!isRecord(pairs) || !Object.entries(pairs).every(([left, right]) => isLeft(left) && names(placed.choices, right))) return fail('expected {pairs: {left ref: right ref}}')
  return ok({ pairs: inOneOrder(pairs) })
}

function readBlanks(placed: Layout, blanks: readonly Blank[], input: unknown): Result<PresentedResponse, string> {
  const fits = ([ref, value]: [string, unknown]) => {
    const blank = blanks.find((b) => b.ref === ref)
    return blank !== undefined && (blank.choices ? names(placed.blanks?.[ref], value) : isText(value))
  }
  if (!isRecord(input) || !Object.entries(input).every(fits)) return fail('expected {blanks: {blank ref: option ref or text}}')
  return ok({ blanks: inOneOrder(input) })
}

const indexOf = (ref: string): number => [...ref].reduce((n, letter) => n * 26 + letter.charCodeAt(0) - 96, 0) - 1

/** Turns the refs of the paper back into the item's own indices, for scoring. The response must have passed `readResponse`. */
export function resolveResponse(placed: Layout, response: PresentedResponse): Response {
  if (response === null) return null
  const choice = (ref: string) => placed.choices?.[indexOf(ref)] ?? -1
  if ('choice' in response) return { choice: choice(response.choice) }
  if ('choices' in response) return { choices: response.choices.map(choice) }
  if ('order' in response) return { order: response.order.map(choice) }
  if ('text' in response) return response
  if ('pairs' in response) return { pairs: Object.fromEntries(Object.entries(response.pairs).map(([left, right]) => [placed.left?.[Number(left) - 1] ?? -1, choice(right)])) }
  return {
    blanks: Object.fromEntries(
      Object.entries(response.blanks).map(([ref, value]) => {
        const order = placed.blanks?.[ref]
        return [ref, order ? (order[indexOf(value)] ?? -1) : value]
      }),
    ),
  }
}
