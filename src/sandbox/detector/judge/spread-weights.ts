import { bucketOf, conceptId, conceptInContext, type Features, FIRST_CONTEXT, HASH_START, hashStep, LONGEST, PAIR_REACH, pairId, SHORTEST, withoutDigits } from '../read/features.ts'
import { findConcepts, nothingFound } from '../read/find-concepts.ts'
import type { Folding } from '../read/fold-text.ts'

type Visit = (id: number, start: number, end: number) => void

/** Calls for each n-gram where it stands. */
function visitNgrams({ codes, length }: Folding, visit: Visit): void {
  for (let at = 0; at < length; at += 1) {
    let hash = HASH_START
    for (let end = at; end < Math.min(at + LONGEST, length); end += 1) {
      hash = hashStep(hash, withoutDigits(codes[end] as number))
      if (end - at >= SHORTEST - 1) visit(bucketOf(hash), at, end + 1)
    }
  }
}

const found = nothingFound()

/** Calls for each concept where it stands, and for each pair of concepts at both. */
function visitConcepts(folding: Folding, visit: Visit): void {
  const { concepts, sentences, starts, ends, length } = findConcepts(folding, found)
  for (let i = 0; i < length; i += 1) {
    visit(conceptId(concepts[i] as number), starts[i] as number, ends[i] as number)
    for (let j = i + 1; j < length && j - i <= PAIR_REACH && sentences[j] === sentences[i]; j += 1) {
      if (concepts[j] === concepts[i]) continue
      const id = pairId(concepts[i] as number, concepts[j] as number)
      visit(id, starts[i] as number, ends[i] as number)
      visit(id, starts[j] as number, ends[j] as number)
    }
  }
}

/**
 * What each code point of a folded text adds: a feature's share is divided evenly among the places where it stands, and
 * within each among its code points. The sum is that of all features in the text.
 */
export function spreadWeights(folding: Folding, features: Features, weightOf: (id: number) => number): Float64Array {
  const shares = new Map<number, number>()
  for (let at = 0; at < features.concepts; at += 1) {
    const id = features.ids[at] as number
    // what a context adds stands with the words whose meaning it changes
    const place = id >= FIRST_CONTEXT ? conceptId(conceptInContext(id)) : id
    shares.set(place, (shares.get(place) ?? 0) + weightOf(id) * (features.values[at] as number))
  }
  const places = new Map<number, number>()
  const count: Visit = (id) => places.set(id, (places.get(id) ?? 0) + 1)
  const spread = new Float64Array(folding.length)
  const add: Visit = (id, start, end) => {
    const each = (shares.get(id) ?? 0) / (places.get(id) ?? 1) / (end - start)
    for (let at = start; at < end; at += 1) spread[at] = (spread[at] as number) + each
  }
  for (const visit of [count, add]) {
    visitNgrams(folding, visit)
    visitConcepts(folding, visit)
  }
  return spread
}
