import { days, hours, minus, minutes } from '../kernel/instant.ts'
import { examToMeasure, keepStatistics } from '../measurement/store.ts'
import { type Budget, noLimit, type World } from '../world/world.ts'
import { MOST_PAGES, measureItems, PAGE } from './read-item-statistics.ts'

/** From one measuring of an exam to the next, where papers were graded between. */
const EVERY = hours(1)
/** The same while one query reads all its papers. */
const EVERY_OF_FEW = minutes(1)
/** Whatever was graded: a certificate came into doubt or was cleared, or somebody was erased. */
const AT_LEAST_EVERY = days(1)
/** Statements of one measuring, with some banks that are not in memory and a bank of thousands of items. */
const MOST_STATEMENTS = 2 * MOST_PAGES + 30

/**
 * Measures the items of one exam that is due, and keeps what was found for the pages of staff. Several at once do it twice,
 * which does no harm. @returns the exam.
 */
export async function measureExam(
  { db, now }: Pick<World, 'db' | 'now'>,
  budget: Budget = noLimit,
): Promise<string | undefined> {
  if (budget.left() < MOST_STATEMENTS) return undefined
  const at = now()
  const exam = await examToMeasure(db, {
    before: minus(at, EVERY),
    fewBefore: minus(at, EVERY_OF_FEW),
    now: at,
    few: PAGE,
    stale: minus(at, AT_LEAST_EVERY),
  })
  if (exam === undefined) return undefined
  const { papers, items } = await measureItems({ db }, exam)
  await keepStatistics(db, exam, { at, papers, items })
  return exam
}
