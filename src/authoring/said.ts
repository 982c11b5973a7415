import type { Subjects, Language as TextsLanguage } from '../../dist/texts.d.ts'
import { catalogue, type PlainKey } from '../platform/words/catalogue.ts'
import exchange from '../texts/exchange?texts'
import findings from '../texts/findings?texts'
import rules from '../texts/rules?texts'
import tasks from '../texts/task-findings?texts'

/** The language in which authors are spoken to; it has nothing to do with the locale of a bank. */
export type Language = TextsLanguage

type Texts = Subjects['exchange'] & Subjects['findings'] & Subjects['rules'] & Subjects['task-findings']

// what tools read is as the author wrote it, whatever its direction
const sentences = catalogue<Texts, Language>([exchange, findings, rules, tasks], { exact: true })

/** A word of the bank format, as it is written in each language. */
type Word = Readonly<Record<Language, string>>

/** Words one after the other, and the sentence's key of what stands between two of them. */
interface Listed {
  readonly list: readonly Filling[]
  readonly between: PlainKey<Texts>
}

type Filling = string | number | Said | Word | Listed

/** A sentence before it has a language: its key, and what is filled in. */
export interface Said {
  readonly key: keyof Texts
  readonly values: Readonly<Record<string, Filling>>
}

type Values<Needed> = [Needed] extends [undefined]
  ? readonly []
  : readonly [values: { readonly [Name in keyof Needed]: Needed[Name] | Exclude<Filling, string | number> }]

export const say = <Key extends keyof Texts>(key: Key, ...[values]: Values<Texts[Key]>): Said => ({
  key,
  values: (values ?? {}) as Said['values'],
})

export const listed = (list: Listed['list'], between: Listed['between'] = 'between.comma'): Listed => ({
  list,
  between,
})

/** The sentence, for who reads this language. */
export function sentenceOf({ key, values }: Said, language: Language): string {
  // what the sentence needs was seen when it was said
  const translate = sentences.in(language) as (
    key: string,
    values?: Readonly<Record<string, string | number>>,
  ) => string
  const fill = (value: Filling): string | number => {
    if (typeof value !== 'object') return value
    if ('list' in value) return value.list.map(fill).join(translate(value.between))
    return 'key' in value ? sentenceOf(value, language) : value[language]
  }
  return translate(key, Object.fromEntries(Object.entries(values).map(([name, value]) => [name, fill(value)])))
}
