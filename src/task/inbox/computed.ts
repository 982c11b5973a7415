import { BEFORE, DAYS_FROM, SOME_DAYS_FROM } from './patterns.data.ts'
import type { ReadText } from './read-text.ts'

// What a careful person works out from what a mail and its documents say: nobody invented it. Published graders rely on this
// file: what it takes for computed must not change any more.

/** So many prices and counts are looked at. */
const MOST_GIVEN = 20
/** A count of something in a mail; a price, a time or a part of a date or a number is none. */
const COUNT = /(?<![\d.,/:¥-])\d{1,3}(?![\d.,/:%-])/g

const endingWith = (amounts: ReadonlySet<string>, unit: string): number[] =>
  [...amounts].filter((amount) => amount.endsWith(unit)).map((amount) => Number.parseFloat(amount))

/** The values that stand in these texts, the first ones of many. */
const given = (texts: readonly ReadText[], unit: string): number[] =>
  [...new Set(texts.flatMap(({ amounts }) => endingWith(amounts, unit)))].slice(0, MOST_GIVEN)

/**
 * Whether an amount comes of those that were given: so many times a price, the sum or the difference of two of these, the sum
 * of three prices, or a percentage of one, taken from it or put on it, rounded either way.
 */
export function openComputed(texts: readonly ReadText[], mail: string): (amount: string) => boolean {
  const prices = given(texts, 'yen')
  const rates = given(texts, '%')
  const counts = [...new Set(mail.normalize('NFKC').match(COUNT) ?? [])].slice(0, MOST_GIVEN).map(Number)
  const parts = new Set([1, ...counts].flatMap((count) => prices.map((price) => price * count)))
  const pairs = prices.flatMap((one) => prices.map((other) => one + other))
  const shares = [...parts].flatMap((part) =>
    rates.flatMap((rate) => [rate, 100 - rate, 100 + rate].map((of) => (part * of) / 100)),
  )
  return (amount) => {
    if (!amount.endsWith('yen')) return false
    const sum = Number.parseFloat(amount)
    return (
      [...parts].some((part) => part === sum || parts.has(sum - part) || parts.has(sum + part)) ||
      pairs.some((pair) => prices.includes(sum - pair)) ||
      shares.some((share) => Math.abs(share - sum) < 1)
    )
  }
}

const DAY = 86_400_000
/** Any year without a leap day: dates come without theirs. */
const SOME_YEAR = 2027

/** How far off the days are that a text speaks of without a date, in days. */
function distancesIn({ folded }: ReadText): number[] {
  const counted = [...folded.matchAll(SOME_DAYS_FROM)].map(([, days, way]) => Number(days) * (way === BEFORE ? -1 : 1))
  return [...DAYS_FROM.filter(([word]) => word.test(folded)).map(([, days]) => days), ...counted]
}

/** Whether a date, `2/8`, comes of a given one and of what the mail, its documents or its answer say of it: the day before. */
export function openComputedDates(given: readonly ReadText[], answer: ReadText): (date: string) => boolean {
  const distances = new Set([...given, answer].flatMap(distancesIn))
  const dates = new Set(given.flatMap((text) => [...text.dates]))
  return (date) => {
    const [month = 0, day = 0] = date.split('/').map(Number)
    const at = Date.UTC(SOME_YEAR, month - 1, day)
    return [...distances].some((distance) => {
      const from = new Date(at - distance * DAY)
      return dates.has(`${from.getUTCMonth() + 1}/${from.getUTCDate()}`)
    })
  }
}
