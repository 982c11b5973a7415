import { drawValues } from '../../item/draw-values.ts'
import { evaluate, groupDigits, type Values } from '../../item/expression.ts'
import { randomFrom } from '../../kernel/random.ts'
import type { ItemSource } from '../bank-source.ts'
import { sha256 } from '../content-hash.ts'
import { PLAIN_WORDS } from '../keywords.data.ts'
import { parseExpression } from '../parse-expression.ts'
import { say } from '../said.ts'
import { writtenTypeOf } from '../written-types.ts'
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
    answer: writtenTypeOf(item.pills.type).fill(item.answer, {
      text: fill,
      amount: (formula) => Number(amountOf(formula, values) ?? Number.NaN),
    }),
    variables: [],
  }
  const named = Object.entries(values)
    .map(([name, value]) => `${name} = ${value}`)
    .join(', ')
  return {
    item: drawn,
    losses: [
      loss('parametric', say('exchange.oneDraw', { values: named }), ['variables', 'stem', 'answer', 'rationale']),
    ],
  }
}

function amountOf(source: string, values: Values): string | undefined {
  const parsed = parseExpression(source)
  return parsed.ok ? evaluate(parsed.value, values)?.decimal : undefined
}

const SOURCE = new RegExp(String.raw`^(.*?)(\s*[:：]\s*(?:${PLAIN_WORDS})\s*)?$`, 'i')

function shown(inner: string, values: Values): string {
  const [, source = inner, plain] = SOURCE.exec(inner) ?? []
  const amount = amountOf(source, values)
  return amount === undefined ? '?' : plain ? amount : groupDigits(amount)
}
