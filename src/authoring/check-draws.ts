import { definitionOf } from '../item/definition-of.ts'
import { countOf, drawValues, settleWording, valueAt } from '../item/draw-values.ts'
import { type Expression, evaluate, type Values, variablesIn } from '../item/expression.ts'
import type { Slot, Variable, Wording } from '../item/item.ts'
import { listsOf } from '../item/stem-choices.ts'
import { foldText } from '../item/typed-answer.ts'
import type { Choice } from '../item/types/item-type.ts'
import { type Random, randomFrom } from '../kernel/random.ts'
import { sha256 } from './content-hash.ts'
import { error, type Finding, type Said, say, warning } from './diagnostic.ts'

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
  for (let corner = 0; corner < corners; corner++) yield Object.fromEntries(variables.map((variable, bit) => [variable.name, valueAt(variable, (corner >> bit) & 1 ? countOf(variable) - 1 : 0)]))
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

type Trouble = { readonly rule: string; readonly ja: string; readonly en: string; readonly hint?: Said }

const trouble = (rule: string, ja: string, en: string, hint?: Said): Trouble => ({ rule, ja, en, ...(hint ? { hint } : {}) })

const ROUND = say('floor・ceil・round で端数の扱いを決めてください', 'say with floor, ceil or round what happens to fractions')

function troubleOfAmount(expression: Expression, values: Values, isKey: boolean): Trouble | undefined {
  const amount = evaluate(expression, values)
  if (!amount) return trouble('variables/undefined', '計算できない（0で割る）式があります', 'an expression cannot be computed (it divides by zero)')
  if (!amount.isExact) return trouble('variables/rounding', `割り切れない値になります（${amount.decimal}…）`, `a value does not come out even (${amount.decimal}…)`, ROUND)
  if (amount.decimal.startsWith('-'))
    return trouble('variables/negative', `負の値になります（${amount.decimal}）`, `a value is negative (${amount.decimal})`, say('変数の範囲を見直してください', 'review the ranges'))
  if (isKey && amount.decimal.replace(/\D/g, '').length > 15) return trouble('variables/undefined', '値が大きすぎます', 'a value is too large')
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
      return trouble('variables/ambiguous', `選択肢「${twin}」が二つになります`, `the option "${twin}" stands twice`, say('変数の範囲か式を見直してください', 'review the ranges or the expressions'))
  }
  return undefined
}

/** Whether the answer is shown, as a value that the stem tells: its own expression. */
function isTold(stem: Wording['stem'], key: Wording['secret']['key']): boolean {
  const formula = JSON.stringify(definitionOf(key.type).formulaOf?.(key))
  return formula !== undefined && (stem.slots ?? []).some((slot) => JSON.stringify(slot.expression) === formula)
}

export interface DrawScope {
  readonly places: { readonly variables: { readonly line: number; readonly column: number } }
  readonly report: (at: { readonly line: number; readonly column: number }, finding: Finding) => void
}

/**
 * Looks at every paper that a parametric item can become, or at a thousand of them: values must exist, be exact and not
 * negative, and options must stay distinct. False when one is in error; the first of each kind is reported.
 */
export function checkDraws(wording: Wording, { places, report }: DrawScope): boolean {
  const variables = wording.variables ?? []
  const slots: readonly Slot[] = [...(wording.stem.slots ?? []), ...(wording.secret.slots ?? [])]
  const { key } = wording.secret
  const formula = definitionOf(key.type).formulaOf?.(key)
  const used = new Set([...slots.map((slot) => slot.expression), ...(formula === undefined ? [] : [formula])].flatMap((expression) => [...variablesIn(expression)]))
  const unused = variables.filter(({ name }) => !used.has(name)).map(({ name }) => name)
  if (unused.length > 0) report(places.variables, warning('variables/unused', say(`使われない変数があります：${unused.join('、')}`, `these variables are not used: ${unused.join(', ')}`)))
  if (isTold(wording.stem, key)) report(places.variables, error('leak/answer-in-stem', say('正解の式が問題文にあります', 'the expression of the answer stands in the stem')))
  const found = new Map<string, Trouble & { readonly values: Values }>()
  for (const values of drawsOf(variables)) {
    const troubles = [
      ...slots.map((slot) => troubleOfAmount(slot.expression, values, false)),
      formula === undefined ? undefined : troubleOfAmount(formula, values, true),
      troubleOfChoices(settleWording(wording, values)),
    ]
    for (const one of troubles) if (one && !found.has(one.rule)) found.set(one.rule, { ...one, values })
  }
  for (const { rule, ja, en, hint, values } of found.values()) report(places.variables, error(rule, say(`${named(values)} のとき、${ja}`, `with ${named(values)}, ${en}`), hint))
  return found.size === 0
}
