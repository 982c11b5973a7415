import { cloze } from './types/cloze.ts'
import { essay } from './types/essay.ts'
import { match } from './types/match.ts'
import { multiple } from './types/multiple.ts'
import { numeric } from './types/numeric.ts'
import { order } from './types/order.ts'
import { short } from './types/short.ts'
import { single } from './types/single.ts'
import { trueFalse } from './types/true-false.ts'

/**
 * Every type of item, in the order in which they are offered. A type is a member here and a module in `types`; how it is
 * written stands in `authoring/types`, how its control looks in `web/candidate/types`.
 */
export const ITEM_TYPES = { single, multiple, 'true-false': trueFalse, numeric, short, cloze, order, match, essay }
