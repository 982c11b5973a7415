import { settleStem } from './draw-values.ts'
import type { Values } from './expression.ts'
import type { Stem } from './item.ts'
import { SLOT_MARKS, slotOf } from './slot-mark.ts'

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
