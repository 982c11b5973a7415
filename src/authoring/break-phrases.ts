// @NOTE the weights are a copy: the package that they come with brings a DOM and a client for cloud sign-in into production
import jaModel from './phrase-model/budoux-ja.json' with { type: 'json' }

/**
 * Weights of BudouX's Japanese model, laid out by what stands in the text rather than by boundary: all the weights of a
 * character (or pair, or triple) lie together, because looking them up is most of the cost.
 */
interface Tables {
  readonly base: number
  /** UW1–UW6 of the character with this code, at `code * 8`. */
  readonly single: Int16Array
  /** Small number of each character that occurs in a pair or triple; 0 for all others. */
  readonly ids: Uint16Array
  readonly count: number
  /** BW1–BW3 and whether the pair begins a triple, at `(first * count + second) * 4`. */
  readonly pairs: Int16Array
  /** TW1–TW4 by `(first * count + second) * count + third`. */
  readonly triples: ReadonlyMap<number, Int16Array>
}

/** Some megabytes, which a service needs while it compiles its exams at the start, and not for long after. */
let kept: WeakRef<Tables> | undefined
let scores = new Int32Array(4_096)

/**
 * Packs the model once. The library's own parser looks 13 substrings up per character, which costs more than all the
 * rest of compiling a bank; the boundaries are the same (a test compares them).
 */
function packModel(): Tables {
  const model: Readonly<Record<string, Readonly<Record<string, number>>>> = jaModel
  const group = (name: string, n: number) => Object.entries(model[`${name}${n}`] ?? {})
  const ids = new Uint16Array(65_536)
  let count = 1
  for (const [name, text] of Object.entries(model).flatMap(([name, weights]) =>
    Object.keys(weights).map((text) => [name, text] as const),
  ))
    if (!name.startsWith('UW'))
      for (const unit of text.split('')) if (!ids[unit.charCodeAt(0)]) ids[unit.charCodeAt(0)] = count++
  const pairOf = (text: string) => (ids[text.charCodeAt(0)] as number) * count + (ids[text.charCodeAt(1)] as number)
  const single = new Int16Array(65_536 * 8)
  for (let n = 1; n <= 6; n++)
    for (const [text, weight] of group('UW', n)) single[text.charCodeAt(0) * 8 + n - 1] = weight
  const pairs = new Int16Array(count * count * 4)
  for (let n = 1; n <= 3; n++) for (const [text, weight] of group('BW', n)) pairs[pairOf(text) * 4 + n - 1] = weight
  const triples = new Map<number, Int16Array>()
  for (let n = 1; n <= 4; n++)
    for (const [text, weight] of group('TW', n)) {
      pairs[pairOf(text) * 4 + 3] = 1
      const key = pairOf(text) * count + (ids[text.charCodeAt(2)] as number)
      const weights = triples.get(key) ?? new Int16Array(4)
      weights[n - 1] = weight
      triples.set(key, weights)
    }
  const total = Object.values(model).reduce(
    (sum, weights) => sum + Object.values(weights).reduce((a, b) => a + b, 0),
    0,
  )
  return { base: -0.5 * total, single, ids, count, pairs, triples }
}

function openTables(): Tables {
  const known = kept?.deref()
  if (known) return known
  const tables = packModel()
  kept = new WeakRef(tables)
  return tables
}

const JAPANESE = /[\u3041-\u30ff\u3400-\u9fff]/
const isWordUnit = (code: number): boolean =>
  (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 95
const isSpace = (code: number): boolean => code === 32 || code === 0x3000 || code === 10

/**
 * Offsets before which a Japanese line may break, ascending; none for text without Japanese. They never split a Latin
 * word or a number, nor stand beside white space.
 */
export function phraseBreaks(text: string): number[] {
  if (!JAPANESE.test(text)) return []
  const tables = openTables()
  addScores(text, tables)
  const breaks: number[] = []
  for (let i = 1; i < text.length; i++) {
    if ((scores[i + 2] as number) + tables.base <= 0) continue
    const before = text.charCodeAt(i - 1)
    const after = text.charCodeAt(i)
    const isLowSurrogate = (after & 0xfc00) === 0xdc00
    if (!isLowSurrogate && !isSpace(before) && !isSpace(after) && !(isWordUnit(before) && isWordUnit(after)))
      breaks.push(i)
  }
  return breaks
}

/** Adds every character, pair and triple to the boundaries around it. The boundary before offset i is at `scores[i + 2]`. */
function addScores(text: string, { single, ids, count, pairs, triples }: Tables): void {
  const { length } = text
  if (scores.length < length + 6) scores = new Int32Array((length + 6) * 2)
  else scores.fill(0, 0, length + 6)
  for (let j = 0; j < length; j++) {
    const code = text.charCodeAt(j)
    // the nth weight of what starts at j belongs to the boundary n places before the farthest one
    for (let n = 0, row = code * 8; n < 6; n++)
      scores[j + 5 - n] = (scores[j + 5 - n] as number) + (single[row + n] as number)
    const id = ids[code] as number
    if (id === 0 || j + 1 === length) continue
    const pair = id * count + (ids[text.charCodeAt(j + 1)] as number)
    for (let n = 0; n < 3; n++) scores[j + 4 - n] = (scores[j + 4 - n] as number) + (pairs[pair * 4 + n] as number)
    if (pairs[pair * 4 + 3] === 0 || j + 2 === length) continue
    const triple = triples.get(pair * count + (ids[text.charCodeAt(j + 2)] as number))
    if (triple) for (let n = 0; n < 4; n++) scores[j + 5 - n] = (scores[j + 5 - n] as number) + (triple[n] as number)
  }
}
