import type { Locale } from '../item/item.ts'
import type { BankSource, ItemSource } from './bank-source.ts'
import { SECTION_WORDS, type SectionName, STEP_WORD } from './keywords.data.ts'
import { printPills } from './print-pills.ts'
import { printVariables } from './read-variables.ts'
import { writtenTypeOf } from './written-types.ts'

/** Prints a bank file in its canonical form. `parseBank` of it gives an equal tree, and printing that gives the same text. */
export function printBank(bank: BankSource): string {
  const parts = [`---\n${bank.frontmatter}\n---`]
  if (bank.preamble !== '') parts.push(bank.preamble)
  for (const item of bank.items) parts.push(item.kind === 'raw' ? item.text : printItem(item, bank.locale))
  return `${parts.join('\n\n')}\n`
}

/** One item in its canonical form, from its heading on. */
export function printItem(item: ItemSource, locale: Locale): string {
  const written = writtenTypeOf(item.pills.type)
  const [shown, sections] = [written.printPublic(item.answer), written.printSections(item.answer, locale)]
  const section = (name: SectionName, body: string) => (body === '' ? [] : [`### ${SECTION_WORDS[name][locale]}`, body])
  return [
    `## ${item.id}${item.title === '' ? '' : ` ${item.title}`}`,
    printPills(item.pills, locale, written.lengthOf?.(item.answer)),
    item.stem,
    ...(shown === '' ? [] : [shown]),
    ...section('answer', sections.answer ?? ''),
    ...section('variables', printVariables(item.variables, { step: STEP_WORD[locale] })),
    ...section('rubric', sections.rubric ?? ''),
    ...section('model-answer', sections['model-answer'] ?? ''),
    ...section('rationale', item.rationale),
    ...section('references', item.references.map((reference) => `- ${reference}`).join('\n')),
    ...section('notes', item.notes),
  ].join('\n\n')
}
