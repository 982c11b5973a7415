import type { WorkerNoticed } from '../../contract/marketplace.ts'
import { toRfc3339 } from '../../kernel/instant.ts'
import { fail, ok } from '../../kernel/result.ts'
import { isCategory } from '../people/worker.ts'
import type { Outcome } from '../problem.ts'
import type { SandboxWorld } from '../sandbox-world.ts'
import { hasPriority, MOST_PRIORITY_SHOWS, priorityEnds } from '../search/newcomers/draw-row.ts'
import { priorityShowsOf } from '../search/newcomers/store.ts'
import { ratioIn, settingIn } from '../search/newcomers/terms.ts'
import { requireWorker } from './change-standing.ts'
import { consultBook } from './consult-book.ts'

/** Whether somebody stands on first pages of an exam's category, where certificates count. */
export async function showWorkerNoticed(
  world: SandboxWorld,
  of: { readonly worker: string; readonly exam: string },
): Promise<Outcome<WorkerNoticed>> {
  const { worker, exam } = of
  if (!isCategory(exam)) return fail({ code: 'not-found' })
  const known = await requireWorker(world, worker)
  if (!known.ok) return known
  const now = world.now()
  const book = await consultBook(world)
  const newcomer = book.newcomer(worker, { category: exam, now, arm: 'treated' })
  if (!newcomer) return ok({ state: 'none' })
  const shown = await priorityShowsOf(world.db, worker)
  const { passedAt } = newcomer
  const terms = book.termsOf('treated')
  const counts = ratioIn(terms, exam) > 1 && settingIn(terms, exam) === 'bold'
  return counts && passedAt !== undefined && hasPriority(passedAt, shown, now)
    ? ok({ state: 'priority', until: toRfc3339(priorityEnds(passedAt)), shown, limit: MOST_PRIORITY_SHOWS })
    : ok({ state: 'draw' })
}
