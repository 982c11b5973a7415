import { examplesOf } from '../authoring/rules/english-examples.ts'
import { type Example, isTold, type RulePage } from '../authoring/rules/rule-page.ts'
import { type Language, sentenceOf } from '../authoring/said.ts'
import { textsOf } from './texts.ts'

/** The page of a rule as Markdown. */
export function printRulePage(page: RulePage, language: Language): string {
  const { rule, title, why } = page
  const { bad, good } = examplesOf(page, language)
  const t = textsOf(language)
  return [
    `# ${rule} — ${sentenceOf(title, language)}`,
    sentenceOf(why, language),
    `## ${t('cli.rule.bad')}`,
    printExample(bad, language),
    `## ${t('cli.rule.good')}`,
    printExample(good, language),
  ].join('\n\n')
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
  if (isTold(example)) return sentenceOf(example.told, language)
  return Object.entries(example)
    .map(([path, content]) => `${path}:\n\n${indented(content)}`)
    .join('\n\n')
}
