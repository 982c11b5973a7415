import type { MarketEffect } from '@kentei/marketplace/estimator'
import type { MonthlyBelief } from '../../evidence/belief/store.ts'

/**
 * What an operator has to look into: many more passes on a day than usual (keys that leaked?); a ratio that moved by more
 * than 1 within a month; hardly anybody to draw; searches that end worse with the scheme than without.
 */
export const alarmKinds = ['many-passes', 'ratio-moved', 'small-pool', 'ends-worse'] as const
export type AlarmKind = (typeof alarmKinds)[number]

/** Passes a day: the highest of the last two, and what is usual. */
export interface PassRate {
  readonly latest: number
  readonly mean: number
  readonly sd: number
}

/** Passes by day, the newest first: the last two against all before. */
export function passRateOf(byDay: readonly number[]): PassRate {
  const [lately, before] = [byDay.slice(0, 2), byDay.slice(2)]
  const mean = before.reduce((sum, n) => sum + n, 0) / Math.max(1, before.length)
  const squares = before.reduce((sum, n) => sum + (n - mean) ** 2, 0)
  return { latest: Math.max(0, ...lately), mean, sd: Math.sqrt(squares / Math.max(1, before.length)) }
}

/** A day is unusual from so many SD on; a pass a day more or less is not. */
const UNUSUAL = 3
const LEAST_SD = 1
const RATIO_MOVE = 1
const SMALL_POOL = 3
/** Searches held out that end well more often by so much, surely: the scheme is turned down. */
const ENDS_WORSE = 0.01

export interface Watched {
  readonly passes: PassRate
  /** The newest first. */
  readonly history: readonly Pick<MonthlyBelief, 'ratio'>[]
  /** Newcomers who may be drawn; undefined where nobody searched lately. */
  readonly pool: { readonly certified: number; readonly others: number } | undefined
  readonly endsWell: MarketEffect | undefined
}

const rings: Readonly<Record<AlarmKind, (of: Watched) => boolean>> = {
  'many-passes': ({ passes: { latest, mean, sd } }) => latest > mean + UNUSUAL * Math.max(LEAST_SD, sd),
  'ratio-moved': ({ history: [now, before] }) =>
    now !== undefined && before !== undefined && Math.abs(now.ratio - before.ratio) > RATIO_MOVE,
  'small-pool': ({ pool }) => pool !== undefined && pool.certified + pool.others < SMALL_POOL,
  'ends-worse': ({ endsWell }) => endsWell !== undefined && endsWell.sequence.high < -ENDS_WORSE,
}

/** What of an exam's market has to be looked into now. */
export const alarmsOf = (of: Watched): AlarmKind[] => alarmKinds.filter((kind) => rings[kind](of))
