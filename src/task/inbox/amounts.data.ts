const DIGIT = '[\\d０-９]'
const NUMBER = `(${DIGIT}{1,3}(?:[,，]${DIGIT}{3})+|${DIGIT}{1,7}(?:[.．]${DIGIT}{1,4})?)`

/** What the numbers before 億, 万, 千 and 円 are worth. */
export const AMOUNT_UNITS = [100_000_000, 10_000, 1_000, 1] as const

/** A sum with at least one unit of numbers, of either width: 億, 万, 千, and what is left. Published graders read with it. */
export const SCALED_AMOUNT = new RegExp(
  `(?<![\\d０-９,，.．])(?=[\\d０-９,，.．]+[億万千])(?:${NUMBER}億)?(?:${NUMBER}万)?(?:${NUMBER}千)?${NUMBER}?円`,
  'g',
)
