import { definitionOf } from '../item/definition-of.ts'
import { drawValues } from '../item/draw-values.ts'
import type { Stem, Variable } from '../item/item.ts'
import { randomFrom } from '../kernel/random.ts'
import type { PlacedItem } from './form.ts'

/** The same values each time, so that what is shown again looks the same. */
const SEED = '0'.repeat(31).concat('1')

/** An item for authors to look at: in the order in which it is written, with numbers that stay the same. */
export const placeAsWritten = (ref: string, stem: Stem, variables: readonly Variable[] = []): PlacedItem => ({
  ref,
  itemId: '',
  itemHash: '',
  values: drawValues(variables, randomFrom(SEED)),
  ...definitionOf(stem.type).layOutAsWritten(stem),
})
