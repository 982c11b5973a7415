import { answerIn, definitionOf, type Response } from '../item/definition-of.ts'
import type { ItemType, Key, Locale, Stem } from '../item/item.ts'
import type { ItemOption } from '../item/types/item-type.ts'
import { type Estimate, fisherInterval, flagsOf, type ItemFlag, wilsonInterval } from './item-flags.ts'

/** Everything that can be picked in an item; nothing where the answer is written. Stem and key are of one wording. */
export const optionsOf = (stem: Stem, key: Key): readonly ItemOption[] => definitionOf(stem.type).optionsOf(stem, key)

/** Ids of the options that a response picked. What was written in words is no pick. */
export function picksOf(type: ItemType, response: Response): readonly string[] {
  const given = answerIn(type, response)
  return given === undefined ? [] : definitionOf(type).picksOf(given)
}

/** Whether anything was answered: a page without scripts also saves what was left empty. */
export function isAnswered(type: ItemType, response: Response): boolean {
  const given = answerIn(type, response)
  return given !== undefined && definitionOf(type).isAnswered(given)
}

/** A correlation over fewer papers than this is not told: at 30 its interval is still .7 wide. */
export const FEWEST_FOR_DISCRIMINATION = 30

/** Share of the papers in the upper and in the lower group: the split that tells most about two tails (Kelley 1939). */
const TAIL = 0.27

/** An item as it was scored: wording and key of one version in one language. Another wording is another item to those who read it. */
export interface ScoredVersion {
  readonly item: string
  readonly version: number
  /** The item's content hash. */
  readonly hash: string
  readonly locale: Locale
  readonly type: ItemType
  readonly options: readonly ItemOption[]
}

/** One item on one graded paper. */
export interface PaperItem {
  readonly version: ScoredVersion
  readonly points: number
  /** Share of the points earned, 0..1. */
  readonly credit: number
  /** In the item's own terms. */
  readonly response: Response
  readonly responseMs?: number
}

export type GradedPaper = readonly PaperItem[]

/** How often one option was picked; shares, 0..1, are of the papers in each group. */
export interface OptionPicks {
  readonly id: string
  readonly picks: number
  readonly share: number
  /** Among those with the best and the worst rest of the paper; absent where too few papers tell them apart. */
  readonly upper?: number
  readonly lower?: number
  /** In five groups by the rest of the paper, the weakest first, to three decimals; absent like `upper`, and where ties leave a group empty. */
  readonly fifths?: readonly number[]
}

/** Classical statistics of one version of an item in one language. It holds no text and no key. */
export interface ItemStatistics {
  readonly item: string
  readonly version: number
  readonly hash: string
  readonly locale: Locale
  /** Papers that held it, whether or not it was answered. */
  readonly n: number
  /** Mean share of the points earned, 0..1: the "p-value" of Crocker & Algina (1986), ch. 14. */
  readonly facility: Estimate
  /**
   * Pearson's correlation of the item's credit with the percentage of points on the rest of the paper: the item–test
   * correlation without the item's own part in the test (Henrysson 1963; Crocker & Algina 1986, ch. 14). Absent below
   * 30 papers and where either never varies.
   */
  readonly discrimination?: Estimate
  readonly options: readonly OptionPicks[]
  /** Share of the papers that left it empty, 0..1. */
  readonly unanswered: number
  /** Median of the times to the first answer, where they are known. */
  readonly medianSeconds?: number
  readonly flags: readonly ItemFlag[]
}

/** An item with what the rest of its paper says of the person: percent of the points without this item. */
interface Sighting extends PaperItem {
  readonly rest?: number
}

function sightingsOn(paper: GradedPaper): Sighting[] {
  return paper.map((one, at) => {
    let [points, earned] = [0, 0]
    for (const [i, other] of paper.entries()) {
      if (i === at) continue
      points += other.points
      earned += other.points * other.credit
    }
    return points > 0 ? { ...one, rest: (100 * earned) / points } : one
  })
}

