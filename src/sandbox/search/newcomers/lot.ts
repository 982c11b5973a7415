import { unitHash } from '../../../kernel/random.ts'

/** Newcomers who hold a certificate of the category, and everybody else: who failed, and who never sat. */
export const groups = ['certified', 'other'] as const
export type Group = (typeof groups)[number]

/** Newcomers of one group in an order that no draw changes; a fresh one counts twice. */
export interface Line<T> {
  readonly fresh: Sequence<T>
  readonly settled: Sequence<T>
}

/** What an array is, as far as a draw looks at it. */
export interface Sequence<T> {
  readonly length: number
  at(index: number): T | undefined
}

/** Who may be drawn. */
export type Pool<T> = Readonly<Record<Group, Line<T>>>

export type Weight = keyof Line<unknown>

/** How many may be drawn, by group and by weight. */
export type PoolSizes = Readonly<Record<Group, Readonly<Record<Weight, number>>>>

/** With which probability each newcomer of a group and weight is drawn, 0..1. */
export type Propensities = PoolSizes

/** On which terms a lot is drawn. */
export interface Terms {
  /** Places to be given. */
  readonly places: number
  /** r: how many times as often a certified newcomer is drawn as another of the same weight, 1..4. */
  readonly ratio: number
}

export interface Drawn<T> {
  readonly newcomer: T
  readonly group: Group
  /** Probability with which this newcomer was drawn for one of the places, 0..1. */
  readonly propensity: number
}

/** A fresh newcomer counts as many times as a settled one. */
export const FRESH_WEIGHT = 2

/** At most this share of the places goes to the certified in expectation: others keep a third of them. */
const MOST_CERTIFIED = 2 / 3

export const sizesOf = <T>({ certified, other }: Pool<T>): PoolSizes => ({
  certified: { fresh: certified.fresh.length, settled: certified.settled.length },
  other: { fresh: other.fresh.length, settled: other.settled.length },
})

const headsOf = ({ fresh, settled }: PoolSizes[Group]): number => fresh + settled

/** Share of the places that the certified get in expectation: `min(2/3, r|C| / (r|C| + |U|))`; 0 of nobody. */
export function certifiedShare(sizes: PoolSizes, ratio: number): number {
  const certified = ratio * headsOf(sizes.certified)
  const all = certified + headsOf(sizes.other)
  return all === 0 ? 0 : Math.min(MOST_CERTIFIED, certified / all)
}

/** How the places are shared out between the groups: each way with its probability. */
function splits(sizes: PoolSizes, { places, ratio }: Terms): readonly [Split, Split] {
  const expected = places * certifiedShare(sizes, ratio)
  const least = Math.floor(expected)
  return [
    { ...fillGaps(sizes, places, least), probability: 1 - (expected - least) },
    { ...fillGaps(sizes, places, least + 1), probability: expected - least },
  ]
}
type Split = Readonly<Record<Group, number>> & { readonly probability: number }

/** What one group cannot fill, the other does. */
function fillGaps(sizes: PoolSizes, places: number, certified: number): Readonly<Record<Group, number>> {
  const [c, u] = [headsOf(sizes.certified), headsOf(sizes.other)]
  const other = Math.min(u, places - Math.min(c, certified))
  return { certified: Math.min(c, places - other), other }
}

/**
 * Probability of each member of a line when `places` of it are drawn in proportion to their weights: `min(1, k·w/Σw)`, and
 * what those who are certain leave over goes to the rest, so that the probabilities add up to the places.
 */
function inclusionOf({ fresh, settled }: PoolSizes[Group], places: number): PoolSizes[Group] {
  const weight = FRESH_WEIGHT * fresh + settled
  if (places === 0 || weight === 0) return { fresh: 0, settled: 0 }
  if (FRESH_WEIGHT * places < weight) return { fresh: (FRESH_WEIGHT * places) / weight, settled: places / weight }
  return { fresh: 1, settled: settled === 0 ? 0 : Math.min(1, (places - fresh) / settled) }
}

/** Exact probability with which each newcomer is drawn for one of the places, by group and weight; all of them add up to the places, or to all newcomers where they are fewer. */
export function propensitiesOf(sizes: PoolSizes, terms: Terms): Propensities {
  const ways = splits(sizes, terms)
  const of = (group: Group) => {
    const each = ways.map((way) => ({ ...inclusionOf(sizes[group], way[group]), probability: way.probability }))
    const mean = (weight: Weight) => each.reduce((sum, way) => sum + way.probability * way[weight], 0)
    return { fresh: mean('fresh'), settled: mean('settled') }
  }
  return { certified: of('certified'), other: of('other') }
}

/**
 * Systematic sampling (Madow 1949): points in equal distances from one uniform start, on a line on which everybody is as
 * long as their weight. Costs the same for a line of any length.
 */
function sample<T>({ fresh, settled }: Line<T>, places: number, start: number) {
  const drawn: { readonly newcomer: T; readonly weight: Weight }[] = []
  const certain = FRESH_WEIGHT * places >= FRESH_WEIGHT * fresh.length + settled.length
  if (certain)
    for (let nth = 0; nth < fresh.length; nth += 1) drawn.push({ newcomer: fresh.at(nth) as T, weight: 'fresh' })
  const drawnFrom = certain ? 0 : FRESH_WEIGHT * fresh.length
  const left = Math.min(places - drawn.length, certain ? settled.length : places)
  for (let nth = 0; nth < left; nth += 1) {
    const point = ((start + nth) * (drawnFrom + settled.length)) / left
    drawn.push(
      point < drawnFrom
        ? { newcomer: fresh.at(Math.floor(point / FRESH_WEIGHT)) as T, weight: 'fresh' }
        : { newcomer: settled.at(Math.floor(point - drawnFrom)) as T, weight: 'settled' },
    )
  }
  return drawn
}

/** Gives the places by lot. The same pool and seed give the same newcomers; nobody is drawn twice. */
export function drawLot<T>(pool: Pool<T>, { seed, ...terms }: Terms & { readonly seed: string }): Drawn<T>[] {
  const sizes = sizesOf(pool)
  const propensities = propensitiesOf(sizes, terms)
  const [fewer, more] = splits(sizes, terms)
  const split = unitHash(`${seed}/split`) < more.probability ? more : fewer
  return groups.flatMap((group) =>
    sample(pool[group], split[group], unitHash(`${seed}/start/${group}`)).map(({ newcomer, weight }) => ({
      newcomer,
      group,
      propensity: propensities[group][weight],
    })),
  )
}
