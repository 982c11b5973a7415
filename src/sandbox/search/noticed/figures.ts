import type { OtherwiseClass, OtherwiseDraw, Stratum } from '@kentei/marketplace/estimator'
import { type Duration, days, type Instant, plus } from '../../../kernel/instant.ts'
import { rowPlaces } from '../newcomers/draw-row.ts'
import { type Group, groups, propensitiesOf, type Weight } from '../newcomers/lot.ts'
import { type SearchDraw, sizesOfDraw } from '../newcomers/store.ts'
import type { LoggedHire, LoggedPlace } from './store.ts'

/** A hire within so long of a search counts as its outcome. */
export const OUTCOME_WITHIN: Duration = days(14)

/** Somebody who searched and whose hires are known: without sign-in nobody hires. */
const isKnown = ({ reader }: Pick<SearchDraw, 'reader'>): boolean => !reader.startsWith('hour/')

function byDraw<T extends { readonly draw: string }>(rows: readonly T[]): ReadonlyMap<string, readonly T[]> {
  const grouped = new Map<string, T[]>()
  for (const row of rows) {
    const own = grouped.get(row.draw)
    if (own) own.push(row)
    else grouped.set(row.draw, [row])
  }
  return grouped
}

const weights: readonly Weight[] = ['fresh', 'settled']
/** Probabilities that were stored are the same to the last bits. */
const isSame = (a: number, b: number): boolean => Math.abs(a - b) < 1e-9

/** Terms that differ from those of a draw; what is not named is as it was. */
export interface OtherTerms {
  readonly places?: number
  readonly ratio?: number
}

/** What operators may ask before they change anything: fewer and more places, no preference, and the strongest one. */
export const otherTerms = [
  { places: 1 },
  { places: 3 },
  { ratio: 1 },
  { ratio: 4 },
] as const satisfies readonly OtherTerms[]

/**
 * The draws as an experiment: of each, the classes of its pool with who was drawn and hired. Left out are draws for nobody
 * known, narrowed ones, in which nobody knows who was not drawn, and those that gave a place for the days after a pass.
 */
export function experimentsOf(
  draws: readonly SearchDraw[],
  places: readonly LoggedPlace[],
  hires: readonly LoggedHire[],
  otherTerms: OtherTerms = {},
): OtherwiseDraw[] {
  const [placesOf, hiresOf] = [byDraw(places.filter(({ way }) => way === 'lot')), byDraw(hires)]
  return draws.flatMap((draw) => {
    if (!isKnown(draw) || draw.narrowed || draw.priority) return []
    const sizes = sizesOfDraw(draw)
    const terms = { places: rowPlaces[draw.setting], ratio: draw.ratio }
    const propensities = propensitiesOf(sizes, terms)
    const otherwise = propensitiesOf(sizes, { ...terms, ...otherTerms })
    const classes = groups.flatMap((group) =>
      weights.map((weight): OtherwiseClass => {
        const propensity = propensities[group][weight]
        // two weights share a probability only where nothing is drawn: then it is 0 or 1, and tells nothing
        const isOf = (one: { readonly group: Group; readonly propensity: number }) =>
          one.group === group && isSame(one.propensity, propensity)
        const hired = (hiresOf.get(draw.id) ?? []).filter(isOf)
        return {
          people: sizes[group][weight],
          drawn: (placesOf.get(draw.id) ?? []).filter(isOf).length,
          propensity,
          otherwise: otherwise[group][weight],
          hiredDrawn: hired.filter(({ drawn }) => drawn).length,
          hiredOthers: hired.filter(({ drawn }) => !drawn).length,
        }
      }),
    )
    return [{ client: draw.reader, classes: classes.filter(({ people }) => people > 0) }]
  })
}

/** Newcomers who were hired by a client whose last search before was held out. */
export function hiredHeldOut(draws: readonly SearchDraw[], hires: readonly LoggedHire[]): string[] {
  const byId = new Map(draws.map((draw) => [draw.id, draw]))
  const last = new Map<string, SearchDraw>()
  for (const { draw: id, worker } of hires) {
    const draw = byId.get(id)
    if (worker === null || !draw) continue
    const known = last.get(worker)
    if (!known || known.drawnAt < draw.drawnAt) last.set(worker, draw)
  }
  return [...last].flatMap(([worker, { arm }]) => (arm === 'held-out' ? [worker] : []))
}

/** A contract that was paid in, as far as it is an outcome of the searches of its client. */
export interface ReaderHire {
  readonly reader: string
  readonly agreedAt: Instant
  /** Whether it was the worker's first and a certificate stood. */
  readonly certifiedNewcomer: boolean
  /** Whether all of it was released without a dispute. */
  readonly endedWell: boolean
}

export const marketOutcomes = ['certified', 'anybody', 'endsWell'] as const
export type MarketOutcome = (typeof marketOutcomes)[number]

const happens: Readonly<Record<MarketOutcome, (hire: ReaderHire) => boolean>> = {
  certified: ({ certifiedNewcomer }) => certifiedNewcomer,
  anybody: () => true,
  endsWell: ({ endedWell }) => endedWell,
}

