import type { ItemType, Locale } from '../../../item/item.ts'
import type { AnswerSource, OptionSource } from '../../bank-source.ts'
import { type Said, say } from '../../said.ts'
import { placeholderEssay } from '../../types/essay.ts'
import { readTrueFalse } from '../../types/true-false.ts'
import { escapeAnswer } from '../escape-markdown.ts'
import { type Loss, loss } from '../exchange.ts'
import { blocksToMarkdown, type Conversion, lineToMarkdown } from '../html-to-markdown.ts'
import { type Element, elementsOf } from '../markup-tree.ts'
import { pairsAnswer } from '../pairs-answer.ts'
import type { ReadWords } from '../pill-words.ts'
import { bestValues, type Declaration, rightSet } from './declarations.ts'
import { caseLosses, weightLosses } from './foreign-scoring.ts'

export interface BuildContext {
  readonly declaration: Declaration
  readonly conversion: Conversion
  readonly words: ReadWords
  readonly locale: Locale
  readonly losses: Loss[]
}

export interface Built {
  readonly answer: AnswerSource
  readonly type?: ItemType
  readonly partial?: boolean
  readonly fixed?: boolean
  /** Gaps for the end of the stem. */
  readonly table?: string
}

const leaveOut = (losses: Loss[], code: Loss['code'], message: Said): undefined => {
  losses.push(loss(code, message))
}

/** The answer of an interaction that stands as a block; undefined, with the reason among the losses, when it has none of ours. */
export function buildAnswer(interaction: Element, context: BuildContext): Built | undefined {
  switch (interaction.name) {
    case 'choice-interaction':
      return buildChoice(interaction, context)
    case 'order-interaction':
      return buildOrder(interaction, context)
    case 'match-interaction':
      return buildMatch(interaction, context)
    case 'extended-text-interaction':
      return buildEssay(interaction, context)
    default:
      return leaveOut(context.losses, 'unsupported', say('exchange.noSuchQtiType', { name: interaction.name }))
  }
}

function buildChoice(
  interaction: Element,
  { declaration, conversion, locale, losses }: BuildContext,
): Built | undefined {
  const choices = elementsOf(interaction, 'simple-choice')
  const isMultiple = declaration.cardinality !== 'single'
  const right = isMultiple ? rightSet(declaration) : (declaration.correct[0] ?? bestValues(declaration)[0])
  const isRight = ({ attributes: { identifier = '' } }: Element) =>
    typeof right === 'string' ? right === identifier : (right?.includes(identifier) ?? false)
  if (!choices.some(isRight)) return leaveOut(losses, 'key', say('exchange.noRightAnswer'))
  const [rights, wrongs] = [choices.filter(isRight), choices.filter((choice) => !isRight(choice))].map((some) =>
    some.map(({ attributes: { identifier = '' } }) => identifier),
  )
  losses.push(...weightLosses(declaration, { right: rights ?? [], wrong: wrongs ?? [], wrongTakesAway: isMultiple }))
  const options = choices.map(
    (choice): OptionSource => ({ text: blocksToMarkdown(choice.children, conversion), correct: isRight(choice) }),
  )
  const fixed = isFixed(interaction, choices, losses)
  if (isMultiple)
    return { answer: { form: 'options', options }, type: 'multiple', partial: declaration.mapping.length > 0, fixed }
  return {
    answer: { form: 'options', options },
    type: readTrueFalse(options, locale) === undefined ? 'single' : 'true-false',
    fixed,
  }
}

/** Whether options keep their order. Ours do so all or none. */
function isFixed({ attributes: { shuffle } }: Element, choices: readonly Element[], losses: Loss[]): boolean {
  const kept = choices.filter(({ attributes }) => attributes.fixed === 'true').length
  if (shuffle === 'true' && kept > 0 && kept < choices.length)
    losses.push(loss('metadata', say('exchange.someOptionsFixed')))
  return shuffle === 'false' || (shuffle === 'true' && kept > 0)
}

function buildOrder(interaction: Element, { declaration, conversion, losses }: BuildContext): Built | undefined {
  const choices = new Map(
    elementsOf(interaction, 'simple-choice').map((choice) => [choice.attributes.identifier ?? '', choice]),
  )
  const ordered = declaration.correct.map((id) => choices.get(id))
  if (ordered.length === 0 || ordered.includes(undefined)) return leaveOut(losses, 'key', say('exchange.noRightOrder'))
  if (ordered.length < choices.size) return leaveOut(losses, 'unsupported', say('exchange.partialOrder'))
  return { answer: { form: 'rows', rows: ordered.map((choice) => lineToMarkdown(choice?.children ?? [], conversion)) } }
}

