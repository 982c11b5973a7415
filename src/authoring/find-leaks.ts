import { foldText } from '../item/types/typed-text.ts'

/** Something whose text may have got out. */
export interface Leakable {
  readonly item: string
  readonly locale: string
  /** What a candidate reads: the stem, then each option, row or cell. */
  readonly stem: string
  readonly parts: readonly string[]
}

export interface FoundLeak {
  readonly item: string
  readonly locale: string
  /** Weighted share of n-grams, 0..1: of the item's own that stand in the text or, when it is `recalled`, of a passage's that stand in the item. */
  readonly containment: number
  /** Whether it stands there nearly word for word, reworded, or as a short note from memory. */
  readonly kind: 'verbatim' | 'reworded' | 'recalled'
  /** Offset in the text of the stretch or passage that is meant. */
  readonly at: number
  /** What stands there. */
  readonly excerpt: string
}

/** Characters in an n-gram. Three survive a reworded sentence, which keeps its terms; the rarity of what is shared makes up for their shortness. */
const N = 3
/** Items with fewer n-grams are too short to be told from chance. */
const FEWEST = 20
/** From here on the wording itself stands in the text. */
const VERBATIM = 0.8
/** From here on so much that is rare elsewhere stands close together that it must have come from the item. */
const REWORDED = 0.42
const EXCERPT = 60

/** A note from memory is a line or sentence; two characters are all that its words have in common with the item's. */
const PASSAGE_N = 2
const SHORTEST_PASSAGE = 14
/** Of a passage so much must stand in one item, and so many times as much as in any other. Of 1,792 sentences of job posts 1 % reach the first. */
const RECALLED = 0.38
const APART = 1.6

interface Folded {
  readonly text: string
  /** Offset in the given text of each folded character. */
  readonly places: readonly number[]
}

/** Letters and digits alone, full and half width alike: layout, punctuation and spaces are the first to change. */
export function fold(given: string): Folded {
  let text = ''
  const places: number[] = []
  for (let i = 0; i < given.length; i += 1) {
    for (const character of foldText(given[i] as string)) {
      if (!/[\p{L}\p{N}]/u.test(character)) continue
      text += character
      for (let unit = 0; unit < character.length; unit += 1) places.push(i)
    }
  }
  return { text, places }
}

function gramsOf(text: string, n = N): Map<string, number> {
  const grams = new Map<string, number>()
  for (let i = 0; i + n <= text.length; i += 1) {
    const gram = text.slice(i, i + n)
    if (!grams.has(gram)) grams.set(gram, i)
  }
  return grams
}

/** Weight of each n-gram: the rarer it is among our own items, the more it says (inverse document frequency). */
function rarities(items: readonly ReadonlyMap<string, number>[]): (gram: string) => number {
  const counts = new Map<string, number>()
  for (const grams of items) for (const gram of grams.keys()) counts.set(gram, (counts.get(gram) ?? 0) + 1)
  return (gram) => Math.log((items.length + 1) / (counts.get(gram) ?? 1))
}

/**
 * Finds our items in a text, also where they were reworded or shuffled: by the containment of an item's n-grams, weighted by
 * their rarity, in the stretch of the text where most of them stand (Broder 1997, "On the resemblance and containment of
 * documents"). Most contained first. It is a reason to look, not a verdict.
 */
export function findLeaks(given: string, items: readonly Leakable[]): FoundLeak[] {
  const text = fold(given)
  const grams = items.map((item) => gramsOf(fold([item.stem, ...item.parts].join('\n')).text))
  const weightOf = rarities(grams)
  const standing = new Map<string, number[]>()
  for (let i = 0; i + N <= text.text.length; i += 1) {
    const gram = text.text.slice(i, i + N)
    const places = standing.get(gram)
    if (places) places.push(i)
    else standing.set(gram, [i])
  }
  const found = items.flatMap((item, nth): FoundLeak[] => {
    const own = grams[nth] as ReadonlyMap<string, number>
    if (own.size < FEWEST) return []
    const { containment, from } = densest(own, standing, weightOf)
    if (containment < REWORDED) return []
    const at = text.places[from] ?? 0
    return [
      {
        item: item.item,
        locale: item.locale,
        containment,
        kind: containment >= VERBATIM ? 'verbatim' : 'reworded',
        at,
        excerpt: excerptAt(given, at),
      },
    ]
  })
  const known = new Set(found.map(({ item }) => item))
  const recalled = findRecalled(given, items).filter(({ item }) => !known.has(item))
  return [...found, ...recalled].sort(
    (a, b) =>
      Number(a.kind === 'recalled') - Number(b.kind === 'recalled') ||
      b.containment - a.containment ||
      (a.item < b.item ? -1 : 1),
  )
}

const excerptAt = (given: string, at: number): string =>
  given
    .slice(at, at + EXCERPT)
    .replace(/\s+/g, ' ')
    .trim()

/** Notes from memory: passages of which much stands in one item and in no other. */
function findRecalled(given: string, items: readonly Leakable[]): FoundLeak[] {
  const grams = items.map((item) => gramsOf(fold([item.stem, ...item.parts].join('\n')).text, PASSAGE_N))
  const weightOf = rarities(grams)
  const best = new Map<string, FoundLeak>()
  for (const match of given.matchAll(/[^\n。！？]+/g)) {
    const passage = [...gramsOf(fold(match[0]).text, PASSAGE_N).keys()]
    if (passage.length < SHORTEST_PASSAGE) continue
    const total = passage.reduce((sum, gram) => sum + weightOf(gram), 0)
    const shares = grams.map(
      (own) => passage.reduce((sum, gram) => sum + (own.has(gram) ? weightOf(gram) : 0), 0) / total,
    )
    const most = Math.max(...shares)
    const item = items[shares.indexOf(most)] as Leakable
    const next = Math.max(0, ...shares.filter((_, nth) => items[nth]?.item !== item.item))
    if (most < RECALLED || most < APART * next || most <= (best.get(item.item)?.containment ?? 0)) continue
    best.set(item.item, {
      item: item.item,
      locale: item.locale,
      containment: most,
      kind: 'recalled',
      at: match.index,
      excerpt: excerptAt(match[0], 0),
    })
  }
  return [...best.values()]
}

/** The stretch, half again as long as the item, that holds most of it. */
function densest(
  own: ReadonlyMap<string, number>,
  standing: ReadonlyMap<string, readonly number[]>,
  weightOf: (gram: string) => number,
): { containment: number; from: number } {
  const total = [...own.keys()].reduce((sum, gram) => sum + weightOf(gram), 0)
  const hits = [...own.keys()]
    .flatMap((gram) => (standing.get(gram) ?? []).map((at) => ({ at, gram })))
    .sort((a, b) => a.at - b.at)
  const reach = Math.ceil(own.size * 1.5) + N
  const inside = new Map<string, number>()
  let held = 0
  let first = 0
  let best = { containment: 0, from: 0 }
  for (const { at, gram } of hits) {
    const times = inside.get(gram) ?? 0
    if (times === 0) held += weightOf(gram)
    inside.set(gram, times + 1)
    for (; (hits[first] as { at: number }).at < at - reach; first += 1) {
      const { gram: gone } = hits[first] as { gram: string }
      const left = (inside.get(gone) ?? 1) - 1
      inside.set(gone, left)
      if (left === 0) held -= weightOf(gone)
    }
    if (held / total > best.containment) best = { containment: held / total, from: (hits[first] as { at: number }).at }
  }
  return best
}
