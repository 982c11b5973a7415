import { addConcepts, extractFeatures, type Features, LENGTH_ID, lengthValue, type Post } from '../read/features.ts'
import { withoutDenials } from '../read/without-denials.ts'
import { ANY, addScaled, HEADS, type HeadScores, noHeads, STRIDE, sumRows, type Weights } from './linear-scores.ts'

/** Raw scores of a text, all heads before calibration (logits): of the whole, and of the windows that it is read through. */
export interface TextScores {
  readonly whole: HeadScores
  /** Of the window that speaks most for a breach; the whole where there are none. */
  readonly top: HeadScores
  /** The same of the text without what it says is not so, where it was read again and that speaks less for a breach; else the top window. */
  readonly asserted: HeadScores
  /** For each head the greatest of the whole and all windows. */
  readonly greatest: HeadScores
  /** 0 for a text that is hardly longer than one window. */
  windows: number
  /** Code points of the top window. */
  from: number
  to: number
  /** The least share of n-grams that are familiar, 0..1: of the whole and of every window, but for what is too short to say. */
  leastKnown: number
}

export const noScores = (): TextScores => ({
  whole: noHeads(),
  top: noHeads(),
  asserted: noHeads(),
  greatest: noHeads(),
  windows: 0,
  from: 0,
  to: 0,
  leastKnown: 1,
})

/** Characters of Japanese. A window is about as long as most tricks are; each begins a third of it after the one before. */
const WINDOW = 80
const STEP = 30
/** A text of up to so many is read as one. */
const UNDIVIDED = 110
/** Of fewer n-grams than this, one that is not known says little. */
const ENOUGH_NGRAMS = 80

/** Sums over the n-grams of each piece, from which those of windows are added up; grows, and is used again. */
interface PieceSums {
  heads: Float64Array
  ngrams: Int32Array
  known: Int32Array
}
const pieceSums: PieceSums = { heads: new Float64Array(0), ngrams: new Int32Array(0), known: new Int32Array(0) }
const rows = noHeads()

/** Fills the sums of the pieces, and `whole` with the sum over n-grams that no earlier piece has; returns how many of those are known. */
function sumPieces(weights: Weights, features: Features, whole: HeadScores): number {
  const { pieces, ids, firstEnds, repeats, repeatEnds } = features
  if (pieceSums.ngrams.length < pieces.count) {
    const room = pieces.count * 2 + 64
    pieceSums.heads = new Float64Array(room * STRIDE)
    pieceSums.ngrams = new Int32Array(room)
    pieceSums.known = new Int32Array(room)
  }
  const { heads, ngrams, known } = pieceSums
  whole.fill(0)
  let [first, repeat, knownOnce] = [0, 0, 0]
  for (let piece = 0; piece < pieces.count; piece += 1) {
    const firstEnd = firstEnds[piece] as number
    const repeatEnd = repeatEnds[piece] as number
    const own = piece * STRIDE
    const firstKnown = sumRows(weights, ids, first, firstEnd, heads, own)
    for (let head = 0; head < HEADS; head += 1) whole[head] = (whole[head] as number) + (heads[own + head] as number)
    let repeatKnown = 0
    if (repeat < repeatEnd) {
      repeatKnown = sumRows(weights, repeats, repeat, repeatEnd, rows)
      for (let head = 0; head < HEADS; head += 1)
        heads[own + head] = (heads[own + head] as number) + (rows[head] as number)
    }
    ngrams[piece] = firstEnd - first + repeatEnd - repeat
    known[piece] = firstKnown + repeatKnown
    knownOnce += firstKnown
    first = firstEnd
    repeat = repeatEnd
  }
  return knownOnce
}

/** What pay, age and links add to every window as to the whole. */
const circumstances = noHeads()
const perLength = noHeads()

/** Scores a text as a whole, and through windows that overlap; each character is in two or three of them. */
export function scoreText(weights: Weights, features: Features, into: TextScores): TextScores {
  const { ids, values, length, ngrams, concepts } = features
  const { whole, top, greatest } = into
  const known = sumPieces(weights, features, whole)
  for (let head = 0; head < HEADS; head += 1)
    whole[head] = (whole[head] as number) * (ngrams > 0 ? (values[0] as number) : 0) + (weights.biases[head] as number)
  if (concepts > ngrams) {
    sumRows(weights, ids, ngrams, concepts, rows)
    addScaled(whole, rows, values[ngrams] as number)
  }
  circumstances.fill(0)
  for (let at = concepts; at < length; at += 1) {
    sumRows(weights, ids, at, at + 1, rows)
    addScaled(whole, rows, values[at] as number)
    if (ids[at] !== LENGTH_ID) addScaled(circumstances, rows, values[at] as number)
  }
  top.set(whole)
  greatest.set(whole)
  into.windows = 0
  into.leastKnown = ngrams >= ENOUGH_NGRAMS ? known / ngrams : 1
  if (sizeOf(features) > UNDIVIDED) scoreWindows(weights, features, into)
  into.asserted.set(into.top)
  return into
}

