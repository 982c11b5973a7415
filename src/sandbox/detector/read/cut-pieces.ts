import type { Folding } from './fold-characters.ts'

/** A text in pieces: sentences, those that are long cut once more. Only the first `count` count. */
export interface Pieces {
  /** Where each ends, in code points. */
  ends: Int32Array
  /** How long each is, in characters of Japanese, of which two and a half Latin ones are worth one. */
  sizes: Float32Array
  count: number
  /** How many of them the title is. */
  title: number
}

export const noPieces = (most: number): Pieces => ({
  ends: new Int32Array(most),
  sizes: new Float32Array(most),
  count: 0,
  title: 0,
})

/** Characters of Japanese. What is shorter goes with what follows; what is longer is cut, whether or not a sentence ends there. */
const SHORTEST_PIECE = 8
const LONGEST_PIECE = 40
const LATIN = 0.4
const sizeOf = (code: number): number => (code < 0x300 ? LATIN : 1)

const isSpace = (code: number | undefined): boolean => code === undefined || code === 32 || code === 10

/** Whether a sentence ends with the sign at `at`. */
export function endsSentence(codes: Int32Array, at: number): boolean {
  const code = codes[at] as number
  if (code === 0x3002 || code === 10 || code === 33 || code === 63) return true
  return code === 46 && isSpace(codes[at + 1])
}

/** Cuts a folded text at the end of its title and at those of its sentences, into a buffer that is used again. */
export function cutPieces({ codes, starts, length }: Folding, titleLength: number, into: Pieces): Pieces {
  into.count = 0
  into.title = 0
  let size = 0
  for (let at = 0; at < length; at += 1) {
    size += sizeOf(codes[at] as number)
    const endsTitle =
      (starts[at] as number) < titleLength && (at + 1 === length || (starts[at + 1] as number) >= titleLength)
    const ends = endsTitle || size >= LONGEST_PIECE || (size >= SHORTEST_PIECE && endsSentence(codes, at))
    if (!ends && at + 1 < length) continue
    into.ends[into.count] = at + 1
    into.sizes[into.count] = size
    into.count += 1
    size = 0
    if (endsTitle) into.title = into.count
  }
  return into
}
