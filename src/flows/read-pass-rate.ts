import { firstResultsOf } from '../attempt/graded-papers/store.ts'
import { wilsonInterval } from '../measurement/item-flags.ts'
import type { World } from '../world/world.ts'

/** From so many people on their share is told: before, the interval says little, and a single person could be found in it. */
const LEAST_TAKERS = 100

/** How many people pass an exam with their first result. */
export interface PassRate {
  /** From how many people on it is told. */
  readonly least: number
  /** Whole percent; `low` and `high` are the ends of the 95 % interval. Absent while there are too few people. */
  readonly rate?: { readonly people: number; readonly share: number; readonly low: number; readonly high: number }
}

const percent = (share: number): number => Math.round(share * 100)

/** Reads how many people pass an exam, from counts that are kept with each grade. */
export async function readPassRate(world: World, exam: string): Promise<PassRate> {
  const { takers: people, passed } = await firstResultsOf(world.db, exam)
  if (people < LEAST_TAKERS) return { least: LEAST_TAKERS }
  const { value, low, high } = wilsonInterval(passed / people, people)
  return { least: LEAST_TAKERS, rate: { people, share: percent(value), low: percent(low), high: percent(high) } }
}
