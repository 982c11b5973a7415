import type { Bank, BlueprintSection } from '../item/bank.ts'
import { drawValues, settleStem } from '../item/draw-values.ts'
import type { Choice, Item, Locale, Wording } from '../item/item.ts'
import { readNumber } from '../item/score-response.ts'
import { type Random, randomFrom, type Seed } from '../kernel/random.ts'
import type { Form, PlacedItem } from './form.ts'

/** What assembly may know about the past. */
export interface Exposure {
  /** How often each item was shown to anybody. */
  readonly timesShown: Readonly<Record<string, number>>
  readonly seenByWorker: ReadonlySet<string>
  /** Items that are known outside. */
  readonly leaked: ReadonlySet<string>
  /** Item ids of papers drawn for others shortly before. */
  readonly recentPapers: readonly ReadonlySet<string>[]
}

/** So many papers drawn before are kept apart from the next. */
export const RECENT_PAPERS = 60

/** Nothing was drawn before. */
export const NO_EXPOSURE: Exposure = { timesShown: {}, seenByWorker: new Set(), leaked: new Set(), recentPapers: [] }

export interface FormRequest {
  readonly locale: Locale
  readonly seed: Seed
  readonly exposure: Exposure
}

/** Draws of a paper that has too much in common with an earlier one, until the best of them is taken. */
const MOST_DRAWS = 12

/** Whether papers may hold the item: essays are rated by people, which no exam does yet. */
export const isDrawn = (item: Item): boolean => item.status === 'live' && item.type !== 'essay'

const MOST_REPAIRS = 200

/**
 * Draws a paper that meets the blueprint: sections, difficulty quotas, no enemies together, no skill twice while the pool
 * allows, at least `critical.min` items of critical skills, unseen items before seen ones, the least shown first, and
 * leaked ones only where nothing else fits. A paper that shares more than `mostOverlap` with a recent one is drawn again.
 * The same bank, request and exposure give the same paper.
 *
 * @throws when the bank cannot meet its own blueprint; `lintBank` refuses such a bank before it is published.
 */
export function assembleForm(bank: Bank, request: FormRequest): Form {
  const random = randomFrom(request.seed)
  const pool = poolOf(bank.items, request)
  const sections = drawApart(bank, request.exposure, () => drawOnce(bank, pool, request.exposure, random))
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

/** The live items, and for each that leaked a dormant one: of the same skill where there is one, else of the same topic and difficulty. */
function poolOf(items: readonly Item[], { locale, exposure: { leaked } }: FormRequest): readonly Item[] {
  const live = items.filter((item) => isDrawn(item) && item.wordings[locale])
  const asleep = items.filter((item) => item.status === 'dormant' && item.type !== 'essay' && item.wordings[locale] && !leaked.has(item.id))
  const woken: Item[] = []
  for (const gone of live.filter(({ id }) => leaked.has(id))) {
    const fresh = asleep.filter((item) => !woken.includes(item) && item.topic === gone.topic)
    const next = fresh.find((item) => item.skill !== undefined && item.skill === gone.skill) ?? fresh.find(({ difficulty }) => difficulty === gone.difficulty)
    if (next) woken.push(next)
  }
  return [...live, ...woken]
}

const drawOnce = (bank: Bank, pool: readonly Item[], exposure: Exposure, random: Random): Item[][] => {
  const preference = preferenceOf(pool, exposure, random)
  return ensureCritical(bank, drawSections(bank, preference), preference)
}

/** Draws until a paper keeps its distance from the recent ones; after some draws the most distant one is taken. */
function drawApart({ exam: { mostOverlap = 1 } }: Bank, { recentPapers }: Exposure, draw: () => Item[][]): Item[][] {
  let best = draw()
  let least = largestOverlap(best, recentPapers)
  for (let n = 1; n < MOST_DRAWS && least > mostOverlap; n++) {
    const next = draw()
    const overlap = largestOverlap(next, recentPapers)
    if (overlap < least) [best, least] = [next, overlap]
  }
  return best
}

function largestOverlap(sections: readonly Item[][], papers: readonly ReadonlySet<string>[]): number {
  const items = sections.flat()
  return Math.max(0, ...papers.map((paper) => items.filter(({ id }) => paper.has(id)).length / items.length))
}

/** Items in the order in which they should be taken: unseen, then least shown, ties by lot; leaked ones last. */
function preferenceOf(pool: readonly Item[], { timesShown, seenByWorker, leaked }: Exposure, random: Random): Item[] {
  const lot = random.shuffle(pool)
  const rank = (item: Item) => (leaked.has(item.id) ? 1e12 : 0) + (seenByWorker.has(item.id) ? 1e9 : 0) + (timesShown[item.id] ?? 0)
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
