import type { ItemType } from '../../form/form.ts'
import type { ISLAND_TYPES } from './island-types.ts'
import { oneChoice, severalChoices } from './types/choice.tsx'
import { cloze } from './types/cloze.tsx'
import type { ControlType } from './types/control-type.ts'
import { match } from './types/match.tsx'
import { order } from './types/order.tsx'
import { lineField, numberField, textArea } from './types/text.tsx'

/** How each type of item is answered on a page. */
const CONTROL_TYPES = {
  single: oneChoice,
  multiple: severalChoices,
  'true-false': oneChoice,
  numeric: numberField,
  short: lineField,
  cloze,
  order,
  match,
  essay: textArea,
} satisfies Record<ItemType, unknown>

/** The compiler names the type that has no island. */
type Known = Covering<typeof ISLAND_TYPES>
type Covering<Islands extends Record<ItemType, unknown>> = keyof Islands

/** The control of a type, for whoever holds an item of any type. Item and answer must be of that type. */
export const controlTypeOf = (type: ItemType & Known): ControlType => CONTROL_TYPES[type]
