import { countOf } from '../item/draw-values.ts'
import type { Variable } from '../item/item.ts'
import { error, type Report, warning } from './diagnostic.ts'
import { RANGE_WORDS } from './keywords.data.ts'
import { type Said, say } from './said.ts'

/** Digits with thousands separators, never in exponent form. */
export function printNumber(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: 20, useGrouping: true })
}

/** A range may hold this many values, a list this many; more would not make a leaked key worth less. */
const MOST_VALUES = 100_000
const MOST_LISTED = 100
const MOST_VARIABLES = 12

const NAME = /^[\p{L}_][\p{L}\p{N}_]{0,29}$/u
const NUMBER = String.raw`[+-]?\d[\d,]*(?:\.\d{1,6})?`
const RANGE = new RegExp(
  String.raw`^(${NUMBER})\s*(?:${RANGE_WORDS.to})\s*(${NUMBER})(?:\s*(?:${RANGE_WORDS.step})\s*(${NUMBER}))?$`,
  'iu',
)
const ONE = new RegExp(`^${NUMBER}$`, 'u')

const folded = (text: string): string => text.normalize('NFKC').replace(/[−‐‑]/g, '-').trim()
const numberOf = (text: string): number => Number(text.replaceAll(',', ''))

/** Reads `8,000〜16,000 step 500` or `5 / 10 / 15`. */
function readValues(name: string, written: string): Variable | undefined {
  const text = folded(written)
  const range = RANGE.exec(text)
  if (range) {
    const [from, to, step] = [
      numberOf(range[1] as string),
      numberOf(range[2] as string),
      range[3] === undefined ? 1 : numberOf(range[3]),
    ]
    return to > from && step > 0 && step <= to - from ? { name, from, to, step } : undefined
  }
  // a comma with a digit on either side groups thousands
  const values = text.split(/\s*\/\s*|\s*、\s*|,\s+/)
  return values.length >= 2 &&
    values.every((value) => ONE.test(value)) &&
    new Set(values.map(numberOf)).size === values.length
    ? { name, values: values.map(numberOf) }
    : undefined
}

/** The last value of a range that is drawn; decimals are counted in whole steps, so that none is lost to rounding. */
const lastOf = ({ from, to, step }: Extract<Variable, { from: number }>): number =>
  Number((from + Math.floor((to - from) / step + 1e-9) * step).toFixed(6))

/** Reads the list below `### Variables`. */
export function readVariables(lines: readonly string[], from: number, to: number, report: Report): Variable[] {
  const variables: Variable[] = []
  for (let i = from; i < to; i++) {
    const line = lines[i] as string
    if (line.trim() === '') continue
    const refuse = (what: Said) =>
      report({ line: i + 1, column: 1 }, error('variables/list', what, say('advice.writeVariable')))
    const [, name = '', written = ''] = /^[-*+]\s+([^:：]+?)\s*[:：]\s*(.+)$/.exec(line) ?? []
    if (!NAME.test(name)) {
      refuse(say('finding.noVariableLine'))
      continue
    }
    const variable = readValues(name, written)
    if (!variable) refuse(say('finding.variableUnreadable', { name }))
    else if (variables.some((other) => other.name === name)) refuse(say('finding.variableTwice', { name }))
    else if (('values' in variable && variable.values.length > MOST_LISTED) || countOf(variable) > MOST_VALUES)
      refuse(say('finding.variableTooManyValues', { name }))
    else {
      if ('from' in variable && lastOf(variable) !== variable.to)
        report(
          { line: i + 1, column: 1 },
          warning(
            'variables/end',
            say('finding.rangeEnd', { name, to: printNumber(variable.to), last: printNumber(lastOf(variable)) }),
            say('advice.rangeEnd'),
          ),
        )
      variables.push(variable)
    }
  }
  if (variables.length > MOST_VARIABLES)
    report(
      { line: from + 1, column: 1 },
      error('variables/list', say('finding.tooManyVariables', { most: MOST_VARIABLES }), say('advice.splitItem')),
    )
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
