import { concepts } from './concepts.data.ts'
import { endsSentence } from './cut-pieces.ts'
import { type Folding, isLatinLetter } from './fold-characters.ts'
import { foldText } from './fold-text.ts'

export const conceptNames: readonly string[] = Object.keys(concepts)

interface Branch {
  /** From 1 on; the root is 0. */
  readonly at: number
  readonly next: Map<number, Branch>
  /** Concepts whose words end here; the second list only if the word ends as well. */
  readonly found: number[]
  readonly foundWhole: number[]
}

/** The branches of a tree of all words, the root first. */
function growBranches(): Branch[] {
  const branches: Branch[] = []
  const grow = (): Branch => {
    const branch = { at: branches.length, next: new Map(), found: [], foundWhole: [] }
    branches.push(branch)
    return branch
  }
  const root = grow()
  for (const [concept, name] of conceptNames.entries()) {
    for (const word of (concepts[name] ?? '').split('|')) {
      let at = root
      for (const character of foldText(word).text) {
        const code = character.codePointAt(0) as number
        const next = at.next.get(code) ?? grow()
        at.next.set(code, next)
        at = next
      }
      const ends = word.endsWith(' ') ? at.foundWhole : at.found
      if (!ends.includes(concept)) ends.push(concept)
    }
  }
  return branches
}
const branches = growBranches()

/** Branches by first letter, 0 where no word begins so: looked up for every character of every post. */
const first = new Uint16Array(0x10000)
for (const [code, { at }] of branches[0]?.next ?? []) first[code] = at

// The other branches by the one before and the letter, in a table of open addresses: a key and a branch at each place, and
// four times as many places as branches.
const places = 2 ** Math.ceil(Math.log2(branches.length * 4))
const table = new Int32Array(places * 2)
const keyOf = (branch: number, code: number): number => (branch << 16) | code

/** The place of a key, or the empty one where it would stand. */
function placeOf(key: number): number {
  let place = (Math.imul(key, 0x2c1b3c6d) >>> 12) & (places - 1)
  while (table[place * 2] !== 0 && table[place * 2] !== key) place = (place + 1) & (places - 1)
  return place * 2
}

for (const { at, next } of branches.slice(1))
  for (const [code, behind] of next) {
    const key = keyOf(at, code)
    table.set([key, behind.at], placeOf(key))
  }

/** The branch behind another with a letter, or 0. */
const branchAfter = (branch: number, code: number): number =>
  code < first.length ? (table[placeOf(keyOf(branch, code)) + 1] as number) : 0

/** 1 for a branch where a word ends. */
const endsWord = Uint8Array.from(branches, ({ found, foundWhole }) => Number(found.length + foundWhole.length > 0))

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
    let here = first[codes[at] as number] ?? 0
    if (here === 0 || (isLatinLetter(codes[at]) && at > 0 && isLatinLetter(codes[at - 1]))) continue
    for (let end = at + 1; here > 0; end += 1) {
      if (endsWord[here] === 1) {
        const { found, foundWhole } = branches[here] as Branch
        note(into, found, sentence, at, end)
        if (!(end < length && isLatinLetter(codes[end]))) note(into, foundWhole, sentence, at, end)
      }
      here = end < length ? branchAfter(here, codes[end] as number) : 0
    }
  }
  markDenied(folding, into)
  return into
}
