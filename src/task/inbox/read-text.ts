import {
  ADDRESS,
  AFTERNOON,
  AMOUNT,
  BOUND,
  DASHES,
  DAY_ALONE,
  LONG_DATE,
  NOON,
  QUOTATION,
  QUOTED_LINE,
  SENTENCE_END,
  SHORT_DATE,
  SPAN,
  SPELLINGS,
  STOP,
  TIME,
  TOKEN_RANGE,
  TWELVE,
  WAVES,
} from './patterns.data.ts'

// How mails are read for grading. Published graders read with it: what it makes of a text must not change any more.

/** A time in a text, in minutes after midnight. */
export interface FoundTime {
  readonly at: number
  /** What it is: where something begins, where it ends, or a limit (“from 11 on”). */
  readonly as: 'begin' | 'end' | 'limit'
}

/** A text as it is compared: one width, no gaps, and dates, times and amounts in one spelling each. */
export interface ReadText {
  readonly folded: string
  readonly sentences: readonly string[]
  /** `12/8`, without the year. */
  readonly dates: ReadonlySet<string>
  /** Days that are named without a month. */
  readonly days: ReadonlySet<number>
  readonly times: readonly FoundTime[]
  /** `132000yen`, `5%`. */
  readonly amounts: ReadonlySet<string>
  /** Mail addresses, links and telephone numbers. */
  readonly addresses: ReadonlySet<string>
}

const isDate = (month: number, day: number) => month >= 1 && month <= 12 && day >= 1 && day <= 31

const TOKEN_TIME = /⟦(\d{1,4})min⟧/g

const minutesOf = (half: string | undefined, hours: number, minutes: number): number =>
  half !== undefined && AFTERNOON.includes(half) && hours < 12 ? (hours + 12) * 60 + minutes : hours * 60 + minutes

const amountOf = ([, tens, thousands, rest, thousand, plain, percent]: readonly (string | undefined)[]): string => {
  if (percent !== undefined) return `${Number(percent)}%`
  if (tens !== undefined)
    return `${Math.round(Number(tens) * 10_000) + Number(thousands ?? 0) * 1_000 + Number(rest ?? 0)}yen`
  if (thousand !== undefined) return `${Number(thousand) * 1_000}yen`
  return `${Number((plain as string).replaceAll(',', ''))}yen`
}

function timesIn(folded: string): FoundTime[] {
  return [...folded.matchAll(TOKEN_TIME)].map(({ 0: { length }, 1: at, index }) => {
    const before = folded.slice(Math.max(0, index - 12), index)
    if (SPAN.test(before) && /⟧[^⟧]{0,3}$/.test(before)) return { at: Number(at), as: 'end' }
    return { at: Number(at), as: BOUND.test(folded.slice(index + length, index + length + 3)) ? 'limit' : 'begin' }
  })
}

/** One width, small letters, one sign for each kind of dash, and words in one spelling. */
const plainOf = (text: string): string =>
  SPELLINGS.reduce(
    (plain, [spelling, one]) => plain.replace(spelling, one),
    text.normalize('NFKC').toLowerCase().replace(WAVES, '~').replace(DASHES, '-').replace(NOON, TWELVE),
  )

/** Reads a text. It takes time in proportion to the text's length. */
export function readText(text: string): ReadText {
  const dates = new Set<string>()
  const days = new Set<number>()
  const amounts = new Set<string>()
  const addresses = new Set<string>()
  const date = (found: string, month: string, day: string): string => {
    if (!isDate(Number(month), Number(day))) return found
    dates.add(`${Number(month)}/${Number(day)}`)
    return `⟦${Number(month)}/${Number(day)}⟧`
  }
  const marked = plainOf(text)
    // what has digits in an address is neither a date nor an amount
    .replace(ADDRESS, (address) => {
      addresses.add(address)
      return address.startsWith('http') || address.includes('@') ? address : `⟦${address.replaceAll('-', '‐')}⟧`
    })
    .replace(LONG_DATE, (found, month: string, day: string) => date(found, month, day))
    .replace(SHORT_DATE, (found, first: string | undefined, month: string, sign: string, day: string) =>
      // without a year only the slash makes a date
      first === sign || (first === undefined && sign === '/') ? date(found, month, day) : found,
    )
    .replace(TIME, (found, half: string, hours: string, minutes = '', written = '', thirty = '') => {
      const at = minutesOf(half, Number(hours), thirty ? 30 : Number(minutes || written || 0))
      return at <= 24 * 60 ? `⟦${at}min⟧` : found
    })
    .replace(AMOUNT, (...found: unknown[]) => {
      const amount = amountOf(found.slice(0, 7) as string[])
      amounts.add(amount)
      return `⟦${amount}⟧`
    })
    .replace(DAY_ALONE, (found, day: string) => {
      if (Number(day) >= 1 && Number(day) <= 31) days.add(Number(day))
      return found
    })
  const squeezed = (part: string) => part.replace(/\s+/g, '')
  const folded = squeezed(marked)
  return {
    folded,
    sentences: marked.split(SENTENCE_END).map(squeezed),
    dates,
    days,
    times: timesIn(folded),
    amounts,
    addresses,
  }
}

/** A wording in the spelling in which texts are compared. */
export const foldWording = (wording: string): string => readText(wording).folded

/** The ranges of time in a text, from one time to another, in minutes after midnight. */
export function rangesIn(text: string): { readonly from: number; readonly to: number }[] {
  const { folded } = readText(text)
  return [...folded.matchAll(TOKEN_RANGE)].map(([, from, to]) => ({
    from: Number(from),
    to: Number(to),
  }))
}

/** So many characters in a row that stand in the thread too are copied from it. */
const COPIED = 24

/**
 * A text without what is only repeated from a mail: quoted lines, quotations in brackets, and long runs of the same
 * characters. A full stop stands in their place.
 */
export function withoutCopies(text: string, thread: string): string {
  const unquoted = text
    .replace(QUOTED_LINE, '')
    .replace(QUOTATION, (found, inside: string) => (thread.includes(inside.trim()) ? STOP : found))
  let kept = ''
  for (let at = 0; at < unquoted.length; ) {
    let length = 0
    if (thread.includes(unquoted.slice(at, at + COPIED)) && at + COPIED <= unquoted.length) {
      length = COPIED
      while (at + length < unquoted.length && thread.includes(unquoted.slice(at, at + length + 1))) length += 1
    }
    kept += length > 0 ? STOP : unquoted.charAt(at)
    at += Math.max(1, length)
  }
  return kept
}
