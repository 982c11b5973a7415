import type { ExamNoticed } from '../../contract/marketplace.ts'
import { toRfc3339 } from '../../kernel/instant.ts'
import { fail, ok } from '../../kernel/result.ts'
import { beliefsOf } from '../evidence/belief/store.ts'
import {
  type Belief,
  cell,
  type Figure,
  known,
  type MarketEffect,
  nextBelief,
  noReviews,
} from '../evidence/estimator.ts'
import { isCategory } from '../people/worker.ts'
import type { Outcome } from '../problem.ts'
import type { SandboxWorld } from '../sandbox-world.ts'
import { measureNoticed, type NoticedFigures } from './measure-noticed.ts'

/** Months of beliefs that are shown. */
const MONTHS_SHOWN = 24

/** A belief as it may be published: what it rests on only where nobody could be recognised. */
const describeBelief = ({ state, ratio, d, sigma, certified, others }: Belief) => ({
  state,
  ratio,
  d,
  sigma,
  certified: cell(certified),
  others: cell(others),
})

const describeLot = (lot: NoticedFigures['lot']) =>
  lot && { with: lot.drawn, without: lot.notDrawn, difference: endsOf(lot.difference) }

/** With the interval that holds at all readings at once, since anybody reads it whenever they like. */
const describeEffect = (effect: MarketEffect | undefined) =>
  effect && {
    with: shareOf(effect.treated),
    without: shareOf(effect.heldOut),
    difference: { ...endsOf(effect.difference), ...effect.sequence },
  }

const endsOf = ({ value, low, high }: Figure) => ({ value, low, high })
/** A weighted mean of few may lie outside of what a share can be. */
const shareOf = (mean: number): number => Math.min(1, Math.max(0, mean))

/** The fewer units of the two arms: a comparison rests on these. */
const fewer = (effect: MarketEffect | undefined): number =>
  effect ? Math.min(effect.units.treated, effect.units.heldOut) : 0

/** The figures as they may be published: null where too little is known. */
function describeFigures({ firstPage, displays, waits, lot, market, heldOut }: NoticedFigures) {
  const tell = (effect: MarketEffect | undefined) => known(describeEffect(effect), fewer(effect))
  return {
    firstPage: { share: known(firstPage.share, firstPage.people), people: cell(firstPage.people) },
    displays: {
      certified: known(displays.certified.perDay, displays.certified.people),
      others: known(displays.others.perDay, displays.others.people),
    },
    waits: {
      certified: known(waits.certified.median, waits.certified.people),
      others: known(waits.others.median, waits.others.people),
    },
    lot: known(describeLot(lot), lot?.clients ?? 0),
    market: { certified: tell(market.certified), anybody: tell(market.anybody), endsWell: tell(market.endsWell) },
    heldOut: heldOut.share,
  }
}

/** What a pass of an exam changes here, and how sure that is. */
export async function showNoticed(world: SandboxWorld, exam: string): Promise<Outcome<ExamNoticed>> {
  if (!isCategory(exam)) return fail({ code: 'not-found' })
  const now = world.now()
  const figures = await measureNoticed(world, exam, { ofToday: false })
  const history = await beliefsOf(world.db, exam, MONTHS_SHOWN)
  const current = history[0] ?? {
    ...nextBelief(undefined, { reviews: { certified: noReviews, other: noReviews }, version: null }),
    since: now,
  }
  return ok({
    exam,
    asOf: toRfc3339(figures.at),
    belief: { ...describeBelief(current), since: toRfc3339(current.since) },
    history: history.map((belief) => ({ month: belief.month, ...describeBelief(belief) })),
    ...describeFigures(figures),
  })
}
