import { SECTION_WORDS, STEP_WORD } from '../../authoring/keywords.data.ts'
import { itemSkeleton } from '../../authoring/print-bank.ts'
import { TYPE_WORDS } from '../../authoring/written-types.ts'
import type { ItemType, Locale } from '../../item/item.ts'
import { textsOf } from '../texts.ts'
import { FRONTMATTER, type Snippet, snippet, TOPIC } from './snippets.data.ts'

const escaped = (text: string): string => text.replace(/[\\$}]/g, '\\$&')

/** Every text to write over becomes a place that the Tab key goes to. */
function withStops(lines: readonly string[]): string[] {
  let stop = 0
  const place = (text: string) => `\${${++stop}:${escaped(text)}}`
  return lines.map((line) => {
    const heading = /^## \S+-(\d+) (.+)$/.exec(line)
    if (heading) return `## ${TOPIC}-${place(heading[1] as string)} ${place(heading[2] as string)}`
    if (line === '' || /^[#|`]/.test(line)) return escaped(line)
    const [, mark = '', text = ''] = /^((?:- (?:\[[x ]\] )?|\d+\. )?)(.*)$/.exec(line) ?? []
    return `${escaped(mark)}${place(text)}`
  })
}

function itemSnippet(type: ItemType, locale: Locale): [string, Snippet] {
  const word = TYPE_WORDS[type][locale]
  const lines = itemSkeleton('topic-001', type, locale).split('\n')
  return [
    `kentei ${type} ${locale}`,
    snippet([...new Set([word, type])], `${word} (${textsOf(locale)('cli.language')})`, [...withStops(lines), '$0']),
  ]
}

const variables = (locale: Locale): [string, Snippet] => {
  const word = SECTION_WORDS.variables[locale]
  return [
    `kentei variables ${locale}`,
    snippet([...new Set([word, 'variables'])], `### ${word} (${textsOf(locale)('cli.language')})`, [
      `### ${word}`,
      '',
      `- \${1:price}: \${2:1,000}〜\${3:2,000} ${STEP_WORD[locale]} \${4:100}`,
      '$0',
    ]),
  ]
}

/** Every type of item in both languages, and what stands at the top of a file, as snippets of VS Code. */
export function printSnippets(): string {
  const types = Object.keys(TYPE_WORDS) as ItemType[]
  const locales: readonly Locale[] = ['ja', 'en']
  const items = types.flatMap((type) => locales.map((locale) => itemSnippet(type, locale)))
  return `${JSON.stringify(Object.fromEntries([...items, ...locales.map(variables), ...FRONTMATTER]), null, 2)}\n`
}
