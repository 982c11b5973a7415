import type { ExamNoticed } from '../../contract/marketplace.ts'
import { toRfc3339 } from '../../kernel/instant.ts'
import { fail, ok } from '../../kernel/result.ts'
import { beliefsOf } from '../evidence/belief/store.ts'
import { type Belief, cell, nextBelief, noReviews } from '../evidence/estimator.ts'
import { isCategory } from '../people/worker.ts'
import type { Outcome } from '../problem.ts'
import type { SandboxWorld } from '../sandbox-world.ts'

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

/** What a pass of an exam changes here, and how sure that is. */
export async function showNoticed(world: SandboxWorld, exam: string): Promise<Outcome<ExamNoticed>> {
  if (!isCategory(exam)) return fail({ code: 'not-found' })
  const now = world.now()
  const history = await beliefsOf(world.db, exam, MONTHS_SHOWN)
  const current = history[0] ?? {
    ...nextBelief(undefined, { reviews: { certified: noReviews, other: noReviews }, version: null }),
    since: now,
  }
  return ok({
    exam,
    asOf: toRfc3339(now),
    belief: { ...describeBelief(current), since: toRfc3339(current.since) },
    history: history.map((belief) => ({ month: belief.month, ...describeBelief(belief) })),
    firstPage: { share: null, people: null },
    displays: { certified: null, others: null },
    waits: { certified: null, others: null },
    lot: null,
    market: { certified: null, anybody: null, endsWell: null },
    heldOut: 0,
  })
}
