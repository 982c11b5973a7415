import { drawValues } from '../../item/draw-values.ts'
import { evaluate, groupDigits, type Values } from '../../item/expression.ts'
import { randomFrom } from '../../kernel/random.ts'
import type { AnswerSource, ItemSource } from '../bank-source.ts'
import { sha256 } from '../content-hash.ts'
import { parseExpression } from '../parse-expression.ts'
import { type Loss, loss } from './exchange.ts'

/** A parametric item as one paper would show it: other systems have no variables of ours. The same id draws the same values. */
export function drawItem(item: ItemSource): { readonly item: ItemSource; readonly losses: readonly Loss[] } {
  if (item.variables.length === 0) return { item, losses: [] }
  const values = drawValues(item.variables, randomFrom(sha256(item.id).slice(0, 32)))
  const fill = (text: string) => text.replace(/\{\{([^{}]*)\}\}/g, (_, inner: string) => shown(inner, values))
  const drawn: ItemSource = {
    ...item,
    stem: fill(item.stem),
    rationale: fill(item.rationale),
    answer: filledAnswer(item.answer, fill, values),
    variables: [],
  }
  const named = Object.entries(values)
    .map(([name, value]) => `${name} = ${value}`)
    .join(', ')
  return {
    item: drawn,
    losses: [loss('parametric', `変数は引き継がれず、一度だけ引いた値になります（${named}）`, `variables are not carried: it holds one draw (${named})`, ['variables', 'stem', 'answer', 'rationale'])],
  }
}

function amountOf(source: string, values: Values): string | undefined {
  const parsed = parseExpression(source)
  return parsed.ok ? evaluate(parsed.value, values)?.decimal : undefined
}

function shown(inner: string, values: Values): string {
  const [, source = inner, plain] = /^(.*?)(\s*[:：]\s*(?:plain|そのまま)\s*)?$/i.exec(inner) ?? []
  const amount = amountOf(source, values)
  return amount === undefined ? '?' : plain ? amount : groupDigits(amount)
}

function filledAnswer(answer: AnswerSource, fill: (text: string) => string, values: Values): AnswerSource {
  switch (answer.form) {
    case 'options':
      return { ...answer, options: answer.options.map(({ text, correct }) => ({ text: fill(text), correct })) }
    case 'rows':
      return { ...answer, rows: answer.rows.map(fill) }
    case 'table':
      return { ...answer, rows: answer.rows.map(([left, right]) => [fill(left), fill(right)] as const) }
    case 'accepted':
      return { ...answer, accepted: answer.accepted.map(fill) }
    case 'blanks':
      return { ...answer, blanks: answer.blanks.map(({ ref, accepted }) => ({ ref, accepted: accepted.map(fill) })) }
    case 'numeric':
      return typeof answer.value === 'number' ? answer : { ...answer, value: Number(amountOf(answer.value.formula, values) ?? Number.NaN) }
    case 'essay':
      return answer
    default:
      return answer satisfies never
  }
}
