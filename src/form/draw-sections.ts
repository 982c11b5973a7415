import type { Bank, BlueprintSection, ExamDefinition } from '../item/bank.ts'
import { definitionOf } from '../item/definition-of.ts'
import type { Item, Locale } from '../item/item.ts'
import type { Random, Seed } from '../kernel/random.ts'

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

export interface FormRequest {
  readonly locale: Locale
  readonly seed: Seed
  readonly exposure: Exposure
}

/** Draws of a paper that has too much in common with an earlier one, until the best of them is taken. */
const MOST_DRAWS = 12
const MOST_REPAIRS = 200

/** Whether papers may hold the item: what people rate, no exam does yet. */
export const isDrawn = (item: Item): boolean => item.status === 'live' && definitionOf(item.type).isScored

/** The items of each section of a paper, in no order. */
export function drawSections(bank: Bank, request: FormRequest, random: Random): Item[][] {
  const pool = poolOf(bank.items, request)
  return drawApart(bank.exam, request.exposure, () => {
    const draw = {
      exam: bank.exam,
      exposure: request.exposure,
      preference: preferenceOf(pool, request.exposure, random),
    }
    return ensureCritical(draw, takeSections(draw))
  })
}

/** One draw: the items in the order in which they should be taken, and what the paper should keep away from. */
interface Draw {
  readonly exam: ExamDefinition
  readonly exposure: Exposure
  readonly preference: readonly Item[]
}

/** The live items, and for each that leaked a dormant one: of the same skill where there is one, else of the same topic and difficulty. */
function poolOf(items: readonly Item[], { locale, exposure: { leaked } }: FormRequest): readonly Item[] {
  const live = items.filter((item) => isDrawn(item) && item.wordings[locale])
  const asleep = items.filter(
    (item) =>
      item.status === 'dormant' && definitionOf(item.type).isScored && item.wordings[locale] && !leaked.has(item.id),
  )
  const woken: Item[] = []
  for (const gone of live.filter(({ id }) => leaked.has(id))) {
    const fresh = asleep.filter((item) => !woken.includes(item) && item.topic === gone.topic)
    const next =
      fresh.find((item) => item.skill !== undefined && item.skill === gone.skill) ??
      fresh.find(({ difficulty }) => difficulty === gone.difficulty)
    if (next) woken.push(next)
  }
  return [...live, ...woken]
}

/** Draws until a paper keeps its distance from the earlier ones; after some draws the one that exceeds the caps least is taken. */
function drawApart(exam: ExamDefinition, exposure: Exposure, draw: () => Item[][]): Item[][] {
  let best = draw()
  let least = excessOf(exam, exposure, best)
  for (let n = 1; n < MOST_DRAWS && least > 0; n++) {
    const next = draw()
    const excess = excessOf(exam, exposure, next)
    if (excess < least) [best, least] = [next, excess]
  }
  return best
}

/** By how much a paper has more in common with others' recent papers, and with the worker's own, than the exam wants. */
function excessOf(
  { mostOverlap = 1, mostOwnOverlap = 1 }: ExamDefinition,
  { recentPapers, ownPapers }: Exposure,
  sections: readonly Item[][],
): number {
  const paper = new Set(sections.flat().map(({ id }) => id))
  return (
    Math.max(0, largestOverlap(paper, recentPapers) - mostOverlap) +
    Math.max(0, largestOverlap(paper, ownPapers) - mostOwnOverlap)
  )
}

/** Items in the order in which they should be taken: least seen by the worker, then least shown, ties by lot; leaked ones last. */
function preferenceOf(pool: readonly Item[], { timesShown, ownPapers, leaked }: Exposure, random: Random): Item[] {
  const lot = random.shuffle(pool)
  const seen = new Map<string, number>()
  for (const paper of ownPapers) for (const id of paper) seen.set(id, (seen.get(id) ?? 0) + 1)
  const rank = ({ id }: Item) => (leaked.has(id) ? 1e12 : 0) + (seen.get(id) ?? 0) * 1e9 + (timesShown[id] ?? 0)
  return lot.sort((a, b) => rank(a) - rank(b))
}

const inQuota = (section: BlueprintSection, item: Item) =>
  section.quotas.findIndex((quota) => item.difficulty >= quota.from && item.difficulty <= quota.to)

function areEnemies(a: Item, b: Item): boolean {
  return a.enemies.includes(b.id) || b.enemies.includes(a.id)
}

/** Whether the paper, so far made of `taken`, may hold one more item without exceeding the cap towards any own paper. */
function keepsApart(
  { exam: { mostOwnOverlap, sections }, exposure: { ownPapers } }: Draw,
  taken: readonly Item[],
  item: Item,
): boolean {
  if (mostOwnOverlap === undefined) return true
  const most = Math.floor(mostOwnOverlap * sections.reduce((sum, { draw }) => sum + draw, 0) + 1e-9)
  return ownPapers.every((paper) => !paper.has(item.id) || taken.filter(({ id }) => paper.has(id)).length < most)
}

