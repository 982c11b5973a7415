import type { Language, Subjects } from '../../dist/texts.d.ts'
import { catalogue, type Translator } from '../platform/words/catalogue.ts'
import cli from '../texts/cli?texts'
import exchange from '../texts/exchange?texts'
import findings from '../texts/findings?texts'
import preview from '../texts/preview?texts'

type Texts = Subjects['cli'] & Subjects['exchange'] & Subjects['findings'] & Subjects['preview']

export type Translate = Translator<Texts>

const sentences = catalogue<Texts, Language>([cli, exchange, findings, preview])

export const textsOf = (language: Language): Translate => sentences.in(language)
