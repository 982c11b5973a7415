/** What stands before a sum, and the words that stand behind it: each tells the same unit. In small letters and NFKC. */
export const CURRENCIES: readonly { readonly signs: RegExp; readonly words: readonly string[] }[] = [
  { signs: /^[¥\\]/u, words: ['円', '¥', 'yen', 'jpy', 'えん'] },
  { signs: /^\$/u, words: ['ドル', '$', 'dollars', 'dollar', 'usd'] },
  { signs: /^€/u, words: ['ユーロ', '€', 'euros', 'euro', 'eur'] },
]

/** What ends a sentence: people type it behind an answer. */
export const FULL_STOP = /[.。]$/u

/** Signs that one answer is typed with as with another: quotes, and dashes, which a Japanese keyboard gives as a long vowel mark. */
export const SAME_SIGNS: readonly (readonly [RegExp, string])[] = [
  [/[’‘ʼ]/gu, "'"],
  [/[“”]/gu, '"'],
  [/[−‐‑–]|(?<=[a-z0-9])ー(?=[a-z0-9])/gu, '-'],
]

/** In an accepted answer, outside a code span: what would part two answers, or belongs to neither. */
export const SEVERAL_ANSWERS =
  /／|(?<!\d)、|、(?!\d)|(?<=[^\p{ASCII}]) ?\/ ?|\/ ?(?=[^\p{ASCII}])|も可[)）]?$|^[(（]?(?:または|もしくは)|^「.*」$|^『.*』$/u

/** Closes a sentence: an answer with it is right only where the same without it is, too. */
export const CLOSED = /。$/u
