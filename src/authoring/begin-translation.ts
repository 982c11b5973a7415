import type { Locale } from '../item/item.ts'
import type { BankSource, ItemSource } from './bank-source.ts'
import { settledPills } from './compare-locales.ts'
import { withDefaults, withoutDefaults } from './formats/pill-words.ts'
import { UNTRANSLATED } from './keywords.data.ts'
import { printItem } from './print-bank.ts'

/**
 * An item to translate by writing over it: the sentences of its sibling under the same id, pills and key, with every
 * keyword in the other language. It is a draft, so that no paper holds it half translated.
 */
export function beginTranslation(
  item: ItemSource,
  from: Pick<BankSource, 'defaults'>,
  to: Pick<BankSource, 'defaults' | 'locale'>,
): string {
  const whole = withDefaults(item, from.defaults)
  const pills = {
    ...whole.pills,
    points: settledPills(item.pills, from.defaults).points,
    version: settledPills(item.pills, from.defaults).version,
    status: 'draft' as const,
  }
  return printItem(
    withoutDefaults({ ...whole, title: `${UNTRANSLATED[to.locale]}${item.title}`, pills }, to.defaults),
    to.locale,
  )
}

/** A bank file without items, with the settings of its sibling. */
export function beginBank(sibling: BankSource, locale: Locale, title: string): string {
  return `---\n${sibling.frontmatter.replace(/^locale:.*$/m, `locale: ${locale}`)}\n---\n\n# ${title}\n`
}