function buildMatch(interaction: Element, context: BuildContext): Built | undefined {
  const { declaration, conversion, words, locale, losses } = context
  const [lefts = [], rights = []] = elementsOf(interaction, 'simple-match-set').map((set) =>
    elementsOf(set, 'simple-associable-choice'),
  )
  const pairs = rightSet(declaration).map((pair) => pair.split(' '))
  const nameOf = ({ attributes }: Element) => attributes.identifier ?? ''
  const used = (side: 0 | 1, choice: Element) => pairs.filter((pair) => pair[side] === nameOf(choice)).length
  // a side of which each has one partner becomes the left one
  const side = lefts.every((left) => used(0, left) === 1)
    ? 0
    : rights.every((right) => used(1, right) === 1)
      ? 1
      : undefined
  if (pairs.length === 0) return leaveOut(losses, 'key', say('exchange.noRightPairs'))
  if (side === undefined) return leaveOut(losses, 'unsupported', say('exchange.severalPartners'))
  const [from, to] = side === 0 ? [lefts, rights] : [rights, lefts]
  const partner = (choice: Element) =>
    to.find((other) => nameOf(other) === pairs.find((pair) => pair[side] === nameOf(choice))?.[1 - side])
  if (from.some((choice) => !partner(choice))) return leaveOut(losses, 'key', say('exchange.pairNamesNothing'))
  const line = (choice: Element | undefined) => (choice ? lineToMarkdown(choice.children, conversion) : '')
  losses.push(...weightLosses(declaration, { right: pairs.map((pair) => pair.join(' ')) }))
  const rows = from.map((choice) => [line(choice), line(partner(choice))] as const)
  const spare = to.filter((other) => used(side === 0 ? 1 : 0, other) === 0).map((other) => ['', line(other)] as const)
  return pairsAnswer([...rows, ...spare], words.columns, locale, losses)
}

function buildEssay(interaction: Element, { words, locale }: BuildContext): Built {
  const bounds = /\{(\d{1,5}),(\d{1,5})\}/.exec(interaction.attributes['pattern-mask'] ?? '')
  const length = words.length ?? (bounds ? { min: Math.max(1, Number(bounds[1])), max: Number(bounds[2]) } : undefined)
  return { answer: placeholderEssay(locale, length) }
}

/** The answer where all interactions are gaps in running text. `isAlone` says that the only one stands in a paragraph of its own. */
export function buildGaps(gaps: readonly Gap[], isAlone: boolean, unit: string, losses: Loss[]): Built | undefined {
  for (const { declaration } of gaps) {
    losses.push(...weightLosses(declaration, { right: bestValues(declaration) }), ...caseLosses(declaration))
  }
  if (gaps.some(({ accepted }) => accepted.length === 0))
    return leaveOut(losses, 'key', say('exchange.gapWithoutAnswer'))
  const [only, second] = gaps
  const isNumber = only && !second && !only.choices && isNumeric(only.declaration)
  if (isNumber) {
    const value = Number(only.accepted[0])
    if (!Number.isFinite(value)) return leaveOut(losses, 'key', say('exchange.numericAnswerUnreadable'))
    if (only.accepted.some((other) => Number(other) !== value))
      return leaveOut(losses, 'key', say('exchange.severalNumbers'))
    return { answer: { form: 'numeric', value, tolerance: only.tolerance, unit } }
  }
  if (gaps.some(({ choices, declaration }) => !choices && isNumeric(declaration)))
    losses.push(loss('scoring', say('exchange.numbersComparedAsText')))
  if (only && !second && !only.choices && isAlone)
    return { answer: { form: 'accepted', accepted: only.accepted.map(escapeAnswer) } }
  return {
    answer: {
      form: 'blanks',
      blanks: gaps.map(({ ref, accepted, choices }) => ({
        ref,
        accepted: choices ? accepted : accepted.map(escapeAnswer),
      })),
    },
  }
}

const isNumeric = ({ baseType }: Declaration): boolean => baseType === 'float' || baseType === 'integer'

/** A gap in running text, by its number. */
export interface Gap {
  readonly ref: string
  readonly declaration: Declaration
  /** Of a gap that is chosen from a list; its accepted answers are of these words. */
  readonly choices?: readonly string[]
  readonly accepted: readonly string[]
  readonly tolerance: number
}
