import type { Language, Subjects } from '../../../dist/texts.d.ts'
import frame from '../../texts/frame?texts'
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
