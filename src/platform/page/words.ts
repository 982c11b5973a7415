import type { Language, Subjects, Variant } from '../../../dist/texts.d.ts'
import frame from '../../texts/frame?texts'
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
