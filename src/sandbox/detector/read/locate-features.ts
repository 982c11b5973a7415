import {
  bucketOf,
  CONCEPTS,
  conceptId,
  FIRST_CONTEXT,
  HASH_START,
  hashStep,
  LONGEST,
  PAIR_REACH,
  pairId,
  SHORTEST,
  withoutDigits,
} from './features.ts'
import { findConcepts, nothingFound } from './find-concepts.ts'
import type { Folding } from './fold-characters.ts'

/** A feature and the span of code points where it stands. */
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
  const { concepts, denied, sentences, starts, ends, length } = findConcepts(folding, found)
  for (let i = 0; i < length; i += 1) {
    visit(conceptId(concepts[i] as number, denied[i]), starts[i] as number, ends[i] as number)
    for (let j = i + 1; j < length && j - i <= PAIR_REACH && sentences[j] === sentences[i]; j += 1) {
      if (concepts[j] === concepts[i]) continue
      const id = pairId(concepts[i] as number, concepts[j] as number)
      visit(id, starts[i] as number, ends[i] as number)
      visit(id, starts[j] as number, ends[j] as number)
    }
  }
}

/** Calls for each n-gram, concept and pair of concepts of a folded text where it stands. */
export function visitFeatures(folding: Folding, visit: Visit): void {
  visitNgrams(folding, visit)
  visitConcepts(folding, visit)
}

/** The feature where a feature stands: what a context adds stands with the words whose meaning it changes. */
export const standsAt = (id: number): number =>
  id >= FIRST_CONTEXT ? conceptId((id - FIRST_CONTEXT) % CONCEPTS, 0) : id
