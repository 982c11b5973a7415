import type { Band } from '../../detector/judge/calibration.ts'
import { compare } from '../../moderation/memory/compare.ts'
import { type Fingerprint, keysOf, MOST_KEPT_KEYS, MOST_KEYS, readText } from '../../moderation/memory/fingerprint.ts'
import { isFoundGood, repeats } from '../../moderation/memory/precedent.ts'

/** What is thought of a post, and what becomes of it. */
export interface Verdict {
  /** Probability that it breaks any rule, 0..1. */
  readonly any: number
  readonly band: Band
}

interface Known {
  readonly person: string
  readonly fingerprint: Fingerprint
  readonly good: boolean
  /** What the detector thought of it, 0..1. */
  readonly suspicion: number
}

/** As many as the marketplace compares. */
const MOST_COMPARED = 12

/** A post as it is recalled. */
export interface Written {
  readonly person: string
  readonly text: string
}

/** What operators have decided, as the marketplace remembers it, in memory. */
export class Remembered {
  private readonly byKey = new Map<number, Set<Known>>()

  /** Remembers a decided text. @returns how it is forgotten, where the decision is reversed. */
  remember({ person, text }: Written, of: Pick<Known, 'good' | 'suspicion'>): () => void {
    const fingerprint = readText(text).hashes
    const one: Known = { person, fingerprint, ...of }
    const keys = keysOf(fingerprint, MOST_KEPT_KEYS)
    for (const key of keys) this.byKey.set(key, (this.byKey.get(key) ?? new Set()).add(one))
    return () => {
      for (const key of keys) this.byKey.get(key)?.delete(one)
    }
  }

  private like(keys: readonly number[], good: boolean): Known[] {
    const shares = new Map<Known, number>()
    for (const key of keys) {
      const found = [...(this.byKey.get(key) ?? [])].filter((one) => one.good === good)
      for (const one of found) shares.set(one, (shares.get(one) ?? 0) + 1 / found.length)
    }
    return [...shares]
      .sort(([, a], [, b]) => b - a)
      .slice(0, MOST_COMPARED)
      .map(([one]) => one)
  }

  /** The verdict about a text by what was decided about its like. `suspicionOf`: what the detector thinks of a stretch alone. */
  recall({ person, text }: Written, verdict: Verdict, suspicionOf: (stretch: string) => number): Verdict {
    const read = readText(text)
    const keys = keysOf(read.hashes, MOST_KEYS)
    const compared = (one: Known) => ({
      likeness: compare(read, one.fingerprint),
      lengths: { known: one.fingerprint.length, text: read.hashes.length },
    })
    const repeated = this.like(keys, false).flatMap(
      (one) =>
        repeats({
          ...compared(one),
          isSamePerson: one.person === person,
          suspicionIn: ({ start, end }) => Math.max(verdict.any, suspicionOf(text.slice(start, end))),
        }) ?? [],
    )
    const mayBeGood = repeated.length > 0 ? repeated.every(({ how }) => how !== 'copy') : verdict.band !== 'publish'
    const cleared =
      mayBeGood &&
      this.like(keys, true).some((one) => isFoundGood(compared(one), { before: one.suspicion, now: verdict.any }))
    if (cleared) return { ...verdict, band: 'publish' }
    const holds = verdict.band === 'hold' || repeated.some(({ band }) => band === 'hold')
    return repeated.length > 0 ? { ...verdict, band: holds ? 'hold' : 'queue' } : verdict
  }
}
