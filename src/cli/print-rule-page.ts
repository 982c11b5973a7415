import type { Language } from '../authoring/diagnostic.ts'
import { examplesOf } from '../authoring/rules/english-examples.ts'
import { type Example, isTold, type RulePage } from '../authoring/rules/rule-page.ts'

export const RULE_WORDS = {
  ja: { bad: '避けたい書き方', good: '直した書き方' },
  en: { bad: 'Avoid', good: 'Write' },
} as const

/** The page of a rule as Markdown. */
export function printRulePage(page: RulePage, language: Language): string {
  const { rule, title, why } = page
  const { bad, good } = examplesOf(page, language)
  const words = RULE_WORDS[language]
  return [`# ${rule} — ${title[language]}`, why[language], `## ${words.bad}`, printExample(bad, language), `## ${words.good}`, printExample(good, language)].join('\n\n')
}

/** Indented like code: an example holds headings of its own. Spaces at the end of a line would not be seen anyway. */
const indented = (text: string): string =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => (line === '' ? '' : `    ${line}`))
    .join('\n')

function printExample(example: Example, language: Language): string {
  if (typeof example === 'string') return indented(example)
  if (isTold(example)) return example.told[language]
  return Object.entries(example)
    .map(([path, content]) => `${path}:\n\n${indented(content)}`)
    .join('\n\n')
}
