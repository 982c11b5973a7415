import type { Language } from '../authoring/diagnostic.ts'
import { RULE_PAGES, rulePage } from '../authoring/rule-pages.ts'
import { type Example, isTold, type RulePage } from '../authoring/rules/rule-page.ts'
import { type ExitCode, type Terminal, UsageError } from './terminal.ts'

const WORDS = {
  ja: { bad: '避けたい書き方', good: '直した書き方', list: '「kentei explain 規則名」で、例のある説明が読めます' },
  en: { bad: 'Avoid', good: 'Write', list: 'kentei explain <rule> shows the reason and examples' },
} as const

/** `kentei explain`: the page of a rule, the rules of a family (`option`), or all of them. */
export async function runExplain({ rule, language }: { readonly rule: string | undefined; readonly language: Language }, terminal: Terminal): Promise<ExitCode> {
  const page = rule === undefined ? undefined : rulePage(rule)
  if (page) {
    terminal.out(printRulePage(page, language))
    return 0
  }
  const listed = RULE_PAGES.filter((one) => rule === undefined || one.rule.startsWith(`${rule.replace(/\/$/, '')}/`))
  if (listed.length === 0) throw new UsageError(`no rule is called ${rule}; kentei explain lists them all`)
  const width = Math.max(...listed.map((one) => one.rule.length))
  for (const one of listed) terminal.out(`${one.rule.padEnd(width)}  ${one.title[language]}`)
  terminal.err(WORDS[language].list)
  return 0
}

function printRulePage({ rule, title, why, bad, good }: RulePage, language: Language): string {
  const words = WORDS[language]
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
