import type { Entry } from './entry.ts'
import { entryDigest, type Seal, type SignedSeal, sealDigest } from './seal.ts'

/** One record of a log: each seal stands before its entries, the entries that no seal covers come last. */
export type LogRecord = { readonly seal: Seal } | { readonly entry: Entry }

/** What is wrong with a log, and where. */
export type Finding =
  | { readonly kind: 'entry-changed' | 'entry-missing' | 'entry-added'; readonly seq: number; readonly seal: number }
  | { readonly kind: 'seal-changed' | 'seal-missing' | 'seal-out-of-place'; readonly seal: number }
  /** A signed seal names a seal, and with it entries, that the log does not have. */
  | { readonly kind: 'tail-cut'; readonly seal: number; readonly lastSeal: number; readonly lastEntry: number }
  /** The chain is another than the one that was signed. */
  | { readonly kind: 'seal-differs'; readonly seal: number }

export interface Verdict {
  readonly entries: number
  readonly seals: number
  /** The last seal, if there is one. */
  readonly last?: Pick<Seal, 'number' | 'hash' | 'last' | 'at'>
  /** Entries that no seal covers yet: how many, and their first and last `seq`. */
  readonly unsealed: { readonly count: number; readonly first?: number; readonly last?: number }
  /** Signed seals that were found in the chain. */
  readonly confirmed: number
}

function named(seal: Seal): Map<number, string> {
  try {
    const pairs = JSON.parse(seal.entries) as [number, string][]
    return new Map(pairs)
  } catch {
    return new Map()
  }
}

/**
 * Goes through a log from its first record to its last and tells every finding as it comes, so that neither the log nor what
 * is wrong with it needs to fit into memory. `signed` are seals that were signed when they were the newest.
 */
export async function verifyLog(
  records: AsyncIterable<LogRecord>,
  signed: readonly SignedSeal[],
  found: (finding: Finding) => void,
): Promise<Verdict> {
  const expected = new Map<number, SignedSeal[]>(Map.groupBy(signed, ({ seal }) => seal))
  const counts = { entries: 0, seals: 0, confirmed: 0 }
  const unsealed = { count: 0, first: undefined as number | undefined, last: undefined as number | undefined }
  let seal: Seal | undefined
  let awaited = new Map<number, string>()
  // entries below this belong to seals that are missing
  let from = Number.NEGATIVE_INFINITY
  const endSeal = () => {
    for (const seq of awaited.keys()) found({ kind: 'entry-missing', seq, seal: seal?.number ?? 0 })
  }

  const takeSeal = async (next: Seal) => {
    endSeal()
    counts.seals += 1
    const number = (seal?.number ?? 0) + 1
    for (let gap = number; gap < next.number && gap < number + 100; gap++) found({ kind: 'seal-missing', seal: gap })
    if (next.number < number) found({ kind: 'seal-out-of-place', seal: next.number })
    const isWhole = (await sealDigest(next)) === next.hash
    if (!isWhole) found({ kind: 'seal-changed', seal: next.number })
    // the one before was made anew under another hash, or this one was tied to another
    else if (next.number === number && next.previous !== (seal?.hash ?? ''))
      found({ kind: 'seal-changed', seal: seal?.number ?? next.number })
    for (const sign of expected.get(next.number) ?? []) {
      if (sign.hash === next.hash) counts.confirmed += 1
      else found({ kind: 'seal-differs', seal: next.number })
    }
    awaited = named(next)
    from = next.number > number ? ([...awaited.keys()][0] ?? next.last) : Number.NEGATIVE_INFINITY
    seal = next
  }

  const takeEntry = async (entry: Entry) => {
    counts.entries += 1
    if (!seal || entry.seq > seal.last) {
      unsealed.count += 1
      unsealed.first ??= entry.seq
      unsealed.last = entry.seq
      return
    }
    if (entry.seq < from) return
    const hash = awaited.get(entry.seq)
    awaited.delete(entry.seq)
    if (hash === undefined) found({ kind: 'entry-added', seq: entry.seq, seal: seal.number })
    else if (hash !== (await entryDigest(entry))) found({ kind: 'entry-changed', seq: entry.seq, seal: seal.number })
  }

  for await (const record of records) {
    if ('seal' in record) await takeSeal(record.seal)
    else await takeEntry(record.entry)
  }
  endSeal()
  for (const { seal: number, last } of signed) {
    if (number > (seal?.number ?? 0))
      found({ kind: 'tail-cut', seal: number, lastSeal: seal?.number ?? 0, lastEntry: last })
  }
  const end = seal && { number: seal.number, hash: seal.hash, last: seal.last, at: seal.at }
  const rest = {
    count: unsealed.count,
    ...(unsealed.first === undefined ? {} : { first: unsealed.first }),
    ...(unsealed.last === undefined ? {} : { last: unsealed.last }),
  }
  return { ...counts, ...(end ? { last: end } : {}), unsealed: rest }
}
