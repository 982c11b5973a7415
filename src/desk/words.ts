import type { Language, Subjects } from '../../dist/texts.d.ts'
import { catalogue, type Translator } from '../platform/words/catalogue.ts'
import editor from '../texts/editor?texts'

export type Words = Translator<Subjects['editor']>

const sentences = catalogue<Subjects['editor'], Language>([editor])

/** What the desk says to its author. */
export const wordsIn = (language: Language): Words => sentences.in(language)
