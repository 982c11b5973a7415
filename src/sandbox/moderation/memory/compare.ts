import { type Fingerprint, isMostlyLatin, mixed, type Read } from './fingerprint.ts'

/** A stretch of a text, in UTF-16 units. */
export interface Stretch {
  readonly start: number
  readonly end: number
}

/** How much a text has of one that was decided before. */
export interface Likeness {
  /** Share of what either has that both have (Jaccard), in the stretch of the text that is most like the whole of the other; 0..1. */
  readonly similar: number
  readonly at: Stretch
  /** Letters of the longest part that both have in a row, less those that differ in between; a Latin letter counts half. */
  readonly copied: number
  readonly copy: Stretch
  /** Whether the known text is mostly in Latin letters: two of those share more by chance. */
  readonly isLatin: boolean
}

/** A rewording may be longer than what it rewords. */
const LONGER = 1.25

const nowhere: Stretch = { start: 0, end: 0 }

const stretchOf = ({ starts, ends }: Read, from: number, to: number): Stretch => ({
  start: starts[from] as number,
  end: ends[to - 1] as number,
})

/** The window of the text that shares most with the known one: every place is looked at twice, whatever the lengths. */
function mostSimilar(text: Read, known: Fingerprint): Pick<Likeness, 'similar' | 'at'> {
  const { hashes } = text
  const sought = new Set(known)
  const width = Math.min(hashes.length, Math.ceil(known.length * LONGER))
  const inside = new Map<number, number>()
  let shared = 0
  let best = { similar: 0, at: nowhere }
  for (let at = 0; at < hashes.length; at += 1) {
    const comes = hashes[at] as number
    const had = inside.get(comes) ?? 0
    inside.set(comes, had + 1)
    if (had === 0 && sought.has(comes)) shared += 1
    if (at >= width) {
      const goes = hashes[at - width] as number
      const left = (inside.get(goes) as number) - 1
      if (left > 0) inside.set(goes, left)
      else inside.delete(goes)
      if (left === 0 && sought.has(goes)) shared -= 1
    }
    const similar = shared / (sought.size + inside.size - shared)
    if (at >= width - 1 && similar > best.similar) best = { similar, at: stretchOf(text, at - width + 1, at + 1) }
  }
  return best
}

const LATIN = 0.5
const weightOf = (hash: number): number => ((hash & 1) === 1 ? LATIN : 1)

/**
 * The part with the greatest sum of letters in common less letters that differ (Kadane). What a part has said already
 * counts neither way in it, so that one phrase repeated is no long copy.
 */
function longestCopy(text: Read, known: Fingerprint): Pick<Likeness, 'copied' | 'copy'> {
  const { hashes } = text
  const sought = new Set<number>()
  for (let at = 0; at + 1 < known.length; at += 1) sought.add(mixed(known[at] as number, known[at + 1] as number))
  const said = new Map<number, number>()
  let best = { copied: 0, copy: nowhere }
  let sum = 0
  let from = 0
  for (let at = 0; at + 1 < hashes.length; at += 1) {
    const hash = hashes[at] as number
    const pair = mixed(hash, hashes[at + 1] as number)
    if (sum <= 0) {
      sum = 0
      from = at
    }
    if (!sought.has(pair)) sum -= weightOf(hash)
    else if ((said.get(pair) ?? -1) < from) {
      sum += weightOf(hash)
      said.set(pair, at)
    }
    if (sum > best.copied) best = { copied: sum, copy: stretchOf(text, from, at + 2) }
  }
  return best
}

/** Compares a text with what is kept of one that was decided. Time grows with both lengths together. */
export const compare = (text: Read, known: Fingerprint): Likeness => ({
  ...mostSimilar(text, known),
  ...longestCopy(text, known),
  isLatin: isMostlyLatin(known),
})
