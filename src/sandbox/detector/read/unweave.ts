import type { Seen } from './apply-overrides.ts'

// Before folding: a line with signs woven in behind each of its characters, "登.録/料~を-先_に". Once they are folded, those of
// the writer's own, that end a sentence or part words, cannot be told from them: so they go first, and leave those.

/** A letter or a figure, at any width; no sign. */
const isLetter = (code: number): boolean =>
  (code >= 97 && code <= 122) ||
  (code >= 65 && code <= 90) ||
  (code >= 48 && code <= 57) ||
  (code >= 0x4e00 && code <= 0x9fff) ||
  (code >= 0x3041 && code <= 0x30ff && code !== 0x30fb) ||
  code === 0x3005 ||
  (code >= 0xff10 && code <= 0xff19) ||
  (code >= 0xff21 && code <= 0xff3a) ||
  (code >= 0xff41 && code <= 0xff5a) ||
  (code >= 0xff66 && code <= 0xff9f)

/** A line of fewer letters may be a list of them. */
const LEAST_LETTERS = 8
/** Of so many letters at most one touches the next. */
const RARELY_JOINED = 20
/** Most signs behind each character. */
const WIDEST = 3

const NEWLINE = 10

/** What is woven in behind each character of a line. */
interface Weave {
  /** How many signs; 0 where there are none. */
  readonly signs: number
  /** Whether white space is among them: else it is the writer's own. */
  readonly spaced: boolean
  /** The last of them, which may stand before the first character as well: "(a)(b)". */
  readonly last: number
}

const NONE: Weave = { signs: 0, spaced: false, last: 0 }

const isSpace = (code: number): boolean => code === 32 || code === 0x3000 || code === 9 || code === 0xa0

const sizeOf = (code: number): number => (code > 0xffff ? 2 : 1)

/** The weave of a line of a text; undefined for one of too few letters to say. */
function weaveOf(text: string, from: number, to: number): Weave | undefined {
  let [letters, joined, gap, last, spaced] = [0, 0, WIDEST + 1, 0, false]
  const gaps = [0, 0, 0, 0]
  const seen: Weave[] = [NONE, NONE, NONE, NONE]
  const most = (to - from) / (2 * RARELY_JOINED)
  for (let at = from; at < to; ) {
    const code = text.codePointAt(at) as number
    at += sizeOf(code)
    if (!isLetter(code)) {
      gap += 1
      last = code
      spaced ||= isSpace(code)
      continue
    }
    letters += 1
    if (gap === 0) {
      joined += 1
      if (joined > most) return NONE
    } else if (gap <= WIDEST) {
      gaps[gap] = (gaps[gap] as number) + 1
      seen[gap] = { signs: gap, spaced, last }
    }
    gap = 0
    spaced = false
  }
  if (letters < LEAST_LETTERS) return joined === 0 ? undefined : NONE
  const usual = Math.max(...gaps)
  return usual * 2 > letters && joined * RARELY_JOINED <= letters ? seen[gaps.indexOf(usual)] : NONE
}

/** Where each line begins and ends, in order. */
function* linesOf(text: string): Generator<readonly [from: number, to: number]> {
  for (let from = 0; from <= text.length; ) {
    const next = text.indexOf('\n', from)
    const to = next < 0 ? text.length : next
    yield [from, to]
    from = to + 1
  }
}

function addLine(text: string, [from, to]: readonly [number, number], weave: Weave, seen: Seen[]): void {
  let at = from
  if (weave.signs > 1 && text.codePointAt(at) === weave.last) at += sizeOf(weave.last)
  while (at < to) {
    const code = text.codePointAt(at) as number
    const start = at
    at += sizeOf(code)
    seen.push({ code, start, end: at })
    for (let left = weave.signs; left > 0 && at < to; ) {
      const sign = text.codePointAt(at) as number
      if (isLetter(sign)) break
      if (isSpace(sign) && !weave.spaced) seen.push({ code: sign, start: at, end: at + 1 })
      else left -= 1
      at += sizeOf(sign)
    }
  }
}

/** What a text is without the signs that are woven into its lines, or undefined where there are none. */
export function unweave(text: string): Seen[] | undefined {
  let woven = NONE
  for (const [from, to] of linesOf(text)) if (woven.signs === 0) woven = weaveOf(text, from, to) ?? NONE
  if (woven.signs === 0) return undefined
  const seen: Seen[] = []
  for (const line of linesOf(text)) {
    // a line of few letters is written like the others
    addLine(text, line, weaveOf(text, ...line) ?? woven, seen)
    if (line[1] < text.length) seen.push({ code: NEWLINE, start: line[1], end: line[1] + 1 })
  }
  return seen
}
