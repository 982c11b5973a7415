import { definitionOf } from './definition-of.ts'
import type { Stem } from './item.ts'
import type { Choice } from './types/item-type.ts'

/** Everything of a stem that is picked, placed or paired, in its columns: options, rows, left and right, choices of blanks. */
export const columnsOf = (stem: Stem): readonly (readonly Choice[])[] => definitionOf(stem.type).columnsOf(stem)

export const choicesOf = (stem: Stem): readonly Choice[] => columnsOf(stem).flat()
