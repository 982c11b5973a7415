import { type Habits, usualHabits } from '../choose.ts'
import type { Scheme } from './fast-search.ts'
import { type FastOptions, type FastResult, runFastYear } from './fast-year.ts'
import { mean, measureYear, medianOf, type Proof, proveYear, type YearFigures } from './measure-year.ts'

const WORKERS = 2_000
const CLIENTS = 400
const YEAR = 365
const SEEDS = [1, 2, 3, 4, 5] as const
const RHO = 0.3
/** Share of those likely to fail who pass with somebody else's knowledge, so that three in ten passes are without skill. */
const UNSKILLED = 0.57
/** Workers who are there before, however long the years are. */
const INCUMBENTS = 700
const RING_FROM = 150
/** Years of which each has to find its own true effect within its interval, and their seeds. */
const PROVING_YEARS = 40
const PROVING_FROM = 101
const Z90_OVER_Z95 = 1.6449 / 1.96

const usual: Omit<FastOptions, 'seed' | 'scheme'> = {
  workers: WORKERS,
  clients: CLIENTS,
  days: YEAR,
  rho: RHO,
  incumbents: INCUMBENTS,
  habits: usualHabits,
  idleLeave: false,
  both: false,
}
/** A longer while, with newcomers at the same rate. */
const during = (days: number) => ({ days, workers: INCUMBENTS + Math.round((days / YEAR) * (WORKERS - INCUMBENTS)) })
const twoYears = during(2 * YEAR)

export type VariantName =
  | 'all-deep'
  | 'all-pages'
  | 'certificates-ignored'
  | 'row-overlooked'
  | 'worth-more'
  | 'second-year'
  | 'idle-leave'

/** A market in which the same is asked once more: readers who differ, an exam that is worth more, a second year. */
export interface Variant {
  readonly name: VariantName
  readonly before: YearFigures
  readonly noticed: YearFigures
}

const habit = (changed: Partial<Habits>) => ({ habits: { ...usualHabits, ...changed } })
const variants: readonly {
  readonly name: VariantName
  readonly options: Partial<FastOptions>
  readonly from?: number
}[] = [
  { name: 'all-deep', options: habit({ readers: 0 }) },
  { name: 'all-pages', options: habit({ readers: 1 }) },
  { name: 'certificates-ignored', options: habit({ certificate: 0 }) },
  { name: 'row-overlooked', options: habit({ overlooks: 0.5 }) },
  { name: 'worth-more', options: { rho: 0.6 } },
  { name: 'second-year', options: twoYears, from: YEAR },
  { name: 'idle-leave', options: { ...twoYears, idleLeave: true }, from: YEAR },
]

/** What years of the study are lived for. */
type StudyPart = 'before' | 'noticed' | 'worthless' | 'unskilled' | 'ring' | VariantName | 'proof'

/** What the study has to find; `found` are the figures it goes by, as they are shown. */
export type Gate = { readonly holds: boolean } & (
  | {
      readonly name: 'certified-wait' | 'others-wait' | 'first-page' | 'quality' | 'worthless'
      readonly found: string
    }
  | {
      readonly name: 'unskilled'
      readonly found: { readonly ratio: string; readonly place: string; readonly unrecognised: string }
    }
  | { readonly name: 'intervals'; readonly found: { readonly covered: number; readonly years: number } }
)

/** All that the study found. */
export interface Study {
  readonly gates: readonly Gate[]
  readonly before: readonly YearFigures[]
  readonly noticed: readonly YearFigures[]
  readonly variants: readonly Variant[]
  /** Months of one year: exposure and beliefs. */
  readonly months: Pick<FastResult, 'exposure' | 'beliefs'>
  readonly proofs: readonly Proof[]
  readonly ring: {
    readonly recognised: readonly number[]
    readonly not: readonly number[]
    readonly honestInBlocks: number
  }
}

/** Years, or longer whiles, that a study lives. */
export const YEARS_LIVED = 6 * SEEDS.length + 2 * variants.length + PROVING_YEARS

const inAll = (values: readonly boolean[]): boolean => values.every(Boolean)
const digits = (value: number, n = 2): string => value.toFixed(n)
const each = (values: readonly number[], n = 2): string => values.map((value) => digits(value, n)).join(', ')

