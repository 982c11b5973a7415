import { conceptNames, findConcepts, nothingFound } from './find-concepts.ts'
import { emptyFolding, type Folding } from './fold-characters.ts'
import { foldInto } from './fold-text.ts'
import { DISCORD, LINE } from './match-messenger.ts'

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

/** Buckets of hashed n-grams. Of 530,000 different ones in 2,000 posts 48,000 are in six or more and count. */
export const NGRAM_BUCKETS = 2 ** 18
export const SHORTEST = 2
export const LONGEST = 5

export const CONCEPTS = conceptNames.length
/** Identifiers of features: n-grams, then concepts, then ordered pairs of concepts in one sentence, then contexts, then the dense ones. */
const FIRST_PAIR = NGRAM_BUCKETS + CONCEPTS
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

/** Weight of the block of concepts and of the dense one against the block of n-grams, which has length 1. */
const CONCEPT_LENGTH = 1
const DENSE_LENGTH = 0.15

const MOST_FEATURES = 60_000
/** A longer post is read so far; concepts are looked for in all of it. */
const MOST_NGRAMS = 50_000

/**
 * Features of one post: distinct identifiers and their values. Only the first `length` count: n-grams up to `ngrams`,
 * concepts up to `concepts`, then the dense ones. Within each of the first two blocks all values are equal.
 */
export interface Features {
  readonly ids: Int32Array
  readonly values: Float32Array
  length: number
  ngrams: number
  concepts: number
  script: Script
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
const found = nothingFound()
// bytes, so that they stay in the processor's cache: marks of the last 255 posts, then all anew
const stamps = new Uint8Array(FEATURES)
let stamp = 0

function nextStamp(): void {
  stamp = (stamp + 1) % 256
  if (stamp > 0) return
  stamps.fill(0)
  stamp = 1
}

function add(into: Features, id: number): void {
  if (stamps[id] === stamp || into.length === MOST_FEATURES) return
  stamps[id] = stamp
  into.ids[into.length] = id
  into.length += 1
}

/** The codes that n-grams are made of: each is read in five of them. */
let digitless = new Int32Array(4_096)

function addNgrams({ codes, length }: Folding, into: Features): void {
  if (digitless.length < length) digitless = new Int32Array(length * 2)
  for (let at = 0; at < length; at += 1) digitless[at] = withoutDigits(codes[at] as number)
  const { ids } = into
  let count = into.length
  // a place adds four at most, which leaves room for the rest
  for (let at = 0; at < length && count < MOST_NGRAMS; at += 1) {
    let hash = HASH_START
    const last = Math.min(at + LONGEST, length)
    for (let end = at; end < last; end += 1) {
      hash = hashStep(hash, digitless[end] as number)
      if (end - at < SHORTEST - 1) continue
      const id = bucketOf(hash)
      if (stamps[id] === stamp) continue
      stamps[id] = stamp
      ids[count] = id
      count += 1
    }
  }
  into.length = count
}

/** A pair further apart than this many concepts says nothing. */
export const PAIR_REACH = 12

export const conceptId = (concept: number): number => NGRAM_BUCKETS + concept
const contextId = (context: number, concept: number): number => FIRST_CONTEXT + context * CONCEPTS + concept
export const pairId = (first: number, second: number): number => FIRST_PAIR + first * CONCEPTS + second

function addConcepts(from: Folding, into: Features): void {
  const { concepts, sentences, length } = findConcepts(from, found)
  const firstId = into.length
  for (let i = 0; i < length; i += 1) add(into, conceptId(concepts[i] as number))
  const distinct = into.length
  for (let i = firstId; i < distinct; i += 1) {
    const context = contextOf[(into.ids[i] as number) - NGRAM_BUCKETS] as number
    for (let j = firstId; j < distinct && context >= 0; j += 1)
      if (j !== i) add(into, contextId(context, (into.ids[j] as number) - NGRAM_BUCKETS))
  }
  for (let i = 0; i < length; i += 1) {
    const first = concepts[i] as number
    for (let j = i + 1; j < length && j - i <= PAIR_REACH && sentences[j] === sentences[i]; j += 1) {
      if (concepts[j] !== first) add(into, pairId(first, concepts[j] as number))
    }
  }
}

/** Gives the features since `from` the same value, so that together they have a length. */
function level(into: Features, from: number, blockLength: number): void {
  if (into.length > from) into.values.fill(blockLength / Math.sqrt(into.length - from), from, into.length)
}

function addDense(into: Features, name: (typeof dense)[number], value: number): void {
  if (value === 0 || into.length === MOST_FEATURES) return
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
  addDense(into, 'length', Math.log((folded.length + 1) / 200) / 2)
}

/** The features of a post, into a buffer that is used again. */
export function extractFeatures(post: Post, into: Features): Features {
  nextStamp()
  into.length = 0
  foldInto(wordsOf(post), folding)
  addNgrams(folding, into)
  level(into, 0, 1)
  into.ngrams = into.length
  addConcepts(folding, into)
  level(into, into.ngrams, CONCEPT_LENGTH)
  into.concepts = into.length
  addCircumstances(post, folding, into)
  into.script = scriptOf(folding)
  return into
}