const again = noScores()

/** Reads a post that was scored once more, without what it says is not so. `features` are used for that. */
export function scoreAssertions(weights: Weights, post: Post, features: Features, into: TextScores): void {
  const rest = withoutDenials(post)
  if (!rest) return
  const { top } = scoreText(weights, extractFeatures(rest, features), again)
  if (alarmOf(top) < alarmOf(into.top)) into.asserted.set(top)
}

function sizeOf({ pieces: { sizes, count } }: Features): number {
  let size = 0
  for (let piece = 0; piece < count; piece += 1) size += sizes[piece] as number
  return size
}

/** How much scores speak for a breach: that of any kind, and of the likeliest. */
function alarmOf(scores: HeadScores): number {
  let greatest = scores[0] as number
  for (let head = 1; head < ANY; head += 1) greatest = Math.max(greatest, scores[head] as number)
  return (scores[ANY] as number) + greatest
}

/** A window: pieces of the body, and the concepts in them; the title is in each. */
interface Window {
  firstPiece: number
  lastPiece: number
  firstConcept: number
  lastConcept: number
  /** Concepts of the title. */
  readonly titleConcepts: number
}

const LENGTH_ONLY = Int32Array.of(LENGTH_ID)
const conceptIds = new Int32Array(20_000)
const current = noHeads()

/** Scores one window into `current`; returns the share of its n-grams that are known. */
function scoreWindow(weights: Weights, { pieces, found }: Features, window: Window): number {
  const { heads, ngrams, known } = pieceSums
  const { ends, title } = pieces
  current.fill(0)
  let [count, countKnown] = [0, 0]
  const addPieces = (from: number, to: number) => {
    for (let piece = from; piece < to; piece += 1) {
      const first = piece * STRIDE
      for (let head = 0; head < HEADS; head += 1)
        current[head] = (current[head] as number) + (heads[first + head] as number)
      count += ngrams[piece] as number
      countKnown += known[piece] as number
    }
  }
  addPieces(0, title)
  addPieces(window.firstPiece, window.lastPiece + 1)
  const scale = count > 0 ? 1 / Math.sqrt(count) : 0
  for (let head = 0; head < HEADS; head += 1)
    current[head] = (current[head] as number) * scale + (weights.biases[head] as number)
  addScaled(current, circumstances, 1)
  const codePoints = endOf(ends, title) + endOf(ends, window.lastPiece + 1) - endOf(ends, window.firstPiece)
  addScaled(current, perLength, lengthValue(codePoints))
  const counted = [window.titleConcepts, window.firstConcept, window.lastConcept] as const
  const distinct = addConcepts(found, counted, conceptIds, 0)
  if (distinct > 0) {
    sumRows(weights, conceptIds, 0, distinct, rows)
    addScaled(current, rows, 1 / Math.sqrt(distinct))
  }
  return count >= ENOUGH_NGRAMS ? countKnown / count : 1
}

/** Where the first so many pieces end. */
const endOf = (ends: Int32Array, pieces: number): number => (pieces === 0 ? 0 : (ends[pieces - 1] as number))

/** Where the concepts that begin before a code point end, from `at` on. */
function conceptsBefore({ starts, length }: Features['found'], codePoint: number, at: number): number {
  let end = at
  while (end < length && (starts[end] as number) < codePoint) end += 1
  return end
}

function scoreWindows(weights: Weights, features: Features, into: TextScores): void {
  const { pieces, found } = features
  const { ends, sizes, count, title } = pieces
  sumRows(weights, LENGTH_ONLY, 0, 1, perLength)
  const titleConcepts = conceptsBefore(found, endOf(ends, title), 0)
  const window: Window = {
    firstPiece: title,
    lastPiece: title,
    firstConcept: titleConcepts,
    lastConcept: titleConcepts,
    titleConcepts,
  }
  let most = Number.NEGATIVE_INFINITY
  while (window.firstPiece < count) {
    let size = sizes[window.firstPiece] as number
    for (window.lastPiece = window.firstPiece; window.lastPiece < count - 1 && size < WINDOW; ) {
      window.lastPiece += 1
      size += sizes[window.lastPiece] as number
    }
    const [from, to] = [endOf(ends, window.firstPiece), endOf(ends, window.lastPiece + 1)]
    window.firstConcept = conceptsBefore(found, from, window.firstConcept)
    window.lastConcept = conceptsBefore(found, to, window.firstConcept)
    into.leastKnown = Math.min(into.leastKnown, scoreWindow(weights, features, window))
    into.windows += 1
    for (let head = 0; head < HEADS; head += 1)
      into.greatest[head] = Math.max(into.greatest[head] as number, current[head] as number)
    const alarm = alarmOf(current)
    if (alarm > most) {
      most = alarm
      into.top.set(current)
      into.from = from
      into.to = to
    }
    if (window.lastPiece === count - 1) return
    let step = 0
    do {
      step += sizes[window.firstPiece] as number
      window.firstPiece += 1
    } while (window.firstPiece < window.lastPiece && step < STEP)
  }
}
