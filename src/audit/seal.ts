import { digest, type Entry } from './entry.ts'

/** A link of the chain over the log: it names the entries since the seal before, each with its hash. */
export interface Seal {
  /** 1, 2, 3 … */
  readonly number: number
  /** Milliseconds since 1970. */
  readonly at: number
  /** Hash of the seal before; empty for the first. */
  readonly previous: string
  /** `seq` of the last entry that it covers. */
  readonly last: number
  /** JSON of `[seq, hash]` of each entry, in order. */
  readonly entries: string
  readonly hash: string
}

/** Most entries of one seal; what is left comes into the next. */
export const MOST_PER_SEAL = 500

/** The hash of an entry: of every stored column of it, in order. */
export const entryDigest = ({ seq, id, at, act, actor, subject, details }: Entry): Promise<string> =>
  digest(JSON.stringify(['kentei-audit-entry/1', seq, id, at, act, actor, subject, details]))

/** The hash of a seal: of everything in it, and so of the seals before. */
export const sealDigest = ({ number, at, previous, last, entries }: Omit<Seal, 'hash'>): Promise<string> =>
  digest(JSON.stringify(['kentei-audit-seal/1', number, at, previous, last, entries]))

/** Seals entries that follow those of the seal before. @param entries in order, at least one. */
export async function sealEntries(
  before: Pick<Seal, 'number' | 'hash'> | undefined,
  entries: readonly Entry[],
  at: number,
): Promise<Seal> {
  const named = await Promise.all(entries.map(async (entry) => [entry.seq, await entryDigest(entry)] as const))
  const seal = {
    number: (before?.number ?? 0) + 1,
    at,
    previous: before?.hash ?? '',
    last: entries.at(-1)?.seq ?? 0,
    entries: JSON.stringify(named),
  }
  return { ...seal, hash: await sealDigest(seal) }
}

/** What a signed seal says: which seal of which service, and its hash. */
export interface SignedSeal {
  readonly issuer: string
  readonly seal: number
  readonly hash: string
  readonly last: number
}
