import { days, type Instant, instant } from '../../../kernel/instant.ts'
import { unitHash } from '../../../kernel/random.ts'
import type { Setting } from '../../evidence/belief/setting.ts'
import { type Drawn, drawLot, type Group, type Pool, type PoolSizes, sizesOf } from './lot.ts'
import { dayNumber } from './newcomer.ts'
import { everybodyIn, type Member } from './newcomer-pool.ts'

/** K: cards of the row. */
export const rowPlaces: Readonly<Record<Setting, number>> = { bold: 2, cautious: 1 }
/** For so many days from the pass one card of the row goes to somebody without a lot, */
const PRIORITY_DAYS = 7
/** until they were shown so often. */
export const MOST_PRIORITY_SHOWS = 20

/** A card of the row. */
export interface RowCard<T> extends Drawn<T> {
  /** 1 or 2, from above. */
  readonly place: number
  /** By the lot, or because of the days after the pass, which is certain: then it says nothing about the lot. */
  readonly way: 'lot' | 'priority'
}

export interface Row<T> {
  readonly cards: readonly RowCard<T>[]
  /** Who might have been drawn. */
  readonly sizes: PoolSizes
  readonly ratio: number
}

export interface RowTerms {
  readonly ratio: number
  readonly setting: Setting
  readonly seed: string
  readonly now: Instant
  /** Whether the days after the pass count: only while r > 1 and in the bold setting, and not where the search is held out. */
  readonly priority: boolean
  /** How often somebody was shown in the days after their pass. */
  readonly showsOf: (id: string) => number
}

/**
 * Share of reader-days on which a card is given for the days after a pass, 0..½: none at r = 1, half from 2.4 on. On the
 * others the lot goes on, so that what it does can be seen; and an exam of which less is believed gives less away.
 */
export const priorityShare = (ratio: number): number => Math.min(1, (ratio - 1) / 1.4) / 2

/** Where there is one place only, it is the lot's: given without one, it would leave others nothing. */
const mayHavePriority = ({ priority, setting }: RowTerms): boolean => priority && setting === 'bold'

/** Whether somebody is in the days after their pass and has shows left. */
export const hasPriority = (passedAt: Instant, shows: number, now: Instant): boolean =>
  dayNumber(now) - dayNumber(passedAt) < PRIORITY_DAYS && shows < MOST_PRIORITY_SHOWS

/** When the days after a pass end: at midnight, UTC. */
export const priorityEnds = (passedAt: Instant): Instant => instant((dayNumber(passedAt) + PRIORITY_DAYS) * days(1))

/** Of those in the days after their pass, who has waited longest. */
function longestWaiting<T>(pool: Pool<Member<T>>, { now, showsOf }: RowTerms): Member<T> | undefined {
  let longest: Member<T> | undefined
  for (const member of everybodyIn(pool.certified)) {
    const { passedAt, id } = member
    if (passedAt === undefined || !hasPriority(passedAt, showsOf(id), now)) continue
    const before = longest?.passedAt ?? Number.POSITIVE_INFINITY
    if (passedAt < before || (passedAt === before && id < (longest?.id ?? ''))) longest = member
  }
  return longest
}

const nobody = { fresh: [], settled: [] } as const

/** The other card, where one was given for the days after the pass: an uncertified newcomer's, if there is any. */
function besides<T>(pool: Pool<Member<T>>, chosen: Member<T>, { ratio, setting, seed }: RowTerms): Drawn<Member<T>>[] {
  const other = drawLot({ certified: nobody, other: pool.other }, { places: rowPlaces[setting] - 1, ratio, seed })
  if (other.length > 0) return other
  const left = (line: Pool<Member<T>>['certified']) => [...everybodyIn(line)].filter(({ id }) => id !== chosen.id)
  return drawLot({ certified: { fresh: [], settled: left(pool.certified) }, other: nobody }, { places: 1, ratio, seed })
}

/** Draws the row. The same pool, terms and shows give the same row. */
export function drawRow<T>(pool: Pool<Member<T>>, terms: RowTerms): Row<Member<T>> {
  const { ratio, setting, seed } = terms
  const isForThem = mayHavePriority(terms) && unitHash(`${seed}/priority`) < priorityShare(ratio)
  const chosen = isForThem ? longestWaiting(pool, terms) : undefined
  const drawn: Omit<RowCard<Member<T>>, 'place'>[] = chosen
    ? [
        { newcomer: chosen, group: 'certified' satisfies Group, propensity: 1, way: 'priority' },
        ...besides(pool, chosen, terms).map((one) => ({ ...one, way: 'lot' as const })),
      ]
    : drawLot(pool, { places: rowPlaces[setting], ratio, seed }).map((one) => ({ ...one, way: 'lot' as const }))
  // who stands above is a lot as well: neither group is always first
  const order = unitHash(`${seed}/above`) < 0.5 ? drawn : drawn.toReversed()
  return { cards: order.map((card, nth) => ({ ...card, place: nth + 1 })), sizes: sizesOf(pool), ratio }
}
