import * as z from 'zod'
import { fail, ok } from '../../kernel/result.ts'
import type { CompiledHtml } from '../markup/compiled-html.ts'
import {
  areDistinct,
  choiceOf,
  explainPlace,
  groupedOptions,
  indices,
  inOneOrder,
  isPlaceOf,
  isRecord,
  isRefOf,
  optionIdIn,
  presentChoices,
  shownRef,
  wordsOf,
} from './choice-list.ts'
import type { Choice, ItemTypeDefinition, PresentedChoice } from './item-type.ts'

interface MatchKey {
  readonly type: 'match'
  /** For each left-hand row, the index of its right-hand one. */
  readonly pairs: readonly number[]
}

interface Match {
  /** The right column stands in an order derived from its own text, not in the author's, which is the key. */
  readonly stem: {
    readonly type: 'match'
    readonly html: CompiledHtml
    readonly left: readonly Choice[]
    readonly right: readonly Choice[]
  }
  readonly key: MatchKey
  readonly settledKey: MatchKey
  readonly presented: { readonly left: readonly PresentedChoice[]; readonly right: readonly PresentedChoice[] }
  readonly field: 'pairs'
  readonly answer: Readonly<Record<string, string>>
  readonly response: Readonly<Record<number, number>>
}

/** An item with two columns whose rows belong together. */
export const match: ItemTypeDefinition<Match> = {
  field: 'pairs',
  isScored: true,
  optionsCompete: false,
  areColumns: true,
  bankSchema: ({ choices, index }) => ({ stem: { left: choices, right: choices }, key: { pairs: z.array(index) } }),
  presentedSchema: (choices) => ({ left: choices, right: choices }),
  answerSchema: () => z.record(z.string(), z.string()),
  listsOf: ({ left, right }) => [left, right],
  settleStem: (stem, fill) => ({
    ...stem,
    html: fill.html(stem.html),
    left: fill.choices(stem.left),
    right: fill.choices(stem.right),
  }),
  keyFits: ({ pairs }, { left, right }) =>
    pairs.length === left.length && areDistinct(pairs) && pairs.every(isPlaceOf(right)),
  settleKey: (key) => key,
  showKey: ({ pairs }, stem, words) => ({
    form: 'lines',
    lines: pairs.map((right, left) => `${words.choice(stem.left[left])} → ${words.choice(stem.right[right])}`),
  }),
  rightTexts: ({ pairs }, stem, say) =>
    pairs.map((right, left) => `${say(stem.left[left])}=${say(stem.right[right])}`).sort(),
  layOut: ({ left, right }, random) => ({ left: indices(left), choices: random.shuffle(indices(right)) }),
  layOutAsWritten: ({ left, right }) => ({ left: indices(left), choices: indices(right) }),
  present: ({ left, right }, layout) => ({
    left: presentChoices(left, layout.left).map(({ html }, i) => ({ ref: String(i + 1), html })),
    right: presentChoices(right, layout.choices),
  }),
  readAnswer(value, _, layout) {
    const isLeft = (ref: string) => /^[1-9]\d?$/.test(ref) && Number(ref) <= (layout.left?.length ?? 0)
    if (
      !isRecord(value) ||
      !Object.entries(value).every(([left, right]) => isLeft(left) && isRefOf(layout.choices, right))
    )
      return fail('expected {pairs: {left ref: right ref}}')
    return ok(inOneOrder(value))
  },
  resolveAnswer: (answer, layout) =>
    Object.fromEntries(
      Object.entries(answer).map(([left, right]) => [
        layout.left?.[Number(left) - 1] ?? -1,
        choiceOf(layout.choices, right),
      ]),
    ),
  // a half-filled one still counts as unanswered
  isComplete: (answer, { left }) => left.every(({ ref }) => answer[ref] !== undefined),
  rightAnswer: ({ pairs }, stem, shown) =>
    Object.fromEntries(
      pairs.map((right, left) => [shownRef(shown.left, stem.left[left]), shownRef(shown.right, stem.right[right])]),
    ),
  /** The share of pairs that are right. */
  score: ({ pairs }, response) => pairs.filter((right, left) => response[left] === right).length / pairs.length,
  isAnswered: (response) => Object.keys(response).length > 0,
  // spare options come behind the rows
  explain: ({ pairs }, { left, right }, response = {}) => ({
    areOptions: false,
    right: [],
    parts: [
      ...left.map(({ html }, row) =>
        explainPlace(row + 1, {
          html,
          right: right[pairs[row] ?? -1]?.text ?? '',
          given: right[response[row] ?? -1]?.text,
          isRight: response[row] === pairs[row],
        }),
      ),
      ...right
        .filter((_, i) => !pairs.includes(i))
        .map(({ html }, i) => ({ label: String(left.length + i + 1), html, isRight: true, isGiven: false })),
    ],
  }),
  optionsOf: ({ left, right }, key) =>
    left.flatMap((row, i) => groupedOptions(i + 1, wordsOf(row), right, key.pairs[i])),
  picksOf: (response) => Object.entries(response).map(([row, choice]) => optionIdIn(Number(row) + 1, choice)),
}
