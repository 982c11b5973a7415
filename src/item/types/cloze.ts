import * as z from 'zod'
import { fail, ok } from '../../kernel/result.ts'
import type { CompiledHtml } from '../markup/compiled-html.ts'
import {
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
} from './choice-list.ts'
import type { Choice, ItemTypeDefinition, PresentedChoice } from './item-type.ts'
import { accepts, isText } from './typed-text.ts'

/** A gap of a cloze item: free text without `choices`, a pick with them. `ref` is its number in the stem, from "1". */
export interface Blank {
  readonly ref: string
  readonly choices?: readonly Choice[]
}

interface ClozeStem {
  readonly type: 'cloze'
  readonly html: CompiledHtml
  readonly blanks: readonly Blank[]
}

interface ClozeKey {
  readonly type: 'cloze'
  readonly blanks: Readonly<Record<string, { readonly choice: number } | { readonly accepted: readonly string[] }>>
}

interface Cloze {
  readonly stem: ClozeStem
  readonly key: ClozeKey
  readonly settledKey: ClozeKey
  readonly presented: {
    readonly blanks: readonly { readonly ref: string; readonly options?: readonly PresentedChoice[] }[]
  }
  readonly field: 'blanks'
  readonly answer: Readonly<Record<string, string>>
  readonly response: Readonly<Record<string, number | string>>
}

const gapRef = () => z.string().regex(/^\d{1,3}$/)

const choicesFor = (ref: string, { blanks }: ClozeStem): readonly Choice[] =>
  blanks.find((blank) => blank.ref === ref)?.choices ?? []

const fills = (blank: ClozeKey['blanks'][string], given: number | string | undefined): boolean =>
  'choice' in blank ? given === blank.choice : typeof given === 'string' && accepts(blank.accepted, given)

/** An item with gaps in its text; each is filled by a pick or by a word. */
export const cloze: ItemTypeDefinition<Cloze> = {
  field: 'blanks',
  isScored: true,
  optionsCompete: true,
  bankSchema: ({ choices, index, accepted }) => ({
    stem: { blanks: z.array(z.strictObject({ ref: gapRef(), choices: choices.optional() })) },
    key: { blanks: z.record(gapRef(), z.union([z.strictObject({ choice: index }), z.strictObject({ accepted })])) },
  }),
  presentedSchema: (choices) => ({ blanks: z.array(z.object({ ref: z.string(), options: choices.optional() })) }),
  answerSchema: () => z.record(z.string(), z.string()),
  listsOf: ({ blanks }) => blanks.flatMap(({ choices }) => (choices ? [choices] : [])),
  blanksOf: ({ blanks }) => blanks.map(({ ref }) => ref),
  settleStem: (stem, fill) => ({
    ...stem,
    html: fill.html(stem.html),
    blanks: stem.blanks.map(({ ref, choices }) => (choices ? { ref, choices: fill.choices(choices) } : { ref })),
  }),
  keyFits(key, { blanks }) {
    const keyed = blanks.map(({ ref, choices }) => {
      const blank = Object.hasOwn(key.blanks, ref) ? key.blanks[ref] : undefined
      return (
        blank !== undefined &&
        ('choice' in blank ? choices !== undefined && isPlaceOf(choices)(blank.choice) : choices === undefined)
      )
    })
    return keyed.every(Boolean) && Object.keys(key.blanks).length === keyed.length
  },
  acceptedIn: ({ blanks }) => Object.values(blanks).flatMap((blank) => ('accepted' in blank ? blank.accepted : [])),
  settleKey: (key, fill) => ({
    ...key,
    blanks: Object.fromEntries(
      Object.entries(key.blanks).map(([ref, blank]) => [
        ref,
        'accepted' in blank ? { accepted: fill.accepted(blank.accepted) } : blank,
      ]),
    ),
  }),
  showKey: ({ blanks }, stem, words) => ({
    form: 'blanks',
    blanks: Object.entries(blanks).map(([ref, blank]) => ({
      ref,
      text:
        'choice' in blank
          ? words.choice(choicesFor(ref, stem)[blank.choice])
          : words.accepted(blank.accepted).join(' / '),
    })),
  }),
  rightTexts: ({ blanks }, stem, say) =>
    Object.entries(blanks).flatMap(([ref, blank]) =>
      'choice' in blank ? [`${ref}=${say(choicesFor(ref, stem)[blank.choice])}`] : [],
    ),
  layOut: ({ blanks }, random) => ({
    blanks: Object.fromEntries(
      blanks.flatMap(({ ref, choices }) => (choices ? [[ref, random.shuffle(indices(choices))]] : [])),
    ),
  }),
  layOutAsWritten: ({ blanks }) => ({
    blanks: Object.fromEntries(blanks.flatMap(({ ref, choices }) => (choices ? [[ref, indices(choices)]] : []))),
  }),
  present: ({ blanks }, layout) => ({
    blanks: blanks.map(({ ref, choices }) =>
      choices ? { ref, options: presentChoices(choices, layout.blanks?.[ref]) } : { ref },
    ),
  }),
  readAnswer(value, { blanks }, layout) {
    const fits = ([ref, given]: [string, unknown]) => {
      const blank = blanks.find((one) => one.ref === ref)
      return blank !== undefined && (blank.choices ? isRefOf(layout.blanks?.[ref], given) : isText(given))
    }
    if (!isRecord(value) || !Object.entries(value).every(fits))
      return fail('expected {blanks: {blank ref: option ref or text}}')
    return ok(inOneOrder(value))
  },
  resolveAnswer: (answer, layout) =>
    Object.fromEntries(
      Object.entries(answer).map(([ref, given]) => {
        const order = layout.blanks?.[ref]
        return [ref, order ? choiceOf(order, given) : given]
      }),
    ),
  // a half-filled one still counts as unanswered
  isComplete: (answer, { blanks }) => blanks.every(({ ref }) => (answer[ref] ?? '').trim() !== ''),
  rightAnswer: (key, stem, { blanks }) =>
    Object.fromEntries(
      Object.entries(key.blanks).map(([ref, blank]) => {
        if ('accepted' in blank) return [ref, blank.accepted[0] ?? '']
        return [ref, shownRef(blanks.find((one) => one.ref === ref)?.options, choicesFor(ref, stem)[blank.choice])]
      }),
    ),
  /** The share of blanks that are right. */
  score(key, response) {
    const blanks = Object.entries(key.blanks)
    return blanks.filter(([ref, blank]) => fills(blank, response[ref])).length / blanks.length
  },
  explain: (key, stem, response = {}) => ({
    areOptions: false,
    right: [],
    parts: stem.blanks.flatMap(({ ref, choices = [] }) => {
      const [blank, given] = [key.blanks[ref], response[ref]]
      if (!blank) return []
      const said = typeof given === 'number' ? choices[given]?.text : given?.trim()
      return explainPlace(ref, {
        right: 'choice' in blank ? (choices[blank.choice]?.text ?? '') : (blank.accepted[0] ?? ''),
        given: said === '' ? undefined : said,
        isRight: fills(blank, given),
      })
    }),
  }),
  isAnswered: (response) => Object.values(response).some((given) => String(given).trim() !== ''),
  optionsOf: (stem, key) =>
    stem.blanks.flatMap(({ ref, choices = [] }) => {
      const blank = key.blanks[ref]
      return groupedOptions(ref, ref, choices, blank && 'choice' in blank ? blank.choice : undefined)
    }),
  picksOf: (response) =>
    Object.entries(response).flatMap(([ref, given]) => (typeof given === 'number' ? [optionIdIn(ref, given)] : [])),
}
