/** Characters of a term of the full-text index: SQLite's trigram tokenizer. */
const GRAM = 3
const MOST_WORDS = 10
/** Follows every field of an indexed text, twice: so every character of the text begins a term, and no word reaches over two fields. */
const FIELD_END = '\u0001\u0001'
/** The highest code point: no text has anything behind it. */
const LAST = '\u{10FFFF}'

/** Distance of a katakana from its hiragana. */
const KANA_APART = 0x60

/**
 * What is the same to a reader: full-width and half-width, capital and small letters, katakana and hiragana, all white
 * space; and characters that nobody sees are none.
 */
export const plainText = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\p{Default_Ignorable_Code_Point}+/gu, '')
    .replace(/[\u30a1-\u30f6\u30fd\u30fe]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - KANA_APART))
    .replace(/[\p{White_Space}\p{Cc}]+/gu, ' ')
    .trim()

/** A text as it is indexed. */
export const indexedText = (fields: readonly string[]): string =>
  fields.map((field) => plainText(field) + FIELD_END).join('')

/** The words of a query, all of which have to be found: each once, none that another one contains. */
export function wordsOf(query: string): readonly string[] {
  const words = [...new Set(plainText(query).split(' '))].filter((word) => word !== '').slice(0, MOST_WORDS)
  return words.filter((word) => !words.some((other) => other !== word && other.includes(word)))
}

/** Too short to be a term: found by the terms that begin with it. */
export const isShort = (word: string): boolean => [...word].length < GRAM

/** A full-text query for all of these words, whatever characters they consist of. */
export const matchAll = (words: readonly string[]): string =>
  words.map((word) => `"${word.replaceAll('"', '""')}"`).join(' AND ')

/** Terms that begin with a word: at least `from`, below `below`. */
export const termsOf = (word: string): { readonly from: string; readonly below: string } => ({
  from: word,
  below: word + LAST,
})
