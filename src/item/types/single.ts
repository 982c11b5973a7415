import * as z from 'zod'
import type { Random } from '../../kernel/random.ts'
import { fail, ok } from '../../kernel/result.ts'
import type { CompiledHtml } from '../markup/compiled-html.ts'
import {
  choiceOf,
  explainOptions,
  indices,
  isPlaceOf,
  isRefOf,
  optionId,
  plainOptions,
  presentChoices,
  settleChoices,
  shownRef,
} from './choice-list.ts'
import type { Choice, ItemTypeDefinition, Layout, PresentedChoice } from './item-type.ts'
import { readNumber } from './typed-text.ts'

/** The stem of the types that show a list of options. */
export interface OptionStem<Type extends string> {
  readonly type: Type
  readonly html: CompiledHtml
  readonly choices: readonly Choice[]
  /** The options keep the author's order; numbers that were drawn stand in the order of size. */
  readonly fixedOrder: boolean
}

interface OneRight<Type extends string> {
  readonly type: Type
  readonly choice: number
}

interface OneOf<Type extends string> {
  readonly stem: OptionStem<Type>
  readonly key: OneRight<Type>
  readonly settledKey: OneRight<Type>
  readonly presented: { readonly options: readonly PresentedChoice[] }
  readonly field: 'choice'
  readonly answer: string
  readonly response: number
}

/** The order of choices that keep theirs; numbers that were drawn stand in the order of size. */
function bySize(choices: readonly Choice[]): number[] {
  const numbers = choices.map(({ text }) => readNumber(text, text.replace(/^[¥￥\d,.+-]*/u, '').trim()))
  return numbers.includes(undefined)
    ? indices(choices)
    : indices(choices).sort((a, b) => (numbers[a] as number) - (numbers[b] as number))
}

/** What the types have in common that show a list of options. */
export const optionList = {
  presentedSchema: (choices: z.ZodType) => ({ options: choices }),
  listsOf: ({ choices }: OptionStem<string>) => [choices],
  describeLayout: ({ fixedOrder }: OptionStem<string>) => (fixedOrder ? ['固定 / fixed order'] : []),
  layOut({ choices, fixedOrder }: OptionStem<string>, random: Random, isDrawn: boolean): Layout {
    if (fixedOrder) return { choices: isDrawn ? bySize(choices) : indices(choices) }
    return { choices: random.shuffle(indices(choices)) }
  },
  layOutAsWritten: ({ choices }: OptionStem<string>): Layout => ({ choices: indices(choices) }),
  present: ({ choices }: OptionStem<string>, layout: Layout) => ({ options: presentChoices(choices, layout.choices) }),
}

/** An item with one right option. */
export const oneOf = <Type extends string>(optionsCompete: boolean): ItemTypeDefinition<OneOf<Type>> => ({
  ...optionList,
  field: 'choice',
  isScored: true,
  optionsCompete,
  bankSchema: ({ choices, index }) => ({ stem: { choices, fixedOrder: z.boolean() }, key: { choice: index } }),
  answerSchema: () => z.string(),
  settleStem: settleChoices,
  keyFits: ({ choice }, { choices }) => isPlaceOf(choices)(choice),
  settleKey: (key) => key,
  showKey: ({ choice }, { choices }, words) => ({ form: 'lines', lines: [words.choice(choices[choice])] }),
  rightTexts: ({ choice }, { choices }, say) => [say(choices[choice])],
  readAnswer: (value, _, layout) =>
    isRefOf(layout.choices, value) ? ok(value) : fail('expected {choice: one of the option refs}'),
  resolveAnswer: (answer, layout) => choiceOf(layout.choices, answer),
  isComplete: () => true,
  rightAnswer: ({ choice }, { choices }, { options }) => shownRef(options, choices[choice]),
  score: ({ choice }, response) => (response === choice ? 1 : 0),
  isAnswered: () => true,
  explain: ({ choice }, { choices }, response) =>
    explainOptions(choices, [choice], response === undefined ? [] : [response]),
  optionsOf: ({ choices }, key) => plainOptions(choices, (i) => i === key.choice),
  picksOf: (response) => [optionId(response)],
})

export const single = oneOf<'single'>(true)
