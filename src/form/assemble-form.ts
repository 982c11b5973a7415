import type { Bank, TaskDraw } from '../item/bank.ts'
import { definitionOf } from '../item/definition-of.ts'
import { drawValues, settleStem } from '../item/draw-values.ts'
import type { TaskFamily } from '../item/family.ts'
import type { Item, Wording } from '../item/item.ts'
import { type Random, randomFrom } from '../kernel/random.ts'
import { seedFor } from '../task/draw-task.ts'
import { drawSections, type Exposure, type FormRequest } from './draw-sections.ts'
import { type Form, type PlacedItem, taskItemId } from './form.ts'

/** So many papers drawn before are kept apart from the next. */
export const RECENT_PAPERS = 60

/** Nothing was drawn before. */
export const NO_EXPOSURE: Exposure = { timesShown: {}, ownPapers: [], leaked: new Set(), recentPapers: [] }

/**
 * Draws a paper that meets the blueprint: sections, difficulty quotas, no enemies together, no skill twice while the pool
 * allows, at least `critical.min` items of critical skills, unseen items before seen ones, the least shown first, and
 * leaked ones only where nothing else fits. A paper that shares more than `mostOverlap` with a recent one, or more than
 * `mostOwnOverlap` with an earlier one of the same worker, is drawn again.
 * The same bank, request and exposure give the same paper.
 *
 * @throws when the bank cannot meet its own blueprint; `lintBank` refuses such a bank before it is published.
 */
export function assembleForm(bank: Bank, request: FormRequest): Form {
  const random = randomFrom(request.seed)
  const sections = drawSections(bank, request, random)
  let number = 0
  return {
    bankHash: bank.hash,
    locale: request.locale,
    seed: request.seed,
    sections: bank.exam.sections.map((section, index) => ({
      topic: section.topic,
      items: random.shuffle(sections[index] as Item[]).map((item) => {
        number += 1
        return placeItem(`q${number}`, item, item.wordings[request.locale] as Wording, random)
      }),
    })),
  }
}

/** Lays one item out: draws its variables, and the order of everything whose order says nothing. */
export function placeItem(ref: string, item: Item, { stem: written, variables }: Wording, random: Random): PlacedItem {
  const values = variables && drawValues(variables, random)
  const stem = values ? settleStem(written, values) : written
  return {
    ref,
    itemId: item.id,
    itemHash: item.hash,
    ...(values ? { values } : {}),
    ...definitionOf(stem.type).layOut(stem, random, values !== undefined),
  }
}

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
