import type { CompiledHtml } from '../markup/compiled-html.ts'
import { SLOT_MARKS } from '../slot-mark.ts'
import type { Choice, ExplainedPart, ExplainedResponse, ItemOption, PresentedChoice, StemFill } from './item-type.ts'

// What the types have in common whose answer is picked, placed or paired.

export const indices = (list: readonly unknown[]): number[] => list.map((_, i) => i)
export const isPlaceOf =
  (list: readonly unknown[]) =>
  (index: number): boolean =>
    index < list.length
export const areDistinct = (values: readonly unknown[]): boolean => new Set(values).size === values.length

/** Refs of choices in drawn order: a, b, c … */
export const choiceRef = (position: number): string => {
  const letters = 'abcdefghijklmnopqrstuvwxyz'
  return position < 26
    ? (letters[position] as string)
    : `${choiceRef(Math.floor(position / 26) - 1)}${letters[position % 26]}`
}

const positionOf = (ref: string): number => [...ref].reduce((n, letter) => n * 26 + letter.charCodeAt(0) - 96, 0) - 1

export const presentChoices = (choices: readonly Choice[], order: readonly number[] | undefined): PresentedChoice[] =>
  (order ?? indices(choices)).map((index, position) => ({
    ref: choiceRef(position),
    html: (choices[index] as Choice).html,
  }))

/** Whether a ref names one of the laid-out choices. */
export const isRefOf = (order: readonly number[] | undefined, ref: unknown): ref is string =>
  typeof ref === 'string' && /^[a-z]{1,2}$/.test(ref) && positionOf(ref) < (order?.length ?? 0)

/** The choice of the stem that stands under this ref; -1 for none. */
export const choiceOf = (order: readonly number[] | undefined, ref: string): number => order?.[positionOf(ref)] ?? -1

/** The ref under which a paper shows a choice of the bank; empty where it does not. */
export const shownRef = (shown: readonly PresentedChoice[] | undefined, choice: Choice | undefined): string =>
  shown?.find(({ html }) => html === choice?.html)?.ref ?? ''

/** A stem that is its text and one list. */
export const settleChoices = <Stem extends { readonly html: CompiledHtml; readonly choices: readonly Choice[] }>(
  stem: Stem,
  { html, choices }: StemFill,
): Stem => ({
  ...stem,
  html: html(stem.html),
  choices: choices(stem.choices),
})

/** Numbers that every paper draws anew are no part of what an option is. */
export const wordsOf = ({ text }: Choice): string => text.replace(SLOT_MARKS, '…')

export const optionId = (index: number): string => String(index + 1)
export const optionIdIn = (group: string | number, index: number): string => `${group}.${index + 1}`

export const plainOptions = (choices: readonly Choice[], isKey: (index: number) => boolean): ItemOption[] =>
  choices.map((choice, i) => ({ id: optionId(i), text: wordsOf(choice), isKey: isKey(i) }))

export const groupedOptions = (
  group: string | number,
  name: string,
  choices: readonly Choice[],
  key: number | undefined,
): ItemOption[] =>
  choices.map((choice, i) => ({ id: optionIdIn(group, i), group: name, text: wordsOf(choice), isKey: i === key }))

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Equal answers have one spelling, so that a repeated save is recognised as the same. */
export const inOneOrder = (record: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1))) as Record<string, string>

/** Options by their letters. */
export const explainOptions = (
  choices: readonly Choice[],
  key: readonly number[],
  picked: readonly number[],
): ExplainedResponse => ({
  areOptions: true,
  right: [],
  parts: choices.map(({ html }, i) => ({
    label: choiceRef(i).toUpperCase(),
    html,
    isRight: key.includes(i),
    isGiven: picked.includes(i),
  })),
})

/** A place into which something belongs, by its number. */
export const explainPlace = (
  label: string | number,
  {
    right,
    given,
    isRight,
    html,
  }: Pick<ExplainedPart, 'html' | 'isRight'> & { right: string; given: string | undefined },
): ExplainedPart => ({
  label: String(label),
  ...(html === undefined ? {} : { html }),
  right,
  ...(given === undefined ? {} : { given }),
  isRight,
  isGiven: given !== undefined,
})
