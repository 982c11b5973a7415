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

const filled = (text: string, shown: (mark: string) => string): string => text.replace(SLOT_MARKS, shown)

/** What stands in the slots of one paper, by their marks; worked out once, since a slot may stand in several texts. */
function amountsOf(slots: readonly Slot[], values: Values): (mark: string) => string {
  const known: (string | undefined)[] = []
  return (mark) => {
    const at = slotOf(mark)
    known[at] ??= shownAmount(slots[at], values)
    return known[at]
  }
}

/** The stem of one paper: every slot holds its value, and no expression is left in it. */
export function settleStem(stem: Stem, values: Values): Stem {
  const { slots, ...content } = stem
  if (!slots) return stem
  const shown = amountsOf(slots, values)
  const html = (written: CompiledHtml) => fillHtml(written, SLOT_MARKS, shown)
  const choices = (written: readonly Choice[]) =>
    written.map((choice) => ({ html: html(choice.html), text: filled(choice.text, shown) }))
  return definitionOf(content.type).settleStem(content, { html, choices })
}

/** The key of one paper. */
export function settleKey({ key, slots = [] }: Pick<Secret, 'key' | 'slots'>, values: Values): SettledKey {
  const shown = amountsOf(slots, values)
  return definitionOf(key.type).settleKey(key, {
    accepted: (texts) => texts.map((text) => filled(text, shown)),
    amount: (expression) => Number(evaluate(expression, values)?.decimal ?? Number.NaN),
  })
}

/** A wording as it stands on one paper. */
export const settleWording = (wording: Wording, values: Values): { readonly stem: Stem; readonly key: SettledKey } => ({
  stem: settleStem(wording.stem, values),
  key: settleKey(wording.secret, values),
})

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')

/** Knows what was drawn again from the stem as a candidate sees it, as `recogniseValues` does; for many papers of one stem. */
export function recogniserOf({ html, slots }: Stem): (shownHtml: string) => Values | undefined {
  if (!slots) return (shownHtml) => (html === shownHtml ? {} : undefined)
  const marks = html.match(SLOT_MARKS) ?? []
  const pattern = new RegExp(`^${html.split(SLOT_MARKS).map(escaped).join('(-?[\\d,]+(?:\\.\\d+)?)')}$`)
  return (shownHtml) => {
    const numbers = pattern.exec(shownHtml)?.slice(1)
    if (!numbers) return undefined
    const values = Object.fromEntries(
      marks.flatMap((mark, i) => {
        const expression = slots[slotOf(mark)]?.expression
        return typeof expression === 'string' ? [[expression, Number((numbers[i] as string).replaceAll(',', ''))]] : []
      }),
    )
    return fillHtml(html, SLOT_MARKS, amountsOf(slots, values)) === shownHtml ? values : undefined
  }
}

/**
 * What was drawn for a parametric item, from the stem as a candidate sees it: empty for an item without variables,
 * undefined where it is another stem, or one that does not show all its variables by themselves.
 */
export const recogniseValues = (stem: Stem, shownHtml: string): Values | undefined => recogniserOf(stem)(shownHtml)
