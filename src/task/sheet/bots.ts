import type { Random } from '../../kernel/random.ts'
import { type Mutation, mutationsOf } from '../formula/mutate-formula.ts'
import { readFormula } from '../formula/read-formula.ts'
import { columnName, type Formula, mapFormula, printFormula, type Reference } from '../formula/tree.ts'
import { isFailure, type Scalar, textOf } from '../formula/value.ts'
import type { Entries } from '../present.ts'
import type { TaskInstance } from '../task.ts'
import type { Bot } from '../task-kind.ts'
import { cellsOf, type QuestionKey, rightValues, type SheetKey, type TrialSheet } from './key.ts'

type SheetInstance = Pick<TaskInstance<SheetKey>, 'key'>

/** A model as a tree. Printed models are always read again. */
export function modelTree({ model }: QuestionKey): Formula {
  const read = readFormula(model)
  if (!read.ok) throw new Error(`${model} is no formula`)
  return read.value
}

const written = ({ key }: SheetInstance, write: (question: QuestionKey) => string): Entries =>
  Object.fromEntries(
    key.questions.map((question) => [question.field, write(question)] as const).filter(([, text]) => text),
  )

const perfect = (instance: SheetInstance): Entries => written(instance, ({ model }) => model)

const half = (instance: SheetInstance, random: Random): Entries => {
  const some = random.shuffle(instance.key.questions).slice(0, instance.key.questions.length / 2)
  return written(instance, (question) => (some.includes(question) ? question.model : ''))
}

/** The same in other words, where functions have twins. */
const TWINS: Readonly<Record<string, (of: readonly Formula[]) => Formula>> = {
  COUNTIF: (of) => ({ is: 'call', name: 'COUNTIFS', of }),
  COUNTIFS: (of) => ({ is: 'call', name: of.length === 2 ? 'COUNTIF' : 'COUNTIFS', of }),
  SUMIF: ([range, criterion, from]) => ({
    is: 'call',
    name: 'SUMIFS',
    of: [from ?? range, range, criterion] as Formula[],
  }),
  SUMIFS: (of) =>
    of.length === 3
      ? { is: 'call', name: 'SUMIF', of: [of[1], of[2], of[0]] as Formula[] }
      : { is: 'call', name: 'SUMIFS', of: [...of.slice(0, 1), ...of.slice(3), ...of.slice(1, 3)] },
  VLOOKUP: ([wanted, table, index, near]) => ({
    is: 'call',
    name: 'VLOOKUP',
    of: [
      wanted,
      table,
      index,
      near?.is === 'literal' && near.value === false ? { is: 'literal', value: 0 } : near,
    ].filter((part) => part !== undefined) as Formula[],
  }),
  IF: ([test, yes, no]) => ({
    is: 'call',
    name: 'IF',
    of: no && test ? [{ is: 'call', name: 'NOT', of: [test] }, no, yes as Formula] : ([test, yes] as Formula[]),
  }),
}

const fullWidth = (text: string): string =>
  text.replace(/"[^"]*"|[!-~]/g, (sign) => (sign.length > 1 ? sign : String.fromCharCode(sign.charCodeAt(0) + 0xfee0)))

/** Right in other words: with twins of functions, in small letters, with spaces, and typed in full width. */
function otherForms(instance: SheetInstance, random: Random): Entries {
  return written(instance, (question) => {
    const twin = mapFormula(modelTree(question), (part) =>
      part.is === 'call' ? (TWINS[part.name]?.(part.of) ?? part) : part,
    )
    const text = printFormula(twin)
    const forms = [
      text,
      `= ${text.slice(1).replace(/"[^"]*"|,/g, (found) => (found === ',' ? ', ' : found))} `,
      text.replace(/"[^"]*"|[A-Z]+/g, (found) => (found.startsWith('"') ? found : found.toLowerCase())),
      fullWidth(text),
      `=(${text.slice(1)})`,
    ]
    return forms[random.below(forms.length)] as string
  })
}

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`
const shownSheet = ({ sheets }: SheetKey): TrialSheet => sheets[0] as TrialSheet
const firstRight = (key: SheetKey, { range }: QuestionKey): Scalar => rightValues(shownSheet(key), range)[0] ?? 0

/** Types the results. */
const typed = (instance: SheetInstance): Entries =>
  written(instance, (question) => {
    const value = firstRight(instance.key, question)
    if (isFailure(value)) return value.error
    return typeof value === 'string' ? `=${quoted(value)}` : textOf(value)
  })

/** The same behind a reference that changes nothing. */
const pretended = (instance: SheetInstance): Entries =>
  written(instance, (question) => {
    const value = firstRight(instance.key, question)
    if (isFailure(value)) return ''
    return typeof value === 'string' ? `=${quoted(value)}&LEFT(A4,0)` : `=${textOf(value)}+0*LEN(A4)`
  })

const withoutDollars = (instance: SheetInstance): Entries => written(instance, ({ model }) => model.replaceAll('$', ''))

/** What the cell of a reference shows on the shown sheet. */
export function shownIn(key: SheetKey): (reference: Reference) => Scalar | undefined {
  const cells = cellsOf(key.texts, shownSheet(key).cells)
  return ({ from }) => cells[columnName(from.column ?? 1) + String(from.row ?? 1)] ?? null
}

/** Each model with all its mutations of these kinds that stand in different places. */
const mutated =
  (...kinds: readonly Mutation['kind'][]) =>
  (instance: SheetInstance): Entries =>
    written(instance, (question) => {
      const tree = modelTree(question)
      const one = mutationsOf(tree, () => undefined).find(({ kind }) => kinds.includes(kind))
      return printFormula(one?.formula ?? tree)
    })

/** Simulated candidates of sheets, and what their scores must be. */
export const sheetBots: readonly Bot<SheetKey>[] = [
  { name: 'perfect', play: perfect, each: { least: 1 } },
  { name: 'other-forms', play: otherForms, each: { least: 1 } },
  { name: 'untouched', play: () => ({}), each: { most: 0 } },
  { name: 'half', play: half },
  { name: 'typed-values', play: typed, each: { most: 0 } },
  { name: 'pretended-reference', play: pretended, each: { most: 0.1 } },
  { name: 'no-dollar', play: withoutDollars, each: { most: 0.69 } },
  { name: 'near-lookup-or-rounding', play: mutated('lookup', 'rounding') },
  { name: 'boundary', play: mutated('boundary') },
]
