import type { Language, Subjects } from '../../dist/texts.d.ts'
import { catalogue, type Translator } from '../platform/words/catalogue.ts'
import preview from '../texts/preview?texts'

type Texts = Subjects['preview']

export type Translate = Translator<Texts>

const sentences = catalogue<Texts, Language>([preview])

export const textsOf = (language: Language): Translate => sentences.in(language)
