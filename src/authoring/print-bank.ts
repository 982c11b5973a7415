import type { ItemType, Locale } from '../item/item.ts'
import { STATUS_WORDS } from '../item/source/status-words.data.ts'
import type { BankSource, ItemSource, Pills } from './bank-source.ts'
import { LEVEL_WORDS, PILL_WORDS, SECTION_WORDS, type SectionName, SKELETON, STEP_WORD } from './keywords.data.ts'
import { printVariables } from './read-variables.ts'
import { TYPE_WORDS, writtenTypeOf } from './written-types.ts'

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

const time = (seconds: number, locale: Locale): string =>
  seconds >= 300 && seconds % 60 === 0
    ? `${seconds / 60}${PILL_WORDS.minutes[locale]}`
    : `${seconds}${PILL_WORDS.seconds[locale]}`

/** The pill line of an item, in the words of its file's locale and in one order. */
export function printPills(
  pills: Pills,
  locale: Locale,
  length?: { readonly min: number; readonly max: number },
): string {
  const word = (name: keyof typeof PILL_WORDS) => PILL_WORDS[name][locale]
  const words = [
    TYPE_WORDS[pills.type][locale],
    pills.points === undefined ? undefined : `${pills.points}${word('points')}`,
    pills.partial ? word('partial') : undefined,
    pills.fixed ? word('fixed') : undefined,
    pills.difficulty === undefined ? undefined : `${word('difficulty')}${pills.difficulty}`,
    pills.skill === undefined ? undefined : `${word('skill')}:${pills.skill}`,
    pills.level === undefined ? undefined : LEVEL_WORDS[pills.level][locale],
    pills.seconds === undefined ? undefined : time(pills.seconds, locale),
    length && `${length.min}${word('to')}${length.max}${word('characters')}`,
    pills.reviewBy === undefined ? undefined : `${word('reviewBy')}:${pills.reviewBy}`,
    ...pills.enemies.map((id) => `${word('enemy')}:${id}`),
    pills.lang === undefined ? undefined : `${word('lang')}:${pills.lang}`,
    pills.status === undefined ? undefined : STATUS_WORDS[pills.status][locale],
    pills.version === undefined ? undefined : `v${pills.version}`,
  ]
  return words
    .filter((word) => word !== undefined)
    .map((word) => `\`${word}\``)
    .join(' ')
}

/** A draft of this type to write over. It compiles, so that a checked folder stays checked. */
export function itemSkeleton(id: string, type: ItemType, locale: Locale): string {
  const { pills, shown, sections = {} } = writtenTypeOf(type).draft[locale]
  const section = (name: SectionName, text: string) => `### ${SECTION_WORDS[name][locale]}\n\n${text}`
  return [
    `## ${id} ${SKELETON[locale].title}`,
    [
      `\`${TYPE_WORDS[type][locale]}\``,
      ...(pills === undefined ? [] : [pills]),
      `\`${STATUS_WORDS.draft[locale]}\``,
    ].join(' '),
    shown,
    ...Object.entries(sections).map(([name, text]) => section(name as SectionName, text)),
    section('rationale', SKELETON[locale].rationale),
    section('references', `- ${SKELETON[locale].reference}`),
  ].join('\n\n')
}
