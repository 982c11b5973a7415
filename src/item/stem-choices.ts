import { definitionOf } from './definition-of.ts'
import type { Stem } from './item.ts'
import type { Choice } from './types/item-type.ts'

/** The lists of a stem from which something is picked, placed or paired: options, rows, left and right, choices of each blank. */
export const listsOf = (stem: Stem): readonly (readonly Choice[])[] => definitionOf(stem.type).listsOf(stem)

/** Everything in these lists. */
export const choicesOf = (stem: Stem): readonly Choice[] => listsOf(stem).flat()
