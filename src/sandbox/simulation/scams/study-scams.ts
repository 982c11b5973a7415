import { type Mean, meanOf } from '../figures.ts'
import { forgetful, mindful, type Score } from './judges.ts'
import { runScamYear, type ScamYear } from './scam-market.ts'
import type { Tactic } from './scammers.ts'

/** Before: each post as a whole and for itself. Now: windows, and what people decided is known again. */
export const markets = ['before', 'now'] as const
export type Market = (typeof markets)[number]

export const figureNames = ['lost', 'daysSeen', 'unseen', 'hurt', 'takenDown', 'contracts'] as const
export type FigureName = (typeof figureNames)[number]

/** Of one year: yen lost per 1,000 contracts; days for which a scam that was seen could be seen; share of scams that nobody could see; lawful posts per 1,000 that were held or taken down, and taken down; contracts. */
export type Figures = Readonly<Record<FigureName, number>>

export const YEAR_DAYS = 365

const mean = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, one) => sum + one, 0) / values.length

export function figuresOf({ byDay, lawful, scams }: ScamYear): Figures {
  const { lost, contracts } = byDay.at(-1) ?? { lost: 0, contracts: 0 }
  return {
    lost: (1_000 * lost) / Math.max(1, contracts),
    daysSeen: mean(scams.daysSeen),
    unseen: scams.unseen / Math.max(1, scams.posts),
    hurt: (1_000 * (lawful.held + lawful.takenDown)) / Math.max(1, lawful.posts),
    takenDown: (1_000 * lawful.takenDown) / Math.max(1, lawful.posts),
    contracts,
  }
}

/** Both markets with the same seeds: each figure with its 95 % interval, and the change within a seed. */
export interface ScamStudy {
  readonly seeds: number
  readonly years: Readonly<Record<Market, readonly ScamYear[]>>
  readonly figures: Readonly<Record<FigureName, Readonly<Record<Market | 'change', Mean | undefined>>>>
}

/** Share of the posts of a tactic that anybody could see, in all years of a market. */
export function seenShare(
  years: readonly ScamYear[],
  tactic: Tactic,
): { readonly posts: number; readonly share: number } {
  const posts = years.reduce((sum, year) => sum + year.tactics[tactic].posts, 0)
  const seen = years.reduce((sum, year) => sum + year.tactics[tactic].seen, 0)
  return { posts, share: posts === 0 ? 0 : seen / posts }
}

export interface StudyOptions {
  readonly seeds: number
  readonly days: number
  readonly scores: Readonly<Record<Market, Score>>
}

/** Lives the years of both markets. `tell` hears of each that is over. */
export async function studyScams(
  { seeds, days, scores }: StudyOptions,
  tell: (done: number, market: Market) => void = () => {},
): Promise<ScamStudy> {
  const years: Record<Market, ScamYear[]> = { before: [], now: [] }
  for (let seed = 1; seed <= seeds; seed += 1)
    for (const market of markets) {
      const judge = market === 'now' ? mindful(scores.now) : forgetful(scores.before)
      years[market].push(await runScamYear({ seed, days, judge }))
      tell(years.before.length + years.now.length, market)
    }
  const all = { before: years.before.map(figuresOf), now: years.now.map(figuresOf) }
  const figures = Object.fromEntries(
    figureNames.map((name) => {
      const of = (market: Market) => all[market].map((one) => one[name])
      const change = of('now').map((value, nth) => value - (of('before')[nth] ?? 0))
      return [name, { before: meanOf(of('before')), now: meanOf(of('now')), change: meanOf(change) }]
    }),
  ) as unknown as ScamStudy['figures']
  return { seeds, years, figures }
}