/** The first search of each known reader's day, as all of the day is of one arm. */
function readersDays(draws: readonly SearchDraw[]): SearchDraw[] {
  const first = new Map<string, SearchDraw>()
  for (const draw of draws) {
    const key = `${draw.day}/${draw.reader}`
    const known = first.get(key)
    if (isKnown(draw) && (!known || draw.drawnAt < known.drawnAt)) first.set(key, draw)
  }
  return [...first.values()]
}

interface MutableStratum {
  readonly propensity: number
  readonly treated: { units: number; events: number }
  readonly heldOut: { units: number; events: number }
}

/** The count of a draw's arm among those of its month, setting and propensity. */
function countIn(
  strata: Map<string, MutableStratum>,
  { day, arm, armPropensity, setting }: SearchDraw,
): MutableStratum['treated'] {
  const propensity = arm === 'treated' ? armPropensity : 1 - armPropensity
  const key = `${day.slice(0, 7)}/${setting}/${propensity.toFixed(6)}`
  const nothing = () => ({ units: 0, events: 0 })
  const stratum = strata.get(key) ?? { propensity, treated: nothing(), heldOut: nothing() }
  strata.set(key, stratum)
  return arm === 'treated' ? stratum.treated : stratum.heldOut
}

/** Readers' days by month, setting and propensity, and in how many of each arm it happened within the time that counts. */
export function strataOf(
  draws: readonly SearchDraw[],
  hires: readonly ReaderHire[],
  outcome: MarketOutcome,
): Stratum[] {
  const byReader = new Map<string, ReaderHire[]>()
  for (const hire of hires)
    if (happens[outcome](hire)) byReader.set(hire.reader, [...(byReader.get(hire.reader) ?? []), hire])
  const strata = new Map<string, MutableStratum>()
  for (const draw of readersDays(draws)) {
    const { reader, drawnAt } = draw
    const count = countIn(strata, draw)
    const until = plus(drawnAt, OUTCOME_WITHIN)
    count.units += 1
    count.events += Number((byReader.get(reader) ?? []).some(({ agreedAt }) => agreedAt >= drawnAt && agreedAt < until))
  }
  return [...strata.values()]
}

/** A job that a reader posted, and when somebody was first hired for it. */
export interface PostedJob {
  readonly reader: string
  readonly postedAt: Instant
  readonly filledAt: Instant | undefined
}

/** Whether a job waits for somebody at a time: posted lately, and not filled. */
const waitsAt = ({ postedAt, filledAt }: PostedJob, at: Instant): boolean =>
  postedAt <= at && at < plus(postedAt, OUTCOME_WITHIN) && (filledAt === undefined || filledAt >= at)

/**
 * Jobs by month, setting and propensity, and how many of each arm were filled within the time that counts. A job is of the
 * arm of the first day on which its client searched while it waited; where several wait, a day is that of the oldest only,
 * so that every unit had its own draw.
 */
export function jobStrataOf(draws: readonly SearchDraw[], jobs: readonly PostedJob[]): Stratum[] {
  const ofReader = Map.groupBy(
    [...jobs].sort((a, b) => a.postedAt - b.postedAt),
    ({ reader }) => reader,
  )
  const counted = new Set<PostedJob>()
  const strata = new Map<string, MutableStratum>()
  for (const draw of readersDays(draws).sort((a, b) => a.drawnAt - b.drawnAt)) {
    const job = ofReader.get(draw.reader)?.find((one) => !counted.has(one) && waitsAt(one, draw.drawnAt))
    if (!job) continue
    counted.add(job)
    const count = countIn(strata, draw)
    count.units += 1
    count.events += Number(job.filledAt !== undefined && job.filledAt < plus(draw.drawnAt, OUTCOME_WITHIN))
  }
  return [...strata.values()]
}

export interface Displays {
  /** Times on a first page per day of waiting; undefined while nobody waited. */
  readonly perDay: number | undefined
  /** People who were shown. */
  readonly people: number
}

/** How often newcomers of each group stood on a first page for each day that one of them waited. */
export function displaysOf(
  draws: readonly SearchDraw[],
  places: readonly LoggedPlace[],
): Readonly<Record<Group, Displays>> {
  const pools = new Map<string, { draws: number; certified: number; other: number }>()
  for (const draw of draws) {
    if (draw.narrowed) continue
    const day = pools.get(draw.day) ?? { draws: 0, certified: 0, other: 0 }
    pools.set(draw.day, day)
    const { certified, other } = sizesOfDraw(draw)
    day.draws += 1
    day.certified += certified.fresh + certified.settled
    day.other += other.fresh + other.settled
  }
  // how many waited is known of searches of all, and one reader narrows as often as they like
  const ofAll = new Set(draws.flatMap(({ id, narrowed }) => (narrowed ? [] : [id])))
  const of = (group: Group): Displays => {
    const shown = places.filter((place) => place.group === group && ofAll.has(place.draw))
    const waited = [...pools.values()].reduce((sum, day) => sum + day[group] / day.draws, 0)
    return {
      perDay: waited > 0 ? shown.length / waited : undefined,
      people: new Set(shown.flatMap(({ worker }) => worker ?? [])).size,
    }
  }
  return { certified: of('certified'), other: of('other') }
}
