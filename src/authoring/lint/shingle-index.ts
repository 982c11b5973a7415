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

/** The text most like this one (Jaccard, 0 to 1), the first of equals; undefined where none shares a shingle. */
export function nearestIn(
  { sizes, holders }: ShingleIndex,
  shingles: ReadonlySet<number>,
): { readonly at: number; readonly similarity: number } | undefined {
  const shared = new Uint32Array(sizes.length)
  for (const shingle of shingles)
    for (const holder of holders.get(shingle) ?? []) shared[holder] = (shared[holder] as number) + 1
  let nearest: { at: number; similarity: number } | undefined
  shared.forEach((count, at) => {
    const similarity = count / (shingles.size + (sizes[at] as number) - count)
    if (count > 0 && similarity > (nearest?.similarity ?? 0)) nearest = { at, similarity }
  })
  return nearest
}
