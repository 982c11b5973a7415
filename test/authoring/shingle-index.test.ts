import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { indexShingles, nearestIn } from '../../src/authoring/lint/shingle-index.ts'

/** Every text beside every other. */
function nearestByHand(texts: readonly ReadonlySet<number>[], mine: ReadonlySet<number>) {
  const [nearest] = texts
    .map((shingles, at) => {
      const shared = [...mine].filter((shingle) => shingles.has(shingle)).length
      return { at, similarity: shared / Math.max(1, new Set([...mine, ...shingles]).size) }
    })
    .sort((a, b) => b.similarity - a.similarity)
  return nearest && nearest.similarity > 0 ? nearest : undefined
}

// of few shingles, so that texts share some and several are equally near
const shingles = fc.uniqueArray(fc.integer({ min: -6, max: 6 }), { maxLength: 8 }).map((list) => new Set(list))

describe('an index of shingles', () => {
  it('names the text, and the similarity, that comparing with each text finds, the first of equals', () => {
    fc.assert(
      fc.property(fc.array(shingles, { maxLength: 12 }), shingles, (texts, mine) => {
        expect(nearestIn(indexShingles(texts), mine)).toEqual(nearestByHand(texts, mine))
      }),
      { numRuns: 500 },
    )
  })
})
