import * as z from 'zod'
import { fail, ok } from '../../kernel/result.ts'
import type { CompiledHtml } from '../markup/compiled-html.ts'
import {
  areDistinct,
  choiceOf,
  explainPlace,
  groupedOptions,
  indices,
  isPlaceOf,
  isRefOf,
  optionIdIn,
  presentChoices,
  settleChoices,
  shownRef,
} from './choice-list.ts'
import type { Choice, ItemTypeDefinition, PresentedChoice } from './item-type.ts'

interface OrderKey {
  readonly type: 'order'
  /** Indices of the stem's choices in the right order. */
  readonly order: readonly number[]
}

interface Order {
  /** The choices stand in an order derived from their own text, not in the author's, which is the key. */
  readonly stem: { readonly type: 'order'; readonly html: CompiledHtml; readonly choices: readonly Choice[] }
  readonly key: OrderKey
  readonly settledKey: OrderKey
  readonly presented: { readonly options: readonly PresentedChoice[] }
  readonly field: 'order'
  readonly answer: readonly string[]
  readonly response: readonly number[]
}

/** An item whose parts are to be put in order. */
export const order: ItemTypeDefinition<Order> = {
  field: 'order',
  isScored: true,
  optionsCompete: false,
  bankSchema: ({ choices, index }) => ({ stem: { choices }, key: { order: z.array(index) } }),
  presentedSchema: (choices) => ({ options: choices }),
  answerSchema: () => z.array(z.string()),
  listsOf: ({ choices }) => [choices],
  settleStem: settleChoices,
  keyFits: (key, { choices }) =>
    key.order.length === choices.length && areDistinct(key.order) && key.order.every(isPlaceOf(choices)),
  settleKey: (key) => key,
  showKey: (key, { choices }, words) => ({ form: 'steps', lines: key.order.map((i) => words.choice(choices[i])) }),
  rightTexts: (key, { choices }, say) => key.order.map((i) => say(choices[i])),
  layOut: ({ choices }, random) => ({ choices: random.shuffle(indices(choices)) }),
  layOutAsWritten: ({ choices }) => ({ choices: indices(choices) }),
  present: ({ choices }, layout) => ({ options: presentChoices(choices, layout.choices) }),
  readAnswer: (value, { choices }, layout) =>
    Array.isArray(value) &&
    value.length === choices.length &&
    areDistinct(value) &&
    value.every((ref) => isRefOf(layout.choices, ref))
      ? ok(value)
      : fail('expected {order: [every option ref once]}'),
  resolveAnswer: (answer, layout) => answer.map((ref) => choiceOf(layout.choices, ref)),
  isComplete: () => true,
  rightAnswer: (key, { choices }, { options }) => key.order.map((i) => shownRef(options, choices[i])),
  /** All or nothing. */
  score: (key, response) =>
    response.length === key.order.length && response.every((choice, place) => choice === key.order[place]) ? 1 : 0,
  isAnswered: () => true,
  explain: (key, { choices }, response = []) => ({
    areOptions: false,
    right: [],
    parts: key.order.map((step, place) =>
      explainPlace(place + 1, {
        right: choices[step]?.text ?? '',
        given: choices[response[place] ?? -1]?.text,
        isRight: response[place] === step,
      }),
    ),
  }),
  optionsOf: ({ choices }, key) =>
    choices.flatMap((_, place) => groupedOptions(place + 1, String(place + 1), choices, key.order[place])),
  picksOf: (response) => response.map((choice, place) => optionIdIn(place + 1, choice)),
}
