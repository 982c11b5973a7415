// Before folding: an override of the writing direction (UAX #9) shows letters in another order than they are stored in, so
// that a reader sees a word that a search does not find. Read is what is seen.

/** A character of a text as it is seen, and the span in the text (UTF-16) that it comes from. */
export interface Seen {
  readonly code: number
  readonly start: number
  readonly end: number
}

const LRO = 0x202d
const RLO = 0x202e
const PDF = 0x202c
const PDI = 0x2069
/** LRE, RLE, LRO, RLO, and the isolates LRI, RLI, FSI. */
const opens = (code: number): boolean =>
  code === 0x202a || code === 0x202b || code === LRO || code === RLO || (code >= 0x2066 && code <= 0x2068)
const endsParagraph = (code: number): boolean => code === 10 || code === 13 || code === 0x2029
/** Deeper levels have no effect (UAX #9). */
const DEEPEST = 125

export const hasOverride = (text: string): boolean => text.includes('\u202e')

interface Level {
  readonly reversed: boolean
  /** Where it begins in what is seen so far. */
  readonly from: number
  readonly start: number
}

/** The characters of a text in the order in which they are seen; those within an override all come from its whole span. */
export function applyOverrides(text: string): Seen[] {
  const seen: Seen[] = []
  const levels: Level[] = []
  const close = (end: number) => {
    const level = levels.pop()
    if (!level) return
    const outer = levels.at(-1)?.reversed ?? false
    const inner = seen.splice(level.from)
    if (level.reversed !== outer) inner.reverse()
    const spans = level.reversed && !outer
    for (const one of inner) seen.push(spans ? { ...one, start: level.start, end } : one)
  }
  let deeper = 0
  for (let at = 0; at < text.length; ) {
    const code = text.codePointAt(at) as number
    const end = at + (code > 0xffff ? 2 : 1)
    if (endsParagraph(code)) {
      while (levels.length > 0) close(at)
      deeper = 0
      seen.push({ code, start: at, end })
    } else if (opens(code)) {
      const isEmbedding = code === 0x202a || code === 0x202b
      if (levels.length === DEEPEST) deeper += 1
      else
        levels.push({
          reversed: isEmbedding ? (levels.at(-1)?.reversed ?? false) : code === RLO,
          from: seen.length,
          start: at,
        })
    } else if (code === PDF || code === PDI) {
      if (deeper > 0) deeper -= 1
      else close(end)
    } else seen.push({ code, start: at, end })
    at = end
  }
  while (levels.length > 0) close(text.length)
  return seen
}
