import { shareByDay } from '@kentei/marketplace/estimator'
import { type Way, ways } from './choose.ts'
import { differenceOf, type Mean, meanOf, quantile } from './figures.ts'

/** Newcomers who got their certificate soon, and those who never got one. Who got it later belongs to neither. */
export const groups = ['certified', 'uncertified'] as const
export type Group = (typeof groups)[number]

export interface FirstHire {
  readonly on: number
  /** Whether a certificate was in hand then. */
  readonly certified: boolean
  readonly way: Way
}

/** A newcomer at the end of the year. Days are counted from its first. */
export interface Newcomer {
  readonly id: string
  readonly quality: number
  readonly joinsOn: number
  readonly certifiedOn: number | undefined
  readonly sat: boolean
  readonly firstHire: FirstHire | undefined
}

export interface Placed {
  readonly worker: string
  readonly day: number
  /** 0 is the last place, 100 the first. */
  readonly percentile: number
}

export interface RankRow {
  readonly week: number
  readonly group: Group
  readonly n: number
  readonly low: number
  readonly median: number
  readonly high: number
}

export interface HireRow {
  /** Whether the certificate stood when they were hired for the first time. */
  readonly certified: boolean
  /** True quality of those hired, in SD. */
  readonly quality: Mean | undefined
}

export interface WaitRow {
  readonly group: Group
  readonly people: number
  readonly hired: number
  readonly byWay: Readonly<Record<Way, number>>
  /** Share with a first contract by each day since joining. */
  readonly shares: readonly number[]
  /** Day by which half of them had one; undefined if it did not come to that. */
  readonly medianDays: number | undefined
}

export interface YearSummary {
  readonly newcomers: number
  readonly sat: number
  readonly certified: number
  readonly certifiedLater: number
  readonly rank: readonly RankRow[]
  readonly hires: readonly HireRow[]
  /** How much better the certified ones worked who were hired for the first time. */
  readonly difference: Omit<Mean, 'n'> | undefined
  /** The same of everybody who joined, hired or not. */
  readonly everybody: readonly HireRow[]
  readonly waits: readonly WaitRow[]
}

/** A certificate within so many days of joining counts as soon. */
export const SOON_DAYS = 28
export const WEEKS_SHOWN = 26
const WEEK = 7
/** Fewer people than this are no group. */
const LEAST = 8

export function groupOf({ joinsOn, certifiedOn }: Pick<Newcomer, 'joinsOn' | 'certifiedOn'>): Group | undefined {
  if (certifiedOn === undefined) return 'uncertified'
  return certifiedOn - joinsOn <= SOON_DAYS ? 'certified' : undefined
}

function rankRows(newcomers: readonly Newcomer[], census: readonly Placed[]): RankRow[] {
  const known = new Map(newcomers.map((newcomer) => [newcomer.id, newcomer]))
  const cells = new Map<string, number[]>()
  for (const { worker, day, percentile } of census) {
    const newcomer = known.get(worker)
    const group = newcomer && groupOf(newcomer)
    if (!newcomer || !group) continue
    const key = `${Math.floor((day - newcomer.joinsOn) / WEEK)}/${group}`
    cells.set(key, [...(cells.get(key) ?? []), percentile])
  }
  return Array.from({ length: WEEKS_SHOWN + 1 }, (_, week) => week).flatMap((week) =>
    groups.flatMap((group) => {
      const values = cells.get(`${week}/${group}`) ?? []
      if (values.length < LEAST) return []
      return [
        {
          week,
          group,
          n: values.length,
          low: quantile(values, 0.25) ?? 0,
          median: quantile(values, 0.5) ?? 0,
          high: quantile(values, 0.75) ?? 0,
        },
      ]
    }),
  )
}

function waitRow(newcomers: readonly Newcomer[], group: Group, days: number): WaitRow {
  const people = newcomers.filter((newcomer) => groupOf(newcomer) === group)
  const waits = people.map(({ joinsOn, firstHire }) => ({
    days: (firstHire?.on ?? days) - joinsOn,
    came: firstHire !== undefined,
  }))
  const shares = shareByDay(waits, Math.min(WEEKS_SHOWN * WEEK, days))
  const half = shares.findIndex((share) => share >= 0.5)
  const byWay = Object.fromEntries(
    ways.map((way) => [way, people.filter(({ firstHire }) => firstHire?.way === way).length]),
  ) as Record<Way, number>
  return {
    group,
    people: people.length,
    hired: waits.filter(({ came }) => came).length,
    byWay,
    shares,
    medianDays: half < 0 ? undefined : half,
  }
}

const qualityOf = (people: readonly Newcomer[], certified: boolean): HireRow => ({
  certified,
  quality: meanOf(people.map(({ quality }) => quality)),
})

/** What a year of `days` says about certified and uncertified newcomers. */
export function summariseYear(newcomers: readonly Newcomer[], census: readonly Placed[], days: number): YearSummary {
  const hired = (certified: boolean) => newcomers.filter(({ firstHire }) => firstHire?.certified === certified)
  const hires = [true, false].map((certified) => qualityOf(hired(certified), certified))
  const [withIt, without] = hires.map(({ quality }) => quality)
  const certified = newcomers.filter(({ certifiedOn }) => certifiedOn !== undefined)
  return {
    newcomers: newcomers.length,
    sat: newcomers.filter(({ sat }) => sat).length,
    certified: certified.length,
    certifiedLater: certified.filter((newcomer) => groupOf(newcomer) === undefined).length,
    rank: rankRows(newcomers, census),
    hires,
    difference: withIt && without ? differenceOf(withIt, without) : undefined,
    everybody: [true, false].map((has) =>
      qualityOf(
        newcomers.filter(({ certifiedOn }) => (certifiedOn !== undefined) === has),
        has,
      ),
    ),
    waits: groups.map((group) => waitRow(newcomers, group, days)),
  }
}
