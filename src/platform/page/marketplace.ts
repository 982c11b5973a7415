import { type Brand, type BrandText, noBrand } from '../../world/brand.ts'
import { frameWords, languageOf, type PageTag } from './words.ts'

/** What a text says in a language. */
export const inLanguage = (text: BrandText | undefined, language: string): string | undefined =>
  text && (text.in[language] ?? text.otherwise)

/** An address of the marketplace, with everything filled in. */
export const brandLink = (template: string, values: Readonly<Record<string, string>>): string =>
  template.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? ''))

/** What sentences say about a marketplace: its own words, and common ones for what it did not set. */
export function marketplaceWords(tag: PageTag, { name, shortName, words }: Brand = noBrand) {
  const [t, language] = [frameWords(tag), languageOf(tag)]
  const own = inLanguage(name, language)
  return {
    marketplace: own ?? t('marketplace.name'),
    /** As a sentence begins with it. */
    Marketplace: own ?? t('marketplace.first'),
    /** In a header. */
    shortMarketplace: inLanguage(shortName, language) ?? own ?? t('marketplace.first'),
    workerWord: inLanguage(words.worker, language) ?? t('marketplace.worker'),
    clientWord: inLanguage(words.client, language) ?? t('marketplace.client'),
  }
}