/** What is wished of an item, the first to be given up where the pool is short standing last. */
const WISHES = [
  { fresh: true, apart: true, skill: true },
  { fresh: true, apart: true, skill: false },
  { fresh: true, apart: false, skill: true },
  { fresh: true, apart: false, skill: false },
  { fresh: false, apart: false, skill: false },
] as const

/** Takes items greedily by preference: unleaked, apart from the worker's own papers and with every skill at most once, as far as the pool allows. */
function takeSections(draw: Draw): Item[][] {
  const { exam, exposure, preference } = draw
  const taken: Item[] = []
  return exam.sections.map((section) => {
    const mine = preference.filter((item) => item.topic === section.topic)
    const chosen: Item[] = []
    for (const wish of WISHES) {
      for (const item of mine) {
        if (chosen.length === section.draw) break
        if (chosen.includes(item) || !fits(section, chosen, item)) continue
        if (taken.some((other) => areEnemies(other, item))) continue
        if (wish.skill && item.skill !== undefined && chosen.some((other) => other.skill === item.skill)) continue
        if (wish.fresh && exposure.leaked.has(item.id)) continue
        if (wish.apart && !keepsApart(draw, taken, item)) continue
        chosen.push(item)
        taken.push(item)
      }
    }
    if (chosen.length !== section.draw)
      throw new Error(`the pool of ${exam.id}/${section.topic} cannot fill its ${section.draw} places`)
    return chosen
  })
}

/** Whether the section still has a place for an item of this difficulty. */
function fits(section: BlueprintSection, chosen: readonly Item[], item: Item): boolean {
  if (section.quotas.length === 0) return true
  const quota = inQuota(section, item)
  return (
    quota >= 0 &&
    chosen.filter((other) => inQuota(section, other) === quota).length < (section.quotas[quota]?.draw ?? 0)
  )
}

/** Swaps items for critical ones of the same section and quota until the paper holds enough of them. */
function ensureCritical(draw: Draw, drawn: readonly Item[][]): Item[][] {
  const { critical } = draw.exam
  const sections = drawn.map((items) => [...items])
  if (!critical) return sections
  const isCritical = (item: Item) => item.skill !== undefined && critical.skills.includes(item.skill)
  for (let repair = 0; repair < MOST_REPAIRS && sections.flat().filter(isCritical).length < critical.min; repair++) {
    if (!swapOneIn(draw, sections, isCritical))
      throw new Error(`the pool of ${draw.exam.id} cannot give ${critical.min} critical items`)
  }
  return sections
}

function swapOneIn(draw: Draw, sections: Item[][], isCritical: (item: Item) => boolean): boolean {
  const { exam, preference, exposure } = draw
  for (const wish of WISHES.filter(({ skill }) => !skill))
    for (const candidate of preference.filter(isCritical)) {
      const index = exam.sections.findIndex((section) => section.topic === candidate.topic)
      const section = exam.sections[index]
      const items = sections[index]
      if (!section || !items || items.includes(candidate) || items.some((item) => item.skill === candidate.skill))
        continue
      const out = items.findLastIndex(
        (item) => !isCritical(item) && inQuota(section, item) === inQuota(section, candidate),
      )
      if (out < 0) continue
      const others = sections.flat().filter((item) => item !== items[out])
      if (others.some((other) => areEnemies(other, candidate))) continue
      if (wish.fresh && exposure.leaked.has(candidate.id)) continue
      if (wish.apart && !keepsApart(draw, others, candidate)) continue
      items[out] = candidate
      return true
    }
  return false
}

/** Share of a paper's items, 0..1, that another paper holds too. */
export const overlapOf = (paper: ReadonlySet<string>, other: ReadonlySet<string>): number =>
  [...paper].filter((id) => other.has(id)).length / Math.max(1, paper.size)

const largestOverlap = (paper: ReadonlySet<string>, others: readonly ReadonlySet<string>[]): number =>
  Math.max(0, ...others.map((other) => overlapOf(paper, other)))

/** Of shares, 0..1: the mean, the 95th percentile and the most. */
export interface Spread {
  readonly mean: number
  readonly p95: number
  readonly most: number
}

export function spreadOf(shares: readonly number[]): Spread {
  const sorted = [...shares].sort((a, b) => a - b)
  return {
    mean: sorted.reduce((sum, share) => sum + share, 0) / Math.max(1, sorted.length),
    p95: sorted[Math.floor(sorted.length * 0.95)] ?? 0,
    most: sorted.at(-1) ?? 0,
  }
}
