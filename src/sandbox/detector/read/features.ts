import { cutPieces, noPieces, type Pieces } from './cut-pieces.ts'
import { conceptNames, type Found, findConcepts, nothingFound } from './find-concepts.ts'
import { emptyFolding, type Folding } from './fold-characters.ts'
import { foldInto } from './fold-text.ts'
import { DISCORD, LINE } from './match-messenger.ts'
import { isReadable } from './readable.ts'

/** A job post as the detector sees it. Everything but the words may be missing. */
export interface Post {
  readonly title: string
  readonly body: string
  readonly category?: string | null | undefined
  /** Yen. */
  readonly pay?: { readonly type: 'fixed' | 'hourly' | 'per-item'; readonly amount: number } | null | undefined
  readonly accountAgeDays?: number | null | undefined
}

/** What is read of a post: its title and its body as one text, the title on a line of its own. */
export const wordsOf = ({ title, body }: Pick<Post, 'title' | 'body'>): string => `${title}\n${body}`

/** Buckets of hashed n-grams: so many that one which training has not seen rarely falls on the weight of another. */
export const NGRAM_BUCKETS = 2 ** 20
export const SHORTEST = 2
export const LONGEST = 5

export const CONCEPTS = conceptNames.length
/**
 * Identifiers of features: n-grams, then concepts, then concepts that are denied, then ordered pairs of concepts in one
 * sentence, then contexts, then the dense ones.
 */
const FIRST_DENIED = NGRAM_BUCKETS + CONCEPTS
const FIRST_PAIR = FIRST_DENIED + CONCEPTS
/** What kind of work a post is about and how it is held: seen together with anything else, it changes what that means. */
const contexts = [
  'afterContract',
  'insideSite',
  'escrow',
  'anonymous',
  'discloseAd',
  'deny',
  'clientPays',
  'writing',
  'drawing',
  'develop',
  'dataEntry',
  'translate',
  'research',
]
const contextOf = Int32Array.from(conceptNames, (name) => contexts.indexOf(name))
/** Pairs of a context and a concept anywhere in one post. */
export const FIRST_CONTEXT = FIRST_PAIR + CONCEPTS * CONCEPTS
const FIRST_DENSE = FIRST_CONTEXT + contexts.length * CONCEPTS
const dense = [
  'pay-missing',
  'pay-fixed',
  'pay-hourly',
  'pay-per-item',
  'age-missing',
  'age-young',
  'age',
  'links',
  'messenger-links',
  'length',
] as const
export const FEATURES = FIRST_DENSE + dense.length
const denseAt = (name: (typeof dense)[number]): number => FIRST_DENSE + dense.indexOf(name)
export const LENGTH_ID = denseAt('length')

/** Weight of the block of concepts and of the dense one against the block of n-grams, which has length 1. */
const CONCEPT_LENGTH = 1
const DENSE_LENGTH = 0.15

/** A longer text is read so far, and the rest is said to be unread. */
export const MOST_CHARACTERS = 65_536
/** Four n-grams begin at each place, and concepts and their pairs come on top. */
const MOST_NGRAMS = MOST_CHARACTERS * (LONGEST - SHORTEST + 1)
export const MOST_FEATURES = MOST_NGRAMS + 40_000

/**
 * Features of one post: distinct identifiers and their values. Only the first `length` count: n-grams up to `ngrams`,
 * concepts up to `concepts`, then the dense ones. Within each of the first two blocks all values are equal.
 */
export interface Features {
  ids: Int32Array
  values: Float32Array
  length: number
  ngrams: number
  concepts: number
  script: Script
  /** Whether it is in letters and a language that the detector reads, as a whole. */
  readable: boolean
  readonly pieces: Pieces
  /** For each piece where in `ids` the n-grams end that it is the first to have. */
  firstEnds: Int32Array
  /** The n-grams of each piece that an earlier one has as well, and where they end. */
  repeats: Int32Array
  repeatEnds: Int32Array
  /** Concepts where they stand, in order. */
  readonly found: Found
}

/** In which script most of a post is written. English posts are few in training, so their scores mean something else. */
export type Script = 'japanese' | 'latin'

/** From one Japanese character in eight on, a text is Japanese. */
function scriptOf({ codes, length }: Folding): Script {
  let japanese = 0
  for (let at = 0; at < length; at += 1)
    if ((codes[at] as number) >= 0x3041 && (codes[at] as number) <= 0x9fff) japanese += 1
  return japanese * 8 >= length ? 'japanese' : 'latin'
}
export const noFeatures = (): Features => ({
  ids: new Int32Array(MOST_FEATURES),
  values: new Float32Array(MOST_FEATURES),
  length: 0,
  ngrams: 0,
  concepts: 0,
  script: 'japanese',
  readable: true,
  pieces: noPieces(MOST_CHARACTERS),
  firstEnds: new Int32Array(MOST_CHARACTERS),
  repeats: new Int32Array(MOST_NGRAMS),
  repeatEnds: new Int32Array(MOST_CHARACTERS),
  found: nothingFound(),
})

