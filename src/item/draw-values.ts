import type { Random } from '../kernel/random.ts'
import { definitionOf } from './definition-of.ts'
import { evaluate, groupDigits, type Values } from './expression.ts'
import type { Secret, SettledKey, Slot, Stem, Variable, Wording } from './item.ts'
import { type CompiledHtml, fillHtml } from './markup/compiled-html.ts'
import { SLOT_MARKS, slotOf } from './slot-mark.ts'
import type { Choice } from './types/item-type.ts'

/** How many values a variable can take. */
export const countOf = (variable: Variable): number =>
  'values' in variable ? variable.values.length : Math.floor((variable.to - variable.from) / variable.step + 1e-9) + 1

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

const filled = (text: string, slots: readonly Slot[], values: Values): string =>
  text.replace(SLOT_MARKS, (mark) => shownAmount(slots[slotOf(mark)], values))

/** The stem of one paper: every slot holds its value, and no expression is left in it. */
export function settleStem(stem: Stem, values: Values): Stem {
  const { slots, ...content } = stem
  if (!slots) return stem
  const html = (written: CompiledHtml) =>
    fillHtml(written, SLOT_MARKS, (mark) => shownAmount(slots[slotOf(mark)], values))
  const choices = (written: readonly Choice[]) =>
    written.map((choice) => ({ html: html(choice.html), text: filled(choice.text, slots, values) }))
  return definitionOf(content.type).settleStem(content, { html, choices })
}

/** The key of one paper. */
export function settleKey({ key, slots = [] }: Pick<Secret, 'key' | 'slots'>, values: Values): SettledKey {
  return definitionOf(key.type).settleKey(key, {
    accepted: (texts) => texts.map((text) => filled(text, slots, values)),
    amount: (expression) => Number(evaluate(expression, values)?.decimal ?? Number.NaN),
  })
}

/** A wording as it stands on one paper. */
export const settleWording = (wording: Wording, values: Values): { readonly stem: Stem; readonly key: SettledKey } => ({
  stem: settleStem(wording.stem, values),
  key: settleKey(wording.secret, values),
})

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')

/**
 * What was drawn for a parametric item, from the stem as a candidate sees it: empty for an item without variables,
 * undefined where it is another stem, or one that does not show all its variables by themselves.
 */
export function recogniseValues(stem: Stem, shownHtml: string): Values | undefined {
  const { slots } = stem
  if (!slots) return stem.html === shownHtml ? {} : undefined
  const marks = stem.html.match(SLOT_MARKS) ?? []
  const pattern = new RegExp(`^${stem.html.split(SLOT_MARKS).map(escaped).join('(-?[\\d,]+(?:\\.\\d+)?)')}$`)
  const numbers = pattern.exec(shownHtml)?.slice(1)
  if (!numbers) return undefined
  const values = Object.fromEntries(
    marks.flatMap((mark, i) => {
      const expression = slots[slotOf(mark)]?.expression
      return typeof expression === 'string' ? [[expression, Number((numbers[i] as string).replaceAll(',', ''))]] : []
    }),
  )
  return settleStem(stem, values).html === shownHtml ? values : undefined
}
