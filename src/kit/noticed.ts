import type { ExamNoticed } from '../contract/marketplace.ts'
import { type Belief, cell, type Figure, known, type MarketEffect, type NoticedEffect } from './estimator.ts'

/** A figure and how many people it rests on. */
export interface OfPeople {
  readonly value: number | undefined
  readonly people: number
}

/** What log, contracts and passes say of an exam, before anything is left out for being of too few. */
export interface CountedNoticed {
  /** Share of those who passed who stood on a first page within seven days. */
  readonly firstPage: OfPeople
  /** Times on a first page per day of waiting. */
  readonly displays: { readonly certified: OfPeople; readonly others: OfPeople }
  /** Days until half of the newcomers had their first contract. */
  readonly waits: { readonly certified: OfPeople; readonly others: OfPeople }
  readonly lot: NoticedEffect | undefined
  readonly market: Readonly<Record<'certified' | 'anybody' | 'endsWell', MarketEffect | undefined>>
  /** Share of readers' days that is held out. */
  readonly heldOut: number
}

/** What was believed of an exam, `since` in milliseconds since 1970, and in which months, `2026-11`, from the newest on. */
export interface Believed {
  readonly now: Belief & { readonly since: number }
  readonly history: readonly (Belief & { readonly month: string })[]
}

const time = (at: number): string => new Date(at).toISOString()

/** A belief as it may be published: what it rests on only where nobody could be recognised. */
const describeBelief = ({ state, ratio, d, sigma, certified, others }: Belief) => ({
  ...{ state, ratio, d, sigma },
  certified: cell(certified),
  others: cell(others),
})

const endsOf = ({ value, low, high }: Figure) => ({ value, low, high })
/** A weighted mean of few may lie outside of what a share can be. */
const shareOf = (mean: number): number => Math.min(1, Math.max(0, mean))
const told = ({ value, people }: OfPeople) => known(value, people)

const describeLot = (lot: NoticedEffect | undefined) =>
  lot && { with: lot.drawn, without: lot.notDrawn, difference: endsOf(lot.difference) }

/** With the interval that holds at all readings at once, since anybody reads it whenever they like; a comparison rests on the fewer units of the two arms. */
const describeEffect = (effect: MarketEffect | undefined) =>
  known(
    effect && {
      with: shareOf(effect.treated),
      without: shareOf(effect.heldOut),
      difference: { ...endsOf(effect.difference), ...effect.sequence },
    },
    effect ? Math.min(effect.units.treated, effect.units.heldOut) : 0,
  )

/**
 * The answer to `GET /v1/exams/{exam}/noticed`: null for what is not known yet, and for counts in which somebody might be
 * recognised. `at`: when it was counted, in milliseconds since 1970.
 *
 * @example
 * const nobody = { value: undefined, people: 0 }
 * const belief = nextBelief(undefined, { reviews: { certified: noReviews, other: noReviews }, version: null })
 * const said = describeNoticed('business-admin', 0, { now: { ...belief, since: 0 }, history: [] }, {
 *   firstPage: nobody,
 *   displays: { certified: nobody, others: nobody },
 *   waits: { certified: { value: 17, people: 90 }, others: { value: 64, people: 9 } },
 *   lot: undefined,
 *   market: { certified: undefined, anybody: undefined, endsWell: undefined },
 *   heldOut: 0.05,
 * })
 * said.waits.certified // 17
 * said.waits.others === null // true
 */
export const describeNoticed = (
  exam: string,
  at: number,
  believed: Believed,
  { firstPage, displays, waits, lot, market, heldOut }: CountedNoticed,
): ExamNoticed => ({
  exam,
  asOf: time(at),
  belief: { ...describeBelief(believed.now), since: time(believed.now.since) },
  history: believed.history.map((belief) => ({ month: belief.month, ...describeBelief(belief) })),
  firstPage: { share: told(firstPage), people: cell(firstPage.people) },
  displays: { certified: told(displays.certified), others: told(displays.others) },
  waits: { certified: told(waits.certified), others: told(waits.others) },
  lot: known(describeLot(lot), lot?.clients ?? 0),
  market: {
    certified: describeEffect(market.certified),
    anybody: describeEffect(market.anybody),
    endsWell: describeEffect(market.endsWell),
  },
  heldOut,
})
