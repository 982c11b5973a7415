import type { Language, Subjects } from '../../../dist/texts.d.ts'
import frame from '../../texts/frame?texts'
import { type Brand, inLanguage } from '../../world/brand.ts'
import { catalogue } from '../words/catalogue.ts'

const sentences = catalogue<Subjects['frame'], Language>([frame])

/** The languages in which pages are read. */
export const languages = sentences.languages

export const isLanguage = (text: string | null | undefined): text is Language =>
  (languages as readonly unknown[]).includes(text)

/** What every page of any service says. */
export const frameWords = sentences.in

/** What a language calls itself. */
export const nameOfLanguage = (language: Language): string => frameWords(language)('locale.name')

/** What sentences say about a marketplace: its own words, and common ones for what it did not set. */
export function marketplaceWords({ name, shortName, words }: Brand, language: Language) {
  const t = frameWords(language)
  const own = inLanguage(name, language)
  return {
    marketplace: own ?? t('marketplace.name'),
    /** As a sentence begins with it. */
    Marketplace: own ?? t('marketplace.first'),
    shortMarketplace: inLanguage(shortName, language) ?? own ?? t('marketplace.name'),
    workerWord: inLanguage(words.worker, language) ?? t('marketplace.worker'),
    clientWord: inLanguage(words.client, language) ?? t('marketplace.client'),
  }
}
