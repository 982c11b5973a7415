import type { Language, Subjects } from '../../dist/texts.d.ts'
import { catalogue, type Translator } from '../platform/words/catalogue.ts'
import audit from '../texts/audit?texts'
import cli from '../texts/cli?texts'
import conformance from '../texts/conformance?texts'
import exchange from '../texts/exchange?texts'
import findings from '../texts/findings?texts'
import help from '../texts/help?texts'
import preview from '../texts/preview?texts'
import signing from '../texts/signing?texts'
import usage from '../texts/usage?texts'

export type Texts = Subjects['audit'] &
  Subjects['cli'] &
  Subjects['conformance'] &
  Subjects['exchange'] &
  Subjects['findings'] &
  Subjects['help'] &
  Subjects['preview'] &
  Subjects['signing'] &
  Subjects['usage']

export type Translate = Translator<Texts>

/** A sentence before it has a language. */
export type Say = (t: Translate) => string

const sentences = catalogue<Texts, Language>([
  audit,
  cli,
  conformance,
  exchange,
  findings,
  help,
  preview,
  signing,
  usage,
])

export const textsOf = (language: Language): Translate => sentences.in(language)