/** Starts the hash of an n-gram (FNV-1a over code points). */
export const HASH_START = 0x811c9dc5
export const hashStep = (hash: number, code: number): number => Math.imul(hash ^ code, 0x01000193)
/** All digits alike: which amount it is says less than that it is one. */
export const withoutDigits = (code: number): number => (code >= 48 && code <= 57 ? 48 : code)
/** The last step: spreads the high bits, which FNV-1a leaves poor for short input. */
export function bucketOf(hash: number): number {
  const mixed = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
  return (mixed ^ (mixed >>> 13)) & (NGRAM_BUCKETS - 1)
}

// One extraction at a time: the buffers belong to the module, as nothing here waits.
const folding: Folding = emptyFolding(4_096)
// for every 32 n-grams a bit for each that the post has, and one for each that the piece has
const seen = new Int32Array((NGRAM_BUCKETS / 32) * 2)
// where a concept was seen last: a mark for each stretch of each post, then all anew
const marks = new Uint16Array(FEATURES - NGRAM_BUCKETS)
let mark = 0

/** Leaves room for so many marks more, so that none is used twice. */
function reserveMarks(count: number): void {
  if (mark + count < 0xffff) return
  marks.fill(0)
  mark = 0
}

/** The codes that n-grams are made of: each is read in five of them. */
let digitless = new Int32Array(4_096)

function addNgrams({ codes, length }: Folding, into: Features): void {
  if (digitless.length < length) digitless = new Int32Array(length * 2)
  for (let at = 0; at < length; at += 1) digitless[at] = withoutDigits(codes[at] as number)
  const { ids, repeats, pieces, firstEnds, repeatEnds } = into
  let [count, repeated, at] = [0, 0, 0]
  for (let piece = 0; piece < pieces.count; piece += 1) {
    const [first, repeat] = [count, repeated]
    for (const end = pieces.ends[piece] as number; at < end; at += 1) {
      let hash = hashStep(HASH_START, digitless[at] as number)
      const last = Math.min(at + LONGEST, length)
      for (let to = at + 1; to < last; to += 1) {
        hash = hashStep(hash, digitless[to] as number)
        const id = bucketOf(hash)
        const word = (id >>> 5) << 1
        const bit = 1 << id
        const ofPiece = seen[word + 1] as number
        if ((ofPiece & bit) !== 0) continue
        seen[word + 1] = ofPiece | bit
        const ofPost = seen[word] as number
        if ((ofPost & bit) !== 0) repeats[repeated++] = id
        else {
          seen[word] = ofPost | bit
          ids[count++] = id
        }
      }
    }
    firstEnds[piece] = count
    repeatEnds[piece] = repeated
    forget(ids, first, count, 1)
    forget(repeats, repeat, repeated, 1)
  }
  forget(ids, 0, count, 0)
  into.length = count
}

/** Takes n-grams out of what the post has (0), or the piece (1). */
function forget(ids: Int32Array, from: number, to: number, which: 0 | 1): void {
  for (let at = from; at < to; at += 1) seen[(((ids[at] as number) >>> 5) << 1) + which] = 0
}

/** A pair further apart than this many concepts says nothing. */
export const PAIR_REACH = 12

/** "Nobody has to pay a fee" speaks of a fee otherwise than "pay the fee" does. */
export const conceptId = (concept: number, denied: number | undefined): number =>
  (denied ? FIRST_DENIED : NGRAM_BUCKETS) + concept
const contextId = (context: number, concept: number): number => FIRST_CONTEXT + context * CONCEPTS + concept
export const pairId = (first: number, second: number): number => FIRST_PAIR + first * CONCEPTS + second

/** Concepts found that count: those of the title, up to `title`, and those from `from` to `to`. */
type Counted = readonly [title: number, from: number, to: number]

/** Concepts that stand in a stretch of a text, with their contexts and pairs: distinct identifiers, from `start` on in `ids`. Returns where they end. */
export function addConcepts(
  { concepts, denied, sentences }: Found,
  [title, from, to]: Counted,
  ids: Int32Array,
  start: number,
): number {
  mark += 1
  let count = start
  const add = (id: number) => {
    if (marks[id - NGRAM_BUCKETS] === mark || count === ids.length) return
    marks[id - NGRAM_BUCKETS] = mark
    ids[count++] = id
  }
  for (let i = 0; i < title; i += 1) add(conceptId(concepts[i] as number, denied[i]))
  for (let i = from; i < to; i += 1) add(conceptId(concepts[i] as number, denied[i]))
  const distinct = count
  for (let i = start; i < distinct; i += 1) {
    // what is denied is no context, and has none
    const context = contextOf[(ids[i] as number) - NGRAM_BUCKETS] ?? -1
    for (let j = start; j < distinct && context >= 0; j += 1)
      if (j !== i && (ids[j] as number) < FIRST_DENIED) add(contextId(context, (ids[j] as number) - NGRAM_BUCKETS))
  }
  const addPairs = (first: number, last: number) => {
    for (let i = first; i < last; i += 1) {
      const concept = concepts[i] as number
      for (let j = i + 1; j < last && j - i <= PAIR_REACH && sentences[j] === sentences[i]; j += 1)
        if (concepts[j] !== concept) add(pairId(concept, concepts[j] as number))
    }
  }
  addPairs(0, title)
  addPairs(from, to)
  return count
}

