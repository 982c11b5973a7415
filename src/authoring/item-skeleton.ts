import type { ItemType, Locale } from '../item/item.ts'
import { SECTION_WORDS, type SectionName, SKELETON, STATUS_WORDS } from './keywords.data.ts'
import { TYPE_WORDS } from './type-words.ts'
import { writtenTypeOf } from './written-types.ts'

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
