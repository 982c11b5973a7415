import { stableHash, unitHash } from '../../../kernel/random.ts'
import { certifiedShare, FRESH_WEIGHT, type Group, type Weight } from './lot.ts'

/** Behind page 1, one place in so many is drawn: 5 %. */
const PLACES_PER_DRAW = 20
/** Places of page 1, which are never drawn: its row is. */
const FIRST_PAGE = 10

/** A place behind page 1 that was given by lot, and how probable that was; enough to weigh the outcome later. */
export interface PlaceDraw {
  /** 1 is the top. */
  readonly position: number
  readonly worker: string
  readonly group: Group
  /** Probability with which this worker was drawn for this place, 0..1. */
  readonly propensity: number
  /** Newcomers below the place who might have been drawn. */
  readonly poolSize: number
}

/** An order with the places that were given by lot: everybody once. */
export interface OpenedOrder<C> {
  readonly order: readonly C[]
  /** By worker. */
  readonly draws: ReadonlyMap<string, PlaceDraw>
}

/** Somebody of the order as a lot sees them. */
export interface Entrant {
  readonly group: Group
  readonly weight: Weight
  /** Their lot of the day: see `lotOf`. */
  readonly lot: number
}

const weightOf = ({ weight }: Pick<Entrant, 'weight'>): number => (weight === 'fresh' ? FRESH_WEIGHT : 1)

/** Sorted as numbers, lots take a fraction of what pairs take: 31 bits of lot and 21 of place. */
const MOST_RANKED = 2 ** 21
const LOT_STEPS = 2 ** 26

/** The lot of somebody: the lower, the earlier; twice the weight, half as high. */
export const lotOf = (seed: string, id: string, weight: Weight): number =>
  Math.floor((-Math.log(1 - unitHash(`${seed}/${id}`)) / weightOf({ weight })) * LOT_STEPS)

/** Those of one group who are still below the place that is drawn for. */
class Entrants {
  /** Lots and indexes in the order in one number each: sorted, each next is a draw in proportion to the weights of those left. */
  private readonly lots: number[] = []
  private line: Float64Array = new Float64Array()
  private next = 0
  heads = 0
  weight = 0

  add(at: number, lot: number): void {
    this.lots.push(lot * MOST_RANKED + at)
  }

  sort(): void {
    this.line = Float64Array.from(this.lots).sort()
  }

  count(entrant: Entrant, sign: 1 | -1): void {
    this.heads += sign
    this.weight += sign * weightOf(entrant)
  }

  /** Whoever comes next of those behind a place. */
  take(place: number, taken: Uint8Array): number | undefined {
    while (this.next < this.line.length) {
      const at = (this.line[this.next] as number) % MOST_RANKED
      if (!taken[at] && at > place) return at
      this.next += 1
    }
    return undefined
  }
}

/** Which group a place goes to, with what share it was that one, and who might be drawn. */
function chooseGroup(
  lines: Readonly<Record<Group, Entrants>>,
  { ratio, own, lot }: { readonly ratio: number; readonly own: Entrant | undefined; readonly lot: string },
) {
  // whoever has the place already is not below it
  const below = (group: Group) => {
    const { heads, weight } = lines[group]
    return own?.group === group ? { heads: heads - 1, weight: weight - weightOf(own) } : { heads, weight }
  }
  const sizes = { certified: below('certified'), other: below('other') }
  const settled = (group: Group) => ({ fresh: 0, settled: sizes[group].heads })
  const certified =
    sizes.other.heads === 0 ? 1 : certifiedShare({ certified: settled('certified'), other: settled('other') }, ratio)
  const group: Group = unitHash(lot) < certified ? 'certified' : 'other'
  return {
    group,
    share: group === 'certified' ? certified : 1 - certified,
    weight: sizes[group].weight,
    heads: sizes.certified.heads + sizes.other.heads,
  }
}

/**
 * Gives one place in twenty behind page 1 to a newcomer who stands below it, by the same lot as the row: the group with
 * the share that ratio and pool give it, in it everybody in proportion to their weight (in the order of −ln(u)/w, which
 * is a draw without replacement: Efraimidis & Spirakis 2006). Everybody else moves down by at most one place per draw.
 * The same seed (day and category) draws the same. At most 2²¹ candidates.
 */
export function openPlaces<C extends { readonly id: string }>(
  ranked: readonly C[],
  entrantOf: (candidate: C) => Entrant | undefined,
  { ratio, seed }: { readonly ratio: number; readonly seed: string },
): OpenedOrder<C> {
  const entrants: (Entrant | undefined)[] = ranked.map(entrantOf)
  const lines: Readonly<Record<Group, Entrants>> = { certified: new Entrants(), other: new Entrants() }
  for (const [at, entrant] of entrants.entries()) {
    if (!entrant) continue
    lines[entrant.group].add(at, entrant.lot)
    lines[entrant.group].count(entrant, 1)
  }
  lines.certified.sort()
  lines.other.sort()

  const order: C[] = []
  const draws = new Map<string, PlaceDraw>()
  const taken = new Uint8Array(ranked.length)
  let place = 0
  const leave = (at: number): void => {
    const entrant = entrants[at]
    if (entrant) lines[entrant.group].count(entrant, -1)
  }
  const fillTo = (length: number): void => {
    for (; order.length < length && place < ranked.length; place += 1) {
      if (taken[place]) continue
      leave(place)
      order.push(ranked[place] as C)
    }
    while (taken[place]) place += 1
  }

  for (let first = FIRST_PAGE; first + PLACES_PER_DRAW <= ranked.length; first += PLACES_PER_DRAW) {
    const position = first + 1 + (stableHash(`${seed}/place/${first}`) % PLACES_PER_DRAW)
    fillTo(position - 1)
    const { group, share, weight, heads } = chooseGroup(lines, {
      ratio,
      own: entrants[place],
      lot: `${seed}/group/${first}`,
    })
    const at = lines[group].take(place, taken)
    if (at === undefined) continue
    const drawn = ranked[at] as C
    const entrant = entrants[at] as Entrant
    taken[at] = 1
    leave(at)
    order.push(drawn)
    draws.set(drawn.id, {
      position,
      worker: drawn.id,
      group,
      propensity: (share * weightOf(entrant)) / weight,
      poolSize: heads,
    })
  }
  fillTo(ranked.length)
  return { order, draws }
}
