// @NOTE the package's only export loads a DOM with it; the model alone is a table of numbers
import { model as jaModel } from '../../node_modules/budoux/module/data/models/ja.js'

/** Weights of BudouX's Japanese model in tables: single characters by code, pairs and triples by packed code. */
interface Tables {
  readonly base: number
  /** UW1–UW6: weight of the character at this distance, one table of 65,536 each. */
  readonly single: readonly Int16Array[]
  /** Small number of each character that occurs in a pair or triple; 0 for all others. */
  readonly ids: Uint16Array
  readonly count: number
  /** BW1–BW3 at `first * count + second`. */
  readonly pairs: readonly Int16Array[]
  /** Whether a pair begins a triple. */
  readonly begins: Uint8Array
  /** TW1–TW4 at `(first * count + second) * count + third`. */
  readonly triples: readonly ReadonlyMap<number, number>[]
}

let tables: Tables | undefined
// the first three units are never written and stay empty
let buffer = new Uint16Array(4_096)

/**
 * Packs the model once. The library's own parser looks 13 substrings up per character, which costs more than all the
 * rest of compiling a bank; the boundaries are the same (a test compares them).
 */
function packModel(): Tables {
  const model = jaModel as Readonly<Record<string, Readonly<Record<string, number>>>>
  const group = (name: string) => Object.entries(model[name] ?? {})
  const ids = new Uint16Array(65_536)
  let count = 1
  for (const name of ['BW1', 'BW2', 'BW3', 'TW1', 'TW2', 'TW3', 'TW4'])
    for (const [text] of group(name)) for (const unit of text.split('')) if (!ids[unit.charCodeAt(0)]) ids[unit.charCodeAt(0)] = count++
  const id = (text: string, at: number) => ids[text.charCodeAt(at)] as number
  const single = ['UW1', 'UW2', 'UW3', 'UW4', 'UW5', 'UW6'].map((name) => {
    const table = new Int16Array(65_536)
    for (const [text, weight] of group(name)) table[text.charCodeAt(0)] = weight
    return table
  })
  const pairs = ['BW1', 'BW2', 'BW3'].map((name) => {
    const table = new Int16Array(count * count)
    for (const [text, weight] of group(name)) table[id(text, 0) * count + id(text, 1)] = weight
    return table
  })
  const begins = new Uint8Array(count * count)
  const triples = ['TW1', 'TW2', 'TW3', 'TW4'].map((name) => {
    const table = new Map<number, number>()
    for (const [text, weight] of group(name)) {
      begins[id(text, 0) * count + id(text, 1)] = 1
      table.set((id(text, 0) * count + id(text, 1)) * count + id(text, 2), weight)
    }
    return table
  })
  const total = Object.values(model).reduce((sum, weights) => sum + Object.values(weights).reduce((a, b) => a + b, 0), 0)
  return { base: -0.5 * total, single, ids, count, pairs, begins, triples }
}

const JAPANESE = /[\u3041-\u30ff\u3400-\u9fff]/
const isWordUnit = (code: number): boolean => (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 95

/**
 * Offsets before which a Japanese line may break, ascending; none for text without Japanese. They never split a Latin
 * word or a number, nor stand beside white space.
 */
export function phraseBreaks(text: string): number[] {
  if (!JAPANESE.test(text)) return []
  tables ??= packModel()
  const { base, single, ids, count, pairs, begins, triples } = tables
  const [u1, u2, u3, u4, u5, u6] = single as [Int16Array, Int16Array, Int16Array, Int16Array, Int16Array, Int16Array]
  const breaks: number[] = []
  const length = text.length
  if (buffer.length < length + 6) buffer = new Uint16Array((length + 6) * 2)
  const codes = buffer
  codes.fill(0, length + 3, length + 6)
  for (let i = 0; i < length; i++) codes[i + 3] = text.charCodeAt(i)
  const pairAt = (i: number): number => (ids[codes[i] as number] as number) * count + (ids[codes[i + 1] as number] as number)
  const tripleWeight = (which: number, pair: number, third: number): number =>
    begins[pair] === 1 ? ((triples[which] as ReadonlyMap<number, number>).get(pair * count + (ids[third] as number)) ?? 0) : 0
  // i + 3 is the unit after the boundary; three empty units stand before the text and three after
  for (let i = 1; i < length; i++) {
    const a = codes[i] as number
    const b = codes[i + 1] as number
    const before = codes[i + 2] as number
    const after = codes[i + 3] as number
    const c = codes[i + 4] as number
    const d = codes[i + 5] as number
    const p0 = pairAt(i)
    const p1 = pairAt(i + 1)
    const p2 = pairAt(i + 2)
    const p3 = pairAt(i + 3)
    let score = base
    score += (u1[a] as number) + (u2[b] as number) + (u3[before] as number) + (u4[after] as number) + (u5[c] as number) + (u6[d] as number)
    score += ((pairs[0] as Int16Array)[p1] as number) + ((pairs[1] as Int16Array)[p2] as number) + ((pairs[2] as Int16Array)[p3] as number)
    score += tripleWeight(0, p0, before) + tripleWeight(1, p1, after) + tripleWeight(2, p2, c) + tripleWeight(3, p3, d)
    if (score <= 0 || (isWordUnit(before) && isWordUnit(after))) continue
    if (before === 32 || after === 32 || before === 0x3000 || after === 0x3000 || before === 10 || after === 10) continue
    if ((after & 0xfc00) === 0xdc00) continue
    breaks.push(i)
  }
  return breaks
}
