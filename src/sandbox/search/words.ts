/** Characters of a term of the full-text index: SQLite's trigram tokenizer. */
const GRAM = 3
const MOST_WORDS = 10
/** Follows every field of an indexed text, twice: so every character of the text begins a term, and no word reaches over two fields. */
const FIELD_END = '\u0001\u0001'
/** The highest code point: no text has anything behind it. */
const LAST = '\u{10FFFF}'

/** Full-width and half-width, capital and small letters are the same to a reader; so is all white space. */
export const plainText = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\p{White_Space}\p{Cc}]+/gu, ' ')
    .trim()

/** A text as it is indexed. */
export const indexedText = (fields: readonly string[]): string => fields.map((field) => plainText(field) + FIELD_END).join('')

/** The words of a query, all of which have to be found: each once, none that another one contains. */
export function wordsOf(query: string): readonly string[] {
  const words = [...new Set(plainText(query).split(' '))].filter((word) => word !== '').slice(0, MOST_WORDS)
  return words.filter((word) => !words.some((other) => other !== word && other.includes(word)))
}

/** Too short to be a term: found by the terms that begin with it. */
export const isShort = (word: string): boolean => [...word].length < GRAM

/** A full-text query for all of these words, whatever characters they consist of. */
export const matchAll = (words: readonly string[]): string => words.map((word) => `"${word.replaceAll('"', '""')}"`).join(' AND ')

/** Terms that begin with a word: at least `from`, below `below`. */
export const termsOf = (word: string): { readonly from: string; readonly below: string } => ({ from: word, below: word + LAST })
