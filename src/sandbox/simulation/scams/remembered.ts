import { keysOf, MOST_KEPT_KEYS, MOST_KEYS, readText } from '../../moderation/memory/fingerprint.ts'
import {
  conclude,
  findRepeated,
  type KnownText,
  mayBeGood,
  mostShared,
  NEWEST_OF_KEY,
  NEWEST_OF_PERSON,
  type NewText,
} from '../../moderation/memory/recall.ts'

/** What is thought of a post, and what becomes of it. */
export type Verdict = NewText['assessment']

/** A post as it is recalled. */
export interface Written {
  readonly person: string
  readonly text: string
}

/** What operators have decided, as the marketplace remembers it, in memory. */
export class Remembered {
  private readonly texts: (KnownText & { readonly good: boolean })[] = []
  /** Places in `texts`, in rising order. */
  private readonly byKey = new Map<number, number[]>()
  private readonly forgotten = new Set<number>()

  /** Remembers a decided text, as of the kinds that the detector gave for reasons. @returns how it is forgotten, where the decision is reversed. */
  remember(
    { person, text }: Written,
    { good, verdict }: { readonly good: boolean; readonly verdict: Verdict },
  ): () => void {
    const fingerprint = readText(text).hashes
    const kinds = (verdict.reasons ?? []).map(({ kind }) => kind)
    const place = this.texts.push({ person, fingerprint, kinds, suspicion: verdict.any, good, outline: null }) - 1
    for (const key of keysOf(fingerprint, MOST_KEPT_KEYS)) {
      const at = this.byKey.get(key)
      if (at) at.push(place)
      else this.byKey.set(key, [place])
    }
    return () => {
      this.forgotten.add(place)
    }
  }

  private like(keys: readonly number[], { person, good }: { readonly person: string; readonly good: boolean }) {
    const counts = (place: number): boolean => this.texts[place]?.good === good && !this.forgotten.has(place)
    const shared = mostShared(keys.map((key) => (this.byKey.get(key) ?? []).filter(counts).slice(-NEWEST_OF_KEY)))
    const own = this.texts.flatMap((one, place) => (one.person === person && counts(place) ? [place] : []))
    const places = new Set([...shared, ...own.reverse().slice(0, NEWEST_OF_PERSON)])
    return [...places].map((place) => this.texts[place] as KnownText)
  }

  /** The verdict about a text by what was decided about its like. `suspicionOf`: what the detector thinks of a stretch alone. */
  recall({ person, text }: Written, assessment: Verdict, suspicionOf: NewText['suspicionOf']): Verdict {
    const handedIn = { person, text, assessment, suspicionOf, read: readText(text) }
    const keys = keysOf(handedIn.read.hashes, MOST_KEYS)
    const found = findRepeated(handedIn, this.like(keys, { person, good: false }))
    const good = mayBeGood(handedIn, found) ? this.like(keys, { person, good: true }) : []
    return { ...assessment, band: conclude(handedIn, found, good).band }
  }
}