const byName = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Statistics of every item version on these papers, by item, version, language and hash: one by one, so that whoever takes them may let others have a turn. */
export function* analyseItems(papers: readonly GradedPaper[]): Generator<ItemStatistics> {
  const seen = Map.groupBy(
    papers.flatMap(sightingsOn),
    ({ version: { item, hash, locale } }) => `${item} ${locale} ${hash}`,
  )
  const groups = [...seen.values()].map((sightings) => ({ of: (sightings[0] as Sighting).version, sightings }))
  groups.sort(
    ({ of: a }, { of: b }) =>
      byName(a.item, b.item) || a.version - b.version || byName(a.locale, b.locale) || byName(a.hash, b.hash),
  )
  for (const { of, sightings } of groups) yield analyseItem(of, sightings)
}

function analyseItem(
  { item, version, hash, locale, type, options }: ScoredVersion,
  sightings: readonly Sighting[],
): ItemStatistics {
  const n = sightings.length
  // sorted, so that the sum has the same bits whatever the order of the papers
  const credits = sightings.map(({ credit }) => credit).sort((a, b) => a - b)
  const facility = wilsonInterval(credits.reduce((sum, credit) => sum + credit, 0) / n, n)
  const discrimination = discriminationOf(sightings)
  const picks = countPicks(options, sightings)
  const times = sightings.flatMap(({ responseMs }) => responseMs ?? [])
  const known = { n, facility, ...(discrimination ? { discrimination } : {}) }
  return {
    item,
    version,
    hash,
    locale,
    ...known,
    options: picks,
    unanswered: sightings.filter(({ response }) => !isAnswered(type, response)).length / n,
    ...(times.length > 0 ? { medianSeconds: median(times) / 1_000 } : {}),
    flags: flagsOf({
      ...known,
      distractorPicks: definitionOf(type).optionsCompete
        ? picks.flatMap((one, i) => (options[i]?.isKey ? [] : one.picks))
        : [],
    }),
  }
}

/** The correlation of what was earned here, with the rest of the paper; undefined below thirty papers and where either never varies. */
export function discriminationOf(
  sightings: readonly { readonly credit: number; readonly rest?: number | undefined }[],
): Estimate | undefined {
  const pairs = sightings.flatMap(({ credit, rest }): Pair[] => (rest === undefined ? [] : [[credit, rest]]))
  const r = pairs.length < FEWEST_FOR_DISCRIMINATION ? undefined : correlation(pairs)
  return r === undefined ? undefined : fisherInterval(r, pairs.length)
}

function countPicks(options: readonly ItemOption[], sightings: readonly Sighting[]): OptionPicks[] {
  if (options.length === 0) return []
  const picked = (among: readonly Sighting[]) => {
    const counts = new Map<string, number>()
    for (const { version, response } of among)
      for (const id of picksOf(version.type, response)) counts.set(id, (counts.get(id) ?? 0) + 1)
    return (id: string) => counts.get(id) ?? 0
  }
  const all = picked(sightings)
  const tails = tailsOf(sightings)
  const [upper, lower] = tails ? [picked(tails.upper), picked(tails.lower)] : []
  const fifths = fifthsOf(sightings)?.map((group) => ({ size: group.length, picked: picked(group) }))
  return options.map(({ id }) => ({
    id,
    picks: all(id),
    share: all(id) / sightings.length,
    ...(tails && upper && lower
      ? { upper: upper(id) / tails.upper.length, lower: lower(id) / tails.lower.length }
      : {}),
    ...(fifths ? { fifths: fifths.map((group) => Math.round((1_000 * group.picked(id)) / group.size) / 1_000) } : {}),
  }))
}

/**
 * The best and the worst 27 % by the rest of the paper. Who ties with the last one of a group belongs to it, so that the
 * order of the papers decides nothing; absent where ties would put somebody into both.
 */
