import type { CompiledHtml } from '../../item/markup/compiled-html.ts'
import type { Choice } from '../../item/types/item-type.ts'
import type { OptionSource, WrittenItem } from '../bank-source.ts'
import { error, type Finding, type Report } from '../diagnostic.ts'
import { leaveOut, numberLetter, type Row, rightOptions } from '../formats/csv/row.ts'
import { escapeText, listed, wholeStem } from '../formats/gift/gift-text.ts'
import { type MoodleContext, type Question, rich, shuffled } from '../formats/moodle/question.ts'
import {
  blocks,
  correctResponse,
  declaration,
  type Interaction,
  ids,
  mapping,
  mapResponse,
  matchCorrect,
  phrase,
} from '../formats/qti/write-scoring.ts'
import { element } from '../formats/write-xml.ts'
import { isOptionLike, type ReadPublic, readOptions, refuseStrayMarks } from '../read-public.ts'
import { say } from '../said.ts'
import { choiceAt, refuseTwins, stemHtml, type WordingScope } from '../wording-scope.ts'
import type { WrittenType } from './written-type.ts'

// What the types have in common whose public part ends with a list of options.

export interface OptionsAnswer {
  readonly form: 'options'
  readonly options: readonly OptionSource[]
}

/** The first option outside a code fence. */
function firstOption(lines: readonly string[], from: number, to: number): number {
  let fence = ''
  for (let i = from; i < to; i++) {
    const line = lines[i] as string
    const marker = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1]
    if (marker && fence === '') fence = marker
    else if (marker?.startsWith(fence) && fence !== '') fence = ''
    else if (fence === '' && isOptionLike(line)) return i
  }
  return to
}

/** Marks inside an option's text or its continuation lines; the marker of the option itself was judged before. */
function refuseMarksInOptions(lines: readonly string[], from: number, to: number, report: Report): void {
  for (let i = from; i < to; i++) {
    const line = lines[i] as string
    if (/^[-*+] \[[ xX]\] /.test(line) || (/^ {2,}/.test(line) && !isOptionLike(line)))
      refuseStrayMarks(lines, i, i + 1, report, true)
  }
}

type Shared =
  | 'form'
  | 'sections'
  | 'readPublic'
  | 'printPublic'
  | 'printSections'
  | 'shownTexts'
  | 'keyShape'
  | 'meaning'
  | 'fill'

export const optionList = {
  form: 'options',
  sections: [],
  readPublic(lines, from, end, report): ReadPublic<OptionsAnswer> {
    const first = firstOption(lines, from, end)
    refuseStrayMarks(lines, from, first, report)
    const { options, places } = readOptions(lines, first, end, report)
    refuseMarksInOptions(lines, first, end, report)
    return { stemFrom: from, stemTo: first, answer: { form: 'options', options }, places }
  },
  printPublic: ({ options }) =>
    options.map(({ text, correct }) => `- [${correct ? 'x' : ' '}] ${text.replace(/\n(?=[^\n])/g, '\n  ')}`).join('\n'),
  printSections: () => ({}),
  shownTexts: ({ options }) => options.map(({ text }) => text),
  keyShape: ({ options }) => options.map(({ correct }) => correct),
  meaning: ({ options }, shown) => options.map(({ text, correct }) => [shown(text), correct]),
  fill: (answer, { text: fill }) => ({
    ...answer,
    options: answer.options.map(({ text, correct }) => ({ text: fill(text), correct })),
  }),
} satisfies Pick<WrittenType<OptionsAnswer>, Shared>

export interface CompiledOptions {
  readonly html: CompiledHtml
  readonly choices: readonly Choice[]
  /** Indices of the right ones, one or more. */
  readonly right: readonly number[]
  readonly refuse: (finding: Finding) => undefined
}

