import { IntlMessageFormat } from 'intl-messageformat'
import { elementsOf, type Message } from './message.ts'

/** The messages of a subject, by language or variant and key: what an import of `?texts` gives. */
export type Messages = Readonly<Record<string, Readonly<Record<string, Message>>>>

type All<Union> = (Union extends unknown ? (of: Union) => void : never) extends (of: infer Each) => void ? Each : never

/** What has to be filled in; of a key that is one of several, whatever any of them needs. */
type Values<Needed> = [Needed] extends [undefined] ? readonly [] : readonly [values: All<Exclude<Needed, undefined>>]

/** The same, with pieces of a page in place of words. */
type Pieces<Needed, Piece> = [Needed] extends [undefined]
  ? readonly []
  : readonly [
      values: {
        readonly [Name in keyof All<Exclude<Needed, undefined>>]: All<Exclude<Needed, undefined>>[Name] | Piece
      },
    ]

/** What the keys of a list have in common: `steps` of `steps.0`, `steps.1` and so on. */
type ListKey<Key> = Key extends `${infer List}.0` ? List : never

/** Gives the sentence of a key. Values are plain text; escaping is the page's. `Texts` says what each key needs. */
export interface Translator<Texts> {
  <Key extends keyof Texts & string>(key: Key, ...values: Values<Texts[Key]>): string
  /** The sentence in pieces, for a page that puts an element into it: a link, a time. */
  parts<Key extends keyof Texts & string, Piece extends object>(
    key: Key,
    ...values: Pieces<Texts[Key], Piece>
  ): readonly (string | Piece)[]
  /** The sentences of a list, in their order. */
  list(key: ListKey<keyof Texts>): readonly string[]
  /** The sentence of a key that there may not be, such as one made of a name that came from elsewhere. Nothing is filled in. */
  find(key: string): string | undefined
}

/** Keys of sentences in which nothing is filled in. */
export type PlainKey<Texts> = {
  readonly [Key in keyof Texts & string]: [Texts[Key]] extends [undefined] ? Key : never
}[keyof Texts & string]

/** What whoever speaks fills into sentences, so that no page has to. @NOTE `dist/texts.d.ts` does not ask pages for these. */
export const givenNames = ['marketplace', 'Marketplace', 'shortMarketplace', 'workerWord', 'clientWord'] as const
type Given = Readonly<Partial<Record<(typeof givenNames)[number], string>>>

/** Letters and marks that are written from right to left: Hebrew, Arabic and their neighbours, and the marks of that direction. Source: UAX #9, table 4. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u

/** What is put into a sentence is often other people's words, in whatever direction: within U+2068 and U+2069 the words around it keep their order. */
const isolated = (value: unknown): unknown =>
  typeof value === 'string' && RIGHT_TO_LEFT.test(value) ? `\u2068${value}\u2069` : value

/** A language, or a variant of one by its tag: `ja-simple` of `ja`. */
export type Tag<Language extends string> = Language | `${Language}-${string}`

/** Whether a tag names a variant of a language: `ja-simple` of `ja`. Source: BCP 47, 2.1. */
export const isVariantOf = (tag: string, language: string): boolean => tag.startsWith(`${language}-`)

/** A language's messages, and the formats of those that were asked for. */
interface Spoken {
  readonly language: string
  readonly messages: Readonly<Record<string, Message>>
  readonly exact: boolean
  readonly known: Map<string, IntlMessageFormat>
}

function translator<Texts>({ language, messages, exact, known }: Spoken, given: Given): Translator<Texts> {
  function partsOf(key: string, values: Readonly<Record<string, unknown>> = {}): readonly unknown[] {
    const message = messages[key]
    if (message === undefined) throw new Error(`no text is called ${key}`)
    if (typeof message === 'string') return [message]
    const format = known.get(key) ?? new IntlMessageFormat(elementsOf(message), language)
    known.set(key, format)
    const filled = Object.fromEntries(
      Object.entries({ ...given, ...values }).map(([name, value]) => [name, exact ? value : isolated(value)]),
    )
    return format.formatToParts(filled as Record<string, string>).map(({ value }) => value)
  }
  const sentence = (key: string, values?: Readonly<Record<string, unknown>>): string => partsOf(key, values).join('')
  const find = (key: string): string | undefined => (key in messages ? sentence(key) : undefined)

  function list(key: string): readonly string[] {
    const sentences: string[] = []
    for (let next = find(`${key}.0`); next !== undefined; next = find(`${key}.${sentences.length}`))
      sentences.push(next)
    return sentences
  }
  return Object.assign(sentence, { parts: partsOf, list, find }) as unknown as Translator<Texts>
}

/**
 * The sentences of a service in every language there is. `Texts` is what the build wrote down about these subjects. A variant
 * says in its own way what it has words of its own for, and all else as its language does.
 * `exact`: nothing is put around what is filled in, for sentences that are signed or drawn.
 */
export function catalogue<Texts, Language extends string>(subjects: readonly Messages[], { exact = false } = {}) {
  const tags = [...new Set(subjects.flatMap((subject) => Object.keys(subject)))]
  const isVariant = (tag: string) => tags.some((other) => isVariantOf(tag, other))
  const languages = tags.filter((tag) => !isVariant(tag)) as Language[]
  const spoken = new Map<string, Spoken>()
  const translators = new Map<string, Translator<Texts>>()
  const languageOf = (tag: string) => languages.find((language) => isVariantOf(tag, language)) ?? (tag as Language)
  function speak(tag: string): Spoken {
    const language = languageOf(tag)
    const ways = new Set([language, tag])
    const messages = () => Object.assign({}, ...[...ways].flatMap((way) => subjects.map((subject) => subject[way])))
    const known = spoken.get(tag) ?? { language, messages: messages(), exact, known: new Map() }
    spoken.set(tag, known)
    return known
  }
  function translatorOf(tag: Tag<Language>, given?: Given): Translator<Texts> {
    if (given) return translator<Texts>(speak(tag), given)
    const known = translators.get(tag) ?? translator<Texts>(speak(tag), {})
    translators.set(tag, known)
    return known
  }
  return {
    /** Those that have every sentence. */
    languages: languages as readonly Language[],
    /** Those that have some, in words of their own. */
    variants: tags.filter(isVariant) as readonly Tag<Language>[],
    /** The language that a variant is of; a language is its own. */
    languageOf: languageOf as (tag: Tag<Language>) => Language,
    /** `given`: what is filled in wherever a sentence asks for it. @throws for a language that there is not. */
    in: translatorOf,
    /** The same in every language, for whoever reads it in one that is not known here. */
    each<T>(say: (t: Translator<Texts>, language: Language) => T): Readonly<Record<Language, T>> {
      return Object.fromEntries(
        languages.map((language) => [language, say(translatorOf(language), language)]),
      ) as Record<Language, T>
    },
  }
}