/** Gives the features since `from` the same value, so that together they have a length. */
function level(into: Features, from: number, blockLength: number): void {
  if (into.length > from) into.values.fill(blockLength / Math.sqrt(into.length - from), from, into.length)
}

function addDense(into: Features, name: (typeof dense)[number], value: number): void {
  if (value === 0) return
  into.ids[into.length] = denseAt(name)
  into.values[into.length] = value * DENSE_LENGTH
  into.length += 1
}

const COLON = 58
const SLASH = 47
const isMessenger = (code: number): boolean => code >= LINE && code <= DISCORD
/** A messenger's link has its path this near after the name: `line.me/`, `discord.gg/`. */
const PATH_REACH = 5

/** Links, and those of them that open a messenger. Counted after folding, so that no invisible character hides one. */
function countLinks({ codes, length }: Folding): { links: number; messengers: number } {
  let links = 0
  let messengers = 0
  for (let at = 0; at < length; at += 1) {
    const code = codes[at] as number
    if (code === COLON && at + 2 < length && codes[at + 1] === SLASH && codes[at + 2] === SLASH) links += 1
    else if (isMessenger(code)) {
      const path = codes.subarray(at + 1, Math.min(at + 1 + PATH_REACH, length)).indexOf(SLASH)
      if (path === 0 || (path > 0 && codes[at + 1] === 46)) messengers += 1
    }
  }
  return { links, messengers }
}

/** Typical yen, so that the logarithm of a pay is near 0. */
const typicalPay = { fixed: 8_000, hourly: 1_400, 'per-item': 300 } as const

/** 0 at 200 characters. */
export const lengthValue = (characters: number): number => (Math.log((characters + 1) / 200) / 2) * DENSE_LENGTH

function addCircumstances(post: Post, folded: Folding, into: Features): void {
  if (post.pay)
    addDense(
      into,
      `pay-${post.pay.type}`,
      Math.max(-2, Math.min(2, Math.log((post.pay.amount + 1) / typicalPay[post.pay.type]) / 2)),
    )
  else addDense(into, 'pay-missing', 1)
  if (post.accountAgeDays === null || post.accountAgeDays === undefined) addDense(into, 'age-missing', 1)
  else {
    addDense(into, 'age-young', post.accountAgeDays < 7 ? 1 : 0)
    addDense(into, 'age', Math.log1p(post.accountAgeDays) / 5 - 1)
  }
  const { links, messengers } = countLinks(folded)
  addDense(into, 'links', Math.log1p(links))
  addDense(into, 'messenger-links', Math.log1p(messengers) * 4)
  addDense(into, 'length', lengthValue(folded.length) / DENSE_LENGTH)
}

/** The features of a post, into a buffer that is used again. */
export function extractFeatures(post: Post, into: Features): Features {
  const text = wordsOf(post)
  foldInto(text.length > MOST_CHARACTERS ? text.slice(0, MOST_CHARACTERS) : text, folding)
  // some signs fold to a dozen letters each
  const isWhole = text.length <= MOST_CHARACTERS && folding.length <= MOST_CHARACTERS
  folding.length = Math.min(folding.length, MOST_CHARACTERS)
  cutPieces(folding, post.title.length, into.pieces)
  // a mark for the concepts of the whole and of each window
  reserveMarks(into.pieces.count + 2)
  into.length = 0
  addNgrams(folding, into)
  level(into, 0, 1)
  into.ngrams = into.length
  findConcepts(folding, into.found)
  into.length = addConcepts(into.found, [0, 0, into.found.length], into.ids, into.length)
  level(into, into.ngrams, CONCEPT_LENGTH)
  into.concepts = into.length
  addCircumstances(post, folding, into)
  into.script = scriptOf(folding)
  into.readable = isWhole && isReadable(folding, text.trim().length, into.script)
  return into
}

/** A part of a title, a newline and a body, in UTF-16 units. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** Where a stretch of code points of the folded text stands in the post. */
export function spanOf(post: Post, { from, to }: { readonly from: number; readonly to: number }): Span {
  foldInto(wordsOf(post), folding)
  return { start: folding.starts[from] as number, end: folding.ends[to - 1] as number }
}
