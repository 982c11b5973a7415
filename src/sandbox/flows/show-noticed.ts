import { nextBelief, noReviews } from '@kentei/marketplace/estimator'
import { describeNoticed } from '@kentei/marketplace/noticed'
import type { ExamNoticed } from '../../contract/marketplace.ts'
import { fail, ok } from '../../kernel/result.ts'
import { beliefsOf } from '../evidence/belief/store.ts'
import { isCategory } from '../people/worker.ts'
import type { Outcome } from '../problem.ts'
import type { SandboxWorld } from '../sandbox-world.ts'
import { measureNoticed } from './measure-noticed.ts'

/** Months of beliefs that are shown. */
const MONTHS_SHOWN = 24

/** What a pass of an exam changes here, and how sure that is. */
export async function showNoticed(world: SandboxWorld, exam: string): Promise<Outcome<ExamNoticed>> {
  if (!isCategory(exam)) return fail({ code: 'not-found' })
  const since = world.now()
  const { at, firstPage, displays, waits, lot, market, heldOut } = await measureNoticed(world, exam, { ofToday: false })
  const history = await beliefsOf(world.db, exam, MONTHS_SHOWN)
  const assumed = nextBelief(undefined, { reviews: { certified: noReviews, other: noReviews }, version: null })
  const perDay = ({ perDay, people }: (typeof displays)['certified']) => ({ value: perDay, people })
  const median = ({ median, people }: (typeof waits)['certified']) => ({ value: median, people })
  return ok(
    describeNoticed(
      exam,
      at,
      { now: history[0] ?? { ...assumed, since }, history },
      {
        firstPage: { value: firstPage.share, people: firstPage.people },
        displays: { certified: perDay(displays.certified), others: perDay(displays.others) },
        waits: { certified: median(waits.certified), others: median(waits.others) },
        ...{ lot, market },
        heldOut: heldOut.share,
      },
    ),
  )
}
