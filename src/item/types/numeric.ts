import * as z from 'zod'
import { type Expression, groupDigits } from '../expression.ts'
import type { CompiledHtml } from '../markup/compiled-html.ts'
import type { ItemTypeDefinition } from './item-type.ts'
import { explainText, readNumber, settleText, type TypedText, typedText } from './typed-text.ts'

interface NumericKey<Value> {
  readonly type: 'numeric'
  readonly value: Value
  readonly tolerance: number
  readonly unit: string
}

interface Numeric extends TypedText {
  readonly stem: { readonly type: 'numeric'; readonly html: CompiledHtml }
  readonly key: NumericKey<number | Expression>
  readonly settledKey: NumericKey<number>
  readonly presented: object
}

/** An item whose answer is a number, as people type one. */
export const numeric: ItemTypeDefinition<Numeric> = {
  ...typedText,
  isScored: true,
  bankSchema: ({ text, expression }) => ({
    stem: {},
    key: { value: z.union([z.number(), expression]), tolerance: z.number().min(0), unit: text },
  }),
  presentedSchema: () => ({}),
  settleStem: settleText,
  keyFits: () => true,
  formulaOf: ({ value }) => (typeof value === 'number' ? undefined : value),
  settleKey: (key, { amount }) => ({ ...key, value: typeof key.value === 'number' ? key.value : amount(key.value) }),
  showKey: ({ value, tolerance, unit }, _, words) => ({
    form: 'number',
    value: typeof value === 'number' ? String(value) : words.expression(value),
    tolerance,
    unit,
  }),
  rightTexts: ({ value }) => (typeof value === 'number' ? [String(value)] : []),
  present: () => ({}),
  explain: ({ value, unit }, _, response) =>
    explainText([`${groupDigits(String(value))}${/^\w/.test(unit) ? ' ' : ''}${unit}`], response),
  rightAnswer: ({ value }) => String(value),
  score({ value: right, tolerance, unit }, response) {
    const value = readNumber(response, unit)
    if (value === undefined) return 0
    // one ulp of slack of the largest of them, so that a tolerance of 0.1 holds 0.3 - 0.2, and 0.1 ± 0.3 holds 0.4
    const slack = Math.max(Math.abs(right), Math.abs(value), tolerance) * Number.EPSILON
    return Math.abs(value - right) <= tolerance + slack ? 1 : 0
  },
}
