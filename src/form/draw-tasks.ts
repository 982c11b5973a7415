import type { Bank, TaskDraw } from '../item/bank.ts'
import type { TaskFamily } from '../item/family.ts'
import { randomFrom } from '../kernel/random.ts'
import { seedFor } from '../task/draw-task.ts'
import type { FormRequest } from './draw-sections.ts'
import { type Form, taskItemId } from './form.ts'

/** Whether a paper may ask this family for this place. */
export const suits = (family: TaskFamily, { kind, form }: TaskDraw): boolean =>
  family.status === 'live' && family.kind === kind && family.form === form

const compare = (a: readonly number[], b: readonly number[]): number => {
  const at = a.findIndex((value, i) => value !== b[i])
  return at < 0 ? 0 : (a[at] as number) - (b[at] as number)
}

/**
 * Draws the paper of a practical part: for each place a live family of its kind and form. One that leaked is taken where
 * nothing else is left, then one that this worker has seen, then one that was shown too often of late; of the rest the one
 * that was shown least, ties by lot. No family stands on a paper twice.
 *
 * @throws when the bank has none of a kind; the compiler refuses such a bank.
 */
export function assembleTasks(
  bank: Bank,
  places: readonly TaskDraw[],
  { locale, seed, exposure, crowded }: FormRequest & { readonly crowded: ReadonlySet<string> },
): Form {
  const random = randomFrom(seed)
  const taken = new Set<string>()
  const rankOf = ({ id }: TaskFamily): readonly number[] => {
    const item = taskItemId(id)
    const isSeen = exposure.ownPapers.some((paper) => paper.has(item))
    return [Number(exposure.leaked.has(item)), Number(isSeen), Number(crowded.has(id)), exposure.timesShown[item] ?? 0]
  }
  const tasks = places.map((place, i) => {
    const isOpen = (family: TaskFamily) => suits(family, place) && family.wordings[locale] && !taken.has(family.id)
    const drawn = random.shuffle((bank.tasks ?? []).filter(isOpen))
    const family = drawn.sort((a, b) => compare(rankOf(a), rankOf(b)))[0]
    if (!family) throw new Error(`the bank has no task of kind ${place.kind}`)
    taken.add(family.id)
    const ref = `t${i + 1}`
    return { ref, family: family.id, familyHash: family.hash, points: place.points, seed: seedFor(seed, ref) }
  })
  return { bankHash: bank.hash, locale, seed, sections: [], tasks }
}
