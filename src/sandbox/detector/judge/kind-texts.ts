import type { Language, Subjects } from '../../../../dist/texts.d.ts'
import { catalogue } from '../../../platform/words/catalogue.ts'
import kind from '../../../texts/kind?texts'
import { type Kind, kinds } from './kinds.ts'

/** What people are told of a kind: its name, and the rule that it breaks. */
interface KindTexts {
  readonly title: Readonly<Record<Language, string>>
  readonly rule: Readonly<Record<Language, string>>
}

const sentences = catalogue<Subjects['kind'], Language>([kind])

export const kindTexts = Object.fromEntries(
  kinds.map((one) => [
    one,
    { title: sentences.each((t) => t(`kind.${one}.title`)), rule: sentences.each((t) => t(`kind.${one}.rule`)) },
  ]),
) as Readonly<Record<Kind, KindTexts>>
