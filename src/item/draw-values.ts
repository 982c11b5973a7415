import type { Random } from '../kernel/random.ts'
import { evaluate, groupDigits, type Values } from './expression.ts'
import type { Choice, Secret, SettledKey, Slot, Stem, Variable, Wording } from './item.ts'
import { type CompiledHtml, fillHtml } from './markup/compiled-html.ts'

const FIRST_MARK = 0xe100
/** A wording may have this many slots. */
export const MOST_SLOTS = 256
export const SLOT_MARKS = /[\ue100-\ue1ff]/g

/** The mark of a slot in a text: one private-use character, which no source can hold and which nothing can split. */
export const slotMark = (index: number): string => String.fromCharCode(FIRST_MARK + index)
export const slotOf = (mark: string): number => mark.charCodeAt(0) - FIRST_MARK

/** How many values a variable can take. */
export const countOf = (variable: Variable): number => ('values' in variable ? variable.values.length : Math.floor((variable.to - variable.from) / variable.step + 1e-9) + 1)

/** The value with this number, from 0. */
export function valueAt(variable: Variable, index: number): number {
  if ('values' in variable) return variable.values[index] as number
  // steps such as 0.1 must not leave the traces of binary fractions
  return Number((variable.from + index * variable.step).toFixed(6))
}

/** Draws a value for each variable, evenly and independently. */
export const drawValues = (variables: readonly Variable[], random: Random): Values =>
  Object.fromEntries(variables.map((variable) => [variable.name, valueAt(variable, random.below(countOf(variable)))]))

function shownAmount(slot: Slot | undefined, values: Values): string {
  const amount = slot && evaluate(slot.expression, values)
  if (!amount) return '?'
  return slot.plain ? amount.decimal : groupDigits(amount.decimal)
}

const filled = (text: string, slots: readonly Slot[], values: Values): string => text.replace(SLOT_MARKS, (mark) => shownAmount(slots[slotOf(mark)], values))

/** The stem of one paper: every slot holds its value, and no expression is left in it. */
export function settleStem(stem: Stem, values: Values): Stem {
  const { slots, ...content } = stem
  if (!slots) return stem
  const fill = (html: CompiledHtml) => fillHtml(html, SLOT_MARKS, (mark) => shownAmount(slots[slotOf(mark)], values))
  const fillAll = (choices: readonly Choice[]) => choices.map(({ html, text }) => ({ html: fill(html), text: filled(text, slots, values) }))
  switch (content.type) {
    case 'single':
    case 'multiple':
    case 'true-false':
    case 'order':
      return { ...content, html: fill(content.html), choices: fillAll(content.choices) }
    case 'match':
      return { ...content, html: fill(content.html), left: fillAll(content.left), right: fillAll(content.right) }
    case 'cloze':
      return { ...content, html: fill(content.html), blanks: content.blanks.map(({ ref, choices }) => (choices ? { ref, choices: fillAll(choices) } : { ref })) }
    case 'numeric':
    case 'short':
    case 'essay':
      return { ...content, html: fill(content.html) }
    default:
      return content satisfies never
  }
}

/** The key of one paper. */
export function settleKey({ key, slots = [] }: Pick<Secret, 'key' | 'slots'>, values: Values): SettledKey {
  const fill = (accepted: readonly string[]) => accepted.map((text) => filled(text, slots, values))
  switch (key.type) {
    case 'numeric': {
      if (typeof key.value === 'number') return { ...key, value: key.value }
      const amount = evaluate(key.value, values)
      return { ...key, value: amount ? Number(amount.decimal) : Number.NaN }
    }
    case 'short':
      return { ...key, accepted: fill(key.accepted) }
    case 'cloze':
      return { ...key, blanks: Object.fromEntries(Object.entries(key.blanks).map(([ref, blank]) => [ref, 'accepted' in blank ? { accepted: fill(blank.accepted) } : blank])) }
    default:
      return key
  }
}

/** A wording as it stands on one paper. */
export const settleWording = (wording: Wording, values: Values): { readonly stem: Stem; readonly key: SettledKey } => ({
  stem: settleStem(wording.stem, values),
  key: settleKey(wording.secret, values),
})
