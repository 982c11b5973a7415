import { type Estimate, wilsonInterval } from './item-flags.ts'

/** Fewer than this say nothing: at thirty the interval of a share is still .35 wide. */
export const FEWEST_FOR_SHARE = 30

/** How many of how many. */
export interface Share {
  readonly part: number
  readonly of: number
  /** Shares, 0..1; absent below thirty. */
  readonly estimate?: Estimate
}

export const shareOf = (part: number, of: number): Share =>
  of < FEWEST_FOR_SHARE ? { part, of } : { part, of, estimate: wilsonInterval(part / of, of) }

/** How the attempts ended that were started on one day. */
export interface DayFigures {
  readonly day: number
  /** Of the practical part of an exam in parts: its start is a second one of the same person. */
  readonly isPractical: boolean
  readonly started: number
  readonly submitted: number
  readonly expired: number
  readonly withdrawn: number
  readonly voided: number
  readonly passed: number
  readonly failed: number
  readonly shown: number
}

export type Ending = Exclude<keyof DayFigures, 'day' | 'isPractical'>

/** What these days come to together. */
export const sumOf = (days: readonly DayFigures[], what: Ending): number =>
  days.reduce((sum, day) => sum + day[what], 0)

/** Of those whom the attempts of these days judged, how many passed. */
export const passRateOf = (days: readonly DayFigures[]): Share => {
  const passed = sumOf(days, 'passed')
  return shareOf(passed, passed + sumOf(days, 'failed'))
}

const A_WEEK = 7

/** The pass rates of the weeks that end with a day, the oldest first, each with its first day. */
export const weeklyPassRates = (
  days: readonly DayFigures[],
  { today, weeks }: { readonly today: number; readonly weeks: number },
): readonly (Share & { readonly from: number })[] =>
  Array.from({ length: weeks }, (_, n) => {
    const from = today - A_WEEK * (weeks - n) + 1
    return { from, ...passRateOf(days.filter(({ day }) => day >= from && day < from + A_WEEK)) }
  })

/** How many took so many minutes. */
export interface MinutesFigures {
  readonly minutes: number
  readonly n: number
}

/** The least number of minutes that this share (0..1) of all took at most; undefined of nobody. Rows in the order of the minutes. */
export function quantileOf(rows: readonly MinutesFigures[], share: number): number | undefined {
  const all = rows.reduce((sum, { n }) => sum + n, 0)
  let counted = 0
  return rows.find(({ n }) => {
    counted += n
    return n > 0 && counted >= share * all
  })?.minutes
}
