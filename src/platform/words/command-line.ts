import type { Language, Subjects } from '../../../dist/texts.d.ts'
import help from '../../texts/help?texts'
import { catalogue } from './catalogue.ts'

const sentences = catalogue<Subjects['help'], Language>([help])

/** What commands speak where nobody asks for another language. */
export const USUAL_LANGUAGE: Language = 'ja'

/** What `--lang` names, wherever it stands; it may be no language at all. The usual one without it. */
export function writtenLanguage(rawArgs: readonly string[]): string {
  const at = rawArgs.findLastIndex((arg) => arg === '--lang' || arg.startsWith('--lang='))
  return at < 0 ? USUAL_LANGUAGE : (rawArgs[at]?.split('=')[1] ?? rawArgs[at + 1] ?? '')
}

/** citty frames what it prints about a command in English. */
export function usageIn(language: Language, usage: string): string {
  const t = sentences.in(language)
  return usage
    .replace('USAGE', t('help.usage'))
    .replace('[OPTIONS]', t('help.withOptions'))
    .replace('OPTIONS', t('help.options'))
    .replace('COMMANDS', t('help.commands'))
    .replace(/\(Default: (.*?)\)/g, (_, value: string) => t('help.default', { value }))
    .replace(/Use (.*) for more information about a command\./, (_, command: string) => t('help.more', { command }))
}
