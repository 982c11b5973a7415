import { choicesOf, definitionOf } from '../definition-of.ts'
import type { Expression } from '../expression.ts'
import type { Item, Locale, Slot, Variable, Wording } from '../item.ts'
import { type CompiledHtml, fillHtml } from '../markup/compiled-html.ts'
import { readableHtml } from '../markup/html-text.ts'
import { SLOT_MARKS, slotOf } from '../slot-mark.ts'

export const itemFields = [
  'topic',
  'type',
  'status',
  'version',
  'points',
  'seconds',
  'difficulty',
  'skill',
  'level',
  'reviewBy',
  'enemies',
] as const
export const wordingFields = [
  'variables',
  'stem',
  'choices',
  'layout',
  'key',
  'rationale',
  'references',
  'notes',
] as const

/** One thing that can be read of an item, as plain text; several lines where there are several. */
export interface ItemFact {
  readonly field: (typeof itemFields)[number] | (typeof wordingFields)[number]
  /** Of a wording; without it, of the item. */
  readonly locale?: Locale
  readonly text: string
}

const isInfix = (expression: Expression): boolean =>
  typeof expression !== 'string' && /^[-+*/]$/.test(expression[0]) && expression.length > 2

/** An expression as an author would write it; every inner operation in brackets. */
function printExpression(expression: Expression): string {
  if (typeof expression === 'string') return expression
  const [operation, ...operands] = expression
  const inner = operands.map((operand) =>
    isInfix(operand) && /^[-+*/]$/.test(operation) ? `(${printExpression(operand)})` : printExpression(operand),
  )
  if (isInfix(expression)) return inner.join(` ${operation} `)
  return operation === '-' ? `-${inner[0]}` : `${operation}(${inner.join(', ')})`
}

const printSlot = (slot: Slot | undefined): string =>
  `{{${slot ? printExpression(slot.expression) : '?'}${slot?.plain ? ':plain' : ''}}}`

/** Text of a parametric item with its expressions where the numbers will stand. */
const fillIn = (text: string, slots: readonly Slot[] = []): string =>
  text.replace(SLOT_MARKS, (mark) => printSlot(slots[slotOf(mark)]))

/** The same in HTML, where an expression is shown and never markup. */
export const fillInHtml = (html: CompiledHtml, slots: readonly Slot[] = []): CompiledHtml =>
  fillHtml(html, SLOT_MARKS, (mark) => printSlot(slots[slotOf(mark)]))

/** What candidates see, in words, with expressions where a parametric item has numbers. */
const readable = (html: CompiledHtml, slots: readonly Slot[] | undefined): string => fillIn(readableHtml(html), slots)

const printVariable = (variable: Variable): string =>
  `${variable.name}: ${'values' in variable ? variable.values.join(', ') : `${variable.from}–${variable.to} / ${variable.step}`}`

/** What is right, a line each; expressions where a parametric item has them. */
export function describeKey({ stem, secret: { key, slots } }: Pick<Wording, 'stem' | 'secret'>): readonly string[] {
  const shown = definitionOf(key.type).showKey(key, stem, {
    // by what candidates see, not by the text beside it
    choice: (choice) => (choice ? readable(choice.html, stem.slots) : '?'),
    accepted: (texts) => texts.map((text) => fillIn(text, slots)),
    expression: (expression) => `{{${printExpression(expression)}}}`,
  })
  switch (shown.form) {
    case 'lines':
      return [...shown.lines, ...(shown.isPartial ? ['部分点 / partial credit'] : [])]
    case 'steps':
      return shown.lines.map((line, i) => `${i + 1}. ${line}`)
    case 'blanks':
      return shown.blanks.map(({ ref, text }) => `[[${ref}]] ${text}`)
    case 'number':
      return [`${shown.value} ± ${shown.tolerance} ${shown.unit}`]
    case 'rubric':
      return [
        ...shown.criteria.flatMap(({ name, points, levels }) => [
          `${name} (${points})`,
          ...levels.map(({ level, descriptor }) => `  ${level}: ${descriptor}`),
        ]),
        shown.model,
      ]
    default:
      return shown satisfies never
  }
}

function wordingFacts(locale: Locale, wording: Wording): ItemFact[] {
  const { stem, secret, variables = [] } = wording
  const lines = (texts: readonly string[]) => texts.join('\n')
  const texts: Readonly<Record<(typeof wordingFields)[number], string>> = {
    variables: lines(variables.map(printVariable)),
    stem: readable(stem.html, stem.slots),
    choices: lines(choicesOf(stem).map(({ html }) => readable(html, stem.slots))),
    layout: lines(definitionOf(stem.type).describeLayout?.(stem) ?? []),
    key: lines(describeKey(wording)),
    rationale: secret.rationale,
    references: lines(secret.references),
    notes: secret.notes,
  }
  return wordingFields.map((field) => ({ field, locale, text: texts[field] }))
}

/** What candidates may have seen of an item: questions and choices, without what a paper puts in for expressions. */
export const shownTexts = ({ wordings }: Item): readonly string[] =>
  Object.values(wordings).flatMap(({ stem }) => [stem, ...choicesOf(stem)].map(({ html }) => readable(html, undefined)))

/** Everything that can be read of an item, in a fixed order; what it does not have is left out. */
export function describeItem(item: Item): ItemFact[] {
  const own = itemFields.map(
    (field): ItemFact => ({ field, text: field === 'enemies' ? item.enemies.join(', ') : String(item[field] ?? '') }),
  )
  const worded = (['ja', 'en'] as const).flatMap((locale) => {
    const wording = item.wordings[locale]
    return wording ? wordingFacts(locale, wording) : []
  })
  return [...own, ...worded].filter(({ text }) => text !== '')
}
