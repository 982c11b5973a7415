import { RULE_PAGES, rulePage } from '../authoring/rule-pages.ts'
import { type Language, sentenceOf } from '../authoring/said.ts'
import type { ExitCode } from '../platform/words/command-line.ts'
import { printRulePage } from './format-diagnostics.ts'
import { command, type Terminal, UsageError } from './terminal.ts'
import { textsOf } from './texts.ts'

/** `kentei explain`: the page of a rule, the rules of a family (`option`), or all of them. */
async function runExplain(
  { rule, language }: { readonly rule: string | undefined; readonly language: Language },
  terminal: Terminal,
): Promise<ExitCode> {
  const page = rule === undefined ? undefined : rulePage(rule)
  if (page) {
    terminal.out(printRulePage(page, language))
    return 0
  }
  const listed = RULE_PAGES.filter((one) => rule === undefined || one.rule.startsWith(`${rule.replace(/\/$/, '')}/`))
  if (listed.length === 0) throw new UsageError((t) => t('usage.noRule', { rule: String(rule) }))
  const width = Math.max(...listed.map((one) => one.rule.length))
  for (const one of listed) terminal.out(`${one.rule.padEnd(width)}  ${sentenceOf(one.title, language)}`)
  terminal.err(textsOf(language)('cli.explain'))
  return 0
}

export const explainCommand = command({
  describe: (t) => t('command.explain'),
  mostArguments: 1,
  run: ({ args, language, terminal }) => runExplain({ rule: args._[0], language }, terminal),
})
