import type { Locale } from '../item/item.ts'
import type { AnswerSource, BankSource, ItemSource } from './bank-source.ts'
import { SECTION_WORDS, type SectionName } from './keywords.ts'
import { printNumber } from './print-number.ts'
import { printPills } from './print-pills.ts'
import { printCriteria } from './read-rubric.ts'
import { printVariables } from './read-variables.ts'

/** Prints a bank file in its canonical form. `parseBank` of it gives an equal tree, and printing that gives the same text. */
export function printBank(bank: BankSource): string {
  const parts = [`---\n${bank.frontmatter}\n---`]
  if (bank.preamble !== '') parts.push(bank.preamble)
  for (const item of bank.items) parts.push(item.kind === 'raw' ? item.text : printItem(item, bank.locale))
  return `${parts.join('\n\n')}\n`
}

/** One item in its canonical form, from its heading on. */
export function printItem(item: ItemSource, locale: Locale): string {
  const section = (name: SectionName, body: string) => (body === '' ? [] : [`### ${SECTION_WORDS[name][locale]}`, body])
  return [
    `## ${item.id}${item.title === '' ? '' : ` ${item.title}`}`,
    printPills(item.pills, locale, item.answer.form === 'essay' ? item.answer : undefined),
    item.stem,
    ...printPublicAnswer(item.answer),
    ...section('answer', printSecretAnswer(item.answer)),
    ...section('variables', printVariables(item.variables, { step: locale === 'ja' ? '刻み' : 'step' })),
    ...(item.answer.form === 'essay'
      ? [...section('rubric', printCriteria(item.answer.criteria, locale === 'ja' ? ['観点', '配点'] : ['Criterion', 'Points'])), ...section('model-answer', item.answer.model)]
      : []),
    ...section('rationale', item.rationale),
    ...section('references', item.references.map((reference) => `- ${reference}`).join('\n')),
    ...section('notes', item.notes),
  ].join('\n\n')
}

const indented = (text: string, indent: string): string => text.replace(/\n(?=[^\n])/g, `\n${indent}`)

const cell = (text: string): string => text.replaceAll('|', '\\|')

function printPublicAnswer(answer: AnswerSource): string[] {
  switch (answer.form) {
    case 'options':
      return [answer.options.map((option) => `- [${option.correct ? 'x' : ' '}] ${indented(option.text, '  ')}`).join('\n')]
    case 'rows':
      return [answer.rows.map((row, i) => `${i + 1}. ${indented(row, '   ')}`).join('\n')]
    case 'table':
      return [[`| ${cell(answer.header[0])} | ${cell(answer.header[1])} |`, '| --- | --- |', ...answer.rows.map(([left, right]) => `| ${cell(left)} | ${cell(right)} |`)].join('\n')]
    case 'numeric':
    case 'accepted':
    case 'blanks':
    case 'essay':
      return []
    default:
      return answer satisfies never
  }
}

/** What stands below `### 正解`; empty where the public part holds the key. */
export function printSecretAnswer(answer: AnswerSource): string {
  switch (answer.form) {
    case 'numeric':
      return `${typeof answer.value === 'number' ? printNumber(answer.value) : `{{${answer.value.formula}}}`} ± ${printNumber(answer.tolerance)}${answer.unit === '' ? '' : ` ${answer.unit}`}`
    case 'accepted':
      return answer.accepted.map((text) => `- ${text}`).join('\n')
    case 'blanks':
      return answer.blanks.map(({ ref, accepted }) => `${ref}. ${accepted.join(' / ')}`).join('\n')
    case 'options':
    case 'rows':
    case 'table':
    case 'essay':
      return ''
    default:
      return answer satisfies never
  }
}
