import type { Subjects, Language as TextsLanguage } from '../../../dist/texts.d.ts'
import { catalogue, type Translator } from '../../platform/words/catalogue.ts'
import help from '../../texts/help?texts'
import marketCli from '../../texts/market-cli?texts'
import usage from '../../texts/usage?texts'

export type Language = TextsLanguage

export type Texts = Subjects['help'] & Subjects['market-cli'] & Subjects['usage']

export type Translate = Translator<Texts>

/** A sentence before it has a language. */
export type Say = (t: Translate) => string

const sentences = catalogue<Texts, Language>([help, marketCli, usage])

export const textsOf = (language: Language): Translate => sentences.in(language)
