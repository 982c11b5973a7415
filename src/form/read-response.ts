import type { Response } from '../item/response.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { PlacedItem, PresentedChoice, PresentedItem, PresentedResponse } from './form.ts'

/** The longest answer that is kept, in UTF-16 units; more is refused, never cut. */
export const MAX_TEXT = 2_000

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)
const has = (options: readonly PresentedChoice[] | undefined, ref: unknown): ref is string => typeof ref === 'string' && !!options?.some((o) => o.ref === ref)
const isText = (value: unknown): value is string => typeof value === 'string' && value.length <= MAX_TEXT
const distinct = (list: readonly unknown[]) => new Set(list).size === list.length

/** Checks that a response fits the item it answers. The refusal says what would fit; it never says what is right. */
export function readResponse(item: PresentedItem, input: unknown): Result<PresentedResponse, string> {
  if (input === null) return ok(null)
  if (!isRecord(input)) return fail('a response is an object or null')
  const only = (name: string) => Object.keys(input).length === 1 && name in input
  switch (item.type) {
    case 'single':
    case 'true-false':
      return only('choice') && has(item.options, input.choice) ? ok({ choice: input.choice }) : fail('expected {choice: one of the option refs}')
    case 'multiple': {
      const choices = input.choices
      if (!only('choices') || !Array.isArray(choices) || !distinct(choices) || !choices.every((ref) => has(item.options, ref))) return fail('expected {choices: [distinct option refs]}')
      return ok({ choices: choices as string[] })
    }
    case 'numeric':
    case 'short':
      return only('text') && isText(input.text) ? ok({ text: input.text }) : fail(`expected {text: at most ${MAX_TEXT} characters}`)
    case 'cloze':
      return readBlanks(item, only('blanks') ? input.blanks : undefined)
    case 'order': {
      const order = input.order
      if (!only('order') || !Array.isArray(order) || order.length !== item.options?.length || !distinct(order) || !order.every((ref) => has(item.options, ref)))
        return fail('expected {order: [every option ref once]}')
      return ok({ order: order as string[] })
    }
    case 'match': {
      const pairs = input.pairs
      if (!only('pairs') || !isRecord(pairs) || !Object.entries(pairs).every(([left, right]) => has(item.left, left) && has(item.right, right)))
        return fail('expected {pairs: {left ref: right ref}}')
      return ok({ pairs: { ...pairs } as Record<string, string> })
    }
    default:
      return item.type satisfies never
  }
}

function readBlanks(item: PresentedItem, blanks: unknown): Result<PresentedResponse, string> {
  const fits = ([ref, value]: [string, unknown]) => {
    const blank = item.blanks?.find((b) => b.ref === ref)
    if (!blank) return false
    return blank.options ? has(blank.options, value) : isText(value)
  }
  if (!isRecord(blanks) || !Object.entries(blanks).every(fits)) return fail('expected {blanks: {blank ref: option ref or text}}')
  return ok({ blanks: { ...blanks } as Record<string, string> })
}

const indexOf = (ref: string): number => [...ref].reduce((n, letter) => n * 26 + letter.charCodeAt(0) - 96, 0) - 1

/** Turns the refs of the paper back into the item's own indices, for scoring. The response must have passed `readResponse`. */
export function resolveResponse(placed: PlacedItem, response: PresentedResponse): Response {
  if (response === null) return null
  const choice = (ref: string) => placed.choices?.[indexOf(ref)] ?? -1
  if ('choice' in response) return { choice: choice(response.choice) }
  if ('choices' in response) return { choices: response.choices.map(choice) }
  if ('order' in response) return { order: response.order.map(choice) }
  if ('text' in response) return response
  if ('pairs' in response)
    return { pairs: Object.fromEntries(Object.entries(response.pairs).map(([left, right]) => [placed.left?.[Number(left) - 1] ?? -1, choice(right)])) }
  return {
    blanks: Object.fromEntries(
      Object.entries(response.blanks).map(([ref, value]) => {
        const order = placed.blanks?.[ref]
        return [ref, order ? (order[indexOf(value)] ?? -1) : value]
      }),
    ),
  }
}
