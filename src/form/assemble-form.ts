import type { Bank, BlueprintSection } from '../item/bank.ts'
import type { Item, Locale, Stem } from '../item/item.ts'
import { type Random, randomFrom, type Seed } from '../kernel/random.ts'
import type { Form, PlacedItem } from './form.ts'

/** What assembly may know about the past: how often each item was shown to anybody, and what this worker has seen. */
export interface Exposure {
  readonly timesShown: Readonly<Record<string, number>>
  readonly seenByWorker: ReadonlySet<string>
}

export interface FormRequest {
  readonly locale: Locale
  readonly seed: Seed
  readonly exposure: Exposure
}

const MOST_REPAIRS = 200

/**
 * Draws a paper that meets the blueprint: sections, difficulty quotas, no enemies together, no skill twice while the pool
 * allows, at least `critical.min` items of critical skills, unseen items before seen ones and the least shown first.
 * The same bank, request and exposure give the same paper.
 *
 * @throws when the bank cannot meet its own blueprint; `lintBank` refuses such a bank before it is published.
 */
export function assembleForm(bank: Bank, request: FormRequest): Form {
  const random = randomFrom(request.seed)
  const pool = bank.items.filter((item) => item.status === 'live' && item.wordings[request.locale])
  const preference = preferenceOf(pool, request.exposure, random)
  const drawn = drawSections(bank, preference)
  const withCritical = ensureCritical(bank, drawn, preference)
  let number = 0
  return {
    bankHash: bank.hash,
    locale: request.locale,
    seed: request.seed,
    sections: bank.exam.sections.map((section, index) => ({
      topic: section.topic,
      items: random.shuffle(withCritical[index] as Item[]).map((item) => {
        number += 1
        return placeItem(`q${number}`, item, (item.wordings[request.locale] as { stem: Stem }).stem, random)
      }),
    })),
  }
}

/** Items in the order in which they should be taken: unseen, then least shown, ties by lot. */
function preferenceOf(pool: readonly Item[], exposure: Exposure, random: Random): Item[] {
  const lot = random.shuffle(pool)
  const rank = (item: Item) => (exposure.seenByWorker.has(item.id) ? 1e9 : 0) + (exposure.timesShown[item.id] ?? 0)
  return lot.sort((a, b) => rank(a) - rank(b))
}

const inQuota = (section: BlueprintSection, item: Item) => section.quotas.findIndex((quota) => item.difficulty >= quota.from && item.difficulty <= quota.to)

function areEnemies(a: Item, b: Item): boolean {
  return a.enemies.includes(b.id) || b.enemies.includes(a.id)
}

/** Takes items greedily by preference, first with every skill at most once, then, where the pool is short, without that wish. */
function drawSections(bank: Bank, preference: readonly Item[]): Item[][] {
  const taken: Item[] = []
  return bank.exam.sections.map((section) => {
    const mine = preference.filter((item) => item.topic === section.topic)
    const chosen: Item[] = []
    for (const distinctSkills of [true, false]) {
      for (const item of mine) {
        if (chosen.length === section.draw) break
        if (chosen.includes(item) || !fits(section, chosen, item)) continue
        if (taken.some((other) => areEnemies(other, item))) continue
        if (distinctSkills && item.skill !== undefined && chosen.some((other) => other.skill === item.skill)) continue
        chosen.push(item)
        taken.push(item)
      }
    }
    if (chosen.length !== section.draw) throw new Error(`the pool of ${bank.exam.id}/${section.topic} cannot fill its ${section.draw} places`)
    return chosen
  })
}

/** Whether the section still has a place for an item of this difficulty. */
function fits(section: BlueprintSection, chosen: readonly Item[], item: Item): boolean {
  if (section.quotas.length === 0) return true
  const quota = inQuota(section, item)
  return quota >= 0 && chosen.filter((other) => inQuota(section, other) === quota).length < (section.quotas[quota]?.draw ?? 0)
}

/** Swaps items for critical ones of the same section and quota until the paper holds enough of them. */
function ensureCritical(bank: Bank, drawn: readonly Item[][], preference: readonly Item[]): Item[][] {
  const critical = bank.exam.critical
  const sections = drawn.map((items) => [...items])
  if (!critical) return sections
  const isCritical = (item: Item) => item.skill !== undefined && critical.skills.includes(item.skill)
  for (let repair = 0; repair < MOST_REPAIRS && sections.flat().filter(isCritical).length < critical.min; repair++) {
    if (!swapOneIn(bank, sections, preference, isCritical)) throw new Error(`the pool of ${bank.exam.id} cannot give ${critical.min} critical items`)
  }
  return sections
}

function swapOneIn(bank: Bank, sections: Item[][], preference: readonly Item[], isCritical: (item: Item) => boolean): boolean {
  for (const candidate of preference.filter(isCritical)) {
    const index = bank.exam.sections.findIndex((section) => section.topic === candidate.topic)
    const section = bank.exam.sections[index]
    const items = sections[index]
    if (!section || !items || items.includes(candidate) || items.some((item) => item.skill === candidate.skill)) continue
    const out = items.findLastIndex((item) => !isCritical(item) && inQuota(section, item) === inQuota(section, candidate))
    if (out < 0) continue
    const others = sections.flat().filter((item) => item !== items[out])
    if (others.some((other) => areEnemies(other, candidate))) continue
    items[out] = candidate
    return true
  }
  return false
}

const indices = (list: readonly unknown[]) => list.map((_, i) => i)

/** Lays one item out: draws the order of everything whose order says nothing. */
function placeItem(ref: string, item: Item, stem: Stem, random: Random): PlacedItem {
  const placed = { ref, itemId: item.id, itemHash: item.hash }
  switch (stem.type) {
    case 'single':
    case 'multiple':
    case 'true-false':
      return { ...placed, choices: stem.fixedOrder ? indices(stem.choices) : random.shuffle(indices(stem.choices)) }
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
      return placed
    default:
      return stem satisfies never
  }
}
