/** Characters in a shingle. */
const SHINGLE = 6

/** The shingles of a text by their hashes; one in `sample`, a power of two, is kept, the same ones in every text. */
export function shinglesOf(text: string, sample = 1): Set<number> {
  const kept = new Set<number>()
  for (let i = 0; i + SHINGLE <= text.length; i++) {
    let hash = 0x811c9dc5
    for (let k = 0; k < SHINGLE; k++) hash = Math.imul(hash ^ text.charCodeAt(i + k), 0x01000193)
    hash ^= hash >>> 15
    if ((hash & (sample - 1)) === 0) kept.add(hash)
  }
  return kept
}

/** Texts by their shingles: whoever holds one is found without looking at the others. */
export interface ShingleIndex {
  /** How many shingles each text has. */
  readonly sizes: readonly number[]
  /** The texts that hold a shingle, in their order. */
  readonly holders: ReadonlyMap<number, readonly number[]>
}

export function indexShingles(texts: readonly ReadonlySet<number>[]): ShingleIndex {
  const holders = new Map<number, number[]>()
  texts.forEach((shingles, i) => {
    for (const shingle of shingles) {
      const known = holders.get(shingle)
      if (known) known.push(i)
      else holders.set(shingle, [i])
    }
  })
  return { sizes: texts.map(({ size }) => size), holders }
}

/** How many of these shingles each text has. */
function sharedBy({ sizes, holders }: ShingleIndex, shingles: ReadonlySet<number>): Uint32Array {
  const shared = new Uint32Array(sizes.length)
  for (const shingle of shingles)
    for (const holder of holders.get(shingle) ?? []) shared[holder] = (shared[holder] as number) + 1
  return shared
}

/** The text most like this one (Jaccard, 0 to 1), the first of equals; undefined where none shares a shingle. */
export function nearestIn(
  { sizes, holders }: ShingleIndex,
  shingles: ReadonlySet<number>,
): { readonly at: number; readonly similarity: number } | undefined {
  const shared = sharedBy({ sizes, holders }, shingles)
  let nearest: { at: number; similarity: number } | undefined
  shared.forEach((count, at) => {
    const similarity = count / (shingles.size + (sizes[at] as number) - count)
    if (count > 0 && similarity > (nearest?.similarity ?? 0)) nearest = { at, similarity }
  })
  return nearest
}

/** The text of which most stands in this one (containment, 0 to 1), the first of equals; undefined where none shares a shingle. */
export function mostHeldBy(
  { sizes, holders }: ShingleIndex,
  shingles: ReadonlySet<number>,
): { readonly at: number; readonly containment: number } | undefined {
  const shared = sharedBy({ sizes, holders }, shingles)
  let most: { at: number; containment: number } | undefined
  shared.forEach((count, at) => {
    const containment = count / (sizes[at] as number)
    if (count > 0 && containment > (most?.containment ?? 0)) most = { at, containment }
  })
  return most
}
