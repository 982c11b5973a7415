import * as z from 'zod'
import { fail, ok } from '../../kernel/result.ts'
import {
  areDistinct,
  choiceOf,
  explainOptions,
  isPlaceOf,
  isRefOf,
  optionId,
  plainOptions,
  settleChoices,
  shownRef,
} from './choice-list.ts'
import type { ItemTypeDefinition, PresentedChoice } from './item-type.ts'
import { type OptionStem, optionList } from './single.ts'

interface MultipleKey {
  readonly type: 'multiple'
  readonly choices: readonly number[]
  /** Whether a part of the right options earns a part of the points. */
  readonly partial: boolean
}

interface Multiple {
  readonly stem: OptionStem<'multiple'>
  readonly key: MultipleKey
  readonly settledKey: MultipleKey
  readonly presented: { readonly options: readonly PresentedChoice[] }
  readonly field: 'choices'
  readonly answer: readonly string[]
  readonly response: readonly number[]
}

/** An item with one or more right options, all of which are asked for. */
export const multiple: ItemTypeDefinition<Multiple> = {
  ...optionList,
  field: 'choices',
  isScored: true,
  optionsCompete: true,
  bankSchema: ({ choices, index }) => ({
    stem: { choices, fixedOrder: z.boolean() },
    key: { choices: z.array(index), partial: z.boolean() },
  }),
  answerSchema: () => z.array(z.string()),
  settleStem: settleChoices,
  keyFits: (key, { choices }) =>
    key.choices.length > 0 && areDistinct(key.choices) && key.choices.every(isPlaceOf(choices)),
  settleKey: (key) => key,
  showKey: (key, { choices }, words) => ({
    form: 'lines',
    lines: key.choices.map((i) => words.choice(choices[i])),
    isPartial: key.partial,
  }),
  rightTexts: (key, { choices }, say) => key.choices.map((i) => say(choices[i])).sort(),
  readAnswer: (value, _, layout) =>
    Array.isArray(value) && areDistinct(value) && value.every((ref) => isRefOf(layout.choices, ref))
      ? ok(value)
      : fail('expected {choices: [distinct option refs]}'),
  resolveAnswer: (answer, layout) => answer.map((ref) => choiceOf(layout.choices, ref)),
  isComplete: (answer) => answer.length > 0,
  rightAnswer: (key, { choices }, { options }) => key.choices.map((i) => shownRef(options, choices[i])),
  /** All or nothing; with partial credit (right picks − wrong picks) / number of right ones, floored at 0, so that ticking everything earns nothing by itself. */
  score(key, response) {
    const picked = new Set(response)
    const right = key.choices.filter((choice) => picked.has(choice)).length
    const wrong = picked.size - right
    if (!key.partial) return right === key.choices.length && wrong === 0 ? 1 : 0
    return Math.max(0, right - wrong) / key.choices.length
  },
  isAnswered: (response) => response.length > 0,
  explain: (key, { choices }, response = []) => explainOptions(choices, key.choices, response),
  optionsOf: ({ choices }, key) => plainOptions(choices, (i) => key.choices.includes(i)),
  picksOf: (response) => response.map(optionId),
}