function tailsOf(
  sightings: readonly Sighting[],
): { readonly upper: readonly Sighting[]; readonly lower: readonly Sighting[] } | undefined {
  const ranked = sightings.flatMap(({ rest }) => rest ?? []).sort((a, b) => a - b)
  if (ranked.length < FEWEST_FOR_DISCRIMINATION) return undefined
  const size = Math.ceil(TAIL * ranked.length)
  const [low, high] = [ranked[size - 1] as number, ranked[ranked.length - size] as number]
  if (low >= high) return undefined
  return {
    upper: sightings.filter(({ rest = -1 }) => rest >= high),
    lower: sightings.filter(({ rest = 101 }) => rest <= low),
  }
}

/** Five groups by the rest of the paper, the weakest first. Who ties stands in one group; undefined where that leaves one empty. */
function fifthsOf(sightings: readonly Sighting[]): readonly (readonly Sighting[])[] | undefined {
  const ranked = sightings.flatMap(({ rest }) => rest ?? []).sort((a, b) => a - b)
  if (ranked.length < FEWEST_FOR_DISCRIMINATION) return undefined
  const bounds = [1, 2, 3, 4].map((nth) => ranked[Math.ceil((nth * ranked.length) / 5) - 1] as number)
  const groups = [0, 1, 2, 3, 4].map((nth) =>
    sightings.filter(
      ({ rest }) =>
        rest !== undefined &&
        rest > (bounds[nth - 1] ?? Number.NEGATIVE_INFINITY) &&
        rest <= (bounds[nth] ?? Number.POSITIVE_INFINITY),
    ),
  )
  return groups.every(({ length }) => length > 0) ? groups : undefined
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1
    ? (sorted[middle] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2
}

type Pair = readonly [x: number, y: number]

const inOneOrder = (a: Pair, b: Pair): number => a[0] - b[0] || a[1] - b[1]

const isConstant = (values: readonly number[]): boolean => values.every((value) => value === values[0])

export const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

/**
 * Pearson's product-moment correlation, −1..1. Undefined for fewer than two pairs and where either side never varies.
 * The pairs are summed in an order of their own, so that the same pairs give the same bits in any order.
 */
export function correlation(pairs: readonly Pair[]): number | undefined {
  const sorted = [...pairs].sort(inOneOrder)
  const [xs, ys] = [sorted.map(([x]) => x), sorted.map(([, y]) => y)]
  if (sorted.length < 2 || isConstant(xs) || isConstant(ys)) return undefined
  const [mx, my] = [mean(xs), mean(ys)]
  let [xx, yy, xy] = [0, 0, 0]
  for (const [x, y] of sorted) {
    xx += (x - mx) ** 2
    yy += (y - my) ** 2
    xy += (x - mx) * (y - my)
  }
  return Math.min(1, Math.max(-1, xy / Math.sqrt(xx * yy)))
}

export type FacilityRating = 'very-easy' | 'easy' | 'middling' | 'hard' | 'very-hard'
export type DiscriminationRating = 'unknown' | 'reversed' | 'weak' | 'fair' | 'good' | 'strong'

/**
 * How hard an item is, in words. Four options tell most about people where some 62 % earn the points, halfway between
 * blind picks and all (Lord 1952); `middling` lies around that.
 */
export function rateFacility({ facility: { value } }: Pick<ItemStatistics, 'facility'>): FacilityRating {
  if (value > 0.9) return 'very-easy'
  if (value > 0.75) return 'easy'
  if (value >= 0.45) return 'middling'
  return value >= 0.3 ? 'hard' : 'very-hard'
}

/** How well an item tells people apart, by the four steps of Ebel & Frisbie (1991), ch. 13; unknown while the interval holds both none of it and enough. */
export function rateDiscrimination({ discrimination }: Pick<ItemStatistics, 'discrimination'>): DiscriminationRating {
  if (!discrimination || (discrimination.low < 0 && discrimination.high > 0.2)) return 'unknown'
  const { value } = discrimination
  if (value < 0) return 'reversed'
  if (value < 0.2) return 'weak'
  if (value < 0.3) return 'fair'
  return value < 0.4 ? 'good' : 'strong'
}
