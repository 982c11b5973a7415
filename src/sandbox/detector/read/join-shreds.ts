import type { Folding } from './fold-characters.ts'

const NEWLINE = 10
/** A line of so many characters at most is a shred, where this many follow each other: lists of words so short are shorter. */
const LONGEST_SHRED = 5
const LEAST_SHREDS = 8

/** Joins lines that words were cut into, a few letters in each, in place. */
export function joinShreds(folding: Folding): void {
  const { codes, starts, ends, length } = folding
  let written = 0
  let read = 0
  while (read < length) {
    const run = endOfRun(folding, read)
    const end = run > read ? run : endOfLine(folding, read)
    for (; read < end; read += 1) {
      if (read < run - 1 && codes[read] === NEWLINE) continue
      codes[written] = codes[read] as number
      starts[written] = starts[read] as number
      ends[written] = ends[read] as number
      written += 1
    }
  }
  folding.length = written
}

/** Behind the line that begins at `from`, its end among it. */
function endOfLine({ codes, length }: Folding, from: number): number {
  let at = from
  while (at < length && codes[at] !== NEWLINE) at += 1
  return Math.min(length, at + 1)
}

/** Behind the last of the shreds that begin at `from`, or `from` where they are too few. */
function endOfRun(folding: Folding, from: number): number {
  let [at, shreds] = [from, 0]
  while (at < folding.length) {
    const end = endOfLine(folding, at)
    if (end - at > LONGEST_SHRED + 1) break
    at = end
    shreds += 1
  }
  return shreds >= LEAST_SHREDS ? at : from
}