function judge(of: {
  readonly before: readonly YearFigures[]
  readonly noticed: readonly YearFigures[]
  readonly worthless: readonly YearFigures[]
  readonly unskilled: readonly YearFigures[]
  readonly ring: Study['ring']
  readonly proofs: readonly Proof[]
}): Gate[] {
  const { before, noticed, worthless, unskilled, ring, proofs } = of
  const against = noticed.map(({ medianDays }) => medianDays.certified / medianDays.uncertified)
  const others = noticed.map(
    ({ medianDays }, nth) => medianDays.uncertified / (before[nth]?.medianDays.uncertified ?? Number.NaN),
  )
  const difference = (value: (figures: YearFigures) => number) => mean(noticed.map(value)) - mean(before.map(value))
  const [firstQuality, quality, endsWell] = [
    difference((figures) => figures.firstQuality),
    difference((figures) => figures.quality),
    difference((figures) => figures.endsWell),
  ]
  const displays = worthless.map(({ displayRatio }) => displayRatio)
  const ratios = unskilled.map(({ lastRatio }) => lastRatio)
  const covered = proofs.filter(({ market, truth }) => {
    if (!market) return false
    const { value, low, high } = market.difference
    return truth >= value - (value - low) * Z90_OVER_Z95 && truth <= value + (high - value) * Z90_OVER_Z95
  }).length
  const shown = noticed.map((figures) => figures.shown)
  const hired = noticed.map((figures) => figures.hired)
  return [
    {
      name: 'certified-wait',
      holds: inAll(against.map((ratio) => ratio <= 0.75)),
      found: each(against),
    },
    {
      name: 'others-wait',
      holds: medianOf(others) <= 1 && inAll(others.map((ratio) => ratio <= 1.1)),
      found: each(others),
    },
    {
      name: 'first-page',
      holds: mean(shown) >= 0.6 && mean(hired) >= 0.45,
      found: `${digits(mean(shown))}, ${digits(mean(hired))}`,
    },
    {
      name: 'quality',
      holds: firstQuality >= -0.01 && quality >= -0.05 && endsWell >= -0.01,
      found: `${digits(firstQuality, 3)}, ${digits(quality, 3)}, ${digits(endsWell, 3)}`,
    },
    {
      name: 'worthless',
      holds: medianOf(displays) <= 1.15,
      found: each(displays),
    },
    {
      name: 'unskilled',
      holds: mean(ratios) <= 1.6 && medianOf(ring.recognised) > 100,
      found: {
        ratio: digits(mean(ratios)),
        place: digits(medianOf(ring.recognised), 0),
        unrecognised: digits(medianOf(ring.not), 0),
      },
    },
    {
      name: 'intervals',
      holds: covered >= 0.85 * proofs.length,
      found: { covered, years: proofs.length },
    },
  ]
}

/** Lives all the years of the study, one after the other. `tell` hears of each that is over. */
export async function runStudy(tell: (done: number, part: StudyPart) => void): Promise<Study> {
  let done = 0
  const live = async (
    part: StudyPart,
    options: Partial<FastOptions> & { readonly seed: number; readonly scheme: Scheme },
  ) => {
    const result = await runFastYear({ ...usual, ...options })
    done += 1
    tell(done, part)
    return result
  }
  const overSeeds = async <T>(
    part: StudyPart,
    options: Partial<FastOptions> & { readonly scheme: Scheme },
    read: (result: FastResult) => T,
  ) => {
    const all: T[] = []
    for (const seed of SEEDS) all.push(read(await live(part, { ...options, seed })))
    return all
  }
  const before = await overSeeds('before', { scheme: 'before' }, (result) => measureYear(result))
  const results = await overSeeds('noticed', { scheme: 'noticed' }, (result) => result)
  const noticed = results.map((result) => measureYear(result))
  // months 13 to 18
  const worthless = await overSeeds('worthless', { ...during(YEAR + 182), rho: 0, scheme: 'noticed' }, (result) =>
    measureYear(result),
  )
  const unskilled = await overSeeds('unskilled', { unskilled: UNSKILLED, scheme: 'noticed' }, (result) =>
    measureYear(result),
  )
  const ringOf = (recognised: boolean) =>
    overSeeds('ring', { scheme: 'noticed', ring: { from: RING_FROM, recognised } }, (result) => result)
  const [recognised, not] = [await ringOf(true), await ringOf(false)]
  const ring = {
    recognised: recognised.flatMap(({ ringPlaces }) => ringPlaces),
    not: not.flatMap(({ ringPlaces }) => ringPlaces),
    honestInBlocks: Math.max(...recognised.map(({ honestInBlocks }) => honestInBlocks)),
  }
  const tried: Variant[] = []
  for (const { name, options, from } of variants) {
    const of = async (scheme: Scheme) => measureYear(await live(name, { ...options, seed: 1, scheme }), from)
    tried.push({ name, before: await of('before'), noticed: await of('noticed') })
  }
  const proofs: Proof[] = []
  for (let nth = 0; nth < PROVING_YEARS; nth += 1)
    proofs.push(proveYear(await live('proof', { seed: PROVING_FROM + nth, scheme: 'noticed', both: true })))
  const gates = judge({ before, noticed, worthless, unskilled, ring, proofs })
  const [{ exposure, beliefs } = { exposure: [], beliefs: [] }] = results
  return { gates, before, noticed, variants: tried, months: { exposure, beliefs }, proofs, ring }
}
