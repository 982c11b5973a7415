import { type Change, diffWordsWithSpace } from 'diff'

/** What a comparison may still go through word by word: a count, so that the same texts are shown the same on every machine. */
export interface WordBudget {
  characters: number
}

/** Characters of texts before and after that one page compares word by word; the rest of it is shown whole. */
const MOST_WORDED = 60_000
/** Where two texts have fewer words in common, nobody looks for them. */
const MOST_WORD_EDITS = 200

export const newWordBudget = (): WordBudget => ({ characters: MOST_WORDED })

export const wordsOf = (locale: 'ja' | 'en'): Intl.Segmenter => new Intl.Segmenter(locale, { granularity: 'word' })

/** What went and what came between two texts of at most so many characters together; undefined where they are to be shown whole. */
export function compareWords(
  before: string,
  after: string,
  { segmenter, budget, longest }: { segmenter: Intl.Segmenter; budget: WordBudget; longest: number },
): Change[] | undefined {
  const length = before.length + after.length
  if (before === '' || after === '' || length > longest || length > budget.characters) return undefined
  budget.characters -= length
  return diffWordsWithSpace(before, after, { intlSegmenter: segmenter, maxEditLength: MOST_WORD_EDITS })
}