/** Compiles stem and options; undefined where there are too few, or not `exactly` so many, or none is right. */
export function compileOptions(
  { options }: OptionsAnswer,
  scope: WordingScope,
  exactly?: { readonly count: number; readonly finding: Finding },
): CompiledOptions | undefined {
  const html = stemHtml(scope)
  const choices = options.map((option, i) => choiceAt(scope, option.text, i))
  const right = options.flatMap((option, i) => (option.correct ? [i] : []))
  refuseTwins(scope, choices)
  const refuse = (finding: Finding): undefined =>
    scope.report(scope.places.answers[right[1] ?? 0] ?? scope.places.heading, finding) as undefined
  if (exactly && options.length !== exactly.count) return refuse(exactly.finding)
  if (options.length < 2) return refuse(error('option/count', say('finding.tooFewOptions'), say('advice.writeOptions')))
  if (right.length === 0) return refuse(error('key/missing', say('exchange.noOptionMarked'), say('advice.markKey')))
  return { html, choices, right, refuse }
}

/** The one right option; undefined where there are several. */
export function oneRight({ right, refuse }: CompiledOptions): number | undefined {
  if (right.length > 1) return refuse(error('key/conflict', say('finding.severalRight'), say('advice.markOne')))
  return right[0]
}

export const optionCells = {
  lists: ({ options }: OptionsAnswer) => ({ options: options.map(({ text }) => text), pairs: [] }),
  fields: ({ options }: OptionsAnswer) => ({
    correct: options.flatMap(({ correct }, i) => (correct ? [numberLetter(i + 1)] : [])).join(' '),
  }),
  read(row: Row): OptionsAnswer | undefined {
    const { field, losses, options } = row
    const right = rightOptions(row)
    if (!right) return leaveOut(losses, say('exchange.keyNamesNoOption', { key: field('correct') || field('answer') }))
    return {
      form: 'options',
      options: options.flatMap((text, i) => (text === '' ? [] : [{ text, correct: right.includes(i) }])),
    }
  },
}

/** GIFT with one right option. */
export const giftOptions = (item: WrittenItem<OptionsAnswer>) =>
  wholeStem(item, listed(item.answer.options.map(({ text, correct }) => `${correct ? '=' : '~'}${escapeText(text)}`)))

/** What each option of a question with one right option is worth in Moodle, in per cent. */
export const marksOfOne = (options: readonly OptionSource[]): string[] =>
  options.map(({ correct }) => (correct ? '100' : '0'))

export const moodleOptions = (
  { answer, pills }: WrittenItem<OptionsAnswer>,
  context: MoodleContext,
  { isSingle, marks }: { readonly isSingle: boolean; readonly marks: readonly string[] },
): Question => ({
  type: 'multichoice',
  parts: [
    element('single', {}, String(isSingle)),
    shuffled(!pills.fixed),
    element('answernumbering', {}, 'abc'),
    ...answer.options.map(({ text }, i) => rich('answer', text, context, { fraction: marks[i] as string })),
  ],
})

/** `partial` says whether part of the right ones earns part of the points; undefined where one is right. */
export function qtiOptions(
  { stem, pills, answer: { options } }: WrittenItem<OptionsAnswer>,
  partial: boolean | undefined,
): Interaction {
  const named = ids('C', options.length)
  const right = named.filter((_, i) => options[i]?.correct)
  const isMultiple = partial !== undefined
  const marks = named.map((id) => [id, right.includes(id) ? 1 : -1] as const)
  return {
    declarations: [
      declaration(
        { cardinality: isMultiple ? 'multiple' : 'single', 'base-type': 'identifier' },
        correctResponse(right),
        partial ? mapping(marks, { least: 0 }) : '',
      ),
    ],
    body: `${blocks(stem)}${element(
      'qti-choice-interaction',
      { 'response-identifier': 'RESPONSE', shuffle: String(!pills.fixed), 'max-choices': isMultiple ? '0' : '1' },
      ...options.map(({ text }, i) => element('qti-simple-choice', { identifier: named[i] }, phrase(text))),
    )}`,
    processing: partial ? mapResponse : matchCorrect,
    most: partial ? right.length : 1,
  }
}
