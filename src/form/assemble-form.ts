import type { Bank } from '../item/bank.ts'
import { definitionOf } from '../item/definition-of.ts'
import { drawValues, settleStem } from '../item/draw-values.ts'
import type { Item, Wording } from '../item/item.ts'
import { type Random, randomFrom } from '../kernel/random.ts'
import { drawSections, type Exposure, type FormRequest } from './draw-sections.ts'
import type { Form, PlacedItem } from './form.ts'

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
