import type { ItemType, Locale } from '../item/item.ts'
import { SECTION_WORDS, type SectionName, STATUS_WORDS } from './keywords.ts'
import { TYPE_WORDS } from './type-words.ts'
import { writtenTypeOf } from './written-types.ts'

const places = {
  ja: { title: '題名（受験者に見えません）', rationale: 'なぜ正しいか、誤答がそれぞれなぜ誤りかを書く。', reference: '出典と、確かめた日' },
  en: {
    title: 'Title (not shown to candidates)',
    rationale: 'Say why the key is right and why each distractor fails.',
    reference: 'Source, and the day it was checked',
  },
} as const

/** A draft of this type to write over. It compiles, so that a checked folder stays checked. */
export function itemSkeleton(id: string, type: ItemType, locale: Locale): string {
  const { pills, shown, sections = {} } = writtenTypeOf(type).draft[locale]
  const section = (name: SectionName, text: string) => `### ${SECTION_WORDS[name][locale]}\n\n${text}`
  return [
    `## ${id} ${places[locale].title}`,
    [`\`${TYPE_WORDS[type][locale]}\``, ...(pills === undefined ? [] : [pills]), `\`${STATUS_WORDS.draft[locale]}\``].join(' '),
    shown,
    ...Object.entries(sections).map(([name, text]) => section(name as SectionName, text)),
    section('rationale', places[locale].rationale),
    section('references', `- ${places[locale].reference}`),
  ].join('\n\n')
}
