import { countOf } from '../item/draw-values.ts'
import type { Variable } from '../item/item.ts'
import { error, type Report, say } from './diagnostic.ts'
import { printNumber } from './print-number.ts'

/** A range may hold this many values, a list this many; more would not make a leaked key worth less. */
const MOST_VALUES = 100_000
const MOST_LISTED = 100
const MOST_VARIABLES = 12

const NAME = /^[\p{L}_][\p{L}\p{N}_]{0,29}$/u
const NUMBER = String.raw`[+-]?\d[\d,]*(?:\.\d{1,6})?`
const RANGE = new RegExp(String.raw`^(${NUMBER})\s*(?:〜|~|から|–|\bto\b)\s*(${NUMBER})(?:\s*(?:刻み|step|by)\s*(${NUMBER}))?$`, 'iu')
const ONE = new RegExp(`^${NUMBER}$`, 'u')

const folded = (text: string): string => text.normalize('NFKC').replace(/[−‐‑]/g, '-').trim()
const numberOf = (text: string): number => Number(text.replaceAll(',', ''))

/** Reads `8,000〜16,000 刻み 500` or `5 / 10 / 15`. */
function readValues(name: string, written: string): Variable | undefined {
  const text = folded(written)
  const range = RANGE.exec(text)
  if (range) {
    const [from, to, step] = [numberOf(range[1] as string), numberOf(range[2] as string), range[3] === undefined ? 1 : numberOf(range[3])]
    return to > from && step > 0 && step <= to - from ? { name, from, to, step } : undefined
  }
  // a comma with a digit on either side groups thousands
  const values = text.split(/\s*\/\s*|\s*、\s*|,\s+/)
  return values.length >= 2 && values.every((value) => ONE.test(value)) && new Set(values.map(numberOf)).size === values.length ? { name, values: values.map(numberOf) } : undefined
}

/** Reads the list below `### 変数`. */
export function readVariables(lines: readonly string[], from: number, to: number, report: Report): Variable[] {
  const variables: Variable[] = []
  for (let i = from; i < to; i++) {
    const line = lines[i] as string
    if (line.trim() === '') continue
    const refuse = (ja: string, en: string) =>
      report(
        { line: i + 1, column: 1 },
        error(
          'variables/list',
          say(ja, en),
          say('「- price: 8,000〜16,000 刻み 500」か「- rate: 5 / 10 / 15」のように書いてください', 'write "- price: 8,000〜16,000 step 500" or "- rate: 5 / 10 / 15"'),
        ),
      )
    const [, name = '', written = ''] = /^[-*+]\s+([^:：]+?)\s*[:：]\s*(.+)$/.exec(line) ?? []
    if (!NAME.test(name)) {
      refuse('変数の行を読めません', 'this is no variable')
      continue
    }
    const variable = readValues(name, written)
    if (!variable) refuse(`「${name}」の値の範囲を読めません`, `cannot read the values of "${name}"`)
    else if (variables.some((other) => other.name === name)) refuse(`「${name}」が二つあります`, `"${name}" stands twice`)
    else if (('values' in variable && variable.values.length > MOST_LISTED) || countOf(variable) > MOST_VALUES) refuse(`「${name}」の値が多すぎます`, `"${name}" has too many values`)
    else variables.push(variable)
  }
  if (variables.length > MOST_VARIABLES) report({ line: from + 1, column: 1 }, error('variables/list', say(`変数は${MOST_VARIABLES}個までです`, `there may be ${MOST_VARIABLES} variables at most`)))
  return variables
}

/** The list as `readVariables` reads it. */
export const printVariables = (variables: readonly Variable[], words: { readonly step: string }): string =>
  variables
    .map((variable) =>
      'values' in variable
        ? `- ${variable.name}: ${variable.values.map(printNumber).join(' / ')}`
        : `- ${variable.name}: ${printNumber(variable.from)}〜${printNumber(variable.to)}${variable.step === 1 ? '' : ` ${words.step} ${printNumber(variable.step)}`}`,
    )
    .join('\n')
