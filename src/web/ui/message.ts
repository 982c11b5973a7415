import { IntlMessageFormat } from 'intl-messageformat'
import { en } from './texts/en.ts'
import { ja } from './texts/ja.ts'

/** A language of the pages. */
export type PageLocale = 'ja' | 'en'
export type TextKey = keyof typeof ja
export type TextValues = Readonly<Record<string, string | number>>

/** Gives the finished sentence of a key. The values are plain text; escaping is the page's. */
export type Translate = (key: TextKey, values?: TextValues) => string

const catalogues: Readonly<Record<PageLocale, Readonly<Record<TextKey, string>>>> = { ja, en }
// parsing a message costs more than formatting it, and the catalogue is closed: keep every parsed one
const parsed = new Map<string, IntlMessageFormat>()

function messageOf(locale: PageLocale, key: TextKey): IntlMessageFormat {
  const name = `${locale} ${key}`
  const known = parsed.get(name)
  if (known) return known
  const message = new IntlMessageFormat(catalogues[locale][key], locale, undefined, { ignoreTag: true })
  parsed.set(name, message)
  return message
}

export const textsOf =
  (locale: PageLocale): Translate =>
  (key, values) =>
    String(messageOf(locale, key).format(values))
