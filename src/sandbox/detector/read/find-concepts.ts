import { concepts } from './concepts.data.ts'
import { endsSentence } from './cut-pieces.ts'
import { type Folding, isLatinLetter } from './fold-characters.ts'
import { foldText } from './fold-text.ts'

export const conceptNames: readonly string[] = Object.keys(concepts)

interface Branch {
  readonly next: Map<number, Branch>
  /** Concepts whose words end here; the second list only if the word ends as well. */
  readonly found: number[]
  readonly foundWhole: number[]
}

const branch = (): Branch => ({ next: new Map(), found: [], foundWhole: [] })

function buildTrie(): Branch {
  const root = branch()
  for (const [concept, name] of conceptNames.entries()) {
    for (const word of (concepts[name] ?? '').split('|')) {
      let at = root
      for (const character of foldText(word).text) {
        const code = character.codePointAt(0) as number
        const next = at.next.get(code) ?? branch()
        at.next.set(code, next)
        at = next
      }
      const ends = word.endsWith(' ') ? at.foundWhole : at.found
      if (!ends.includes(concept)) ends.push(concept)
    }
  }
  return root
}
const root = buildTrie()
/** First letters, by code point: looked up for every character of every post. */
const first = Array.from({ length: 0x10000 }, (_, code) => root.next.get(code))

const DENY = conceptNames.indexOf('deny')

/** Concepts found in a text, in order: which, in which sentence, and the span of code points. */
export interface Found {
  concepts: Int32Array
  /** 1 for one that its sentence denies: Japanese does so after it, English before. */
  denied: Uint8Array
  sentences: Int32Array
  starts: Int32Array
  ends: Int32Array
  length: number
}
const MOST_FOUND = 20_000
export const nothingFound = (): Found => ({
  concepts: new Int32Array(MOST_FOUND),
  denied: new Uint8Array(MOST_FOUND),
  sentences: new Int32Array(MOST_FOUND),
  starts: new Int32Array(MOST_FOUND),
  ends: new Int32Array(MOST_FOUND),
  length: 0,
})

function note(into: Found, found: readonly number[], sentence: number, start: number, end: number): void {
  for (const concept of found) {
    if (into.length === MOST_FOUND) return
    into.concepts[into.length] = concept
    into.sentences[into.length] = sentence
    into.starts[into.length] = start
    into.ends[into.length] = end
    into.length += 1
  }
}

/** Marks what is denied: one walk for the words that deny what stands before them, one for those that deny what follows. */
function markDenied({ codes }: Folding, { concepts, denied, sentences, starts, length }: Found): void {
  denied.fill(0, 0, length)
  const isLatin = (at: number) => (codes[starts[at] as number] as number) < 0x300
  let last = -1
  for (let at = 0; at < length; at += 1) {
    if (concepts[at] === DENY && isLatin(at)) last = sentences[at] as number
    else if (sentences[at] === last) denied[at] = 1
  }
  last = -1
  for (let at = length - 1; at >= 0; at -= 1) {
    if (concepts[at] === DENY) {
      denied[at] = 0
      if (!isLatin(at)) last = sentences[at] as number
    } else if (sentences[at] === last) denied[at] = 1
  }
}

/** Finds every word of every concept; a text with thousands of them is read as far as there is room. */
export function findConcepts(folding: Folding, into: Found): Found {
  const { codes, length } = folding
  into.length = 0
  let sentence = 0
  for (let at = 0; at < length; at += 1) {
    if (endsSentence(codes, at)) sentence += 1
    let here = first[codes[at] as number]
    if (!here || (isLatinLetter(codes[at]) && at > 0 && isLatinLetter(codes[at - 1]))) continue
    for (let end = at + 1; here; end += 1) {
      if (here.found.length > 0) note(into, here.found, sentence, at, end)
      if (here.foundWhole.length > 0 && !(end < length && isLatinLetter(codes[end])))
        note(into, here.foundWhole, sentence, at, end)
      here = end < length ? here.next.get(codes[end] as number) : undefined
    }
  }
  markDenied(folding, into)
  return into
}
