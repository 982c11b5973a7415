import type { Bank } from '../item/bank.ts'
import { drawValues, settleStem } from '../item/draw-values.ts'
import type { Choice, Item, Locale, Wording } from '../item/item.ts'
import { readNumber } from '../item/score-response.ts'
import { type Random, randomFrom, type Seed } from '../kernel/random.ts'
import { drawSections } from './draw-sections.ts'
import type { Form, PlacedItem } from './form.ts'

/** What assembly may know about the past. */
export interface Exposure {
  /** How often each item was shown to anybody. */
  readonly timesShown: Readonly<Record<string, number>>
  /** Item ids of every earlier paper of this worker. */
  readonly ownPapers: readonly ReadonlySet<string>[]
  /** Items that are known outside. */
  readonly leaked: ReadonlySet<string>
  /** Item ids of papers drawn for others shortly before. */
  readonly recentPapers: readonly ReadonlySet<string>[]
}

/** So many papers drawn before are kept apart from the next. */
export const RECENT_PAPERS = 60

/** Nothing was drawn before. */
export const NO_EXPOSURE: Exposure = { timesShown: {}, ownPapers: [], leaked: new Set(), recentPapers: [] }

export interface FormRequest {
  readonly locale: Locale
  readonly seed: Seed
  readonly exposure: Exposure
}

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

const indices = (list: readonly unknown[]) => list.map((_, i) => i)

/** The order of choices that keep theirs; numbers that were drawn stand in the order of size. */
function fixedOrder(choices: readonly Choice[]): number[] {
  const numbers = choices.map(({ text }) => readNumber(text, text.replace(/^[¥￥\d,.+-]*/u, '').trim()))
  return numbers.includes(undefined) ? indices(choices) : indices(choices).sort((a, b) => (numbers[a] as number) - (numbers[b] as number))
}

/** Lays one item out: draws its variables, and the order of everything whose order says nothing. */
export function placeItem(ref: string, item: Item, { stem: written, variables }: Wording, random: Random): PlacedItem {
  const values = variables && drawValues(variables, random)
  const stem = values ? settleStem(written, values) : written
  const placed = { ref, itemId: item.id, itemHash: item.hash, ...(values ? { values } : {}) }
  switch (stem.type) {
    case 'single':
    case 'multiple':
    case 'true-false':
      if (stem.fixedOrder) return { ...placed, choices: values ? fixedOrder(stem.choices) : indices(stem.choices) }
      return { ...placed, choices: random.shuffle(indices(stem.choices)) }
    case 'order':
      return { ...placed, choices: random.shuffle(indices(stem.choices)) }
    case 'match':
      return { ...placed, left: indices(stem.left), choices: random.shuffle(indices(stem.right)) }
    case 'cloze': {
      const withChoices = stem.blanks.filter((blank) => blank.choices)
      return { ...placed, blanks: Object.fromEntries(withChoices.map((blank) => [blank.ref, random.shuffle(indices(blank.choices ?? []))])) }
    }
    case 'numeric':
    case 'short':
    case 'essay':
      return placed
    default:
      return stem satisfies never
  }
}
