import { choicesOf } from '../item/definition-of.ts'
import { countOf, valueAt } from '../item/draw-values.ts'
import type { Values } from '../item/expression.ts'
import type { Variable, Wording } from '../item/item.ts'
import { SLOT_MARKS, slotOf } from '../item/slot-mark.ts'
import { fold } from './find-leaks.ts'
import { textOfHtml } from './lint/subject.ts'

/** Folded characters before and after a number that must stand in the found text too: much on one side, a little on the other. */
const BESIDE = [
  { before: 2, after: 4 },
  { before: 5, after: 1 },
] as const
const FEWEST_BESIDE = 3
/** The stretch that is searched, in lengths of the item, and the characters before its beginning. */
const REACH = 2
const LEAD = 40
const MOST_VALUES = 10_000

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
const digitsOf = (value: number): string => fold(String(value)).text

/** What may stand before and after a number of an item. */
interface Spot {
  readonly variable: string
  readonly pattern: RegExp
}

/** The places of a text where a variable stands by itself. */
function spotsOf(text: string, slots: NonNullable<Wording['stem']['slots']>): Spot[] {
  const pieces = text.split(SLOT_MARKS).map((piece) => fold(piece).text)
  return [...text.matchAll(SLOT_MARKS)].flatMap(([mark], i) => {
    const variable = slots[slotOf(mark)]?.expression
    if (typeof variable !== 'string') return []
    return BESIDE.flatMap((beside) => {
      const [before, after] = [(pieces[i] ?? '').slice(-beside.before), (pieces[i + 1] ?? '').slice(0, beside.after)]
      return `${before}${after}`.length >= FEWEST_BESIDE
        ? [{ variable, pattern: new RegExp(`${escaped(before)}(?<!\\d)(\\d+)(?!\\d)${escaped(after)}`, 'g') }]
        : []
    })
  })
}

/**
 * The numbers that a leaked text shows of a parametric item's draw, as far as it shows them beyond doubt: beside a number
 * the item's own words must stand, and only one value of the variable may be meant. `at` is where the item was found.
 */
export function recogniseDraw(given: string, at: number, { stem, variables }: Wording): Values {
  const { slots } = stem
  if (!slots || !variables) return {}
  const texts = [textOfHtml(stem.html), ...choicesOf(stem).map(({ text }) => text)]
  const stretch = fold(given.slice(Math.max(0, at - LEAD), at + REACH * texts.join('').length + 2 * LEAD)).text
  const spots = texts.flatMap((text) => spotsOf(text, slots))
  return Object.fromEntries(
    variables.flatMap((variable) => {
      const shown = new Set(
        spots
          .filter((spot) => spot.variable === variable.name)
          .flatMap(({ pattern }) => [...stretch.matchAll(pattern)].map(([, digits]) => digits as string)),
      )
      const meant = valuesShown(variable, shown)
      return meant.length === 1 ? [[variable.name, meant[0] as number]] : []
    }),
  )
}

function valuesShown(variable: Variable, shown: ReadonlySet<string>): number[] {
  if (shown.size === 0 || countOf(variable) > MOST_VALUES) return []
  return Array.from({ length: countOf(variable) }, (_, index) => valueAt(variable, index)).filter((value) =>
    shown.has(digitsOf(value)),
  )
}
