/** Two texts that share more than they should. */
export interface NearCopy {
  readonly ids: readonly [string, string]
  /** Jaccard index of their shingles: shared ones of all, 0 to 1. */
  readonly share: number
}

const SHINGLE = 4

/** Runs of four letters, without spaces, marks and figures. */
function shinglesOf(text: string): Set<string> {
  const letters = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}]/gu, '')
  const shingles = new Set<string>()
  for (let at = 0; at + SHINGLE <= letters.length; at++) shingles.add(letters.slice(at, at + SHINGLE))
  return shingles
}

/** Pairs of which at least such a share of the runs of four letters is the same, the nearest first. */
export function nearCopies(
  posts: readonly { readonly id: string; readonly title: string; readonly body: string }[],
  atLeast: number,
): NearCopy[] {
  const sets = posts.map(({ title, body }) => shinglesOf(`${title}\n${body}`))
  const holders = new Map<string, number[]>()
  const found: NearCopy[] = []
  for (const [at, shingles] of sets.entries()) {
    const shared = new Map<number, number>()
    for (const shingle of shingles) {
      const before = holders.get(shingle)
      if (!before) {
        holders.set(shingle, [at])
        continue
      }
      for (const other of before) shared.set(other, (shared.get(other) ?? 0) + 1)
      before.push(at)
    }
    for (const [other, both] of shared) {
      const share = both / (shingles.size + (sets[other] as Set<string>).size - both)
      if (share >= atLeast) found.push({ ids: [posts[other]?.id as string, posts[at]?.id as string], share })
    }
  }
  return found.sort((one, other) => other.share - one.share)
}
