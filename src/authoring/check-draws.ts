import { definitionOf, listsOf } from '../item/definition-of.ts'
import { countOf, drawValues, recogniserOf, settleWording, valueAt } from '../item/draw-values.ts'
import { type Expression, evaluate, type Values, variablesIn } from '../item/expression.ts'
import type { Slot, Variable, Wording } from '../item/item.ts'
import { SLOT_MARKS, slotOf } from '../item/slot-mark.ts'
import type { Choice } from '../item/types/item-type.ts'
import { foldText } from '../item/types/typed-text.ts'
import { type Random, randomFrom } from '../kernel/random.ts'
import { sha256 } from './content-hash.ts'
import { error, type Finding, warning } from './diagnostic.ts'
import { listed, type Said, say } from './said.ts'

/** All draws are looked at up to this number of them; of more, so many by lot. */
const MOST_DRAWS = 1_000

/** The draws to look at: every one where they are few, else the corners of the ranges and a sample that is the same each time. */
function* drawsOf(variables: readonly Variable[]): Iterable<Values> {
  const total = variables.reduce((product, variable) => product * countOf(variable), 1)
  if (total <= MOST_DRAWS) {
    for (let n = 0; n < total; n++) yield nthDraw(variables, n)
    return
  }
  const corners = Math.min(2 ** variables.length, MOST_DRAWS / 2)
  for (let corner = 0; corner < corners; corner++)
    yield Object.fromEntries(
      variables.map((variable, bit) => [
        variable.name,
        valueAt(variable, (corner >> bit) & 1 ? countOf(variable) - 1 : 0),
      ]),
    )
  const random: Random = randomFrom(sha256(JSON.stringify(variables)).slice(0, 32))
  for (let n = corners; n < MOST_DRAWS; n++) yield drawValues(variables, random)
}

function nthDraw(variables: readonly Variable[], n: number): Values {
  let rest = n
  return Object.fromEntries(
    variables.map((variable) => {
      const index = rest % countOf(variable)
      rest = Math.floor(rest / countOf(variable))
      return [variable.name, valueAt(variable, index)]
    }),
  )
}

const named = (values: Values): string =>
  Object.entries(values)
    .map(([name, value]) => `${name}=${value}`)
    .join(', ')

type Trouble = { readonly rule: string; readonly what: Said; readonly hint?: Said }

const trouble = (rule: string, what: Said, hint?: Said): Trouble => ({ rule, what, ...(hint ? { hint } : {}) })

const ROUND = say('advice.roundFractions')

function troubleOfAmount(expression: Expression, values: Values, isKey: boolean): Trouble | undefined {
  const amount = evaluate(expression, values)
  if (!amount) return trouble('variables/undefined', say('finding.dividesByZero'))
  if (!amount.isExact)
    return trouble('variables/rounding', say('finding.valueNotEven', { decimal: amount.decimal }), ROUND)
  if (amount.decimal.startsWith('-'))
    return trouble(
      'variables/negative',
      say('finding.valueNegative', { decimal: amount.decimal }),
      say('advice.reviewRanges'),
    )
  if (isKey && amount.decimal.replace(/\D/g, '').length > 15)
    return trouble('variables/undefined', say('finding.valueTooLarge'))
  return undefined
}

const twinIn = (choices: readonly Choice[]): string | undefined => {
  const texts = choices.map(({ text }) => foldText(text))
  return choices[texts.findIndex((text, i) => texts.indexOf(text) < i)]?.text
}

function troubleOfChoices({ stem }: Pick<Wording, 'stem'>): Trouble | undefined {
  for (const list of listsOf(stem)) {
    const twin = twinIn(list)
    if (twin !== undefined)
      return trouble(
        'variables/ambiguous',
        say('finding.optionTwiceInDraw', { twin }),
        say('advice.reviewRangesOrExpressions'),
      )
  }
  return undefined
}

/** Whether the answer is shown, as a value that the stem tells: its own expression. */
function isTold(stem: Wording['stem'], key: Wording['secret']['key']): boolean {
  const formula = JSON.stringify(definitionOf(key.type).formulaOf?.(key))
  return formula !== undefined && (stem.slots ?? []).some((slot) => JSON.stringify(slot.expression) === formula)
}

/** Finds the values that a paper's stem does not tell: what was drawn must be known again from what its candidate saw. */
function hiddenIn({ stem }: Wording): (settled: Pick<Wording, 'stem'>, values: Values) => string[] {
  const recognise = recogniserOf(stem)
  const alone = new Set((stem.html.match(SLOT_MARKS) ?? []).map((mark) => stem.slots?.[slotOf(mark)]?.expression))
  return (settled, values) => {
    const recognised = recognise(settled.stem.html)
    const names = Object.keys(values)
    if (recognised) return names.filter((name) => recognised[name] !== values[name])
    return names.every((name) => alone.has(name)) ? names : names.filter((name) => !alone.has(name))
  }
}

export interface DrawScope {
  readonly places: { readonly variables: { readonly line: number; readonly column: number } }
  readonly report: (at: { readonly line: number; readonly column: number }, finding: Finding) => void
}

/**
 * Looks at every paper that a parametric item can become, or at a thousand of them: values must exist, be exact and not
 * negative, options must stay distinct, and the stem must tell what was drawn. False when one is in error; the first of each
 * kind is reported.
 */
export function checkDraws(wording: Wording, { places, report }: DrawScope): boolean {
  const variables = wording.variables ?? []
  const slots: readonly Slot[] = [...(wording.stem.slots ?? []), ...(wording.secret.slots ?? [])]
  const { key } = wording.secret
  const formula = definitionOf(key.type).formulaOf?.(key)
  const used = new Set(
    [...slots.map((slot) => slot.expression), ...(formula === undefined ? [] : [formula])].flatMap((expression) => [
      ...variablesIn(expression),
    ]),
  )
  const unused = variables.filter(({ name }) => !used.has(name)).map(({ name }) => name)
  if (unused.length > 0)
    report(
      places.variables,
      warning(
        'variables/unused',
        say('finding.variablesUnused', { unused: listed(unused) }),
        say('advice.useOrDelete'),
      ),
    )
  if (isTold(wording.stem, key))
    report(places.variables, error('leak/answer-in-stem', say('finding.expressionInStem'), say('advice.variablesOnly')))
  const found = new Map<string, Trouble & { readonly values: Values }>()
  const hidden = new Set<string>()
  const findHidden = hiddenIn(wording)
  for (const values of drawsOf(variables)) {
    const settled = settleWording(wording, values)
    const troubles = [
      ...slots.map((slot) => troubleOfAmount(slot.expression, values, false)),
      formula === undefined ? undefined : troubleOfAmount(formula, values, true),
      troubleOfChoices(settled),
    ]
    for (const name of findHidden(settled, values)) if (used.has(name)) hidden.add(name)
    for (const one of troubles) if (one && !found.has(one.rule)) found.set(one.rule, { ...one, values })
  }
  // without a sound draw, nothing of it can be recognised
  if (found.size === 0 && hidden.size > 0)
    report(
      places.variables,
      warning(
        'variables/hidden',
        say('finding.variablesHidden', { hidden: listed([...hidden]) }),
        say('advice.showDrawnNumbers'),
      ),
    )
  for (const { rule, what, hint, values } of found.values())
    report(places.variables, error(rule, say('finding.withDraw', { values: named(values), what }), hint))
  return found.size === 0
}
