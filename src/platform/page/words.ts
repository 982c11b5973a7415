import type { Language, Subjects, Variant } from '../../../dist/texts.d.ts'
import frame from '../../texts/frame?texts'
import { type Brand, type BrandText, noBrand } from '../../world/brand.ts'
import { catalogue } from '../words/catalogue.ts'

const sentences = catalogue<Subjects['frame'], Language>([frame])

/** What a page is read in: a language, or a variant of one that some pages have. */
export type PageTag = Language | Variant

/** The languages in which pages are read. */
export const languages = sentences.languages

/** Those, and their variants beside them. */
export const pageTags = [...languages, ...(sentences.variants as readonly Variant[])].sort() as readonly PageTag[]

/** The language that a tag is of: dates, papers and whatever is known outside of pages are in it. */
export const languageOf: (tag: PageTag) => Language = sentences.languageOf

/** What every page of any service says. */
export const frameWords = sentences.in

/** What a language calls itself. */
export const nameOfLanguage = (tag: PageTag): string => frameWords(tag)('locale.name')

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
